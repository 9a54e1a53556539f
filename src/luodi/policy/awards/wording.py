"""One word for what many words say: how something is given, and what bounds it (LANGUAGE 6.2, 6.4).

Papers write 给予, 予以 or 给与, and 不超过, 不高于 or 不得超过. The readers of awards know one of each.
"""

from __future__ import annotations

import re
from dataclasses import replace

from luodi.policy.passages import Passage

# 50万元, 每人3000元, 20%; 可给予50万元
_SUM = r"(?:人民币|每[^,。;:、\d]{1,8}|总额|其)?[\d.]+(?:-[\d.]+)?(?:[万亿]+元?|元|%|‰)"
_GIVES = r"可?(?:给予|予以|给与|奖励|奖补|补助|补贴|资助|支持|享受|获得|一次性){0,2}"
_READ_AS: tuple[tuple[str, str], ...] = (
    (r"予以|给与", "给予"),
    (r"奖补(?!资金池|基础)", "奖励"),
    (rf"(?:至多|最多)(?={_GIVES}{_SUM})|最高可[达至](?={_SUM})|最多(?=不[^,。;:、\d]{{1,3}}{_SUM})", "最高"),
    (rf"不(?:[得能可应]|允许)超过|不[得应]?高于(?={_SUM})|不[得应]?[大多]于(?={_SUM})|不超出", "不超过"),
    (r"初次(?!创业)|第一次", "首次"),
    (r"每[个一]?(?:自然|会计|财政)?年度", "每年"),
    (r"及(?=\(含[^()]{0,4}\)以[上下内])", ""),
    # 50万元人民币, 人民币50万元
    (r"(?<=元)人民币|人民币(?=[\d.]+[万亿]?元)", ""),
)
_READ = re.compile("|".join(word or "元" for _, word in _READ_AS))
_SAID = re.compile("|".join(f"({said})" for said, _ in _READ_AS))


def plainly(passage: Passage) -> Passage:
    """A paragraph in the one wording; every character still points at where it stands, the last of a word at the end of what it is read for."""
    text, offsets, at = [], [], 0
    for said in _SAID.finditer(passage.text):
        word = _READ_AS[(said.lastindex or 1) - 1][1]
        places = passage.offsets[said.start() : said.end()]
        text += [passage.text[at : said.start()], word]
        offsets += [passage.offsets[at : said.start()], (*places[: len(word) - 1], places[-1]) if word else ()]
        at = said.end()
    if not at:
        return passage
    return replace(
        passage,
        text="".join([*text, passage.text[at:]]),
        offsets=tuple(place for some in [*offsets, passage.offsets[at:]] for place in some),
        lead_in=_SAID.sub(_word, passage.lead_in),
    )


def as_written(passage: Passage, words: str) -> str:
    """Words of a paragraph in the one wording, as the paper has them."""
    at = passage.text.find(words) if _READ.search(words) else -1
    if at < 0:
        return words
    written = passage.document.clean[passage.offsets[at] : passage.offsets[at + len(words) - 1] + 1]
    return re.sub(r"\s", "", written) if len(written) < 2 * len(words) + 2 else words


def _word(said: re.Match[str]) -> str:
    return _READ_AS[(said.lastindex or 1) - 1][1]
