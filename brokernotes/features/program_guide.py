"""`AGENTS.md`: what a program has to know before it edits a vault."""

from __future__ import annotations

from brokernotes.model.schema import LETTER_OF_TYPE, NOTE_TYPES, Schema

GUIDE_FILE = "AGENTS.md"

_GUIDE = {
    "en": """\
# For programs that edit this vault

This folder is a brokernotes vault: the business of a real-estate brokerage, one Markdown note for
each client, listing, deal, community and agent, under git. People edit the same files in Obsidian
and on phones while you work. The files are the truth; everything else is made from them.

## Change it with commands

A command reads values as people type them, writes only the characters it was asked to change,
notices whom it would overwrite, and commits its own change alone. Try with `--dry-run`, read the
answer with `--json`, and never answer questions: `--no-input`.

```console
$ brokernotes set REF KEY=VALUE KEY+=VALUE KEY= --json
$ brokernotes log REF VERB TEXT --set KEY=VALUE --next DATE --json
$ brokernotes plan CLIENT VERB LISTING --at WHEN --json
$ brokernotes done ENTRY TEXT --json
$ brokernotes new KIND TITLE --set KEY=VALUE --json
$ brokernotes rename REF NAME --json
```

A REF is a note's id; names work for people, but two notes may share one (exit code 4).

## Ask it with commands

```console
$ brokernotes list KIND QUERY --json
$ brokernotes find TEXT --json
$ brokernotes show REF --json
$ brokernotes due --json
$ brokernotes export --json-schema
```

Keys in JSON are English and never change; new ones may come. Enum values are ids. Values that could
not be read are left out and named in `invalid`. Tables and sentences are for people: do not parse
them. What to say to a person stands in `topics` of `due` and `show`: `topic_code`, `params`, and
the `note`, `entry` and `date` it comes from; `wait` says that there is nothing, and `until` when.
Exit codes: 0 done · 1 findings, or refused by a rule · 2 option, query or value · 3 no vault
or broken rules · 4 no such note, or several · 5 changed meanwhile, nothing written · 74 the system
refused.

## When you edit a file yourself

{layout}

```markdown
{example}```

* UTF-8 without BOM, LF. The front matter opens on line 1. It is a flat map of scalars and lists of
  scalars: no nested maps, no comments, no anchors, no key twice.
* Change the one value; leave every other character, the order of the keys and the quotes alone.
  Never load the block and write it out again.
* Lists stand one item a line, indented by two. Links stand in double quotes: `"[[name]]"`. Phones
  and codes stand in double quotes. Dates are `2026-08-20`, moments `2026-08-20T14:30:00`. A field
  without a value is `key:`.
* Keys are those of `brokernotes export --fields`; values are in the vault's language. A number has
  the field's unit and no other: price in 万元, rent in 元 a month, area in ㎡.
* Never make up an id. A note or an entry without one is given one by `brokernotes check --fix`.
* Do not rename or move files: links are by file name, and `brokernotes rename` takes them along.

## The log

The section `## {log}` is the last of the note, one list item an entry, the newest last:

```text
- DATE TIME VERB [[link]] text [key:: value] ^id        it happened
- [ ] DATE TIME VERB …                                  it is planned; [x] done, [-] called off
```

It is append-only. A correction is a new entry with `[{corrects}:: id]`; nothing that stands there
is changed, moved or removed, and an id is never used twice.

## After every change

```console
$ brokernotes check PATH --json
```

An `error` means that something is lost or not used until it is mended: mend it at
`path:line:column`, or take your change back. `brokernotes check --fix` mends what is `fixable`.

## What never to do

* Invent a fact, a date, a number, or what somebody said. What is not known stays empty.
* Put a full name, a phone, a building, a floor or a room into a file's name, a title, a commit
  message, or anything that leaves this folder. Phones are masked in every output but the diff of
  `--dry-run`, which is the file's own text; leave them so, and pass no such diff on.
* Delete a note. A client who has gone is `stage`, a home that is sold is `status`.
* Resolve a merge conflict by taking one side of a log: every entry of both sides is kept.
* Write in `calendar/`, `views/`, `templates/` or `.obsidian/`, or into the index.
* Contact anybody marked `do_not_contact`.
""",
    "zh": """\
# 给要改动这个笔记库的程序

这个文件夹是一个 brokernotes 笔记库：一家房产中介的全部业务，每位客户、每套房源、每笔成交、
每个小区、每位经纪人各是一条 Markdown 笔记，由 git 管理。你在工作的时候，人也在用 Obsidian
和手机改同样的文件。文件说了算，别的都是由文件生成的。

## 用命令改

命令按人的写法读取值，只改该改的那几个字符，发现会盖掉别人的改动就不写，并且只提交自己的改动。
先用 `--dry-run` 试，用 `--json` 读结果，不要回答提问：`--no-input`。

```console
$ brokernotes set REF KEY=VALUE KEY+=VALUE KEY= --json
$ brokernotes log REF VERB TEXT --set KEY=VALUE --next DATE --json
$ brokernotes plan CLIENT VERB LISTING --at WHEN --json
$ brokernotes done ENTRY TEXT --json
$ brokernotes new KIND TITLE --set KEY=VALUE --json
$ brokernotes rename REF NAME --json
```

REF 用笔记的编号；名字是给人用的，两条笔记可能同名（退出码 4）。

## 用命令问

```console
$ brokernotes list KIND QUERY --json
$ brokernotes find TEXT --json
$ brokernotes show REF --json
$ brokernotes due --json
$ brokernotes export --json-schema
```

JSON 的键是英文，不会变，只会增加。选项的值是英文编号。读不出的值不给出，键名列在 `invalid` 里。
表格和句子是给人看的，不要解析。跟人聊什么在 `due` 和 `show` 的 `topics` 里：`topic_code`、
`params`，以及来自哪条笔记（`note`）、哪条记录（`entry`）、哪天（`date`）；
没话可说时有 `wait`，等到 `until`。退出码：0 完成 · 1 有错误，或被规则拒绝 · 2 选项、查询或值不对 ·
3 没有笔记库，或规则读不了 · 4 没有这条笔记，或不止一条 · 5 中途被别人改了，什么都没写 ·
74 系统不让读写。

## 自己改文件的时候

{layout}

```markdown
{example}```

* UTF-8，不带 BOM，换行用 LF。属性区从第 1 行开始，是一层的键值：值是单个值或单个值的列表，
  不嵌套，不写注释，不用锚点，键不重复。
* 只改那一个值；其余每个字符、键的顺序、引号都不动。绝不要整段读出来再整段写回去。
* 列表一行一项，缩进两格。链接放在双引号里：`"[[名字]]"`。电话和编码放在双引号里。日期写
  `2026-08-20`，时刻写 `2026-08-20T14:30:00`。没有值的字段写 `key:`。
* 键以 `brokernotes export --fields` 为准；值用笔记库的语言。数字只用字段自己的单位：价格是万元，
  租金是元/月，面积是㎡。
* 不要自己编编号。没有编号的笔记和记录由 `brokernotes check --fix` 补上。
* 不要改文件名、不要移动文件：链接认的是文件名，`brokernotes rename` 会把链接一起改好。

## 跟进记录

`## {log}` 是笔记的最后一节，一条记录一个列表项，新的在最后：

```text
- 日期 时间 方式 [[链接]] 文字 [键:: 值] ^编号            发生过的
- [ ] 日期 时间 方式 …                                  计划的；[x] 做完了，[-] 取消了
```

只能往后加。要更正就加一条新的，写上 `[{corrects}:: 编号]`；已有的不改、不挪、不删，编号不重复使用。

## 每次改完

```console
$ brokernotes check PATH --json
```

`error` 是说有东西丢了或用不上，直到改好：到 `路径:行:列` 改好它，或者撤回你的改动。
`fixable` 的由 `brokernotes check --fix` 改。

## 绝不要做

* 编造事实、日期、数字或谁说过的话。不知道的就空着。
* 把全名、电话、楼栋、楼层、房号写进文件名、标题、提交说明，或任何会离开这个文件夹的东西。
  输出里的电话都打了码，不要还原；只有 `--dry-run` 的差异是文件原文，不要往外传。
* 删除笔记。客户走了改 `stage`，房子卖了改 `status`。
* 合并冲突时只留跟进记录的一边：两边的每一条都要留。
* 往 `calendar/`、`views/`、`templates/`、`.obsidian/` 或索引里写。
* 联系标了 `do_not_contact` 的人。
""",
}
_LAYOUT = {
    "en": ("Folder", "Notes of", "Id"),
    "zh": ("文件夹", "type", "编号"),
}
_EXAMPLE = {
    "en": """\
---
id: L-7K2PQM
type: listing
title: Sunny Garden 3 rooms
community: "[[Sunny Garden]]"
status: for sale
grade: A
price: 620
gross_area: 118.5
facing:
  - south
  - north
owner_phone: "12000001111"
entrust_until: 2027-03-31
next_followup:
---

## Log

- 2026-08-20 14:30 Revisit asked about the price [expected price:: 605] ^3afq6m4x9
""",
    "zh": """\
---
id: L-7K2PQM
type: listing
title: 阳光花园 3室2厅
community: "[[阳光花园]]"
status: 在售
grade: A
price: 620
gross_area: 118.5
facing:
  - 南
  - 北
owner_phone: "12000001111"
entrust_until: 2027-03-31
next_followup:
---

## 跟进记录

- 2026-08-20 14:30 回访 问了降价的事 [心理价:: 605] ^3afq6m4x9
""",
}
_LOG = {"en": "Log", "zh": "跟进记录"}


def program_guide(language: str, schema: Schema) -> str:
    """The guide for a vault.

    Args:
        language: `zh` or `en`, of the vault.
        schema: its field table.
    """
    folder, notes, id_ = _LAYOUT[language]
    rows = [f"| {folder} | {notes} | {id_} |", "|---|---|---|"]
    rows += [
        f"| `{kind.folders[language]}/` | `{kind.id}` | `{LETTER_OF_TYPE[kind.id]}-……` |"
        for kind in NOTE_TYPES
    ]
    return _GUIDE[language].format(
        layout="\n".join(rows),
        example=_EXAMPLE[language],
        log=_LOG[language],
        corrects=schema.log_keys["corrects"].label(language).lower(),
    )
