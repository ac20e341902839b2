"""`propose`: homes for a client, as WeChat text, long picture, PDF, page or Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.options import common_options, offers, writing_options
from brokernotes.cli.papers import Paper, Place, deliver, paper_options, places, printed, render
from brokernotes.cli.texts import command
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.features.proposals import Proposal
    from brokernotes.storage.queries import NoteRow

FORMS = ("wechat", "png", "pdf", "html", "md")
WITH_PHOTOS = frozenset(("png", "pdf", "html"))
_NAMES = {"wechat": N_("WeChat"), "png": "PNG", "pdf": "PDF", "html": "HTML", "md": "Markdown"}


@command(
    "propose",
    N_(
        "Write a proposal for CLIENT of one or more listings: price, unit price against the "
        "estate's average, what suits and what does not, what is still being checked, tax hints "
        "with their rule and date, the next step. WeChat text on standard output; with -o a "
        "long picture, a PDF for A4, a page or Markdown.\n\n"
        "Only what a client may know is in it: no door, no owner, no price in mind, nobody "
        "else's offer. A text that tells such a thing is refused. What the advertising law keeps "
        "out, a home that is reserved and one that is hardly described go with --force only; of "
        "the homes you are asked at a terminal. It is "
        "written down in the client's log, unless --no-log. PNG and PDF need a browser "
        "such as Chromium, Chrome or Edge; BROKERNOTES_BROWSER names one."
    ),
    N_(
        "Examples: `brokernotes propose 李女士 L-C4XB3T L-K255AZ`, "
        "`brokernotes propose 李女士 L-C4XB3T -o 方案.html --no-log`"
    ),
)
@click.argument("client", metavar="CLIENT", shell_complete=offers("refs"))
@click.argument(
    "listings", metavar="LISTING...", nargs=-1, required=True, shell_complete=offers("refs")
)
@paper_options(FORMS)
@click.option("--opening", metavar="TEXT", default="", help=N_("Your own first words."))
@click.option("--next-step", metavar="TEXT", default="", help=N_("Your own next step."))
@click.option("--force", is_flag=True, help=N_("Make it although something speaks against it."))
@click.option("--no-log", is_flag=True, help=N_("Write nothing into the client's log."))
@writing_options
@common_options
@pass_app
def propose_command(
    app: App,
    client: str,
    listings: Sequence[str],
    forms: Sequence[str],
    output: str | None,
    opening: str,
    next_step: str,
    force: bool,
    no_log: bool,
    dry_run: bool,
    commit: bool | None,
    as_json: bool,
) -> None:
    """Write a proposal."""
    from brokernotes.cli.proposing import Proposing
    from brokernotes.features.paper import PHONE
    from brokernotes.features.proposals import Words

    vault = app.fresh
    row = vault.resolve(client, ("client",))
    rows = list(dict.fromkeys(vault.resolve(one, ("listing",)) for one in listings))
    wanted = places(app, forms, output, _file_name(app, row))
    proposing = Proposing(app, row, rows, photos=any(one.form in WITH_PHOTOS for one in wanted))
    made = proposing.proposal(
        Words(opening.strip(), next_step.strip()),
        force=force,
        insists=lambda against: _is_wanted(app, against),
    )
    rendered = render(app, _paper(made), wanted, PHONE)
    sending = _Sending(app, wanted, rendered, proposing.remarks)
    flags = (dry_run, commit, as_json)
    if no_log:
        sending.send(*flags)
        if as_json:
            app.console.json({"id": row.id, "path": row.path, "changed": False, **sending.shape})
        return
    _record(app, row, rows, sending, flags)


def _is_wanted(app: App, against: Sequence[str]) -> bool:
    """Whether it is proposed although something speaks against it; without a terminal it is not."""
    from brokernotes.cli.writers import may_ask

    if not may_ask(app):
        return False
    for line in against:
        app.console.say(app.console.text(line))
    return click.confirm(app.text(N_("Propose it all the same?")), default=False, err=True)


class _Sending:
    """A proposal that is made, and where it goes.

    Args:
        app: of the run.
        wanted: forms and their places.
        rendered: each form.
        remarks: what the agent should know.
    """

    def __init__(
        self,
        app: App,
        wanted: Sequence[Place],
        rendered: Sequence[bytes],
        remarks: Sequence[str],
    ) -> None:
        self._app = app
        self.wanted = wanted
        self._rendered = rendered
        self._remarks = list(remarks)
        self._text = printed(wanted, rendered)
        self._files: list[str] = []

    def send(self, dry_run: bool, _: bool | None, as_json: bool) -> None:
        """Write the files, print the text, say what is to be said."""
        console = self._app.console
        for line in self._remarks:
            console.say(line)
        if not dry_run:
            self._files = deliver(self.wanted, self._rendered)
        if as_json:
            return
        console.out.write(console.text(self._text))
        for path in self._files:
            (console.say if self._text else console.print)(console.text(path))

    @property
    def shape(self) -> dict[str, object]:
        """For programs."""
        return {"text": self._text or None, "files": self._files, "remarks": self._remarks}


def _paper(made: Proposal) -> Paper:
    from brokernotes.features.proposal_html import proposal_page
    from brokernotes.features.proposal_markdown import markdown
    from brokernotes.features.proposal_wechat import wechat

    return Paper(
        texts={
            "wechat": lambda: wechat(made),
            "html": lambda: proposal_page(made),
            "md": lambda: markdown(made),
        },
    )


def _file_name(app: App, client: NoteRow) -> str:
    """Of files in a folder."""
    from brokernotes.notes.names import safe_name

    name = str(app.vault.queries.values(client).get("salutation") or "")
    return safe_name(" ".join(filter(None, (app.text(N_("Proposal")), name, f"{app.today}"))))


def _record(
    app: App,
    row: NoteRow,
    rows: Sequence[NoteRow],
    sending: _Sending,
    given: tuple[bool, bool | None, bool],
) -> None:
    """Write the proposal into the client's log: one entry that links every listing."""
    from brokernotes.cli.log_entries import author_of, draft_entries
    from brokernotes.cli.shown import shown_path
    from brokernotes.cli.writers import (
        Flags,
        conclude,
        name_of,
        open_note,
        outcome,
        pointing,
        vault_text,
        writing,
    )
    from brokernotes.model.records import LogEntry
    from brokernotes.storage.drafts import Draft

    flags = Flags(*given)
    with pointing(app), writing(app):
        opened = open_note(app, row)
        forms = [vault_text(app, _NAMES[one.form]) for one in sending.wanted]
        entry = LogEntry(
            day=app.today,
            minutes=app.now.hour * 60 + app.now.minute,
            verb="recommend",
            line=0,
            agent=author_of(app, opened),
            links=tuple(name_of(one) for one in rows),
            text=vault_text(app, N_("proposal ({forms})"), forms=forms),
        )
        draft = Draft(app.vault, app.now)
        ((id_, _),), _ = draft_entries(app, draft, opened, [entry])
        sending.send(*given)  # now that the log is known to take it
        subject = vault_text(app, N_("proposal for {title}"), title=row.title)
        written = conclude(app, draft, flags, subject)
    if flags.as_json:
        told = {**outcome(app, written, row, id_), **sending.shape}
        app.console.json(told | ({"diff": draft.diff()} if flags.dry_run else {}))
    elif not flags.dry_run:
        said = app.text(N_("logged: {entry} in {path}"), entry=id_, path=shown_path(app, row.path))
        app.console.say(said)
