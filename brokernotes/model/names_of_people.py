"""Whole names of people, and what is said in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONG = "欧阳|司马|上官|诸葛|司徒|东方|尉迟|皇甫|令狐|慕容"
# The hundred that nine in ten people in China bear.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_POLITE = "先生|女士|小姐|太太|阿姨|叔叔|大叔|师傅|老师|医生|护士|总|姐|哥|叔|姨|爷|奶|嫂|伯|老先生"
_WHOLE = re.compile(rf"(?P<surname>{_LONG}|[{_SURNAMES}])(?P<given>[\u4e00-\u9fff]{{1,2}})")
_WHOLE_EN = re.compile(r"(?!(?:Mr|Mrs|Ms|Miss|Dr)\b)[A-Z][a-z'\-]+ [A-Z][a-z'\-]+")


def find_whole_name(text: str) -> str | None:
    """The whole name that a title is or begins with: 张伟, 张伟 浦东三房, Wei Zhang.

    Args:
        text: a title, or a file's name without its id.
    """
    first = text.split()[0] if text.split() else ""
    found = _WHOLE.fullmatch(first)
    if found and not re.search(rf"(?:{_POLITE})$", first):
        return first
    english = _WHOLE_EN.match(text)
    return english[0] if english else None


def called_instead(
    title: str, stem: str, name: str | None, salutation: str | None, blot: str
) -> Iterator[tuple[str, str]]:
    """The words that say a client's whole name, each with what is said instead.

    Args:
        title: of the note.
        stem: its file's name without the id.
        name: as the note says.
        salutation: likewise: 李女士.
        blot: what stands where nothing is to be said.
    """
    words = [(name or "").strip()]
    if not words[0]:
        words = [find_whole_name(title) or "", find_whole_name(stem) or ""]
    for word in dict.fromkeys(words):
        if len(word) >= 2 and word != salutation:
            yield word, salutation or _surname_only(word) or blot


def _surname_only(word: str) -> str:
    """张某 for 张伟."""
    found = _WHOLE.fullmatch(word)
    return f"{found['surname']}某" if found else ""
