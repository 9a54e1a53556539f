"""Single characters: width folded (NFKC), invisible ones and pinyin removed, traditional ones made simplified."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources

from luodi.document.draft import Draft, Edit
from luodi.document.text import Repair, Span

# Kept as they are: circled numbers are enumerators of their own, the ellipsis and ℃ are read better whole.
_KEPT = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳…‥℃")
# 〔一〕投资政策: the number of a heading in the brackets of a paper's year.
_TORTOISE_NUMBER = re.compile("〔([一二三四五六七八九十]{1,3})〕")
_LINE_ENDS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
# Radicals and variants that PDF writers put in place of the characters they look like, and that NFKC leaves alone.
_RADICALS = dict(
    zip(
        "髙⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "高母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
) | {"⼾": "户", "︰": ":"}  # 戶 to NFKC; U+FE30, two dots upright: a colon (1︰1) to those who write it
# 每㎡500元: folded to m2 the sign would run into the sum behind it.
_MEASURE = re.compile(r"(?:㎡|(?<![A-Za-z])[mM]²)(?= ?\d)")
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_PINYIN = re.compile(rf"(?<=[\u4e00-\u9fff])\((?=[^()\n]*[{_TONES}])[a-z{_TONES}ü]{{1,7}} ?\)")
_PLAIN_PINYIN = re.compile(rf"(?<=[\u4e00-\u9fff])\([a-z{_TONES}ü]{{1,7}} ?\)")
# 業(ye)(ye): syllables that lost their tones, some twice; in a text that has several they are no abbreviations.
_TONELESS = re.compile(r"(?<=[\u4e00-\u9fff])(?:\((?:zh|ch|sh|[b-df-hj-np-tw-z])?[aeiouü]{1,3}(?:ng|n|r)? ?\))+")
_SEVERAL_SYLLABLES = 5
# What such pages leave of a character together with its pinyin: 管理?xiàng)l例 is 管理條例.
_EATEN = {"?xiàng)l": "條", "?duì)I": "營"}
_EATEN_SIGNS = re.compile("|".join(map(re.escape, _EATEN)))
# Common characters that only traditional texts use; three kinds of them turn the conversion on.
_TRADITIONAL = frozenset(
    "產業發國與為個對經開關於實條應務區總機構辦費資補貼獎勵標準項類門員當過單們這來時會動進設學萬億長報東車馬"
)
# 著 is 着 where it goes before these (着重, 着力), and stays in 著名, 显著.
# 計畫 is 计划, 規畫 规划; 壹 that stands for every 一 of a text (壹定, 壹個), not the capital figure of sums.
_HUA = re.compile("(?<=[计规企策筹])画")
_ONE_THROUGHOUT = re.compile("壹[定个些般起直切体]")
_ONE = re.compile("壹(?![佰拾仟万亿元圆整])")
_ZHE = re.compile("著(?=[重力手眼])")


def fold_width(draft: Draft) -> None:
    r"""Fold full-width forms to half-width and drop what cannot be seen; line ends become ``\n``."""
    if "\r\n" in draft.text:
        draft.edit(Edit(at.start(), at.end(), "\n") for at in re.finditer("\r\n", draft.text))
    draft.replace(draft.text.translate(_LINE_ENDS))
    if "㎡" in draft.text or "²" in draft.text:
        draft.edit(Edit(at.start(), at.end(), "平方米") for at in _MEASURE.finditer(draft.text))
    folded = {char: _fold(char) for char in set(draft.text)}
    draft.replace(draft.text.translate({ord(old): new for old, new in folded.items() if len(new) == 1}))
    draft.replace(_TORTOISE_NUMBER.sub(r"(\1)", draft.text))
    longer = {char: new for char, new in folded.items() if len(new) != 1}
    if longer:
        pattern = re.compile("[" + re.escape("".join(longer)) + "]")
        draft.edit(Edit(at.start(), at.end(), longer[at[0]]) for at in pattern.finditer(draft.text))


def _fold(char: str) -> str:
    if char in "\n\t" or char in _KEPT:
        return char
    if unicodedata.category(char) in _INVISIBLE:
        return ""
    return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)


def strip_pinyin(draft: Draft) -> None:
    """Remove pinyin set in brackets after characters (``产(chǎn)业``)."""
    draft.edit((Edit(at.start(), at.end(), _EATEN[at[0]]) for at in _EATEN_SIGNS.finditer(draft.text)), "pinyin")
    marked = sum(1 for _ in _PINYIN.finditer(draft.text))
    if marked:
        pattern = _PLAIN_PINYIN if marked >= 3 else _PINYIN
    elif len({at[0] for at in _TONELESS.finditer(draft.text)}) >= _SEVERAL_SYLLABLES:
        pattern = _TONELESS
    else:
        return
    draft.edit((Edit(at.start(), at.end()) for at in pattern.finditer(draft.text)), "pinyin")


def simplify(draft: Draft) -> None:
    """Traditional characters → simplified, character for character."""
    used = set(draft.text)
    if len(used & _TRADITIONAL) < 3:
        return
    table = {char: _simplified()[char] for char in used & _simplified().keys()}
    text = draft.text.translate({ord(old): new for old, new in table.items()})
    text = _HUA.sub("划", _ZHE.sub("着", text))
    draft.replace(_ONE.sub("一", text) if _ONE_THROUGHOUT.search(text) else text)
    was = "".join(sorted(table))[:20]
    span = Span(0, len(draft.source))
    draft.repairs.append(Repair("traditional", span, was, "".join(table[char] for char in was)))


def simplified(text: str) -> str:
    """A text in simplified characters, one for one."""
    return "".join(_simplified().get(char, char) for char in text)


@cache
def _simplified() -> dict[str, str]:
    """OpenCC's table of single characters (the first choice of each)."""
    rows = resources.files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if "\t" in row)
    return {old: new.split(" ")[0] for old, new in pairs if len(old) == 1 and len(new.split(" ")[0]) == 1}
