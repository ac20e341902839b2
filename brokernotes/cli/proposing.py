"""From the index to a proposal: client, listings and sender fetched, what forbids it found."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.match_market import Market
from brokernotes.errors import RefusedError
from brokernotes.features.blotting import door_patterns, secret_words, spoken_pattern
from brokernotes.features.matching import RESERVED, Match, judge
from brokernotes.features.matching_texts import MatchVoice
from brokernotes.features.photos import Photo, stripped
from brokernotes.features.proposal_making import make_proposal, signed
from brokernotes.features.proposals import (
    Offered,
    Proposal,
    Sender,
    Words,
    claims,
    leaks,
    public_home,
    public_values,
)
from brokernotes.features.sharing import Sight, is_private, sight
from brokernotes.language import N_
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.phones import mask_phones_in_text
from brokernotes.model.problems import PROBLEMS
from brokernotes.notes.body_links import read_links
from brokernotes.notes.log_sections import plain_title
from brokernotes.sharing_map import SharingFacts
from brokernotes.storage.attachments import read_attachments

if TYPE_CHECKING:
    from brokernotes.notes.note import Note
    from brokernotes.storage.queries import NoteRow

MOST_PHOTOS = 5  # of a home: a page that is sent stays small (ours)
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)$")
# Photos that may be shown stand under such a heading, never with the owner's affairs or in the log.
_SHOWN = re.compile(
    "卖点|亮点|照片|图片|实景|strengths|selling points|highlights|photos|pictures", re.IGNORECASE
)


class Proposing:
    """What a proposal is made of.

    Args:
        app: of the run.
        client: whom it is for.
        listings: what is proposed, in this order.
    """

    def __init__(self, app: App, client: NoteRow, listings: Sequence[NoteRow]) -> None:
        self._app = app
        self._client = client
        self._listings = listings
        self._market = Market(app)
        self._facts = SharingFacts(app.fresh)
        self._schema = app.vault.rules.schema
        self.voice = MatchVoice(
            language=app.language, schema=self._schema, named=self._market.named
        )
        self.remarks: list[str] = []  # what the agent should know, and the client not

    @functools.cached_property
    def client_values(self) -> dict[str, Any]:
        """Of the client's note."""
        return self._app.vault.queries.values(self._client)

    def proposal(self, words: Words, *, force: bool) -> Proposal:
        """The proposal.

        Args:
            words: the agent's own.
            force: whether what the advertising law keeps out is only told.

        Raises:
            RefusedError: it may not be made, or not be sent so.
        """
        self._refuse_quiet(force=force)
        offered = [self._offered(row) for row in self._listings]
        signed = words._replace(sender=self._sender())
        made = make_proposal(self.client_values, offered, signed, self.voice, self._app.today)
        self._refuse_leaks(made, offered)
        self._refuse_claims(made, force=force)
        return made

    # -- what is proposed

    def _offered(self, row: NoteRow) -> Offered:
        shared = self._facts.listings[row.n]
        house, over = self._facts.house, self._facts.over
        seen = sight(shared, self._app.agent, house, over)
        private = is_private(shared, house, over)
        values = self._app.vault.queries.values(row)
        self._refuse_gone(row, values)
        match = self._match(row, public_values(values, self._schema, is_private=private))
        self._remark(row, seen, match)
        note = self._app.vault.open(row.path).note
        photos = tuple(self._photos(row, note)) if seen.is_whole else ()
        secrets = tuple(self._secrets(note, values, private))
        return Offered(values, self.estate(values), private, match, photos, secrets)

    def _match(self, row: NoteRow, values: dict[str, Any]) -> Match:
        market = self._market
        # What reactions taught ranks homes for the agent; the client is told what the home is.
        want = market.want(self._client)._replace(lessons=())
        match = judge(want, public_home(market.home(row), values), market.settings)
        if match is None:
            raise RefusedError(
                N_("{listing} is not what {client} looks for (to buy or to rent, a home or not)"),
                listing=row.title,
                client=self._client.title,
            )
        return match

    def estate(self, values: dict[str, Any]) -> dict[str, Any]:
        """What the note of a listing's estate says; `title` is its name."""
        target = values.get("community")
        n = self._app.vault.queries.resolve(target).n if target else None
        if n is None:
            return {"title": target} if target else {}
        row = self._app.vault.queries.note(n)
        return {**self._app.vault.queries.values(row), "title": row.title}

    def _photos(self, row: NoteRow, note: Note) -> Iterator[Photo]:
        """The photos that the note shows under its strengths."""
        targets = list(_embedded(note))
        for one in read_attachments(self._app.vault.root, row.path, targets[:MOST_PHOTOS]):
            photo = stripped(one.data) if one.data is not None else None
            if photo is None:
                left_out = N_(
                    "{file} is left out: no JPEG, PNG or WebP of up to 12 MB, or not there"
                )
                self._say(left_out, file=one.target)
            else:
                yield photo
        if len(targets) > MOST_PHOTOS:
            self._say(
                N_("the first {count} photos of {listing} are shown"),
                count=MOST_PHOTOS,
                listing=row.title,
            )

    def _secrets(
        self, note: Note, values: dict[str, Any], private: bool
    ) -> Iterator[re.Pattern[str]]:
        """What of a listing no text may tell, whoever typed it; the floor of public ones may."""
        told = frozenset() if private else frozenset({"floor"})
        kept = {one.key for one in self._schema.fields("listing").values() if one.confidential}
        words = spoken_pattern(secret_words(note, frozenset(kept - told), self._schema))
        if words is not None:
            yield words
        yield from door_patterns({key: one for key, one in values.items() if key not in told})

    # -- who proposes

    def _sender(self) -> Sender:
        """Whoever asks, else whose client it is."""
        return self._signing(self.client_values.get("agent"))

    def signature(self, agent: object) -> str:
        """The line of whoever asks, else of an agent that a note names."""
        return " · ".join(filter(None, signed(self._signing(agent), self.voice)))

    def _signing(self, named: object) -> Sender:
        queries = self._app.vault.queries
        agent = self._app.agent or queries.id_of(str(named or ""))
        rows = queries.by_id(agent) if agent else []
        if not rows:
            self._say(N_("nobody is named who proposes: say --agent NAME"))
            return Sender()
        values = queries.values(rows[0])
        firm, store = str(values.get("firm") or ""), str(values.get("store") or "")
        phones = values.get("phone") or [""]
        return Sender(
            str(values.get("name") or rows[0].title),
            str(values.get("licence") or ""),
            f"{firm} {store}".strip(),
            str(phones[0]),
        )

    # -- what forbids it

    def _refuse_quiet(self, *, force: bool) -> None:
        if self.client_values.get("do_not_contact") and not force:
            raise RefusedError(
                N_("{client} is not to be contacted"),
                hint=N_("--force makes the proposal all the same."),
                client=self._client.title,
            )

    def _refuse_gone(self, row: NoteRow, values: dict[str, Any]) -> None:
        status = values.get("status")
        if status not in ACTIVE_STATUSES and status != RESERVED:
            word = self.voice.words(status, "listing_status") if status else "–"
            raise RefusedError(
                N_("{listing} is not on offer (status: {status})"), listing=row.title, status=word
            )

    def _remark(self, row: NoteRow, seen: Sight, match: Match) -> None:
        if not seen.is_whole:
            name = self._app.vault.queries.titles([seen.holder]).get(seen.holder, seen.holder) \
                if seen.holder else ""  # fmt: skip
            message = (
                N_("{listing} is private: show it through {holder}, who holds it")
                if name
                else N_("{listing} is private, and nobody is named who holds it")
            )
            self._say(message, listing=row.title, holder=name)
        home = self._market.home(row)
        against = self._market.history(self._client).against(match.want, home)
        if against is None or against[0] == "quiet":
            return
        if against[0] == "own":
            raise RefusedError(
                N_("{listing} is {client}'s own"), listing=row.title, client=self._client.title
            )
        messages = {
            "seen": N_("{client} saw {listing} on {day}"),
            "rejected": N_("{client} rejected {listing} on {day}"),
            "reserved": N_("{listing} is reserved: a deposit was paid"),
        }
        reason, day = against
        self._say(messages[reason], listing=row.title, client=self._client.title, day=day)

    def _refuse_leaks(self, made: Proposal, offered: Sequence[Offered]) -> None:
        found = leaks(made, offered)
        if found:
            raise RefusedError(
                N_("a text tells what is confidential: a door, an owner or a price in mind"),
                hint=N_("Say it without, in the note or in your words; nothing was made."),
                reasons=tuple(" · ".join(filter(None, (one.home, one.label))) for one in found),
            )

    def _refuse_claims(self, made: Proposal, *, force: bool) -> None:
        lines = []
        for one in claims(made):
            where = " · ".join(filter(None, (one.typed.home, one.typed.label)))
            said = self._app.text(PROBLEMS[one.code].message, text=one.text)
            lines.append(f"{where}: {said} [{one.code}]")
        if not lines:
            return
        if not force:
            raise RefusedError(
                N_("the advertising law keeps this out of a proposal"),
                hint=N_("Change it in the note, or --force if you answer for it."),
                reasons=tuple(lines),
            )
        self.remarks += lines

    def _say(self, message: str, **places: object) -> None:
        said = mask_phones_in_text(self._app.text(message, **places))
        if said not in self.remarks:
            self.remarks.append(said)


def _embedded(note: Note) -> Iterator[str]:
    """What a listing embeds where photos may be shown, in its order."""
    is_shown, is_code = False, False
    body = note.text[note.block.body_offset :]
    for number, line in enumerate(re.split(r"\r\n|\r|\n", body)):
        if line.lstrip().startswith(("```", "~~~")):
            is_code = not is_code
        if is_code:
            continue
        heading = _HEADING.match(line)
        if heading:
            is_shown = bool(_SHOWN.search(plain_title(heading[1])))
        elif is_shown:
            yield from (one.target for one in read_links(line, number) if one.is_embed)
