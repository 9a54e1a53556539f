"""Labels of enumerators (第五条, (三), 方向1): how one stands in an address, and which kind and number it tells."""

from __future__ import annotations

import re

from luodi.document.unbroken import CN

_CN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# Words that number the items of a policy card or list (方向1, 政策2).
WORDS = rf"方向|政策|措施|任务|举措|专题|项目(?= ?(?:\d{{1,2}}|[{CN}]{{1,3}}):)|事项(?= ?(?:\d{{1,2}}|[{CN}]{{1,3}}):)"
_LABELS = {
    "annex": re.compile(rf"(?:附[件录]|文件)(?P<n>\d{{1,2}}|[{CN}]{{1,3}})?"),
    "part": re.compile(rf"第(?P<n>[{CN}]+)(?:部分|编|篇)"),
    "chapter": re.compile(rf"第(?P<n>[{CN}]+|\d+)章"),
    "section": re.compile(rf"第(?P<n>[{CN}]+|\d+)节"),
    "clause": re.compile(rf"第(?P<n>[{CN}]+|\d+)条(?:之[一二三四五六七八九十]+)?"),
    "word": re.compile(rf"(?:{WORDS})(?P<n>\d+)"),
    "pcn": re.compile(rf"\((?P<n>[{CN}]+)\)"),
    "pnum": re.compile(r"\((?P<n>\d+)\)"),
    "half": re.compile(r"(?P<n>\d+)\)"),
    "circled": re.compile(rf"(?P<n>[{CIRCLED}])"),
    "cn": re.compile(rf"(?P<n>[{CN}]+)"),
    "dotted": re.compile(r"(?:\d+\.)+(?P<n>\d+)"),
    "num": re.compile(r"(?P<n>\d+)"),
}


def chinese_number(text: str) -> int:
    """The value of a small Chinese or Arabic numeral (``二十三`` → 23)."""
    text = text.replace(" ", "")
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif char in "百千":
            total, digit = total + (digit or 1) * (100 if char == "百" else 1000), 0
        else:
            digit = _CN_DIGITS[char]
    return total + digit


def label_of(kind: str, at: re.Match[str], number: str) -> str:
    """The label of an enumerator as it stands in an address (``(三)``, ``第五条``)."""
    if kind in ("pcn", "pnum"):
        return f"({number})"
    if kind == "half":
        return f"{number})"
    if kind == "word":
        return f"{at['w']}{number}"
    if kind == "clause":
        inserted = f"之{later}" if (later := at.groupdict().get("sub")) else ""  # 第十七条之一 came in later
        return f"第{number}条{inserted}"  # 第一条第一条: a database set the label before itself
    if kind in ("part", "chapter", "section"):
        return at[0].replace(" ", "")
    return number


def read_label(label: str) -> tuple[str, int] | None:
    """The kind and the number of a label as it stands in an address (``(三)`` → ``pcn``, 3); None: no enumerator."""
    for kind, form in _LABELS.items():
        if at := form.fullmatch(label):
            number = at["n"] or "1"
            return kind, CIRCLED.index(number) + 1 if kind == "circled" else chinese_number(number)
    return None
