"""What the notes have, on its way to a calendar server: each item by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin

from brokernotes.cli.caldav_session import Session, is_marked
from brokernotes.features.caldav_held import Held
from brokernotes.features.caldav_inbox import line_of
from brokernotes.features.caldav_merging import filed_object, merged_object, new_object
from brokernotes.features.caldav_plan import Standing, Step, plan
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple, replace
from brokernotes.storage.caldav import ItemChangedError, ItemRefusedError
from brokernotes.storage.caldav_answers import same_place

_TRIES = 3  # a phone that writes at the very moment does so once


class Sent(NamedTuple):
    """One thing that was sent, or would be.

    Attributes:
        does: `created`, `updated`, `removed`, or `marked` (an item of the phone's own).
        calendar: of ours, in which it stands.
        title: of the item.
    """

    does: str
    calendar: str
    title: str


class Sending:
    """Sends what differs.

    Args:
        session: with what stands on the server.
        now: with its zone.

    Attributes:
        sent: what was sent so far.
        unchanged: items that stand there as the notes have them, by calendar.
    """

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.sent: list[Sent] = []
        self.unchanged: Counter[str] = Counter()
        self._now = now
        self._zone = session.notes.view.rules.zone

    def send_all(self, *, dry_run: bool) -> None:
        """Send all that differs; an item that is refused stops no other.

        Args:
            dry_run: only find out what that is.

        Raises:
            SystemRefusedError: the server does not answer any more; what was sent is remembered.
        """
        session = self.session
        calendars = [name for name in session.chosen if name not in session.missing or dry_run]
        steps = [*plan(session.notes.wanted, self._standing(), session.notes.made_as, calendars)]
        self._count(steps, calendars)
        for step in steps:
            self._carry_out(step, dry_run=dry_run)
        for held in list(session.all_held()):
            self._mark(held, dry_run=dry_run)

    def _standing(self) -> Iterator[Standing]:
        session = self.session
        for items in session.held.values():
            for held in items.values():
                news = session.news(held) if session.key_of(held) else None
                if news is None:
                    continue
                is_moved = bool(news.moved_to) and not news.is_settled
                restores = news.is_settled and news.is_refused
                yield Standing(held, news.key, news.is_any, is_moved, restores)

    def _count(self, steps: list[Step], calendars: list[str]) -> None:
        touched = {same_place(step.held.href) for step in steps if step.held is not None}
        for name in calendars:
            for held in self.session.held.get(name, {}).values():
                is_ours = bool(self.session.key_of(held))
                self.unchanged[name] += is_ours and same_place(held.href) not in touched

    def _carry_out(self, step: Step, *, dry_run: bool) -> None:
        title = self._title(step)
        done = {"create": "created", "update": "updated", "remove": "removed"}[step.does]
        if not dry_run:
            try:
                if not self._send(step):
                    return
            except ItemRefusedError as error:
                self._refused(step.calendar, title, error)
                return
        self.sent.append(Sent(done, step.calendar, title))

    def _send(self, step: Step) -> bool:
        """Send one step; whether there was still anything to send."""
        if step.held is not None and not step.held.etag:  # the server did not say what it has
            known = self._looked_again(step)
            if known is None:
                return False
            step = known
        for left in reversed(range(_TRIES)):
            try:
                if step.does == "create":
                    self._create(step)
                elif step.does == "update":
                    self._update(step)
                else:
                    self._remove(step)
            except ItemChangedError:
                if not left:
                    raise ItemRefusedError(412, "") from None
                again = self._looked_again(step)
                if again is None:
                    return False
                step = again
            else:
                return True
        return False

    def _looked_again(self, step: Step) -> Step | None:
        """The same step beside what stands there now; None: nothing is left to do.

        Somebody wrote since we looked: that is fetched and merged with, never written over.
        """
        session = self.session
        href = step.held.href if step.held else self._address(step)
        shelf = session.state.shelves[step.calendar]
        fetched = session.server.fetch(shelf.href, [href])
        session.take_fetched(step.calendar, [href], fetched)
        held = session.held[step.calendar].get(href)
        if held is None:
            return step if step.does == "create" else None
        news = session.news(held) if held.uid else None
        if news is None:
            return None
        if (
            step.wanted
            and not step.held
            and held.base
            and step.wanted.base.digest == held.base.digest
        ):
            return None  # sent by a run that did not live to know it
        if step.wanted is None:  # what somebody wrote in it is for the next run to read
            return None if news.is_any else step._replace(held=held)
        is_moved = bool(news.moved_to) and not news.is_settled
        return Step("update", step.calendar, step.wanted, held, is_moved)

    # -- the three things that are sent

    def _address(self, step: Step) -> str:
        assert step.wanted is not None
        shelf = self.session.state.shelves[step.calendar]
        return urljoin(shelf.href.rstrip("/") + "/", f"{step.wanted.uid}.ics")

    def _create(self, step: Step) -> None:
        own = step.wanted
        assert own is not None
        data = new_object(own, self._now, self._zone, self.session.notes.view.language.code)
        href = self._address(step)
        etag = self.session.server.put(href, data, None)
        self._settle(Held(calendar=step.calendar, href=href, etag=etag, data=data), step)

    def _update(self, step: Step) -> None:
        own, held = step.wanted, step.held
        assert own is not None
        assert held is not None
        item = self.session.item(held)
        if item is None:
            return
        base = held.base or item.base
        data = merged_object(item, base, own, self._now, self._zone, keeps_day=step.keeps_day)
        etag = self.session.server.put(held.href, data, held.etag)
        self._settle(replace(held, etag=etag, data=data), step)

    def _settle(self, held: Held, step: Step) -> None:
        """Remember what stands there now."""
        own = step.wanted
        assert own is not None
        when = held.base.when if step.keeps_day and held.base else own.when
        self.session.set_held(
            replace(
                held,
                uid=held.uid or own.uid,
                component=own.component,
                key=own.key,
                base=own.base._replace(when=when),
                when=held.when if step.keeps_day else own.when,
                is_read=held.is_read or step.does == "create",
            )
        )

    def _remove(self, step: Step) -> None:
        held = step.held
        assert held is not None
        self.session.server.delete(held.href, held.etag)
        self.session.held[held.calendar].pop(held.href, None)

    # -- what a phone made

    def _mark(self, held: Held, *, dry_run: bool) -> None:
        """Tell an item that a phone made that it stands in the notes, for other computers."""
        session = self.session
        if not held.uid or not held.is_read or session.key_of(held):
            return
        item = session.item(held)
        if item is None or item.is_cancelled or is_marked(item) == (tag := line_of(item).tag):
            return
        if not dry_run:
            try:
                data = filed_object(item, tag, self._now)
                etag = session.server.put(held.href, data, held.etag)
            except ItemChangedError:
                return  # the next run reads it anew
            except ItemRefusedError as error:
                self._refused(held.calendar, item.summary, error)
                return
            session.set_held(replace(held, etag=etag, data=data))
        self.sent.append(Sent("marked", held.calendar, item.summary))

    def _refused(self, calendar: str, title: str, error: ItemRefusedError) -> None:
        self.session.trouble(
            calendar,
            title,
            N_("the server refuses it: {status} {reason}"),
            status=error.status,
            reason=error.reason,
        )

    def _title(self, step: Step) -> str:
        if step.wanted is not None:
            return step.wanted.title
        item = self.session.item(step.held) if step.held else None
        return item.summary if item else ""
