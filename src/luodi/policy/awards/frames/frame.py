"""Who may have an award and when: event nouns, actions, payee, base of a rate, conditions (LANGUAGE 6.1, 9)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.policy import award_terms as terms
from luodi.policy.awards.frames.bases import base_of, is_base
from luodi.policy.awards.frames.conditions import conditions
from luodi.policy.awards.frames.phrase_conditions import is_key_of_another
from luodi.policy.awards.rows.naming import unbracketed
from luodi.policy.awards.rows.row import Row
from luodi.policy.awards.words.grades import GRADE_WORDS, KEY_WORD, LEVEL_WORDS
from luodi.policy.conditions.phrases import attested
from luodi.policy.conditions.sentences import LED_ON
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage

PAYEE = terms.PAYEE
_PAYEE_END = re.compile(
    rf"(?:(?:的|\A对?)(?P<named>[^,。;:的、获得]{{0,6}}{PAYEE}(?:\([^()]{{1,12}}\))?)|(?P<bare>{PAYEE}(?:\([^()]{{1,12}}\))?))(?:\([^()]*\))?的?\Z"
)
_GIVEN_TO = re.compile(
    rf"(?:给予|奖励|补助|补贴|资助|给)(?:予)?({PAYEE}(?:\([^()]{{1,8}}\))?|[^,。;\d不最一]{{2,8}}{PAYEE})"
)
# 按年薪的10%给予用人单位引才补贴: to whom, not for whom.
_HANDED_TO = re.compile(
    r"(?:的(?:标准|比例))?,?(?:给予|奖励|补[助贴]|支付给?|发放给)(?P<who>用人单位|引才单位|引进单位|用人企业|企业)"
    r"(?![^,。;]*(?:的|员工|职工|人员|高管))"
)
_HANDED_FIRST = re.compile(
    r"(?:给予|奖励|补[助贴])(?P<who>用人单位|引才单位|引进单位|用人企业|所在(?:单位|企业))(?:一次性|最高|不超过|每[人名个年])*\Z"
)
_EVENT = re.compile(
    r"(?:获得|取得|荣获|(?:(?<=对)|\A)获(?![得取奖评批])(?=[^,。;的]*奖(?:项|章)?(?:的|\Z|[给予补奖]))|获评|获批|获颁"
    r"|通过(?=[^,。;]*(?:认证|认定|评价|验收|评估|审查|注册|评审)\Z)|新?被?(?:认(?:\(评\))?定|评定|评选|评)为"
    r"|列入|入选(?!者)|成功创建|创建为?|牵头制定|主导制[定订]|新?认定的?(?!为)|授予|升为)(?:并新获批)?(?P<noun>[^,。;:]{2,60})\Z"
)
_TAIL = re.compile(rf"的(?:[^,。;的]{{0,14}}(?:{PAYEE}|居民|职工|员工|毕业生|学员|教师|专家)[·]*)?\Z")
_AS_CLAIMED = re.compile(r"(?:称号|(?<=资格)认定|(?<=资质)认定)\Z")
_LONGEST_EVENT = 30
_WHOLE_NAME = 4  # characters of a key that needs no common last word
# 获得股权融资, 取得检测设备: what somebody comes by is no title.
# 首次通过评价的瞪羚企业, 通过评价的省级领军企业: what one becomes by it.
_PASSING = re.compile(r"(?:首次)?(?:评价|认定|评定|评选)")
_PASSED = re.compile(
    r"(?:(?:首次|新)通过(?:评价|认定|评定|评选)的(?=[^,。;的]{4})"
    r"|通过(?:评价|认定|评定|评选)的(?=国家|[^,。;的]{0,3}[省市区县]级?[^,。;的]{3}))(?P<noun>[^,。;:]{2,60})\Z"
)
_NO_TITLE = re.compile(
    r"\A(?:次年|当年|之日|之年|之后)|\A(?:再次|重新|首次)*(?:认定|验收|通过|评审|审核|复核|考核|评价|评估|产品)+\Z"
    r"|\A荣誉(?:称号)?\Z|\A后(?:[一二三四五六两\d]年|续|的)|\d|贷款|且|并|方式|当年|给予"
    r"|(?:融资|投资|授信|设备|器材|物资|原料|土地|用地|场地|厂房|资金|金额|收入|面积)\Z|\A(?:相应|相关|有关|该|上述|以上)"
    # what nobody records as an event: a bare class, papers and that they are taken in, money that was had, a time
    r"|\A的?(?:企业|单位|机构|个人|项目|人员|主体|组织|名单|名录|目录|引进|总投资|奖励|年度起|期内|标准|(?:完成)?备案)\Z"
    r"|(?:\A|申[请报]|认定|证明)材料\Z|(?:办法|意见|通知|细则|规定|政策)》\Z|(?:受理后?|资助|支持|补[助贴]|扶持)\Z"
)
# 每培训1名取得商照的学员: titles that others bear.
_OF_OTHERS = re.compile(r"的[^,。;的]{0,8}(?:学员|员工|职工|选手|学生|毕业生|工人|人员|青年)\Z")
# 承担总体、分系统、配套产品研制项目: one head for all of a list.
_COMMON_HEAD = re.compile(r"(?:项目|任务|订单|合同)\Z")
# 入驻经认定的产业基地的企业: what the place is recognised as.
_IN_A_PLACE = re.compile(r"(?:入驻|进驻|位于|设在|租[赁用]|落户[在于])[^,。;并且]{0,16}\Z")
# 桥梁、隧道等专业承包资质: one class, told by some of its kinds.
_ONE_CLASS = re.compile(r"(?<![同高中初特平一二三四优])等(?![级次奖额值])[^、或]{2,}\Z")
_WHOLE_TITLE = re.compile(r"(?:认证|资[格质]|证书?|许可|奖|称号|标[志准]|企业|中心|实验室|平台|基地|园区|创新|提供)\Z")
# 成立满3年或获得荣誉的: who has not that has the other.
_OR_BEFORE = re.compile(r"[^、]{2,}(?<!企业)(?<!单位)或者?\Z")
_NOT_YET = re.compile(r"(?:未|没有?|不再)(?:能|曾)?\Z")
_CONTEST = re.compile(r"在([^,。;]{4,30}?)(?:中|上)?(?:获得|获|荣获|取得)\Z")
_ACTIONS = re.compile(r"\((?:仅)?(?:含|包括|限)((?:新|重新|首次|初|续|复|变更|延续|换证)[^()]{1,24})\)")
_ACTION = re.compile(r"[^、和及与]{0,6}(?:审批|认定|审查|审|评|换证|延续|变更|复核|注册)")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the words before a sum say of it."""

    events: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    recipient: str | None = None
    base: str | None = None
    conditions: tuple[Condition, ...] = ()


def region(passage: Passage, rows: Sequence[Row], row: Row) -> tuple[int, int]:
    """The words that describe a row: from its clause or the sum before it up to its own sum, or up to a maximum that it raises."""
    if row.raises is not None and row.raises.sum is row.sum and row.cap_sum is not None:
        start, _ = passage.stretch(clause=row.cap_sum.phrase.clause)
        return max(start, (row.raises.cap_sum or row.sum).end), row.cap_sum.start
    start, _ = passage.stretch(clause=row.clause)
    for other in rows:
        if other.sum is not row.sum and other.clause == row.clause and other.sum.end <= row.sum.start:
            start = max(start, other.sum.phrase.end if other.sum.phrase != row.sum.phrase else other.sum.end)
    start += row.sum.bracketed and passage.text.startswith("(", start)
    start += passage.text.startswith("、", start)  # 30人以上奖励A、60人以上奖励B
    return min(start, row.sum.start), row.sum.start


def frame(passage: Passage, rows: Sequence[Row], row: Row) -> Frame:
    """Read the frame of a row (LANGUAGE 6.1)."""
    if row.of_group:
        return Frame()
    start, end = region(passage, rows, row)
    head_end = _head_end(passage, start, end)
    head = passage.text[start:head_end]
    events, event_phrase = _events(passage, row, start, head_end)
    events = events or _of_same_keys(passage, rows, row, head)
    usual = frame(passage, rows, row.raises) if row.raises else Frame()
    base = base_of(passage, rows, row) or usual.base
    demanded = list(conditions(passage, rows, row, (start, head_end), event_phrase))
    if row.raises:
        demanded = _raised(passage, row, usual, demanded, passage.text[start:end])
    return Frame(
        events=events or usual.events,
        actions=_actions(passage, row),
        recipient=_recipient(passage, row, head) or usual.recipient,
        base=base,
        conditions=tuple(
            one for one in demanded if one.fact or (one.text not in events and not (base and is_base(one.text, base)))
        ),
    )


def _raised(passage: Passage, row: Row, usual: Frame, own: list[Condition], words: str) -> list[Condition]:
    """What a raised sum demands: its own case, and of the usual one what is measured, all of it where the case is a part (其中, or the same share with a maximum of its own).

    ``对本科生给予A,硕士提高到B``: whom the usual sum is for is no demand of another class.
    """
    told = {one.text for one in usual.conditions}
    part = "其中" in words or (row.raises is not None and row.raises.sum is row.sum)
    graded = KEY_WORD.search(row.selector or "") is not None
    part = part or (bool(own) and all(one.fact and one.unit for one in own) and not graded)  # 留用率50%以上的,提高到
    if not part and KEY_WORD.fullmatch(row.selector or ""):
        own = [one for one in own if one.fact or one.text not in told]
    own = [one for one in own if not _of_other_place(one.text, row.selector)]
    compared = {(one.fact, one.unit) for one in own if one.fact}
    texts = {one.text for one in own}
    usually = [one for one in usual.conditions if not _of_other_place(one.text, row.selector)]
    kept = [one for one in usually if (one.fact, one.unit) not in compared and (one.fact or part)]
    low = passage.text.find(row.selector, row.sum.start - len(words), row.sum.start) if row.selector else -1
    case = [attested(passage, low, low + len(row.selector))] if row.selector and low >= 0 and texts <= told else []
    return [*(one for one in kept if one.text not in texts), *own, *case]


_SIDE = re.compile(r"[境国省市区县]([内外])")


def _of_other_place(words: str, selector: str | None) -> bool:
    """``参加境内展会的企业…,境外展会最高A``: who goes abroad need not have gone to a fair at home."""
    told, own = _SIDE.search(words), _SIDE.search(selector or "")
    return bool(told and own and told[1] != own[1])


def _head_end(passage: Passage, start: int, end: int) -> int:
    """Where the condition stops and the giving begins."""
    for phrase in passage.phrases:
        if phrase.start <= end <= phrase.end + 1 or phrase.start > end:
            cut = re.search(
                r"分别|按照?|根据|参照|一次性(?!每|达|组织|投资)|最高|给予|奖励|补助|补贴|不超过",
                passage.text[max(start, phrase.start) : end],
            )
            return max(start, phrase.start) + (cut.start() if cut else 0)
    return end


def _events(passage: Passage, row: Row, start: int, end: int) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """The nouns that trigger the award, and the phrase they stand in."""
    for phrase in passage.phrases:
        low, high = max(start, phrase.start), min(end, phrase.end)
        if low >= high or is_key_of_another(passage, row, low, high):
            continue
        words = re.sub(r"\([^()]*\)", lambda at: "·" * len(at[0]), passage.text[low:high])
        at = _EVENT.search(_TAIL.sub("", words)) or _EVENT.search(words)
        if at and _PASSING.fullmatch(at["noun"]):
            at = _PASSED.search(words) or at
        if (
            at is None
            or _NO_TITLE.search(at["noun"])
            or _OF_OTHERS.search(words)
            or _NOT_YET.search(words[: at.start()])
            or _IN_A_PLACE.search(words[: at.start()])
            or _OR_BEFORE.search(words[: at.start()])
        ):
            continue
        noun_start = low + at.start("noun")
        names = _names(passage, row, noun_start, noun_start + len(at["noun"]))
        if names:
            return names, (phrase.start, phrase.end)
    return (), None


_NOUN = re.compile(r"[^,。;:、的\d]{2,16}")


def _of_same_keys(passage: Passage, rows: Sequence[Row], row: Row, head: str) -> tuple[str, ...]:
    """``新认定的国家级、省级孵化器分别给予A、B;众创空间分别给予C、D``: another title by the keys, and the verb, of the first."""
    if row.keys is None or not _NOUN.fullmatch(head):
        return ()
    place = row.keys.start + row.keys_from
    first = next((one for one in rows if one.keys and one.keys.start + one.keys_from == place), row)
    return (head,) if first.clause < row.clause and frame(passage, rows, first).events else ()


def _names(passage: Passage, row: Row, start: int, end: int) -> tuple[str, ...]:
    if row.sum.bracketed and row.item.key and len(row.sum.items) > 1:
        return (row.item.key,)  # 智能工厂(数字化车间)的,奖励200万元(100万元)、100万元(50万元)
    noun = passage.text[start:end]
    keys = row.keys
    if keys is not None and start <= keys.start + row.keys_from and keys.end + row.keys_from <= end:
        low, high = keys.start + row.keys_from, keys.end + row.keys_from
        shared = re.search(r"(?:资格|资质|标准|证书|奖)\Z", passage.text[low:high])
        head = passage.text[start:low]
        noun = (
            head + (shared[0] if shared and not unbracketed(head).endswith(shared[0]) else "") + passage.text[high:end]
        ).removesuffix("的")  # 取得甲证的大型机、中型机: the certificate
        if of_all := _of_last_key(row):
            return (of_all,)
        made = passage.text[high:end].partition("的")[0]  # 国家级、省级孵化器: what one becomes, and no payee
        if not re.sub(rf"{PAYEE}|·|的", "", noun) and not made.strip("·"):
            contest = _CONTEST.search(passage.text[:start])
            return (contest[1],) if contest else (row.selector,) if row.selector else ()
        if row.selector and _names_itself(unbracketed(row.selector), noun):
            return (unbracketed(row.selector),)
    noun = re.sub(r"\((?!套\))[^()]*\)", "", noun).removesuffix("的")
    parts = re.split(r"、|或者?|以及|及(?!其)|和(?=国)", noun)
    if any(re.fullmatch(LEVEL_WORDS, part) for part in parts):
        parts = [noun]
    if len(noun) <= _LONGEST_EVENT and _ONE_CLASS.search(parts[-1]) and not any(map(_WHOLE_TITLE.search, parts[:-1])):
        parts = [noun]
    if len(noun) <= _LONGEST_EVENT and _COMMON_HEAD.search(parts[-1]) and not any(map(_COMMON_HEAD.search, parts[:-1])):
        parts = [noun]
    names = [_clean(part) for part in parts if not re.fullmatch(rf"{LEVEL_WORDS}|{GRADE_WORDS}", _clean(part))]
    return tuple(dict.fromkeys(name for name in names if 2 <= len(name) <= _LONGEST_EVENT and name not in _NO_NAMES))


_NO_NAMES = ("以上", "标准", "证书", "荣誉", "荣誉称号")  # what is left of a list of levels


# 国家、省、云州市技术中心; 国家重点、省重点、市级龙头企业
_LEVEL = rf"(?:{LEVEL_WORDS}|[一-鿿]{{2,5}}?[省市区县])(?:级|重点)?"


def _of_last_key(row: Row) -> str | None:
    """What all keys are levels of, where the last of them carries it (国家、省、云州市技术中心)."""
    *levels, last = row.keys.words if row.keys else ("",)
    named = re.fullmatch(rf"{_LEVEL}(?P<noun>[^,。;、]{{2,}})", last)
    return named["noun"] if named and levels and all(re.fullmatch(_LEVEL, level) for level in levels) else None


def _names_itself(selector: str, rest: str) -> bool:
    """``甲奖、乙奖``: keys that are whole names, nothing but their common last word being left of the noun; ``甲许可、乙资格`` have none."""
    bare = re.sub(rf"{GRADE_WORDS}|{LEVEL_WORDS}", "", selector)
    whole = selector.endswith(_clean(rest)) or (len(selector) >= _WHOLE_NAME and not KEY_WORD.match(selector))
    whole = whole or _clean(rest) in _NO_NAMES  # 国家级示范区、省级示范区荣誉称号
    return len(selector) > 2 and len(bare) > 1 and len(_clean(rest)) < 3 and whole


def _clean(noun: str) -> str:
    noun = re.sub(rf"(?:(?<=认证|资格|资质)|认定的[^的]{{0,8}}){PAYEE}\Z", "", noun.strip("·").removeprefix("的"))
    noun = noun.strip("“”") if noun.count("“") != noun.count("”") else noun
    return _AS_CLAIMED.sub("", noun)


def _actions(passage: Passage, row: Row) -> tuple[str, ...]:
    """``(含新审批和重新审批)`` after the sums or beside the noun."""
    start, end = passage.stretch(clause=row.clause)
    at = _ACTIONS.search(passage.text, start, end)
    if at is None:
        return ()
    parts = [part for part in re.split(r"、|和|及|与", at[1]) if part]
    return tuple(parts) if all(_ACTION.fullmatch(part) for part in parts) else ()


def _recipient(passage: Passage, row: Row, head: str) -> str | None:
    if handed := _HANDED_TO.match(passage.text, row.sum.end) or _HANDED_FIRST.search(row.sum.left):
        return handed["who"]
    given = terms.last_match(_GIVEN_TO, row.sum.left)
    for phrase in reversed(re.split(r"[,;:]", head)):
        at = _PAYEE_END.search(phrase)
        if at and (phrase.startswith(("对", "给", "凡")) or "的" in phrase or len(phrase) <= 30):
            return _bare_payee(at["named"] or at["bare"])
    return _bare_payee(given[1]) if given else None


_SPOKEN_OF = re.compile(r"(?:\A|(?<=[、,;).]))(?:对(?!象)|凡)[^,;]*")


def recipient_above(line: str) -> str | None:
    """Whom the sentence names that a table goes on with (对…的企业,给予奖励,标准如下表:)."""
    if not re.search(LED_ON, line):
        return None
    for phrase in _SPOKEN_OF.finditer(re.split(r"[。:](?!\Z)", line)[-1]):
        if at := _PAYEE_END.search(phrase[0]):
            return _bare_payee(at["named"] or at["bare"])
    return None


def _bare_payee(words: str) -> str:
    at = re.search(rf"{PAYEE}(?:\([^()]*\))?\Z", words)
    led = re.match(r"[一二三四甲乙丙A-F\d]|对|经|新|首次|在|针对|每|单个", words)
    return at[0] if at and led else words
