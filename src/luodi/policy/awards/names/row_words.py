"""The words that describe a row: its names, the best first, its tiers, and what serves where neither does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from luodi.document.cards import FIELD_NAME
from luodi.policy import award_terms as terms
from luodi.policy.awards.frames.frame import PAYEE, region
from luodi.policy.awards.names.clause_names import (
    GENERIC,
)
from luodi.policy.awards.rows.naming import LONG, item_of_list, measured, name_in, short_forms, shortened, unbracketed
from luodi.policy.awards.rows.row import Row
from luodi.policy.awards.words.grades import KEY_WORD
from luodi.policy.awards.words.tiers import THRESHOLD, thresholds
from luodi.policy.passages import Passage

_RANKED = re.compile(r"500强|百强|\d+强")
# 存栏300头以上的种猪场: the noun behind a number.
_BEHIND_TIER = re.compile(
    rf"(?P<tier>{THRESHOLD.pattern})(?P<between>[^,。;\d]{{0,24}})的(?P<noun>[^,。;的\d]{{3,16}})\Z"
)
_FIELD = re.compile(FIELD_NAME)  # 兑现标准: is what a card calls its field
# 投资A以上,且每亩B以上; 每亩不超过3000元: what comes besides, or bounds another sum, picks no tier.
_BESIDES = re.compile(r"且|并|(?:每|单|同一)[^,。;\d]{1,20}(?:最高|不超过)[^,。;\d]*\d[^的]*\Z")
# 单位或个人: whoever it is.
_ANYBODY = re.compile(rf"(?:生产|经营|、|或者?|和|及|{PAYEE})+")
# 给予入驻园区的甲类企业: who is given to, told by the words of giving alone.
_GIVEN_FIRST = re.compile(
    rf"(?:给予|奖励|补助)(?P<who>(?!单|每|同一|其)[^,。;\d]{{3,24}}(?:{PAYEE}))(?:每[^,。;\d]{{1,4}})?(?:最高|不超过)*"
)
# 加快培育骨干企业: what is aimed at, before whom it is for.
_AIM = re.compile(
    r"优先|加[快大强]|持续|推[进动广]|大力|积极|着力|强化|进一步|促进|完善|优化|深化|提升|全面|落实|贯彻|做[大优强]|打造|营造|激发|发挥|依托|通过"
)


# 企业获得发明专利授权的…;个人获得发明专利授权的…: who gains it, where that alone differs.
_WHO_GAINS = re.compile(
    r"(?:其中,?)?(?:对于?)?(?P<who>企业|单位|机构|个人|团队|学校|高校)(?:首次|当年|被?新)*(?:获得|取得|获评|获批)"
)
# 基本助餐补贴标准,60岁以上的…; 开办补助按用房权属分类补助,…: a phrase of its own that only names the payment.
_NAMES_PAYMENT = re.compile(
    rf"[^,。;:\d]{{0,10}}{terms.KIND}(?:资金|金)?(?:标准|金额|额度|(?:按照?|根据|区分)[^,。;:\d]{{2,16}}(?:分类|分档|分级|分别)[^,。;:\d]{{0,6}}),?"
)


# 基础建设方面,对引进企业…: the field of what follows.
_FIELD_OF = re.compile(r"[^,。;:\d]{2,10}方面")
# 企事业单位参与制修订国家标准发布后,对第一起草单位…: when it is paid, told before whom.
_WHEN = re.compile(r"(?!对)[^,。;:]{8,}(?:发布|颁布|通过|完成|建成|投产|验收|备案|批准)后")


# 每增加100万元,奖励增加1万元: the step, in a phrase of its own.
_STEP = re.compile(r"(?:此后|之后|在此基础上)?每(?:再?新?增|递增|超|提[高升])")


class Words(NamedTuple):
    """What describes a row: its names, the best first, the thresholds from the last to the first, and what serves where neither does."""

    names: list[str]
    tiers: list[str]
    spare: list[str]


def words_of(passage: Passage, rows: Sequence[Row], row: Row) -> Words:
    """The words before a sum that tell its row from its neighbours."""
    start, end = region(passage, rows, row)
    label = next(
        (
            at + 1
            for at in range(end - 1, start - 1, -1)
            if passage.text[at] == ":" and not passage.depths[at] and not passage.text[at - 1 : at].isdigit()
        ),
        0,
    )
    leads_more = bool(label) and _leads_more(passage, rows, row)
    field = _FIELD.fullmatch(passage.text, start, max(start, label - 1))
    if label and (leads_more or field or name_in(passage.text[label:end])):
        start = label
    phrases = [
        passage.text[max(start, p.start) : min(end, p.end)] for p in passage.phrases if p.start < end and p.end > start
    ]
    said = [_NAMES_PAYMENT.fullmatch(words) or _FIELD_OF.fullmatch(words.rstrip(",")) for words in phrases[:-1]]
    named = [None if spare else name_in(words) for words, spare in zip(phrases, [*said, None], strict=False)]
    who = [at["who"] for words in phrases if (at := _WHO_GAINS.match(words))]
    last = next((name for name in reversed(named) if name), None)
    if last and KEY_WORD.match(last) and not next(thresholds(last), None):
        level, short = KEY_WORD.match(last), shortened(unbracketed(last))
        by_level = level is not None and level[0].endswith("级") and len(last) > LONG - 2
        told = [level[0], short] if by_level and level else [last if len(last) <= LONG else short]
        return Words(told, [], who)
    tiers = [tier for words in reversed(phrases) if not _BESIDES.match(words) for tier in thresholds(words)]
    names, spare = _names(phrases, named)
    if not names and not spare:
        first = None if tiers else next((name for name in named if name), None)
        item = None if leads_more else item_of_list(passage, rows, row, start)
        given = None if first or item else _GIVEN_FIRST.fullmatch(phrases[-1]) if phrases else None
        names = [name for name in (first or item or (given and given["who"]),) if name]
    names, spare = ([short for name in some for short in short_forms(name)] for some in (names, spare))
    spare += who
    counted = row.rated or row.kind == "per_unit"
    measure = measured(passage.text[max(start, row.sum.phrase.start) : row.sum.start]) if counted else None
    measure = measure or next((measured(words) for words in phrases[-2:-1] if counted and _STEP.match(words)), None)
    return Words(names, sorted(tiers, key=lambda tier: "%" in tier), [*spare, *([measure] if measure else [])])


def _leads_more(passage: Passage, rows: Sequence[Row], row: Row) -> bool:
    """``设施农业:建温室的,每平方米A;植物工厂每平方米B``: a label of the whole sentence, whose next clauses have none of their own."""
    start, end = passage.stretch(sentence=row.sentence)
    others = any(other.sentence == row.sentence and other.clause > row.clause for other in rows)
    return others and passage.text.count(":", start, end) == 1


def _with_tier(at: re.Match[str]) -> list[str]:
    """``300头以上的种猪场`` and the noun alone; of a long one only that."""
    if GENERIC.match(at["noun"].partition("、")[0]) or next(thresholds(at["tier"]), None) is None:
        return []
    both = unbracketed(at["tier"] + at["between"]) + "的" + at["noun"]
    return [both, at["noun"]] if len(both) <= LONG else [at["noun"]]


def _names(phrases: Sequence[str], named: Sequence[str | None]) -> tuple[list[str], list[str]]:
    """The names in the phrases before a sum: who is ranked, then whatever has no number, then the noun behind a number; apart aims and mere recipients."""
    pairs = [(words, name) for words, name in zip(phrases, named, strict=True) if name]
    plain = [(words, name) for words, name in pairs if not re.search(r"\d", unbracketed(name)) or _RANKED.search(name)]
    ranked = [name for words, name in plain if _RANKED.search(words)]
    behind = [form for _, name in pairs if (at := _BEHIND_TIER.search(name)) for form in _with_tier(at)]
    spare = [
        name
        for words, name in plain
        if name.endswith("方面") or _AIM.match(name) or _ANYBODY.fullmatch(name) or _WHEN.fullmatch(words)
    ]
    nouns = [name for _, name in plain if name not in spare]
    return list(dict.fromkeys([*ranked, *nouns, *behind])), spare
