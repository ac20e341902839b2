"""How `match` looks on a terminal: what fits each home or client, what does not, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from brokernotes.cli.app import App
from brokernotes.cli.match_market import Market
from brokernotes.cli.match_rows import other_side
from brokernotes.cli.width import cut, pad, width, wrap
from brokernotes.features.matching import Aside, Match, Ranking
from brokernotes.features.matching_findings import (
    explanation,
    questions,
    reasons,
    shortcomings,
    unasked,
)
from brokernotes.features.matching_texts import MatchVoice
from brokernotes.language import N_
from brokernotes.model.phones import mask_phones_in_text
from brokernotes.storage.queries import NoteRow

VERDICTS = {"fit": N_("fits"), "near": N_("near"), "miss": N_("misses"), "unknown": N_("unknown")}
_ASIDES = {
    "seen": N_("seen on {day}"), "rejected": N_("rejected on {day}"), "reserved": N_("reserved"),
    "own": N_("the client's own"), "quiet": N_("not to be contacted"),
    "deal": N_("the client's own deal, under way"), "seized": N_("seized: it cannot change hands"),
}  # fmt: skip
_ASIDES_SHOWN = 10  # at least, of what stands apart
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

    def print(self, ranking: Ranking, shown: Sequence[Match], most: int) -> None:
        """Print what is shown, and what stands apart.

        Args:
            ranking: all of it.
            shown: what is shown of it.
            most: how many of each sort are.
        """
        for match in shown:
            self._match(match)
        if not shown:
            self._console.print(self._app.text(N_("Nothing suits yet.")))
        for line in self._left(ranking, shown):
            self._console.print(self._console.styled(line, "dim"))
        if ranking.asides:
            self._console.print(self._app.text(N_("Set apart:")))
            for line in self._asides(ranking.asides, most):
                self._line(line)
        self._unasked(shown)

    def say_the_rest(self, ranking: Ranking, shown: Sequence[Match], most: int) -> None:
        """Say beside a table what it does not show.

        Args:
            ranking: all of it.
            shown: what the table shows.
            most: how many of each sort are told.
        """
        say = self._console.say
        if not shown:
            say(self._app.text(N_("Nothing suits yet.")))
        for line in self._left(ranking, shown):
            say(line)
        if ranking.asides:
            say(self._app.text(N_("Set apart:")))
            for line in self._asides(ranking.asides, most):
                say(f"  {line}")

    def _left(self, ranking: Ranking, shown: Sequence[Match]) -> Iterator[str]:
        """How many more fit, and how many miss one hard criterion and are not shown."""
        language = self._app.language
        near = sum(one.verdict == "miss" for one in shown)
        left = len(ranking.matches) - (len(shown) - near)
        if left > 0:
            yield language.plural(N_("{count} more"), N_("{count} more"), left)
        missed = len(ranking.nearly) - near
        if missed > 0:
            yield (
                language.plural(
                    N_("{count} misses one hard criterion: --near shows it"),
                    N_("{count} miss one hard criterion: --near shows them"),
                    missed,
                )
                if not near
                else language.plural(
                    N_("{count} more misses one hard criterion"),
                    N_("{count} more miss one hard criterion"),
                    missed,
                )
            )

    def _match(self, match: Match) -> None:
        ref, path, title = other_side(match, self._row)
        score = pad(str(match.score), _SCORE_COLUMNS, right=True)
        unsure = N_("may fit, ask first")
        verdict = self._app.text(unsure if match.is_unsure else VERDICTS[match.verdict])
        room = self._console.width - width(f"{score} {ref if ref != path else ''} {verdict} ") - 2
        name = self._console.text(mask_phones_in_text(title))
        line = f"{cut(name, max(room, 8))}  {ref if ref != path else ''}  {verdict}"
        self._console.print(f"{self._console.styled(score, 'bold')} {line}".rstrip())
        if self._explains:
            for line in explanation(match, self._voice):
                self._line(line)
        else:
            self._said(N_("fits: {things}"), reasons(match, self._voice))
        self._said(N_("shortcomings: {things}"), shortcomings(match, self._voice))
        self._said(N_("find out: {things}"), questions(match, self._voice))
        through = self._market.through(path)
        if through:
            self._line(self._app.text(N_("through {holder}"), holder=self._market.named(through)))

    def _asides(self, asides: Sequence[Aside], most: int) -> Iterator[str]:
        most = max(most, _ASIDES_SHOWN)
        for aside in asides[:most]:
            ref, path, title = other_side(aside.match, self._row)
            why = self._app.text(_ASIDES[aside.reason], day=aside.day)
            named = ref if ref != path else ""
            yield f"{self._console.text(mask_phones_in_text(title))}  {named}  {why}"
        left = len(asides) - most
        if left > 0:
            yield self._app.language.plural(N_("{count} more"), N_("{count} more"), left)

    def _unasked(self, shown: Sequence[Match]) -> None:
        """What the client was never asked, which would rank better."""
        if self._row.type != "client" or not shown:
            return
        keys = unasked(shown[0])
        schema = self._app.vault.rules.schema
        code = self._app.language.code
        if keys:
            fields = schema.fields("client")
            words = self._voice.words([fields[key].label(code) for key in keys])
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
