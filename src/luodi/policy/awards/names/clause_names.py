"""Names for the rows of one clause: what is paid for, the level, the recipient, what a sum goes by."""

from __future__ import annotations

import re
from itertools import groupby

from luodi.policy import award_terms as terms
from luodi.policy.awards.roles.cap_words import subject_of
from luodi.policy.awards.rows.naming import name_in
from luodi.policy.awards.rows.row import Row
from luodi.policy.awards.words.grades import KEY_WORD
from luodi.policy.passages import Passage

_NOUN_PAID = re.compile(
    r"\A(?:的)?(?:标准|比例)?(?:给予)?(?:一次性(?=[一-鿿]{2,8}(?:费|经费|补贴|补助|津贴|资助)))?"
    r"(?!一次性|综合|用于|给予|(?:补贴|补助|奖励|资助)[^、,。;]{0,6}(?:企业|单位|机构|方)(?=[、,。;])"
    r"|(?:补贴|补助|奖励|资助)[一二两三四五])([^,。;、/\d的()]{2,8}?)(?:扶持|补助|补贴|奖励|支持|资助|资金)?(?:[一二两三四五]年)?"
    r"(?:[、,。;]|[和及](?=[\d每]|一次性)|\Z)"
)
# 安家费60万元, 每月津贴3000元: the noun of payment before a sum.
_PAYMENT_BEFORE = re.compile(
    r"(?:\A|给予|发放|享受|[,、和及并])(?:一次性|每[年月])?((?!一次性)[^,。;:、\d给予发放每的]{1,6}(?:费|补贴|补助|津贴|助学金))(?:标准)?为?\Z"
)
_ONLY_REWARD = re.compile(r"的?(?:一次性)?(?:奖励|补助|奖补|资助|扶持)金?(?=[,。;]|\Z)")
_OWN_NOUN = re.compile(
    rf"(?!用于|的?(?:一次性|资金|专项|财政|现金|后|给予)*{terms.KIND})的?(?:一次性)?([一-鿿]{{2,6}}(?:补贴|津贴|补助|经费|费))(?=[,。;]|\Z)"
)
_FIRST_BASE = re.compile(r"按照?(?P<base>[^,。;:、\d%‰]{3,16}?)的?\Z")
_NEXT_BASE = re.compile(r"\A(?:或者?|和|及|、|以及)(?:按照?)?(?P<base>[^,。;:、\d%‰按]{3,16}?)的?\Z")
# 内资按投资额的1‰给予奖励、外资按投资额的2‰: for whom each share is.
_KEY_BY = re.compile(
    rf"(?:的?(?:标准|比例)?(?:给予|进行)?[^,。;:、\d]{{0,6}}{terms.KIND}金?)?[、和]?(?P<key>[一-鿿]{{2,8}}?)(?<!可)(?<!分别)"
    rf"(?<!单独)按照?[^,。;:、\d%‰]*\Z"
)
_BY = re.compile(r"((?:按照?|根据|依据)[^,。;\d超]{2,16}?)(?:给予|(?:奖励|补助|补贴)(?!范围|标准|总额))")
_GIVEN = re.compile(
    rf"(?:给予|奖励|补助|补贴|资助)([^,。;\d不最一额]{{0,8}}(?:{terms.PAYEE}|[一-鿿]方))(?:不超过|最高|总额)?\Z"
)
# 按投资额的5‰给予项目引进方最高N奖励: behind a share.
_GIVEN_TO = re.compile(
    rf"的?(?:给予|奖励|补助)([^,。;\d不最一额]{{0,8}}(?:{terms.PAYEE}|[一-鿿]方))(?=不超过|最高|奖励|补助|补贴|资助)"
)
# 按2000元/人一次性补贴企业,按1000元/人补贴院校
_PAID_TO = re.compile(
    rf"(?:一次性)?(?:给予|奖励|补助|补贴|资助)([^,。;、\d]{{0,6}}?(?:{terms.PAYEE}|院校|学校|方))(?=[,。;、]|\Z)"
)
_WHO = rf"(?P<who>(?:(?:{terms.PAYEE}|院校|学校|社会团体|农户|科研组织)[、和或]?)+)"
_HANDED = r"(?:每[家个人])?(?:一次性)?(?:各)?(?:给予|奖励|补助|补贴|资助)*"
_PAYEE_AT_END = re.compile(rf"的{_WHO}{_HANDED}\Z")
_PAYEES_ALONE = re.compile(rf"(?:对)?{_WHO}{_HANDED}")
_EACH_ONE = re.compile(
    r"每[^,。;:每\d]{0,14}?(?:1|一)[家个名项人场部件支位篇](?P<what>[^,。;:、\d]{2,16}?)(?:\([^()]*\))?(?:的,?|,)[^,。;]*\Z"
)
# 每个药品奖励, 每台新车最高补贴: what is counted, between its measure and the word of giving.
_COUNTED_THING = re.compile(
    rf"[,、和及]?(?:按照?|对|给予|奖励|补[助贴])?每一?[个家种项件台部款名位只套条座张篇辆艘头株匹尾羽棵栋](?P<thing>[^,。;:\d每]{{2,10}}?)"
    rf"(?:一次性|最高|不超过|分别|给予|{terms.KIND})+"
)
_LEVEL_OF = re.compile(r"(?:国家|省|市|区|县)级")
_AMID = 6  # as far as 获评国家级 at the head of a clause
_LEVEL_ALONE = re.compile(r"[,、](?:通过)?((?:国家|省|市|区|县)级)的?(?:奖励|补助|补贴)?")
_GRADES = ("[特一二三四]等奖", "[一二三四五]星级", "[特一二三四甲乙丙]级", "[A-F]类")
_NEXT_GRADE = (
    rf"(?:的?{terms.KIND})?[,、;](?:获评?|获得|评为|通过)?(?P<grade>{{}})(?:及以[上下])?的?,?(?:当年)?(?:再|各|一次性)?"
    rf"(?:给予|奖励|奖|补助|补贴|资助)?"
)
_LONGEST_LEVEL = 16
_RAISED_FOR = re.compile(
    rf"(?:\A|[,。;]|其中)(?P<whom>[^,。;:\d]{{2,16}})的,?(?:{terms.KIND}|比例|标准|金额)*分别(?:提高|上浮|上调|放宽|增加)[到至为]\Z"
)
GENERIC = re.compile(r"(?:企业|单位|个人|其|资金|单个[^,]*|每[^,]*|项目|机构|上述[^,]*)\Z")
"""Words that tell nobody apart."""


def name_raised(passage: Passage, rows: list[Row]) -> None:
    """``成套采购的分别提高至12%、4%``: the raised values of a list, all by whom they are raised for."""
    for row in rows:
        at = _RAISED_FOR.search(passage.text[passage.stretch(clause=row.clause)[0] : row.sum.start])
        if at and row.selector is None and not row.keys and len(row.sum.items) > 1:
            row.selector = at["whom"]


def name_within_clause(passage: Passage, rows: list[Row]) -> None:
    """Rows of one clause: the thing paid for, the level, the recipient, what it goes by."""
    same = [row for row in rows if row.rated and terms.FIRST_LAST.fullmatch(row.selector or "")]
    if len(same) > 1 and len({row.selector for row in same}) == 1:  # 前三年按设备投入的20%、研发费用的30%
        _name_by_base(passage, same)
    open_rows = [row for row in rows if row.selector is None]
    if len([row for row in rows if not row.of_group]) < 2 or not open_rows:
        return
    _name_beside_levels(passage, rows, open_rows)
    _name_payees(passage, open_rows)
    open_rows = [row for row in open_rows if row.selector is None]
    _name_by_keys(passage, [row for row in rows if row.rated])
    open_rows = [row for row in open_rows if row.selector is None]
    _name_by_base(passage, open_rows)
    open_rows = [row for row in open_rows if row.selector is None]
    _name_by_own_noun(passage, open_rows)
    open_rows = [row for row in open_rows if row.selector is None]
    _name_levels(passage, rows)
    open_rows = [row for row in open_rows if row.selector is None]
    for pick in (_noun_paid, _level, given_to, _goes_by) if open_rows else ():
        found = [pick(passage, row) for row in open_rows]
        if all(found) and len(set(found)) == len(found):
            for row, word in zip(open_rows, found, strict=True):
                row.selector = word
            return


def _name_beside_levels(passage: Passage, rows: list[Row], open_rows: list[Row]) -> None:
    """``国家级人才给予A安家补贴、省级B、市级C``: the first by its level, as the others are."""
    others = [row.selector or "" for row in rows if row.selector and not row.of_group]
    if len(open_rows) != 1 or not others or not all(map(KEY_WORD.fullmatch, others)):
        return
    row = open_rows[0]
    name = name_in(passage.text[row.sum.phrase.start : row.sum.start])
    if name and KEY_WORD.match(name) and len(name) <= _LONGEST_LEVEL and row.sum.start < rows[-1].sum.start:
        row.selector = name


def _name_payees(passage: Passage, rows: list[Row]) -> None:
    """``通过认证的企业奖励5万元,高校、科研组织奖励10万元``: who is paid each, where the next sum has but that."""
    if len(rows) != 2 or rows[0].sum.phrase == rows[1].sum.phrase:
        return
    first = _PAYEE_AT_END.search(passage.text[rows[0].sum.phrase.start : rows[0].sum.start])
    other = _PAYEES_ALONE.fullmatch(passage.text[rows[1].sum.phrase.start : rows[1].sum.start])
    if first and other and first["who"] != other["who"]:
        rows[0].selector, rows[1].selector = first["who"], other["who"]


def _name_by_keys(passage: Passage, rows: list[Row]) -> None:
    """``内资按投资额的1‰给予奖励、外资按投资额的2‰奖励``: the shares of one phrase by the name before each 按."""
    for _, group in groupby(rows, key=lambda row: row.sum.phrase):
        told, start = list(group), 0
        keys = []
        for row in told:
            at = _KEY_BY.match(passage.text[start or row.sum.phrase.start : row.sum.start])
            keys.append(at["key"] if at else "")
            start = row.sum.end
        if len(told) > 1 and all(keys) and len(set(keys)) == len(keys) and not any(row.selector for row in told):
            for row, key in zip(told, keys, strict=True):
                row.selector = key


def _name_by_base(passage: Passage, rows: list[Row]) -> None:
    """``按实际到资的2‰或实缴资本的1‰给予奖励``: the shares of one phrase by what each is a share of."""
    for _, group in groupby([row for row in rows if row.rated], key=lambda row: row.sum.phrase):
        told, start = list(group), 0
        bases = []
        for row in told:
            own = passage.text[start or row.sum.phrase.start : row.sum.start]
            at = (_NEXT_BASE if start else _FIRST_BASE).search(own)
            bases.append(at["base"] if at else None)
            start = row.sum.end
        if len(told) > 1 and all(bases) and len(set(bases)) == len(bases):
            for row, base in zip(told, bases, strict=True):
                row.selector = base


def _name_by_own_noun(passage: Passage, rows: list[Row]) -> None:
    """``每人一次性400万元奖励,每年发放12万元人才津贴``: a payment with a noun of its own beside one that is only called a reward."""
    found = [_OWN_NOUN.match(passage.text, row.item.end) for row in rows]
    plain = [bool(_ONLY_REWARD.match(passage.text, row.item.end)) for row in rows]
    if any(found) and any(plain) and all(bool(noun) != bare for noun, bare in zip(found, plain, strict=True)):
        for row, noun in zip(rows, found, strict=True):
            row.selector = noun[1] if noun else None


def _name_levels(passage: Passage, rows: list[Row]) -> None:
    """``良种场通过国家级验收的奖励A,省级B``: a level told amid the words of the first sum, where the next sum has but a level."""
    start, _ = passage.stretch(clause=rows[0].clause)
    first, second = rows[0], rows[1]
    if first.selector is None and second.selector is None and (grades := _grades(passage, start, first, second)):
        first.selector, second.selector = grades
        return
    bare = _LEVEL_ALONE.fullmatch(passage.text, first.sum.end, second.sum.start)
    told = set(_LEVEL_OF.findall(passage.text, start, first.sum.start))
    if _LEVEL_OF.search(passage.text, start, min(first.sum.start, start + _AMID)):
        return
    if bare and len(told) == 1 and first.selector is None and second.selector is None and bare[1] not in told:
        first.selector, second.selector = told.pop(), bare[1]


def _grades(passage: Passage, start: int, first: Row, second: Row) -> tuple[str, str] | None:
    """``甲奖、乙奖一等奖及以上的奖励A,二等奖奖励B``, ``国家级基地获评五星级的再奖A,四星级的B``: the one grade that each sum is for."""
    for grade in _GRADES:
        told = set(re.findall(grade, passage.text[start : first.sum.start]))
        bare = re.fullmatch(_NEXT_GRADE.format(grade), passage.text[first.sum.end : second.sum.start])
        if bare and len(told) == 1 and bare["grade"] not in told:
            return told.pop(), bare["grade"]
    return None


def _noun_paid(passage: Passage, row: Row) -> str | None:
    behind = _NOUN_PAID.match(passage.text[row.item.end : row.item.end + 14])
    nouns = [
        re.sub(r"\A(?:补贴|补助|资助)(?=.{2,}费\Z)", "", at[1])
        for at in (behind, _PAYMENT_BEFORE.search(row.sum.left))
        if at
    ]
    nouns = [
        noun for noun in nouns if noun != "标准" and not noun.startswith("最高") and not terms.AWARD.fullmatch(noun)
    ]
    return next((noun for noun in nouns if not terms.GIVE.fullmatch(noun)), None)


def _level(passage: Passage, row: Row) -> str | None:
    at = terms.LEVEL.search(row.sum.left) if row.kind == "capped" and not row.sum.gives else None
    return (subject_of(row.sum) or at[0]) if at else None


def given_to(passage: Passage, row: Row) -> str | None:
    """``按合同额的10%给予委托方补助``: who is handed a share, where the words say so."""
    if paid := _PAID_TO.match(row.sum.right):
        return paid[1]
    at = _GIVEN.search(row.sum.left) or (_GIVEN_TO.match(row.sum.right) if row.rate is not None else None)
    return at[1] if at and not GENERIC.match(at[1]) else None


def _goes_by(passage: Passage, row: Row) -> str | None:
    at = terms.last_match(_BY, row.sum.left) if row.rate is None else None
    return at[1] if at else None


def for_whom(passage: Passage, row: Row) -> str:
    """``对甲类人员,自付费用给予…``: whom a clause begins with."""
    start, _ = passage.stretch(clause=row.clause)
    words = passage.text[start : row.sum.start].partition(",")[0]
    return words if words.startswith("对") else ""


def last_told(passage: Passage, row: Row) -> str:
    """``对投保的企业,甲市场按30%;乙市场,按40%``: the last words of a clause that name something before its share."""
    start, _ = passage.stretch(clause=row.clause)
    phrases = re.split("[,:]", re.sub(r"\([^()]*\)", "", passage.text[start : row.sum.start]))
    words = next((words for words in reversed(phrases) if name_in(words)), "")
    return "" if re.search(r"或|达到|实[行施]", words) else words


def counted_thing(passage: Passage, row: Row) -> str:
    """``每培育1家高新技术企业,奖励5万元``: what a sum is counted for."""
    start, _ = passage.stretch(clause=row.clause)
    at = _EACH_ONE.search(passage.text, start, row.sum.start)
    return at["what"] if at else ""


def name_by_counted(told: list[tuple[Row, str]]) -> bool:
    """``每个药品奖励200万元,每个医疗器械奖励50万元``: the sums of one clause by what each is counted for."""
    things = [at["thing"] if (at := _COUNTED_THING.fullmatch(words)) else None for _, words in told]
    if len(told) < 2 or not all(things) or len(set(things)) < len(told):
        return False
    for (row, _), thing in zip(told, things, strict=True):
        row.selector = thing
    return True


def case_told(passage: Passage, row: Row) -> str:
    """``参加境外展会的,展位费给予70%``: in which case a clause gives its share."""
    start, _ = passage.stretch(clause=row.clause)
    phrases = re.split(",", re.sub(r"\([^()]*\)", "", passage.text[start : row.sum.start]))[:-1]
    return next((words for words in reversed(phrases) if words.endswith("的") and name_in(words)), "")
