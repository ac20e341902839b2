"""The page about problems: every code, why it matters, what to do, and a vault that has it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from brokernotes.language import N_, Language
from brokernotes.language import language as language_of
from brokernotes.model.problems.kinds import ROOMS, ProblemKind

SEPARATOR = "-- problems --\n"

_TITLES = {
    "frontmatter": N_("Front matter"),
    "notes": N_("Keys, and what they say together"),
    "values": N_("Values"),
    "log": N_("The log"),
    "deals": N_("Deals"),
    "vault": N_("Files, ids and links"),
    "rules": N_("The rules, brokernotes.yaml"),
    "sharing": N_("Sharing: holders, quotas, areas, and owners called by two"),
    "history": N_("History: only `brokernotes check --history` asks"),
    "publishing": N_("Publishing: only `brokernotes check --publishable` asks"),
}
_INTRO = {
    "en": """\
# Problems

What `brokernotes check` reports: one code for each kind of problem, wherever it is found.
Codes are stable; new ones may come. Each is shown with the smallest vault that has it, in
the form the tests draw it (`-- path --` begins a file, `\\xNN` is a byte), and with what
`check` then says.

**error**: something is lost or not used until it is mended; the exit code is 1.
**warning**: something may be meant otherwise. **hint**: it would help to.

A brokerage changes what a code counts as in its rules, or silences it:

```yaml
checks: {missing-grade: "off", shared-phone: error}
```

Codes marked *fixed by `--fix`* need no judgement where what was meant is certain: `brokernotes
check --fix` changes a few characters, reads the note again, and keeps the change only if the
problem is gone, no other has come, and everything else says the same. `--dry-run` shows it
first. Those marked `--fix --only CODE` give something up (a copy's id, a word that says that
there is no value yet), so they are mended only when they are asked for by name. In JSON,
`fixable` is true for the very problems that `--fix` would mend.

""",
    "zh": """\
# 问题

`brokernotes check` 会报告的全部问题，不管出现在哪里，每一种有一个代码。代码不会变，只会增加。
每个代码都附上会出这个问题的最小的笔记库，写法和测试里一样（`-- 路径 --` 开始一个文件，
`\\xNN` 是一个字节）。

**错误**：有东西丢了或用不上，直到改好；退出码是 1。**警告**：可能不是这个意思。**提示**：改了更好。

一家店可以在自己的规则里改某个代码算什么，或者不报：

```yaml
checks: {missing-grade: "off", shared-phone: error}
```

标着“`--fix` 能改”的不用人判断：`brokernotes check --fix` 改几个字符，把笔记重读一遍，只有这个
问题没了、没有新问题、别的都没变，才留下改动。`--dry-run` 先看一眼。标着 `--fix --only 代码` 的会
丢掉一点东西（副本的编号、表示还没有值的词），所以要点名才改。JSON 里 `fixable` 为真的，正是
`--fix` 会改的那些。

""",
}


def problems_page(gallery: Mapping[str, str], language: str = "en") -> str:
    """The page.

    Args:
        gallery: by code, a drawn vault and, below `SEPARATOR`, what check says of it in English.
        language: `zh` or `en`, of the page.
    """
    words = language_of(language)
    parts = [_INTRO[language], _contents(words)]
    for room in ROOMS:
        parts.append(f"\n## {words.text(_TITLES[room])}\n")
        for kind in import_module(f"brokernotes.model.problems.{room}").KINDS:
            parts.append(_section(kind, gallery[kind.code], words))
    return "".join(parts)


def _contents(words: Language) -> str:
    heads = (N_("Code"), N_("Severity"), "`--fix`", N_("Message"))
    rows = [f"| {' | '.join(map(words.text, heads))} |\n|---|---|---|---|\n"]
    for room in ROOMS:
        for kind in import_module(f"brokernotes.model.problems.{room}").KINDS:
            message = words.text(kind.message).replace("|", "\\|")
            fix = words.text(N_("yes")) if kind.fixable else "`--only`" if kind.asked else ""
            severity = words.text(kind.severity.value)
            cells = f"[`{kind.code}`](#{kind.code}) | {severity} | {fix} | {message}"
            rows.append(f"| {cells} |\n")
    return "".join(rows)


def _section(kind: ProblemKind, example: str, words: Language) -> str:
    drawing, _, found = example.partition(SEPARATOR)
    status = [words.text(kind.severity.value)]
    if kind.fixable:
        status.append(words.text(N_("fixed by `--fix`")))
    elif kind.asked:
        status.append(words.text(N_("fixed by `--fix --only {code}`"), code=kind.code))
    said = f"\n~~~~text\n{found}~~~~\n" if words.code == "en" else ""
    return (
        f"\n### {kind.code}\n\n*{words.text(', ').join(status)}* — {words.text(kind.message)}\n\n"
        f"{words.text(kind.about)}\n\n{_hint(kind, words)}{_origin(kind, words)}"
        f"~~~~text\n{drawing}~~~~\n{said}"
    )


def _hint(kind: ProblemKind, words: Language) -> str:
    if not kind.hint:
        return ""
    return f"**{words.text(N_('What to do:'))}** {_sentence(words.text(kind.hint))}\n\n"


def _origin(kind: ProblemKind, words: Language) -> str:
    if not kind.origin:
        return ""
    return f"**{words.text(N_('Origin:'))}** {_sentence(words.text(kind.origin))}\n\n"


def _sentence(hint: str) -> str:
    text = hint[0].upper() + hint[1:]
    return text if text[-1] in ".?!”`。？" else text + "."
