"""What the words of a cap say of it: whom it binds and for what time, and whether it is handed out itself (LANGUAGE 6.6)."""

from __future__ import annotations

import re
from typing import Literal

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Group, Sum
from luodi.policy.passages import Passage, Phrase
from luodi.policy.spoken_of import reference

KEY_LEAD = re.compile(r"\A(?:其中,?|原则上|则|对于?|针对|凡|属于?)*")
"""What leads up to the name of whom a cap is for."""
_KEY_END = re.compile(
    rf"单(?![位列])[一-鿿]|同一|每|{terms.KIND}|最高|不超过|上限|限额|(?<!\d)年度|一次性|原则上|累计|总额|金额|额度"
)
_OF_ONE = re.compile(r"同一|单[个家户]|每[个家户]")
_ONE_RECIPIENT = re.compile(r"(?:同一|单[个家户]|每[个家户])(?:企业|单位|机构|主体|集团|项目单位)")
_OF_ALL_PAID = re.compile(rf"{terms.KIND}(?:合计|总计)")  # 购房补贴合计不超过N
_HANDED_OUT = re.compile(r"(?:的?标准)?(?:给予|发放)(?:[^,。;\d]{0,8})(?:奖|补|资助|津贴)")
# 给予每集10万元、不超过300万元的奖励: what all that is counted may come to.
_BOUND_BEHIND = re.compile(r"(?:/[^,。;\d]{1,4})?、(?:且|但)?(?:总额|累计|合计)?(?:最高(?:不超过)?|最多|不超过)")
# 每孩每学期1500元、3年累计9000元: what that comes to.
_IN_ALL_BEHIND = re.compile(r"、[一二两三四五六2-6]年(?:内)?(?:累计|合计|共计?)\Z")
# 其中省级重点项目可提高至1500万元; 对示范项目,最高额度可放宽至200万元
_RAISED = re.compile(
    r"(?:的|,)?(?:最高|上限)?(?:额度|限额|金额|标准)?(?:可以?)?(?:提高|放宽|上浮|增加)(?:到|至)\Z|(?<=[目业构台队体地])可达到?\Z"
)
_SOME_OF_THEM = re.compile(
    r"其中|对(?!上述|以上)[^,。;]*(?:,|最高|上限|额度)|(?!上述|以上|单|同一|每)[^。;]{2,30}的,(?:最高|上限|额度|奖励|补助)"
)
# 单机补贴限额:拖拉机3万元,收割机5万元: each name with its maximum.
LISTED_CAPS = re.compile(
    r"(?:限额|上限)(?:标准)?(?:分别)?(?:为|如下)?:(?:[^,。;:\d]{2,12}(?:\([^()]*\))?[\d.]+[万亿]?元[,、;])*\Z"
)
"""What stands before a name and its maximum in a list of such."""
# 每年给予运营补贴,国家级平台不超过A,省级平台不超过B
GIVEN_YEARLY = re.compile(
    rf"(?:\A|[,。;])每年(?:对[^,。;\d]{{2,20}})?(?:给予|发放)[^,。;\d]{{0,8}}{terms.KIND}(?:资金)?,(?:(?!一次性|首次|给予)[^。;])*\Z"
)
"""Said of all the maxima that stand behind it."""
EACH_OF_THOSE = re.compile(r"(?:(?:以上|上述)[^,。;%\d]{0,8}|且|但)?均(?:不超过|不高于)")
"""A bound of each of the awards that the sentence before tells (以上均不超过成本的40%)."""
_LONGEST_SUBJECT = 20
_MEASURE = (
    r"(?:万|亿|千|百)?(?:平方米|平米|立方米?|千瓦时|千瓦|兆瓦|公里|千米|公斤|千克|标准箱|标箱|总吨|吨|亩|架次|航次|班次|台|套|辆|头"
    r"|羽|株|张床位|床位|张床|床|间)"
)
_MEASURED = re.compile(rf"{_MEASURE}(?:/[天日月年])?")
# 每平方米每月最高不超过N, 每月每平方米不超过N
_FOR_EACH = re.compile(
    rf"(?:每(?P<before>[天日月])/?)?每(?P<of>{_MEASURE})(?:每(?P<time>[天日月年]))?[^,。;\d]{{0,10}}\Z"
)
_UNIT_LEVEL = re.compile(r"企业|单位|机构|主体|(?<!国)家|园区|平台|合作社|法人|集团|组织|公司|院校|高校|协会|商会")


def binding(left: str) -> tuple[Literal["item", "unit", "person"] | None, Literal["year", "total"] | None]:
    """Whom a cap binds and for what time, by the words before it: 单个项目, 同一企业, 每人; 每年, 累计."""
    level = terms.last_match(terms.LEVEL, left)
    per: Literal["item", "unit", "person"] | None = None
    if level:
        per = (
            "person"
            if re.search(r"人(?!才)|户(?!企业|单位|机构|主体)", level[0])
            else "unit"
            if _UNIT_LEVEL.search(level[0])
            else "item"
        )
    yearly, total = terms.YEARLY_CAP.search(left), re.search(r"累计|合计|总计|总额", left)
    return per, "year" if yearly else "total" if total else None


def measure_of(left: str, per: str | None) -> str | None:
    """The measure that a cap is told for each of (每平方米每月不超过A, 不超过A/亩), with its time behind a stroke; None where it bounds the whole."""
    if per and _MEASURED.fullmatch(per):
        return per
    told = _FOR_EACH.search(left)
    time = (told["time"] or told["before"] or per) if told else None
    return f"{told['of']}/{time}" if told and time else told["of"] if told else None


_HOW_MANY = re.compile(
    r"(?<![^,。;])(?P<whom>(?:同一|单个|单家|每[家户个])[^,。;\d每]{0,8}(?:每年|年度))[^,。;:\d]{0,12}(?:不超过|最高)\d+[人个项家名次件],\Z"
)
_WHOLE_SUM = re.compile(rf"(?:且)?(?:{terms.KIND})(?:资金)?(?:总额|总金额|金额)(?:最高|不超过)+\Z")


def counted_for(passage: Passage, group: Group) -> str:
    """``每家企业每年奖励人数不超过20人,奖励总额不超过200万元``: whom and what time the phrase before counts for, which holds for the maximum too."""
    start, _ = passage.stretch(clause=group.phrase.clause)
    told = _HOW_MANY.search(passage.text, start, group.phrase.start)
    return told["whom"] if told and _WHOLE_SUM.match(passage.text, group.phrase.start, group.start) else ""


def speaks_of(passage: Passage, one: Sum) -> str | None:
    """The words by which a cap says which awards it bounds (以上三项, 本办法第四章); none where it speaks of none.

    What one recipient may have in all, on a line of its own below the last item, is of all of them too.
    """
    start, _ = passage.stretch(sentence=one.phrase.sentence)
    places = (0, one.phrase.start) if start == 0 and _OF_ONE.match(passage.text) else ()
    recipient = any(_ONE_RECIPIENT.match(passage.text, at) for at in places)
    below = recipient and _is_below_last_item(passage)
    return reference(passage.text[start : one.start]) or ("以上各项" if below else None)


def _is_below_last_item(passage: Passage) -> bool:
    """Whether a paragraph stands below the words of an article that is the last of several under one."""
    articles = passage.document.articles
    at = next((n for n, one in enumerate(articles) if one.body <= passage.start < one.own_end), None)
    if at is None or articles[at].parent is None:
        return False
    behind = passage.document.clean[articles[at].body : passage.start].strip()
    return bool(behind) and all(one.parent != articles[at].parent for one in articles[at + 1 :])


def raises_bound(left: str) -> bool:
    """``可提高至N``: the words before a sum raise a maximum told before."""
    return bool(_RAISED.search(left))


def goes_on_raising(passage: Passage, phrase: Phrase, told: int) -> bool:
    """``…最高1000万元。其中带动性强的,可提高至1500万元``: the next sentence speaks of some of those of the sentence ``told``."""
    start, _ = passage.stretch(sentence=phrase.sentence)
    return phrase.sentence == told + 1 and bool(_SOME_OF_THEM.match(passage.text, start))


def raised_for(left: str) -> str:
    """Whom a maximum is raised for (其中省级重点项目可提高至N)."""
    return KEY_LEAD.sub("", _RAISED.sub("", left))


def subject_of(one: Sum) -> str | None:
    """Whose cap it is, where the phrase begins with a name before 单个, 每家 or 补贴金额."""
    own = KEY_LEAD.sub("", one.left)
    end = _KEY_END.search(own)
    name = re.sub(r"(?:的按|(?<![可所予])以|(?<=..)(?<!按)(?:给予))\Z", "", own[: end.start()]) if end else ""
    if (
        not 2 <= len(name) <= _LONGEST_SUBJECT
        or name.endswith("费用的")
        or name.startswith(("以上", "上述", "一家"))
        or (end and _OF_ALL_PAID.match(own, end.start()))
        or re.fullmatch(
            r"(?:可?按照?|享受的|且|并|但|当年|全年|自然|会计|该|上述|以上|相关|全部|所有|奖励|资金|对应|原则上|标准|同类|各类|项目"
            r"|企业|单位|个人|申请人|申报单位|合计|总计|[一二两三四五六\d]年内?)*",
            name,
        )
    ):
        return None
    return name


def two_levels(first: Sum, second: Sum) -> bool:
    """``单台设备最高A,每家企业最高B``: two levels of one award; ``每个甲型最高A,每个乙型最高B`` are two fields."""
    levels = [terms.LEVEL.match(one.left) for one in (first, second)]
    whom = [binding(one.left)[0] for one in (first, second)]
    return bool(levels[0] and levels[1] and (levels[0][0][:2] != levels[1][0][:2] or whom[0] != whom[1]))


def is_wide(one: Sum) -> bool:
    """Whether a cap names its level, its year or that it is a total: it may bound more than the award before it."""
    return bool(terms.LEVEL.search(one.left) or terms.YEARLY_CAP.search(one.left) or terms.TOTAL.search(one.left))


def is_handed_out(one: Sum) -> bool:
    """Whether the sum itself is handed out (``给予最高N``, ``按每年不超过N给予补贴``), not only a bound of others."""
    return one.gives or bool(_HANDED_OUT.match(one.right))


def is_once(one: Sum) -> bool:
    """Whether the words about a cap say 一次性."""
    return bool(terms.ONCE.search(one.left) or terms.ONCE.search(one.right))


def bounds_counted(passage: Passage, group: Group, before: list[Sum]) -> bool:
    """``给予每集10万元、不超过300万元的奖励``: the maximum right behind a sum that is counted."""
    last = before[-1] if before and len(group.items) == 1 else None
    if last is None or last.role != "amount" or last.phrase != group.phrase or len(last.items) > 1:
        return False
    counted = last.items[0].per or terms.UNIT_AFTER_PER.search(last.left)
    return bool(counted and _BOUND_BEHIND.fullmatch(passage.text, last.end, group.start))


def comes_to(group: Group, left: str, before: list[Sum]) -> bool:
    """``最高每学期1500元、3年累计9000元``: what the sum just told may come to over the years."""
    return bool(before and before[-1].phrase == group.phrase and _IN_ALL_BEHIND.search(left))
