"""A page that looks well on a phone and on A4: one HTML file, without anything from outside.

Proposals and reports to owners are laid out on it; printed by a browser it becomes the PDF, taken
at phone width the long picture.
"""

from __future__ import annotations

import html

PHONE = 390  # px wide, as the long picture is taken

_CSS = """
:root{--ink:#1d2530;--soft:#5c6875;--line:#dfe4ea;--paper:#fff;--back:#f1f4f6;--mark:#0b5c5a;
--good:#0f6b3f;--goodback:#eaf5ee;--bad:#9a4a00;--badback:#fdf2e6;--askback:#eef2f8}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{margin:0;background:var(--back);color:var(--ink);
font:15px/1.6 "PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",
"Source Han Sans SC","Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:760px;margin:0 auto;padding:0 0 20px;background:var(--back)}
header{background:var(--mark);color:#fff;padding:22px 20px 20px}
header h1{margin:0;font-size:23px;line-height:1.3;font-weight:600}
header p{margin:10px 0 0;font-size:15px;opacity:.95}
section{background:var(--paper);margin:12px 12px 0;padding:16px;border:1px solid var(--line);
border-radius:10px}
h2{margin:0;font-size:19px;line-height:1.35;font-weight:600}
h3{margin:16px 0 6px;font-size:14px;font-weight:600;color:var(--soft)}
.price{margin:8px 0 0;font-size:22px;line-height:1.3;font-weight:600;color:var(--mark)}
.price small{font-size:14px;font-weight:400;color:var(--soft)}
.unit,.place{margin:3px 0 0;font-size:14px;color:var(--soft)}
.brief{margin:10px 0 0;padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:6px}
.brief li{border:1px solid var(--line);border-radius:5px;padding:1px 8px;font-size:13.5px}
.box{margin:12px 0 0;padding:10px 14px 12px;border-radius:8px;break-inside:avoid}
.box h3{margin:0 0 4px}
.box ul{margin:0;padding-left:1.15em}
.box li{margin:2px 0}
.fits{background:var(--goodback)}.fits h3{color:var(--good)}
.shortcomings{background:var(--badback)}.shortcomings h3{color:var(--bad)}
.unknowns,.points{background:var(--askback)}
table{width:100%;border-collapse:collapse;font-size:14px;margin-top:6px}
th,td{text-align:left;vertical-align:top;padding:6px 8px 6px 0;border-top:1px solid var(--line)}
thead th{border-top:0}
th{font-weight:400;color:var(--soft)}
thead th{color:var(--ink);font-weight:600}
.facts th{width:38%}
.compare{table-layout:fixed}.compare th:first-child{width:21%}
.compare+.compare{margin-top:18px;break-before:auto}.compare{break-inside:avoid}
.num{text-align:right;font-variant-numeric:tabular-nums}
.taxes{margin:0;padding-left:1.15em;font-size:14px}
.taxes small{display:block;color:var(--soft);font-size:12.5px}
.photos{display:grid;grid-template-columns:repeat(2,1fr);gap:6px;margin-top:12px}
.photos img{width:100%;height:100%;max-height:300px;object-fit:cover;
border-radius:6px;display:block}
.photos img:first-child,.photos img:last-child:nth-child(even){grid-column:1/-1}
.tiles{display:grid;grid-template-columns:repeat(3,1fr);gap:8px;margin-top:10px}
.tiles div{background:var(--askback);border-radius:8px;padding:10px 12px}
.tiles b{display:block;font-size:24px;line-height:1.2;font-weight:600;color:var(--mark)}
.tiles span{font-size:13px;color:var(--soft)}
.bar{display:grid;grid-template-columns:6.5em 1fr 2.2em;gap:8px;align-items:center;margin:5px 0;
font-size:14px}
.bar i{display:block;height:10px;border-radius:5px;background:#c9792b}
.advice{font-size:16px;margin:6px 0 0}
p{margin:6px 0 0}
ul.plain{margin:6px 0 0;padding-left:1.15em}
footer{margin:16px 24px 0;font-size:13px;color:var(--soft)}
footer p{margin:2px 0 0}
@media (max-width:560px){.compare{font-size:12.5px}.compare th,.compare td{padding-right:5px}}
@page{size:A4;margin:13mm 12mm 15mm;@bottom-right{content:counter(page) " / " counter(pages);
font:9pt sans-serif;color:#5c6875}}
@media print{body,main{background:#fff}main{max-width:none;padding:0}
header{border-radius:8px;padding:16px 18px}
section{margin:10px 0 0;padding:14px 16px}
section.home{break-inside:avoid}header+section.home{break-inside:auto}
.boxes{display:grid;grid-template-columns:1fr 1fr;gap:10px;margin-top:12px}.boxes .box{margin:0}
h2,h3{break-after:avoid}tr,.photos img,.tiles{break-inside:avoid}
.two{columns:2;column-gap:28px}.two table{margin:0}
footer{margin:10px 4px 0;break-before:avoid;break-inside:avoid}
body{font-size:9.6pt;line-height:1.45}h3{margin-top:10px}
.photos{display:flex}.photos img{flex:1 1 0;min-width:0;max-width:33%;height:110px}
.price{margin-top:4px}
table,.taxes{font-size:12.5px}.taxes small{font-size:11.5px}.taxes li{break-inside:avoid}
.box{padding:7px 12px 8px}.brief,.boxes{margin-top:8px}th,td{padding:4px 8px 4px 0}}
"""


def page(language: str, title: str, body: str) -> str:
    """A whole page.

    Args:
        language: `zh` or `en`.
        title: plain text.
        body: HTML.
    """
    lang = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_CSS}</style>\n</head>\n<body>\n<main>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def escape(text: str) -> str:
    """Text as HTML shows it."""
    return html.escape(" ".join(text.split()), quote=True)


def header(title: str, opening: str) -> str:
    """The head of a page."""
    return f"<header><h1>{escape(title)}</h1><p>{escape(opening)}</p></header>"


def box(kind: str, label: str, things: tuple[str, ...]) -> str:
    """A coloured box with a list; nothing where there is nothing."""
    if not things:
        return ""
    items = "".join(f"<li>{escape(one)}</li>" for one in things)
    return f'<div class="box {kind}"><h3>{escape(label)}</h3><ul>{items}</ul></div>'


def footer(sender: str, day: str, remark: str) -> str:
    """Who, when, and what holds for all of it."""
    first = f"<p>{escape(sender)}</p>" if sender else ""
    return f"<footer>{first}<p>{escape(day)} {escape(remark)}</p></footer>"
