"""Problems of front matter: its frame, its keys, and texts YAML reads otherwise than meant."""

from __future__ import annotations

from brokernotes.errors import Severity
from brokernotes.language import N_
from brokernotes.model.problems.kinds import ProblemKind

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

_FRAME = (
    ProblemKind(
        code="unclosed-front-matter",
        severity=_ERROR,
        message=N_("the front matter that opens here is never closed"),
        hint=N_("put a line `---` behind the last key"),
        fixable=True,
        about=N_(
            "Without a closing line every program takes the whole note for text. What still looks "
            "like front matter is read, but nothing is written until the line is there."
        ),
    ),
    ProblemKind(
        code="bad-delimiter",
        severity=_ERROR,
        message=N_("this `---` does not open front matter: something that is no space follows it"),
        hint=N_("leave only `---` on line 1, ended by a line feed"),
        fixable=True,
        about=N_(
            "A full-width space or a bare carriage return behind `---` is invisible, and hides "
            "the whole record from every program."
        ),
    ),
    ProblemKind(
        code="front-matter-not-first",
        severity=_ERROR,
        message=N_("front matter must begin on line 1; this is read as text"),
        hint=N_("remove the empty lines above it"),
        fixable=True,
        about=N_(
            "Obsidian, too, shows no properties when something stands before the first `---`."
        ),
    ),
    ProblemKind(
        code="front-matter-too-big",
        severity=_ERROR,
        message=N_("front matter of {size} bytes is not read; the limit is {limit}"),
        hint=N_("move the text into the body of the note"),
        about=N_("A block this big is an accident or an attack; reading it would slow everything."),
    ),
    ProblemKind(
        code="front-matter-too-deep",
        severity=_ERROR,
        message=N_("the value of {key} nests too deeply to be read"),
        hint=N_("a value is one text, or a list of texts"),
        about=N_("Deep brackets are an accident or an attack; they are kept as text."),
    ),
    ProblemKind(
        code="front-matter-not-map",
        severity=_ERROR,
        message=N_("the front matter holds no `key: value` lines"),
        hint=N_("write one `key: value` a line, or take the two `---` lines out"),
        about=N_("A list or a plain text between the delimiters says nothing about a record."),
    ),
    ProblemKind(
        code="conflict-marker",
        severity=_ERROR,
        message=N_("two versions were never reconciled: {text}"),
        hint=N_("keep what is right of both sides and remove the markers"),
        about=N_(
            "Git left both sides of a conflict in the note. The first side is used for reading; "
            "nothing is written until one is chosen."
        ),
    ),
    ProblemKind(
        code="odd-line-break",
        severity=_WARNING,
        message=N_("{character} stands here, which only some programs take for a line end"),
        hint=N_("replace it by a space"),
        fixable=True,
        about=N_(
            "It comes along when text is pasted. Some YAML readers end the line there, so the rest "
            "of the value turns into another line; here it is read as a space."
        ),
    ),
    ProblemKind(
        code="control-character",
        severity=_WARNING,
        message=N_("the invisible character {character} stands here; YAML forbids it"),
        hint=N_("remove it"),
        fixable=True,
        about=N_(
            "Most programs refuse the whole front matter over it; here it is read as a space. "
            "It comes along when text is pasted."
        ),
    ),
)

_KEYS = (
    ProblemKind(
        code="duplicate-key",
        severity=_ERROR,
        message=N_("{other} is there already; this line does not count"),
        hint=N_("remove one of the two lines"),
        about=N_(
            "Obsidian shows no properties at all for such a note, and other programs silently take "
            "the last of the two."
        ),
    ),
    ProblemKind(
        code="key-case",
        severity=_ERROR,
        message=N_("{key} differs from {other} in line {first_line} only by upper and lower case"),
        hint=N_("remove one of the two lines"),
        about=N_("Obsidian treats both as one property and shows only one of the values."),
    ),
    ProblemKind(
        code="complex-key",
        severity=_ERROR,
        message=N_("{text} cannot be a key"),
        hint=N_("write `key: value`, with a plain name before the colon"),
        about=N_("YAML allows whole lists as keys, behind `?`; no tool for notes can show them."),
    ),
    ProblemKind(
        code="stray-line",
        severity=_ERROR,
        message=N_("this line belongs to no key: {text}"),
        hint=N_("write `key: value`, or move it into the body of the note"),
        about=N_(
            "One such line makes other programs drop the whole front matter; here only the line "
            "itself is not read."
        ),
    ),
    ProblemKind(
        code="full-width-colon",
        severity=_ERROR,
        message=N_("a full-width colon stands behind {key}"),
        hint=N_("write `{mend}`"),
        fixable=True,
        about=N_(
            "Chinese input methods type `：`, which YAML does not take for a colon: other programs "
            "drop the whole front matter. It is read here because the key is known."
        ),
    ),
    ProblemKind(
        code="odd-space",
        severity=_ERROR,
        message=N_("a space beside the colon of {key} is not one that YAML knows"),
        hint=N_("write `{mend}`"),
        fixable=True,
        about=N_(
            "A full-width or no-break space beside the colon makes other programs drop the whole "
            "front matter, or see another key."
        ),
    ),
    ProblemKind(
        code="missing-space",
        severity=_ERROR,
        message=N_("a space is missing behind {key}:"),
        hint=N_("write `{mend}`"),
        fixable=True,
        about=N_("Without it YAML sees no key, and other programs drop the whole front matter."),
    ),
    ProblemKind(
        code="tab-indent",
        severity=_ERROR,
        message=N_("a tab indents the value of {key}"),
        hint=N_("indent by two spaces"),
        fixable=True,
        about=N_("YAML forbids tabs there, and other programs drop the whole front matter."),
    ),
)

_VALUES = (
    ProblemKind(
        code="bad-yaml",
        severity=_ERROR,
        message=N_("YAML cannot read this: {text}"),
        hint=N_("put the value in double quotes"),
        fixable=True,
        about=N_(
            "Other programs drop the whole front matter over one such line; here only its own "
            "value is affected, and is read as plain text."
        ),
    ),
    ProblemKind(
        code="reserved-start",
        severity=_ERROR,
        message=N_("a value cannot begin with {character} unless it is in quotes"),
        hint=N_("write `{mend}`"),
        fixable=True,
        about=N_(
            "YAML reserves a few characters at the start of a value, @ and [ among them; other "
            "programs drop the whole front matter over one."
        ),
    ),
    ProblemKind(
        code="colon-in-value",
        severity=_ERROR,
        message=N_("a value with a colon and a space in it must be in quotes"),
        hint=N_("write `{mend}`"),
        fixable=True,
        about=N_(
            "YAML takes the colon for the end of another key, and other programs drop the whole "
            "front matter."
        ),
    ),
    ProblemKind(
        code="unclosed-quote",
        severity=_ERROR,
        message=N_("a quote opens here and is never closed"),
        hint=N_("write `{mend}`"),
        fixable=True,
        about=N_("To other programs the text then runs on through the keys that follow."),
    ),
    ProblemKind(
        code="bad-escape",
        severity=_ERROR,
        message=N_("a backslash in double quotes stands before a character it cannot stand before"),
        hint=N_("write `{mend}`"),
        fixable=True,
        about=N_(r"In double quotes YAML knows `\"` and `\n`, but not `\'` or `\s`."),
    ),
    ProblemKind(
        code="comment-in-value",
        severity=_ERROR,
        message=N_("everything from {text} on is a comment to YAML, and is not read"),
        hint=N_("put the whole value in double quotes, or the comment on a line of its own"),
        about=N_(
            "Obsidian deletes comments when it next writes the note, so what was meant as part of "
            "the value would be lost in silence."
        ),
    ),
    ProblemKind(
        code="template-leftover",
        severity=_ERROR,
        message=N_("a template was never filled in here: {text}"),
        hint=N_("replace it by the value that is meant"),
        about=N_("The note was made without the program whose template this is."),
    ),
    ProblemKind(
        code="nested-map",
        severity=_ERROR,
        message=N_("{key} holds keys of its own"),
        hint=N_("a value is one text, or a list of texts; use quotes if the colon is part of it"),
        about=N_("Neither Obsidian's properties nor this tool can show or edit what is nested."),
    ),
    ProblemKind(
        code="nested-list",
        severity=_ERROR,
        message=N_("{key} holds a list inside a list"),
        hint=N_("a value is one text, or a list of texts; use quotes if the brackets belong to it"),
        about=N_("Neither Obsidian's properties nor this tool can show or edit what is nested."),
    ),
    ProblemKind(
        code="unquoted-link",
        severity=_WARNING,
        message=N_("the link {text} is not in quotes"),
        hint=N_('write "{text}"'),
        fixable=True,
        about=N_(
            "To YAML, double brackets without quotes are a list inside a list; Obsidian rewrites "
            "them as such, and the link is gone."
        ),
    ),
    ProblemKind(
        code="full-width-comma",
        severity=_WARNING,
        message=N_("a full-width comma parts the items of {key}"),
        hint=N_("use `, ` between items"),
        fixable=True,
        about=N_("To other programs this is one item; it is read as several here."),
    ),
    ProblemKind(
        code="unquoted-code",
        severity=_ERROR,
        message=N_("without quotes, {value} becomes {other} when Obsidian writes the note"),
        hint=N_('write "{value}"'),
        fixable=True,
        about=N_(
            "YAML takes digits for a number, and a few words for true, false or nothing: leading "
            "zeros, the digits of long codes and trailing zeros are lost."
        ),
    ),
    ProblemKind(
        code="yaml-feature",
        severity=_ERROR,
        message=N_("{text} is an anchor, alias, tag or merge of YAML, which notes do not use"),
        hint=N_("write the value itself; put a text that begins so in quotes"),
        about=N_(
            "They can make a small note expand to fill the memory, and no editor of properties "
            "keeps them. The text is read as it stands."
        ),
    ),
)

KINDS: tuple[ProblemKind, ...] = (*_FRAME, *_KEYS, *_VALUES)
