"""What a run against a calendar server came to, for people and for programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from brokernotes.cli.ical_writing import Outcome
from brokernotes.language import N_
from brokernotes.model.phones import mask_phones_in_text as masked

if TYPE_CHECKING:
    from brokernotes.cli.app import App
    from brokernotes.cli.caldav_filing import Filed, PhoneFiling
    from brokernotes.cli.caldav_sending import Sending
    from brokernotes.cli.caldav_session import Session, Trouble

FILED = {
    "done": N_("ticked off: {title}"),
    "remark": N_("written on {title}: {text}"),
    "moved": N_("moved to {text}: {title}"),
    "refused": N_("moved to {text} on the phone, stays in the notes: {title}"),
    "new": N_("made on the phone: {title}"),
    "inbox": N_("to the inbox: {title}"),
}


class CaldavPage:
    """Tells the outcome.

    Args:
        app: of the run.
        session: with what was found.
        filing: what came from phones; None: nothing was fetched.
        sending: what was sent; None: nothing was.
    """

    def __init__(
        self, app: App, session: Session, filing: PhoneFiling | None, sending: Sending | None
    ) -> None:
        self.app = app
        self.session = session
        self.filing = filing
        self.sending = sending

    def print(self) -> None:
        """For people: the result on standard output, what is to be noticed beside it."""
        for filed in self.filing.filed if self.filing else ():
            self.app.console.print(self.app.console.text(self._filed_line(filed)))
        if self.sending is not None:
            for outcome in self.outcomes():
                self.app.console.print(self.app.console.text(outcome.line(self.app.language)))
        for line in self._remarks():
            self.app.console.say(self.app.console.text(masked(line)))

    def outcomes(self) -> list[Outcome]:
        """What became of each calendar."""
        sending, session = self.sending, self.session
        assert sending is not None
        does = Counter((one.calendar, one.does) for one in sending.sent)
        found = []
        for name in session.chosen:
            added, updated, removed = (does[name, one] for one in ("created", "updated", "removed"))
            items = sending.unchanged[name] + added + updated
            shelf = session.state.shelves[name]
            found.append(
                Outcome(
                    path=shelf.name or session.title(name),
                    calendar=name,
                    items=items,
                    added=added,
                    updated=updated,
                    removed=removed,
                    changed=bool(added or updated or removed),
                )
            )
        return found

    def shape(self) -> dict[str, Any]:
        """For programs."""
        session, counted = self.session, self.session.server.counted
        shape: dict[str, Any] = {}
        if self.filing is not None:
            shape["from_phone"] = [
                {
                    "does": one.does,
                    "id": one.id,
                    "path": one.path,
                    "entry": one.entry,
                    "title": masked(one.title),
                    "text": masked(one.text),
                }
                for one in self.filing.filed
            ]
            shape["unticked"] = [masked(title) for title in self.filing.undone]
        shape["deleted"] = [
            {"calendar": name, "key": own.key, "title": masked(own.title)}
            for name, own in session.deleted
        ]
        if self.sending is not None:
            shape["sent"] = [
                {"does": one.does, "calendar": one.calendar, "title": masked(one.title)}
                for one in self.sending.sent
            ]
            shape["calendars"] = [one.shape() for one in self.outcomes()]
        shape["problems"] = [
            {
                "calendar": one.calendar,
                "title": masked(one.title),
                "severity": "warning" if one.is_warning else "error",
                "message": masked(self.app.text(one.said, **one.params)),
            }
            for one in session.troubles
        ]
        shape["requests"] = {"all": counted.requests, "writes": counted.writes}
        return shape

    # -- parts

    def _filed_line(self, filed: Filed) -> str:
        said = self.app.text(FILED[filed.does], title=masked(filed.title), text=masked(filed.text))
        return "\t".join((filed.entry, filed.path, said))

    def _remarks(self) -> list[str]:
        """What is to be noticed."""
        text, session = self.app.text, self.session
        lines = []
        if self.filing is not None and not self.filing.filed:
            lines.append(text(N_("nothing new from the phone")))
        for title in self.filing.undone if self.filing else ():
            lines.append(text(N_("no longer ticked on the phone; the log keeps it: {title}"),
                              title=title))  # fmt: skip
        deleted = N_("deleted on the phone and put back, the notes still have it: {title}")
        if self.sending is None:
            deleted = N_("deleted on the phone; the notes still have it: {title}")
        lines += [text(deleted, title=own.title) for _, own in session.deleted]
        for name in session.made:
            lines.append(text(N_("made on the server: {title}"), title=session.title(name)))
        for name in session.missing:
            lines.append(text(N_("not on the server yet: {title}"), title=session.title(name)))
        lines += [self._trouble_line(one) for one in session.troubles]
        waiting = self._waiting()
        if waiting:
            lines.append(
                self.app.language.plural(
                    N_("{count} thing on the phone is not in the notes yet: `ical pull`"),
                    N_("{count} things on the phone are not in the notes yet: `ical pull`"),
                    waiting,
                )
            )
        return lines

    def _waiting(self) -> int:
        """How many items the phone did something to that was not fetched."""
        if self.filing is not None:
            return 0
        session = self.session
        count = 0
        for held in session.all_held():
            news = session.news(held)
            count += news.is_any if news is not None else bool(held.uid) and not held.is_read
        return count

    def _trouble_line(self, one: Trouble) -> str:
        said = self.app.text(one.said, **one.params)
        form = (
            N_("warning: {title}: {reason}") if one.is_warning else N_("error: {title}: {reason}")
        )
        return self.app.text(form, title=one.title, reason=said.strip())
