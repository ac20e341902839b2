"""Where the links of a sheet's cells lead: to notes, and to estates that are still to be made."""

from __future__ import annotations

from collections.abc import Callable

from brokernotes.errors import NotFoundError
from brokernotes.features.field_writing import Links, Named
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.folding import fold
from brokernotes.model.schema import LETTER_OF_TYPE
from brokernotes.notes.links import link_fold
from brokernotes.notes.names import Randomness, mint_id, safe_name

_IN_LINKS = frozenset("#^|[]")


@dataclass(slots=True)
class Places:
    """Links of cells: notes of the vault by exact name, and communities still to be made.

    Attributes:
        find: the note a name means, of some types; raises NotFoundError.
        identity: what two spellings of a target share.
        makes: whether unknown communities are made.
        random: for ids.
        taken: the six characters of ids that are there already, of any type: file names end in
            them alone.
        names: folded file names that are there already.
        made: by folded title: title and id.
    """

    find: Callable[[str, tuple[str, ...]], Named]
    identity: Callable[[str], str]
    makes: bool
    random: Randomness
    taken: set[str]
    names: set[str]
    made: dict[str, Named] = field(default_factory=dict)

    def mint(self, note_type: str) -> str:
        """A new id."""
        while (id_ := mint_id(LETTER_OF_TYPE[note_type], self.random))[2:] in self.taken:
            pass
        self.taken.add(id_[2:])
        return id_

    def links(self) -> Links:
        """For a `FieldWriter`."""
        return Links(self._find, self._identity)

    def _find(self, ref: str, types: tuple[str, ...]) -> Named:
        ref = " ".join(ref.split())
        try:
            return self.find(ref, types)
        except NotFoundError as error:
            if not self.makes or types != ("community",) or error.candidates:
                raise
            known = self.made.get(link_fold(ref))
            if known is None:
                known = self._make(ref, error)
            return known

    def _make(self, ref: str, error: NotFoundError) -> Named:
        title, name = ref, safe_name(ref)
        # 阳光花园3号楼501 is an address and no estate's name; what stands for something in a link
        # would not be found again by it.
        is_address = len(title) > 30 or sum(c.isdigit() for c in title) > 3
        if not name or is_address or not _IN_LINKS.isdisjoint(title):
            raise error
        if link_fold(name) in self.made:
            return self.made[link_fold(name)]
        id_ = self.mint("community")
        if fold(name) in self.names:  # a note of another type has it
            name = safe_name(title, f"-{id_[2:]}")
        self.names.add(fold(name))
        known = Named(name, title, id_)
        self.made[link_fold(ref)] = self.made[link_fold(name)] = known
        return known

    def _identity(self, target: str) -> str:
        known = self.made.get(link_fold(target))
        return known.identity if known else self.identity(target)
