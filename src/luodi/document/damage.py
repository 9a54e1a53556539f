"""Damage inside the text, mended where it can be told what stood there; each mending is recorded (LANGUAGE 1.1).

What cannot be told (a date without its marks, a sum without its dash) is left as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import pairwise

from luodi.document.characters import simplified
from luodi.document.draft import Draft, Edit

_YEAR = r"(?:19[89]|20[0-4])\d"
_BEFORE_YEAR = r"[发办规函字令文综通告知建政]"
# The year's brackets, one or both of them lost; what follows the four figures is the number.
_LOST_BRACKETS = re.compile(
    rf"(?:(?<=[\u4e00-\u9fff]{_BEFORE_YEAR})(?:„(?P<quoted>{_YEAR})[‟”\"“]|(?P<none>{_YEAR})|C(?P<read>{_YEAR})[〕\])】J]"
    rf"|(?P<first>{_YEAR})[〕\])】])"
    rf"|(?<=[\u4e00-\u9fff][\u4e00-\u9fff])[〔\[(【](?P<second>{_YEAR})J?)"
    r" ?(?P<n>[1-9]\d{0,3})(?=号)"
)
# What recognition makes of units and digits, right behind or between digits; and of the commonest words of a policy.
_CONFUSED = re.compile(
    r"(?=[万亿兀无OolI|—–高〈《负贵责文-])(?:(?P<sum>(?<=\d)[万亿]{0,2}[兀无](?![\u4e00-\u9fff])O?"
    r"|(?<=[\d一二两三四五六七八九十百千])[万亿]兀O?)|(?<=\d)(?<![A-Za-z]\d)(?P<zeros>[Oo]{1,4})(?=[万亿\d%家个名项户所亩座处条台辆套])|"
    r"(?<![A-Za-z])(?P<one>[lI|])(?=\d{1,4}(?:\.\d)?[万亿%])|(?<![A-Za-z\d])(?P<letters>[lI][Oo]{1,4})(?=[万亿]?元)"
    r"|(?<=\()(?P<stroke>[-—–])(?=\)[\u4e00-\u9fff])|(?<=[给予][予以与])(?P<most>高)(?=\d)"
    r"|(?P<bracket>〈|(?<=[条章节])《)(?=[^〈《〉》()\n]{1,30}\))"
    r"|(?P<word>负贵|负资(?![产本源金])|贵任单位|责仟单位|责任単位"
    r"|(?<![公论本行发原语条作散中])文持(?![续有相平久股仓证])(?=[\u4e00-\u9fff])))"
)
_WORDS = {"负贵": "负责", "负资": "负责", "贵任单位": "责任单位", "责仟单位": "责任单位", "责任単位": "责任单位",
         "文持": "支持"}  # fmt: skip
_ROW = 200  # characters of a table's row on either side of a bar
_SENTENCE_END = r"(?<=[。?？!！;；:\n])"
# One or two at the head of a line are blanks (全角空格) that no reader could decode; in a line they may ask.
_LOST_BLANKS = re.compile(
    r"(?<=\n)(?:[?？][ \t\u3000]*){1,4}(?=[^\s?？])|(?<=[条章节])[?？]{1,2}(?=[ \t\u3000])|\A(?:[?？][ \t\u3000]*){1,4}(?=[^\s?？])"
)
# / B9 F% F9 p% f (一)…: what a forum writes before or behind the lines of a copied text, so that nobody copies it.
_FORUM_NOISE = re.compile(
    r"(?:(?<=\n)|\A) ?(?:[!-~]{1,3} ){5,}[!-'*-~]{0,3} ?(?=[\u4e00-\u9fff“《(（]|$)|(?<=[。;:；：]) ?(?:[!-~]{1,3} ){5,}[!-~]{0,3}(?=\n|\Z)",
    re.MULTILINE,
)
_SPECIAL = re.compile(r"[^A-Za-z0-9 |.:,()-]")
_LEAST_SPECIAL = 2
# 各直属机构∶ at the end of a line: the sign of a ratio for a colon.
_RATIO_SIGN = re.compile(r"∶(?=[ \t]*(?:\n|\Z))")
_DOUBLED = re.compile(r"(?<=[^\s,]),(?=[,、。;])")
_LEFTOVER = r"[\u2500-\u257f\ue000-\uf8ff]?"
_UNKNOWN = r"[\u2ff0-\u2fff\ue000-\uf8ff\ufffd]"  # as programs show signs that have no form
_NUMBERS = "一二三四五六七八九十"
_NUMBERS_TO_20 = [*_NUMBERS, *(f"十{one}" for one in _NUMBERS[:9]), "二十"]
_ITEM = re.compile(
    r"^(?P<open>\()? ?(?P<n>[一二三四五六七八九十]{1,2}) ?(?:(?P<shut>\))|(?(open)(?![^()\n]{0,20}\))|(?!)))(?=[\u4e00-\u9fff“])",
    re.MULTILINE,
)
_LEAST_WORDS = 3
_SAMPLE = 30_000
# Words that only texts converted for Taiwan have; several kinds of them turn the conversion of words on.
_CONVERTED = re.compile(
    "规范性档案|网际网路|网路|程式|软体|硬体|资讯|数位|最佳化|专案|品质|入口网站|使用者|伺服器|智慧财产|透过|支援"
)
_WHOLE = ("行政许可权",)  # holds a word of the table by chance
_SURE = frozenset(("规范性档案", "网际网路"))  # nobody says so on the mainland: one is enough
_OF_TWO_MEANINGS = frozenset(("支援", "品质", "透过"))  # also said on the mainland; converted only in company

# What a page writes for signs that its markup needs (&lt;, &nbsp;, &#8220;), left in its copied text.
_REFERENCE = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,5}|#[xX][0-9A-Fa-f]{2,4});")


# <<某某办法>>: the marks of a title, set by keys that have none.
_TITLE_MARKS = re.compile(
    r"(?P<open><<)(?=[\u4e00-\u9fff“])[^<>\n,。;]{2,80}(?:<[^<>\n]{2,60}>[^<>\n]{0,40})?(?P<close>>>)"
)
# 正文.正文: a dot for the full stop of a text that has no other; 一.总则 is a number.
_DOT = re.compile(
    r"(?<=[\u4e00-\u9fff)%”》])(?<![一二三四五六七八九十])\.(?=[ \n\u4e00-\u9fff(\[〔【“《]|20\d\d年|\Z)|(?<=\d)\.(?=\n|\Z)"
)
_LEAST_DOTS, _FEW_STOPS = 5, 10

_TAGS = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z1-6]{0,9})(?: [^<>\n]{0,300})? ?/?>")
_BREAKS = frozenset(("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table"))
_INLINE_TAGS = frozenset(("span", "strong", "b", "font", "a", "em", "u", "i", "td", "tbody", "ul", "ol", "img", "o"))
_LEAST_TAGS = 3


def drop_tags(draft: Draft) -> None:
    """The tags of a page whose text was copied with them into plain text."""
    known = [(at, at["name"].lower()) for at in _TAGS.finditer(draft.text)]
    told = [(at, name) for at, name in known if name in _BREAKS or name in _INLINE_TAGS]
    if sum(at["end"] != "" for at, _ in told) >= _LEAST_TAGS:
        draft.edit(Edit(at.start(), at.end(), "\n" if name in _BREAKS else "") for at, name in told)


def restore_title_marks(draft: Draft) -> None:
    """``<<某某办法>>``: marks of titles set as two signs each."""
    found = list(_TITLE_MARKS.finditer(draft.text)) if "<<" in draft.text else []
    draft.edit(Edit(*at.span(side), mark) for at in found for side, mark in (("open", "《"), ("close", "》")))


def restore_stops(draft: Draft) -> None:
    """Dots for full stops, where hardly any other stop stands in the text."""
    most, stops = draft.text.count("."), _FEW_STOPS * draft.text.count("。")
    dots = list(_DOT.finditer(draft.text)) if most > stops else []
    if len(dots) >= _LEAST_DOTS and len(dots) > stops:
        draft.edit((Edit(at.start(), at.end(), "。") for at in dots), "stops")


def restore_references(draft: Draft) -> None:
    """``&lt;办法&gt;``: the signs that a copied page names."""
    meant = ((at, html.unescape(at[0])) for at in _REFERENCE.finditer(draft.text))
    draft.edit(Edit(at.start(), at.end(), sign) for at, sign in meant if len(sign) == 1)


def restore_enumerators(draft: Draft) -> None:
    """``（二）`` decoded one byte out of step (``ǘ``, ``ㄋ模``): the bytes say which one it was."""
    if any(signs[0] in draft.text for signs in _shifted()):
        draft.edit(sorted(_enumerators(draft.text)), "enumerator")


def _enumerators(text: str) -> Iterator[Edit]:
    told: list[tuple[int, int]] = []
    for signs, number in _shifted().items():
        second = _UNKNOWN if "\ue000" <= signs[1] <= "\uf8ff" else re.escape(signs[1])
        for at in re.finditer(rf"{_SENTENCE_END}{signs[0]}{second}{_LEFTOVER}", text):
            told.append((at.start(), _NUMBERS.index(number)))
            yield Edit(at.start(), at.end(), f"({number})")
    for (start, before), (end, after) in pairwise(sorted(told)):
        lost = list(re.finditer(rf"{_SENTENCE_END}{_UNKNOWN}{{1,2}}(?=\S)", text[start + 1 : end]))
        if after == before + 2 and len(lost) == 1:  # the one number between two told ones
            yield Edit(start + 1 + lost[0].start(), start + 1 + lost[0].end(), f"({_NUMBERS[before + 1]})")


@cache
def _shifted() -> dict[str, str]:
    """The two characters that GBK gives for the middle bytes of a bracketed number → the number."""
    pairs = {f"（{number}）".encode("gbk")[1:5].decode("gb18030"): number for number in _NUMBERS}
    return {signs: number for signs, number in pairs.items() if not "\ue000" <= signs[0] <= "\uf8ff"}


def restore_item_brackets(draft: Draft) -> None:
    """``一)支持…`` and ``(二支持…`` at the head of a line: one bracket lost, told by the number before or behind it."""
    items = [(at, _NUMBERS_TO_20.index(at["n"])) for at in _ITEM.finditer(draft.text) if at["n"] in _NUMBERS_TO_20]
    edits = []
    for index, (at, value) in enumerate(items):
        before = items[index - 1][1] if index else None
        after = items[index + 1][1] if index + 1 < len(items) else None
        if (at["open"] is None) != (at["shut"] is None) and (before == value - 1 or after == value + 1):
            edits.append(Edit(at.start(), at.end(), f"({at['n']})"))
    draft.edit(edits)


def drop_lost_blanks(draft: Draft) -> None:
    """Question marks at the head of a line: blanks that were decoded wrongly."""
    draft.edit(Edit(at.start(), at.end()) for at in _LOST_BLANKS.finditer(draft.text))


def drop_forum_noise(draft: Draft) -> None:
    """Short strings of signs at the ends of lines, several of them no letters or digits."""
    found = (at for at in _FORUM_NOISE.finditer(draft.text) if len(_SPECIAL.findall(at[0])) >= _LEAST_SPECIAL)
    draft.edit(Edit(at.start(), at.end()) for at in found)
    draft.edit(Edit(at.start(), at.end(), ":") for at in _RATIO_SIGN.finditer(draft.text))


def drop_doubled_marks(draft: Draft) -> None:
    """``甲,、乙,,丙``: a comma set twice, or before the mark that stood there."""
    draft.edit(Edit(at.start(), at.end()) for at in _DOUBLED.finditer(draft.text))


def restore_brackets(draft: Draft) -> None:
    """Document numbers whose year lost its brackets (``政办〔202410号``): four figures are the year, the rest the number."""
    draft.edit(
        (
            Edit(
                at.start(),
                at.end(),
                f"〔{at['none'] or at['second'] or at['first'] or at['read'] or at['quoted']}〕{at['n']}",
            )
            for at in _LOST_BRACKETS.finditer(draft.text)
        ),
        "lost-bracket",
    )


def mend_recognition(draft: Draft) -> None:
    """Units, zeros and ones that recognition confused, only beside digits; the commonest words in their usual wrong forms."""
    found = (at for at in _CONFUSED.finditer(draft.text) if at[0] != "|" or not _parts_cells(draft.text, at.start()))
    draft.edit((Edit(at.start(), at.end(), _meant(at)) for at in found), "recognition")


def _parts_cells(text: str, at: int) -> bool:
    """``国家级|100万元``: a bar stands between cells where its own line, the one before or the one behind has another."""
    end = text.find("\n", at)
    below = text.find("\n", end + 1) if end >= 0 else -1
    above = text.rfind("\n", 0, max(0, text.rfind("\n", 0, at)))
    last = below if below >= 0 else len(text)
    return text.count("|", max(above + 1, at - _ROW), min(last, at + _ROW)) > 1


def _meant(at: re.Match[str]) -> str:
    if at["sum"]:
        unit = re.sub("[兀无]", "元", at["sum"].removesuffix("O"))
        return f"{unit}。" if at["sum"].endswith("O") else unit
    if at["bracket"]:
        return "("  # 第一条〈适用范围)
    if at["most"]:
        return "最高"
    if at["letters"]:
        return "1" + "0" * (len(at["letters"]) - 1)
    if at["stroke"]:
        return "一"  # (-)支持…: the first of bracketed numbers
    if at["zeros"]:
        return "0" * len(at["zeros"])
    return "1" if at["one"] else _WORDS[at["word"]]


def restore_words(draft: Draft) -> None:
    """Words converted for Taiwan (``網際網路``) back to those of the mainland, by OpenCC's table."""
    if not any(repair.code == "traditional" for repair in draft.repairs):
        return
    used = set(_CONVERTED.findall(draft.text[:_SAMPLE]))
    if len(used - _OF_TWO_MEANINGS) < _LEAST_WORDS and not used & _SURE:
        return
    words = _mainland_words()
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    found = (at for at in pattern.finditer(draft.text) if at[0] not in _WHOLE)
    draft.edit((Edit(at.start(), at.end(), words[at[0]]) for at in found), "converted-words")


@cache
def _mainland_words() -> dict[str, str]:
    rows = resources.files("opencc").joinpath("dictionary/TWPhrasesRev.txt").read_text("utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if "\t" in row]
    found = {simplified(old): simplified(new.split(" ")[0]) for old, new in pairs}
    changed = {old: new for old, new in found.items() if len(old) > 1 and old != new}
    return changed | {word: word for word in _WHOLE}
