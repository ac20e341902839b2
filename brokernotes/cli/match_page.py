"""How `match` looks on a terminal: what fits each home or client, what does not, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from brokernotes.cli.app import App
from brokernotes.cli.match import other_side, tell_nearly
from brokernotes.cli.match_market import Market
from brokernotes.cli.width import cut, pad, width, wrap
from brokernotes.features.matching import Aside, Match, Ranking
from brokernotes.features.matching_texts import (
    MatchVoice,
    note,
    questions,
    reasons,
    shortcomings,
    unasked,
)
from brokernotes.language import N_
from brokernotes.model.phones import mask_phones_in_text
from brokernotes.storage.queries import NoteRow

VERDICTS = {"fit": N_("fits"), "near": N_("near"), "miss": N_("misses"), "unknown": N_("unknown")}
_SIGNS = {"fit": "+", "near": "~", "miss": "-", "unknown": "?"}
_ASIDES = {
    "seen": N_("seen on {day}"), "rejected": N_("rejected on {day}"), "reserved": N_("reserved"),
    "own": N_("the client's own"), "quiet": N_("not to be contacted"),
}  # fmt: skip
_SCORE_COLUMNS = 4
_INDENT = " " * (_SCORE_COLUMNS + 1)


class MatchPage:
    """Prints a ranking for a person's eyes.

    Args:
        app: of the run.
        voice: in which words.
        row: whose ranking it is.
        market: knows through whom to go.
        explains: whether every criterion is told.
    """

    def __init__(
        self, app: App, voice: MatchVoice, row: NoteRow, market: Market, *, explains: bool
    ) -> None:
        self._app = app
        self._console = app.console
        self._voice = voice
        self._row = row
        self._market = market
        self._explains = explains

    def print(self, ranking: Ranking, shown: Sequence[Match]) -> None:
        """Print what is shown, and what stands apart."""
        for match in shown:
            self._match(match)
        if not shown:
            self._console.print(self._app.text(N_("Nothing suits yet.")))
        left = len(ranking.matches) - len([one for one in shown if one.verdict != "miss"])
        if left > 0:
            self._dim(self._app.language.plural(N_("{count} more"), N_("{count} more"), left))
        missed = [one for one in ranking.nearly if one not in shown]
        tell_nearly(self._app, len(missed), self._dim)
        if ranking.asides:
            self._console.print(self._app.text(N_("Set apart:")))
            for aside in ranking.asides:
                self._aside(aside)
        self._unasked(shown)

    def _match(self, match: Match) -> None:
        ref, path, title = other_side(match, self._row)
        score = pad(str(match.score), _SCORE_COLUMNS, right=True)
        verdict = self._app.text(VERDICTS[match.verdict])
        room = self._console.width - width(f"{score} {ref if ref != path else ''} {verdict} ") - 2
        name = self._console.text(mask_phones_in_text(title))
        line = f"{cut(name, max(room, 8))}  {ref if ref != path else ''}  {verdict}"
        self._console.print(f"{self._console.styled(score, 'bold')} {line}".rstrip())
        if self._explains:
            for one in match.criteria:
                weight = f"{one.weight:g}"
                self._line(f"{_SIGNS[one.verdict]} {note(one, match, self._voice)} ({weight})")
        else:
            self._said(N_("fits: {things}"), reasons(match, self._voice))
        self._said(N_("shortcomings: {things}"), shortcomings(match, self._voice))
        self._said(N_("find out: {things}"), questions(match, self._voice))
        through = self._market.through(path)
        if through:
            self._line(self._app.text(N_("through {holder}"), holder=self._market.named(through)))

    def _aside(self, aside: Aside) -> None:
        ref, path, title = other_side(aside.match, self._row)
        why = self._app.text(_ASIDES[aside.reason], day=aside.day)
        named = ref if ref != path else ""
        self._line(f"{self._console.text(mask_phones_in_text(title))}  {named}  {why}")

    def _unasked(self, shown: Sequence[Match]) -> None:
        """What the client was never asked, which would rank better."""
        if self._row.type != "client" or not shown:
            return
        keys = unasked(shown[0])
        schema = self._app.vault.rules.schema
        code = self._app.language.code
        if keys:
            fields = [schema.fields("client")[key] for key in keys]
            words = self._voice.words([one.zh if code == "zh" else one.en for one in fields])
            self._console.print(self._app.text(N_("Not asked yet: {things}"), things=words))

    def _said(self, sentence: str, things: Sequence[str]) -> None:
        if things:
            joint = "；" if self._app.language.code == "zh" else "; "
            self._line(self._app.text(sentence, things=joint.join(things)))

    def _line(self, text: str) -> None:
        safe = self._console.text(mask_phones_in_text(text))
        for line in self._wrapped(safe):
            self._console.print(f"{_INDENT}{line}")

    def _wrapped(self, text: str) -> Iterable[str]:
        return wrap(text, max(self._console.width - len(_INDENT), 20))

    def _dim(self, text: str) -> None:
        self._console.print(self._console.styled(text, "dim"))
