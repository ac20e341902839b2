"""What a watcher says: what came and what is gone, with the time, and nothing else."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from brokernotes.cli.check_page import SEVERITIES, CheckPage, masked_problem, masked_text
from brokernotes.cli.check_reports import masked_shape, problem_shapes
from brokernotes.cli.width import visible
from brokernotes.errors import Problem, Severity
from brokernotes.features.problem_texts import problem_json, worded
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.cli.app import App
    from brokernotes.storage.refresh import Refreshed

Counted = tuple[Problem, Severity]


class News:
    """Tells what is new.

    Args:
        app: of the run.
        form: `text` or `jsonl`.
        is_verbose: whether a look that found no problem gets a line.
        is_short: whether there will be one look only.
    """

    def __init__(self, app: App, *, form: str, is_verbose: bool, is_short: bool) -> None:
        self._app = app
        self._console = app.console
        self._is_json = form == "jsonl"
        self._is_verbose = is_verbose
        self._is_short = is_short
        self._known: list[Counted] = []
        self._lock = threading.RLock()  # calendars are told by a thread of their own

    # -- about the watching itself

    def talk(self, message: str, /, **params: object) -> None:
        """Say what a person should know, beside the news."""
        self.say(self._app.text(message, **params))

    def say(self, said: str) -> None:
        """The same, in words."""
        if self._is_json:
            self._event("message", message=said)
        else:
            with self._lock:
                self._console.say(f"brokernotes: {said}")

    # -- what is new

    def begin(self, app: App, problems: Sequence[Counted]) -> None:
        """What there is at first: how many problems, and how it ends."""
        self._app = app
        self._known = list(problems)
        counts = Counter(severity for _, severity in problems)
        total = sum(app.vault.queries.counts().values())
        if self._is_json:
            self._event("ready", notes=total, **{f"{one}s": counts.get(one, 0) for one in Severity})
            return
        language = app.language
        notes = language.plural(N_("{count} note"), N_("{count} notes"), total)
        said = language.plural(N_("{count} problem"), N_("{count} problems"), len(problems))
        line = app.text(N_("{notes}, {problems}"), notes=notes, problems=said)
        if problems:
            line += app.text(N_("; `brokernotes check` shows them"))
        if not self._is_short:
            line += app.text(N_(" · watching, Ctrl-C ends it"))
        self._console.print(f"{self._time()}  {line}")
        self._console.out.flush()

    def tell(
        self, app: App, found: Refreshed, problems: Sequence[Counted], *, has_new_rules: bool
    ) -> None:
        """What came and what is gone since the last look.

        Args:
            app: of this look.
            found: which notes changed, as far as this process took them over.
            problems: all there are now.
            has_new_rules: whether the rules were edited.
        """
        self._app = app
        came, gone = _difference(self._known, problems)
        self._known = list(problems)
        if self._is_json:
            self._event(
                "refresh",
                added=found.added,
                modified=found.modified,
                removed=found.removed,
                rules=has_new_rules,
            )
            for shape in problem_shapes(app, app.vault, came):
                self._event("problem", state="new", **shape)
            for one, severity in gone:
                shape = problem_json(
                    masked_problem(one), severity, app.language, app.vault.rules.schema
                )
                self._event("problem", state="gone", **masked_shape(shape))
            return
        with self._lock:
            self._tell_words(found, came, gone, has_new_rules=has_new_rules)

    def _tell_words(
        self,
        found: Refreshed,
        came: Sequence[Counted],
        gone: Sequence[Counted],
        *,
        has_new_rules: bool,
    ) -> None:
        app = self._app
        facts = self._facts(found, len(came), len(gone), has_new_rules=has_new_rules)
        if facts and (came or gone or has_new_rules or self._is_verbose):
            self._console.print(self._console.styled(f"{self._time()}  {facts}", "dim"))
        CheckPage(app, app.vault.root).show(came)
        for one, severity in gone:
            self._console.print(self._console.styled(self._gone_line(one, severity), "good"))
        self._console.out.flush()

    def tell_calendars(self, shapes: Sequence[Mapping[str, Any]]) -> None:
        """Which calendars were written, of those `ical --json` tells of; from any thread."""
        from brokernotes.cli.ical_writing import Outcome

        for shape in shapes:
            if not shape["changed"]:
                continue
            if self._is_json:
                self._event("calendar", **shape)
            elif self._is_verbose or self._is_short:
                line = Outcome(**shape).line(self._app.language)
                with self._lock:
                    self._console.print(f"{self._time()}  {line}")
                    self._console.out.flush()

    # -- in words

    def _time(self) -> str:
        return f"{self._app.now:%H:%M:%S}"

    def _facts(self, found: Refreshed, came: int, gone: int, *, has_new_rules: bool) -> str:
        app, language = self._app, self._app.language
        facts = [app.text(N_("the rules were edited"))] if has_new_rules else []
        paths = [*found.added, *found.modified, *found.removed]
        if len(paths) == 1:
            facts.append(visible(paths[0]))
        elif paths:
            facts.append(language.plural(N_("{count} note"), N_("{count} notes"), len(paths)))
        for count, one, many in (
            (came, N_("{count} new problem"), N_("{count} new problems")),
            (gone, N_("{count} problem gone"), N_("{count} problems gone")),
        ):
            if count:
                facts.append(language.plural(one, many, count))
        told = facts[0] if facts else ""
        for fact in facts[1:]:
            told = app.text(N_("{facts}, {fact}"), facts=told, fact=fact)
        return told

    def _gone_line(self, one: Problem, severity: Severity) -> str:
        app, at = self._app, one.position
        message = masked_text(
            visible(worded(masked_problem(one), app.language, app.vault.rules.schema).message)
        ).replace("\n", " ")
        return app.text(
            N_("gone: {path}: {severity}[{code}] {message}"),
            path=visible(at.path),
            severity=app.text(SEVERITIES[severity]),
            code=one.code,
            message=message,
        )

    # -- for programs

    def _event(self, kind: str, **facts: object) -> None:
        stamp = f"{self._app.now:%Y-%m-%dT%H:%M:%S}"
        with self._lock:
            self._console.rows([{"event": kind, "time": stamp, **facts}], (), "jsonl")
            self._console.out.flush()


def _difference(
    before: Sequence[Counted], now: Sequence[Counted]
) -> tuple[list[Counted], list[Counted]]:
    """The problems that came and those that are gone.

    A line added above a problem moves it, which is no news: only what it says counts.
    """
    came = Counter(map(_what, now))
    came.subtract(map(_what, before))
    return _taken(now, came), _taken(before, -came)


def _taken(problems: Sequence[Counted], wanted: Counter[tuple[str, ...]]) -> list[Counted]:
    """As many of each as wanted, the last ones."""
    taken = []
    for counted in reversed(problems):
        what = _what(counted)
        if wanted[what] > 0:
            wanted[what] -= 1
            taken.append(counted)
    return taken[::-1]


def _what(counted: Counted) -> tuple[str, ...]:
    one, severity = counted
    return one.position.path, one.code, severity, repr(sorted(one.params.items()))
