"""What leaves the house as a paper: in which forms, and where it goes."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from brokernotes.cli.app import App
from brokernotes.cli.options import PLACE
from brokernotes.errors import UsageError
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple, dataclass

ENDINGS = {"wechat": "txt", "png": "png", "pdf": "pdf", "html": "html", "md": "md"}
_FORMS = {**{ending: form for form, ending in ENDINGS.items()}, "htm": "html", "markdown": "md"}
_BINARY = frozenset(("png", "pdf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper, made when a form of it is asked for.

    Attributes:
        texts: what makes each form that is a text; `html` is also what is printed.
    """

    texts: Mapping[str, Callable[[], str]]


class Place(NamedTuple):
    """A form of a paper, and the file it goes to; None: standard output."""

    form: str
    path: str | None


def paper_options(forms: Sequence[str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--format`, again and again, and `-o`; the command gets `forms` and `output`."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        function = click.option(
            "-o", "--output", metavar="FILE|FOLDER", type=PLACE,
            help=N_("Where files go; the ending says the form."),
        )(function)  # fmt: skip
        return click.option(
            "--format", "forms", type=click.Choice(forms), multiple=True,
            help=N_("WeChat text (default), long picture, A4 PDF, page, Markdown; may repeat."),
        )(function)  # fmt: skip

    return add


def places(app: App, forms: Sequence[str], output: str | None, name: str) -> list[Place]:
    """Where each form goes.

    Args:
        app: of the run.
        forms: asked for; none: as the ending of `output` says, else WeChat text.
        output: `-o`.
        name: of files in a folder.

    Raises:
        UsageError: a picture has no file, a file more than one form or another one than it is
            called by, or one is no form.
    """
    asked = list(dict.fromkeys(forms))
    if output is None:
        return _without_file(asked or ["wechat"])
    is_folder = output.endswith(("/", os.sep)) or os.path.isdir(output)  # noqa: PTH112
    if not asked:
        asked = ["wechat", "png", "pdf"] if is_folder else [_form_of(output)]
    files = [form for form in asked if form != "wechat"] or asked
    if not is_folder and len(files) > 1:
        raise UsageError(
            N_("{path} is one file; several forms go to a folder: end it with /"), path=output
        )
    if not is_folder:
        _refuse_other_ending(output, files[0])
    found = []
    for form in asked:
        if form not in files:
            found.append(Place(form, None))
            continue
        file = f"{name}.{ENDINGS[form]}"
        path = os.path.join(output, file) if is_folder else output  # noqa: PTH118
        _refuse_note(app, path)
        found.append(Place(form, path))
    return found


def _without_file(asked: list[str]) -> list[Place]:
    for form in asked:
        if form in _BINARY:
            raise UsageError(
                N_("{form} is a file: say where it goes"),
                hint=N_("`-o FILE`, or `-o FOLDER/` for several forms."),
                form=form,
            )
    if len(asked) > 1:
        raise UsageError(N_("several forms need a folder: `-o FOLDER/`"))
    return [Place(asked[0], None)]


def _form_of(path: str) -> str:
    ending = path.rpartition(".")[2].lower()
    form = _FORMS.get(ending)
    if form is None:
        raise UsageError(
            N_("{path} has no ending that says its form: {endings}"),
            path=path,
            endings=list(ENDINGS.values()),
        )
    return form


def _refuse_other_ending(path: str, form: str) -> None:
    """A PDF that is called a page is opened by nothing."""
    named = _FORMS.get(path.rpartition(".")[2].lower())
    if named not in (None, form):
        raise UsageError(
            N_("{path} is called like {named}, and {form} is asked for"),
            path=path,
            named=named,
            form=form,
        )


def _refuse_note(app: App, path: str) -> None:
    """Markdown within the vault would be a note."""
    whole = os.path.realpath(path)
    if whole.lower().endswith(".md") and whole.startswith(app.vault.root + os.sep):
        raise UsageError(
            N_("{path} lies in the vault, where Markdown files are notes; choose another place"),
            path=path,
        )


def render(app: App, paper: Paper, wanted: Sequence[Place], width: int) -> list[bytes]:
    """Each form of a paper, in their order; pictures and PDF by a browser.

    Args:
        app: of the run.
        paper: what is made.
        wanted: the forms.
        width: of a picture, in px of the page.

    Raises:
        UsageError: a picture or a PDF is asked for, and there is no browser.
        SystemRefusedError: the browser made none.
    """
    made = []
    printer = None
    for one in wanted:
        if one.form not in _BINARY:
            text = paper.texts[one.form]()
            made.append((text if text.endswith("\n") else text + "\n").encode())
            continue
        if printer is None:
            from brokernotes.storage.browsers import Printer

            printer = Printer(app.environ)
        page = paper.texts["html"]()
        made.append(printer.pdf(page) if one.form == "pdf" else printer.png(page, width))
    return made


def deliver(wanted: Sequence[Place], made: Sequence[bytes]) -> list[str]:
    """Write the files.

    Returns:
        The paths of the files.
    """
    files = [(one.path, data) for one, data in zip(wanted, made, strict=True) if one.path]
    if files:
        from brokernotes.storage.outside import write_outside

        for path, data in files:
            write_outside(path, data)
    return [path for path, _ in files]


def printed(wanted: Sequence[Place], made: Sequence[bytes]) -> str:
    """What goes to standard output; empty: nothing."""
    texts = (data for one, data in zip(wanted, made, strict=True) if one.path is None)
    return "".join(data.decode() for data in texts)
