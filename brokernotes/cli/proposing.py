"""From the index to a proposal: client, listings and sender fetched, what forbids it found."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.match_market import Market
from brokernotes.cli.proposing_photos import Album, Found
from brokernotes.errors import RefusedError
from brokernotes.features.matching import RESERVED, Match, judge
from brokernotes.features.matching_texts import MatchVoice
from brokernotes.features.proposal_doubts import Doubts, doubts_about
from brokernotes.features.proposal_making import make_proposal, signed
from brokernotes.features.proposal_secrets import secrets_of
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
from brokernotes.light_dataclasses import replace
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.phones import mask_phones_in_text
from brokernotes.model.problems import PROBLEMS
from brokernotes.sharing_map import SharingFacts

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow

Insists = Callable[[Sequence[str]], bool]


class Proposing:
    """What a proposal is made of.

    Args:
        app: of the run.
        client: whom it is for.
        listings: what is proposed, in this order.
        photos: whether a form is wanted that shows them.
    """

    def __init__(
        self, app: App, client: NoteRow, listings: Sequence[NoteRow], *, photos: bool = False
    ) -> None:
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
        self._album = Album(app, len(listings), self._say) if photos else None
        self._photos: list[list[Found]] = []
        self._against: list[str] = []  # for which somebody has to insist

    @functools.cached_property
    def client_values(self) -> dict[str, Any]:
        """Of the client's note."""
        return self._app.vault.queries.values(self._client)

    def proposal(self, words: Words, *, force: bool, insists: Insists) -> Proposal:
        """The proposal.

        Args:
            words: the agent's own.
            force: whether what speaks against it, the advertising law included, is only told.
            insists: asks whether it is made although these things speak against it.

        Raises:
            RefusedError: it may not be made, or not be sent so.
        """
        self._refuse_quiet(force=force)
        offered = [self._offered(row) for row in self._listings]
        self._refuse_doubtful(force=force, insists=insists)
        signed = words._replace(sender=self._sender())
        made = make_proposal(self.client_values, offered, signed, self.voice, self._app.today)
        self._refuse_leaks(made, offered)
        self._refuse_claims(made, force=force)
        if self._album is None:
            return made
        photos = self._album.small(self._photos)
        homes = zip(made.homes, photos, strict=True)
        return replace(made, homes=tuple(replace(home, photos=own) for home, own in homes))

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
        self._doubt(row, doubts_about(values, match.side))
        note = self._app.vault.open(row.path).note
        self._photos.append(self._album.of(row, note) if self._album and seen.is_whole else [])
        owners = self._owners(values)
        secrets = secrets_of(note, values, owners, self._schema, is_private=private)
        return Offered(values, self.estate(values), private, match, secrets)

    def _match(self, row: NoteRow, values: dict[str, Any]) -> Match:
        market = self._market
        # What reactions taught ranks homes for the agent; the client is told what the home is.
        want = market.want(self._client)._replace(lessons=())
        home = public_home(market.home(row), values)
        if self._is_own_deal(row):
            home = home._replace(status=None)  # it is reserved for this client
        match = judge(want, home, market.settings)
        if match is None:
            raise RefusedError(
                N_("{listing} is not what {client} looks for (to buy or to rent, a home or not)"),
                listing=row.title,
                client=self._client.title,
            )
        return match

    def _is_own_deal(self, row: NoteRow) -> bool:
        """Whether it is the client who reserved it."""
        return (self._client.ref, row.ref) in self._market.history(self._client).deals

    def estate(self, values: dict[str, Any]) -> dict[str, Any]:
        """What the note of a listing's estate says; `title` is its name."""
        target = values.get("community")
        n = self._app.vault.queries.resolve(target).n if target else None
        if n is None:
            return {"title": target} if target else {}
        row = self._app.vault.queries.note(n)
        return {**self._app.vault.queries.values(row), "title": row.title}

    def _owners(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        """What the owners' own notes say, for none of it may be told."""
        queries = self._app.vault.queries
        found = [queries.resolve(str(target)).n for target in values.get("owner") or ()]
        return [queries.values(queries.note(n)) for n in found if n is not None]

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
        city = str(self._app.vault.rules.other["deals"].get("city") or "")
        if not rows:
            self._say(N_("nobody is named who proposes: say --agent NAME"))
            return Sender(city=city)
        values = queries.values(rows[0])
        firm, store = str(values.get("firm") or ""), str(values.get("store") or "")
        phones = values.get("phone") or [""]
        return Sender(
            str(values.get("name") or rows[0].title),
            str(values.get("licence") or ""),
            f"{firm} {store}".strip(),
            str(phones[0]),
            city,
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
            "deal": N_("{client} has a deal of {listing} under way"),
        }
        reason, day = against
        if reason in messages:
            self._say(messages[reason], listing=row.title, client=self._client.title, day=day)

    def _doubt(self, row: NoteRow, doubts: Doubts) -> None:
        """Remember what speaks against proposing a home."""
        if doubts.is_reserved and not self._is_own_deal(row):
            self._object(N_("{listing} is reserved: a deposit was paid"), listing=row.title)
        if "seizure" in (self._market.home(row).facts.get("encumbrances") or ()):
            self._object(N_("{listing} is seized: it cannot change hands"), listing=row.title)
        if doubts.missing:
            fields = self._schema.fields("listing")
            labels = [fields[key].label(self._app.language.code) for key in doubts.missing]
            message = N_("{listing} is hardly described: its note does not say {fields}")
            self._object(message, listing=row.title, fields=self.voice.words(labels))

    def _refuse_doubtful(self, *, force: bool, insists: Insists) -> None:
        against = self._against
        if not against:
            return
        if not force and not insists(against):
            raise RefusedError(
                N_("{said}"),
                hint=N_("Nothing was made; --force proposes it all the same."),
                said=against[0],
                reasons=tuple(against[1:]),
            )
        self.remarks += [one for one in against if force and one not in self.remarks]

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
        self._keep(self.remarks, message, places)

    def _object(self, message: str, **places: object) -> None:
        self._keep(self._against, message, places)

    def _keep(self, among: list[str], message: str, places: dict[str, object]) -> None:
        said = mask_phones_in_text(self._app.text(message, **places))
        if said not in among:
            among.append(said)
