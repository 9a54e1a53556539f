"""What an award is for where neither event nor condition says it: what is encouraged, what stands before its sum."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luodi.policy import award_terms as terms
from luodi.policy.awards.rows.row import Row
from luodi.policy.conditions.giving import before_giving
from luodi.policy.conditions.phrases import HEAD, attested, says, says_something, stretches
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage

_ENCOURAGES = re.compile(rf"(?:鼓励|支持|引导|(?<![一-鿿])扶持)(?P<what>[^,。;]*?{terms.PAYEE}[^,。;]{{2,}})\Z")
# 支持甲设施建设和应用,按投资额的20%给予A: what is furthered, where it names nobody.
FURTHERS = r"(?:重点|大力|积极)?(?:鼓励|支持|引导|推动)(?!项目|周?期|方式|标准|对象|力度|额度|资金|政策|金额|范围)"
"""The verb before what is furthered; not 支持方式, 支持标准."""
_FURTHERS = re.compile(rf"{FURTHERS}(?=[^,。;]{{4,}}\Z)")
_PUTS_UP = re.compile(r"建立|设立|实施|实行|推行|开展")
# 采取事前补助方式, 企业享受本措施各项奖励: how it is given, or all that is.
_HOW = re.compile(
    r"采[取用]|[^,。;]{2,16}采[取用](?:专项|直接|以奖|定额|先建|后补)|择优|无偿|事[前后]|根据|依据|参照|视|按(?![揭摩键])照?"
    r"|(?:企业|单位|个人)?享受(?:本|上述|以上|各项|各类)|[^,。;]{0,6}(?:期限|周期)(?:一般|最[长多])?"
    r"|[^,。;]{0,8}本(?:措施|办法|政策|意见|细则)"
)
_DIRECTION = re.compile(
    rf"(?!支持|鼓励|加[强大快]|推[动进]|促进|培育|引导|打造|优化|完善|强化|实施|降低|提[升高]|对|关于)"
    rf"(?![^,。;]*{terms.KIND})[^,。;:的]{{2,16}}(?:项目|平台|{terms.PAYEE})(?<!支持项目)"
)
_OF_WHAT = re.compile(
    r"(?!其他|所在|各)[一-鿿]{1,4}(?:(?<!上)市|(?<![地园社])区|县)(?:本?级|财政)*(?:再|另外?)?"  # who pays: 云州市按投资额的2%给予补助
    r"|单(?:品种|[个台项件笔款])(?:\([^()]*\))?[^,。;的\d]{0,8}|[^,。;的\d]{0,6}(?:租金|物业费|利息|保费|房租|水电费)"
)
# Where words stop to say what for and say how much.
_HOW_MUCH = re.compile(
    rf"按照?(?!时|期)|以不超过|给予|予以|一次性|的?另奖|最高(?![级等层水])|不超过|每(?!年|月)|{terms.KIND}(?!类|性|机制|制度|政策)|\d(?!\d*强)"
)


def says_how(words: str) -> bool:
    """Whether words tell how a sum is reckoned or given (按实际投入, 单个产品, 物业费), not whom or what it is for."""
    return _HOW.match(words) is not None or _OF_WHAT.fullmatch(words) is not None


def encouraged(passage: Passage, start: int, end: int) -> Iterator[Condition]:
    """``鼓励企业参展,给予补贴``: where nothing else says what for, what is encouraged."""
    for low, high in stretches(passage, start, end)[:1]:
        if at := _ENCOURAGES.match(passage.text, low, before_giving(passage, low, high)):
            yield attested(passage, *at.span("what"))


def what_for(passage: Passage, row: Row) -> Condition | None:
    """What an award is for that names neither event nor condition: what is encouraged or said before its sum.

    ``建立首批次保险补偿机制,按保费的80%给予补助``: a rule without them would pay whoever asks.
    """
    begin, _ = passage.stretch(clause=row.clause)
    before = [one for one in passage.phrases if begin <= one.start <= row.sum.phrase.start]
    places = [_before_sum(passage, phrase.start, min(phrase.end, row.sum.start)) for phrase in reversed(before)]
    places = [
        at
        for at in places
        if at[1] - at[0] > 3 and says(passage.text[slice(*at)]) and not says_how(passage.text[slice(*at)])
    ]
    for low, high in places:
        if says_something(words := passage.text[low:high], HEAD.sub("", words), framed=True):
            return attested(passage, low, high)
    put_up = next((at for at in places if _PUTS_UP.match(passage.text, *at)), None)
    furthered = next((each for at in places if (each := _FURTHERS.match(passage.text, *at))), None)
    if furthered and not put_up:
        return attested(passage, furthered.end(), next(high for low, high in places if low == furthered.start()))
    return attested(passage, *put_up) if put_up else _of_heading(passage, begin)


def _of_heading(passage: Passage, begin: int) -> Condition | None:
    """``(一)关键技术攻关项目。按研发投入的30%给予补助``: the class that the heading is, where the sum stands behind it at once."""
    heading = passage.heading
    named = _DIRECTION.fullmatch(heading) is not None and begin == len(heading) + 1
    return attested(passage, 0, len(heading)) if named and passage.text.startswith(f"{heading}。") else None


def _before_sum(passage: Passage, low: int, high: int) -> tuple[int, int]:
    """A phrase up to where it begins to say how much; of what is encouraged, what it is; empty where it ends in a bound."""
    furthered = _FURTHERS.match(passage.text, low, high)
    at = _HOW_MUCH.search(passage.text, furthered.end() if furthered else low, high)
    cut = at.start() if at else high
    if at and at[0].isdigit() and passage.text[cut - 1] in "在自从于":  # 基地在2020年期间
        cut -= 1
    if at and passage.depths[cut]:  # 小微企业(上年出口额300万美元以下)
        cut = max(passage.text.rfind("(", low, cut), low)
    if told := _ENCOURAGES.match(passage.text, low, cut):
        return told.span("what")
    return (low, low) if terms.COMPARED_BEFORE.search(passage.text, low, cut) else (low, cut)
