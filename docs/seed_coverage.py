"""The page that says which rule of the two documents is held by what, and by which test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).parent / "seed_rules.yaml"
HEADS = {
    "en": (
        "What the two documents ask for",
        "brokernotes implements two Chinese documents: how a brokerage keeps and follows up its "
        "clients, and how it classifies, shares, revisits and moves its listings. Each of their "
        "rules stands here in our own words, with what holds it and the test that says so.",
        ("Rule", "Held by", "Test"),
        "Not yet: {left}.",
    ),
    "zh": (
        "两份规范逐条对照",
        "本工具实现两份文件：客户怎样建档、跟进，房源怎样分类、共享、回访、流转。下面用自己的话逐条写出，"
        "注明由什么来保证、哪个测试为证。",
        ("规则", "由什么保证", "测试"),
        "尚缺：{left}。",
    ),
}


def rules() -> list[dict[str, Any]]:
    """Every row of the source, headings among them."""
    found: list[dict[str, Any]] = yaml.safe_load(SOURCE.read_text("utf-8"))
    return found


def coverage_page(language: str) -> str:
    """The page in one language."""
    title, about, head, left = HEADS[language]
    lines = [f"# {title}", "", *_wrapped(about), ""]
    is_open = False
    for row in rules():
        if "part" in row:
            level = "##" if "document" in row["part"]["en"] else "###"
            lines += ["", f"{level} {row['part'][language]}", ""]
            is_open = False
            continue
        if not is_open:
            lines += [f"| {' | '.join(head)} |", "|---|---|---|"]
            is_open = True
        how = "; ".join(_how(one) for one in row["how"])
        if "left" in row:
            how = f"{how} " if how else ""
            how += left.format(left=row["left"][language])
        tests = "; ".join(f"`{one}`" for one in row["tests"])
        lines.append(f"| {_cell(row[language])} | {_cell(how)} | {tests} |")
    return "\n".join(_once(lines)) + "\n"


def _how(text: str) -> str:
    return text if "`" in text or "(" in text else f"`{text}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").strip()


def _wrapped(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, 98) if text.isascii() else [text]


def _once(lines: list[str]) -> list[str]:
    """Without two empty lines in a row."""
    return [line for at, line in enumerate(lines) if line or not at or lines[at - 1]]
