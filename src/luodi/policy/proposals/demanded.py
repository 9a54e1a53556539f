"""Conditions of a proposed rule: what all rows of an award demand, each computed, asked or left to the authority."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from luodi.policy.award_terms import PAYEE
from luodi.policy.awards.frames.bases import WHOSE
from luodi.policy.awards.frames.purpose import says_how
from luodi.policy.conditions.defined_terms import only_names
from luodi.policy.conditions.phrases import ONCE_ONLY, QUOTA, says
from luodi.policy.proposals.amount import is_same
from luodi.policy.proposals.counting import bounds_count, counted_by, counts_itself, names_counted
from luodi.policy.proposals.words import Entry, Row, Words, compared, is_computed, short, written

_ANY = "符合其一："
_FIRST = re.compile(r"首次|初次|第一次")
# 前三年按租金的50%, “三免两减半”: which years are paid, nothing that one has.
_YEARS = re.compile(r"[前后首][一二两三四五六七八九十\d]+(?:年度?|个月)|[一二两三四五]年?(?:全?免|减半)")
_BY_AUTHORITY = re.compile(
    r"经[^,。;]{0,20}(?:认定|评定|批准|核准|认可|同意|审核|审定|考核|评审|评估|验收|确认|备案)"
    r"|(?:考核|评价|评审|评估|绩效|验收)[^,。;]{0,6}(?:合格|优秀|良好|通过)|失信|违法|处罚|事故"
)
"""Conditions that an authority can tell and not the unit itself; so are those that say how many are awarded."""


def _holds_in(condition: Row, row: Row, rows: Sequence[Row]) -> bool:
    """Whether a row states the same condition; the first row of a list often states what all share.

    Not where each compares for itself and says whom it is for (…以上的原种猪场,每场A;…以上的祖代种猪场,每场B).
    """
    if condition["fact"] or any(is_same(condition, each) for each in row["conditions"]):
        return any(is_same(condition, each) for each in row["conditions"])
    known = rows[0]["conditions"]
    each_compares = all(any(each["fact"] for each in one["conditions"]) for one in rows)
    more = any(not each["fact"] and not any(is_same(each, one) for one in known) for each in row["conditions"])
    return not (each_compares and more)


# 给予8万元建设补助: what the payment is called, where it is told who has it
_NAMES_PAYMENT = re.compile(r"建设|运营|安家|生活|岗位")
_AND = re.compile(r"[、,和及或]")
_REMARK = re.compile(r"\([^()]*\)")


def _tells(condition: Row, row: Row) -> bool:
    """Whether a condition says already what an award is for; a list of the whole paper that has it among others does not."""
    text, selector, (start, end) = condition["text"], row["selector"], row["sentence"] or row["span"]
    if _REMARK.sub("", text) == selector:
        return True  # 单台(套)价值20万元以上
    of_paper = not start <= condition["span"][0] < end
    listed = _AND.split(text)
    return text in selector or (selector in text and not (of_paper and len(listed) > 1 and selector in listed))


_JOINS = re.compile(rf"的?{PAYEE}\Z|的\Z")


def _is_told_in_parts(selector: str, conditions: Sequence[Row]) -> bool:
    """Whether each part of a selector (底前开工并纳统的项目) stands in a condition of its own (6月底前开工; 纳统的项目)."""
    parts = [_JOINS.sub("", part) for part in re.split("并|且", selector)]
    return len(parts) > 1 and all(any(part and part in each["text"] for each in conditions) for part in parts)


def _is_spelled_out(selector: str, row: Row, defined: Sequence[Row]) -> bool:
    """Whether a selector is a term of the paper (企业为成长型企业) whose meaning the row demands."""
    spans = [one["span"] for one in defined if only_names(one["term"], selector)]
    return any(low <= each["span"][0] < high for each in row["conditions"] for low, high in spans)


def _selected(row: Row, defined: Sequence[Row]) -> Iterator[Entry]:
    """What an award without event is for (儿童剧项目120万元), where no condition tells it: not every unit may have it."""
    selector = row["selector"]
    whose = WHOSE.sub("", selector or "")
    of_base = bool(row["base"]) and (
        whose == row["base"] or (whose.startswith("实际") and row["base"].startswith(whose))
    )
    if (
        says(selector)
        and selector.count("《") == selector.count("》")
        and not says_how(selector)
        and not _YEARS.fullmatch(selector)
        and not of_base
        and not _is_spelled_out(selector, row, defined)
        and not (row["conditions"] and _NAMES_PAYMENT.fullmatch(selector))
        and not any(_tells(each, row) for each in row["conditions"])
        and not _is_told_in_parts(selector, row["conditions"])
    ):
        span = row["sentence"] or row["span"]
        yield {"text": selector, "span": span, "fact": None, "op": None, "value": None, "unit": None}


def _whoever(row: Row, headings: Mapping[str, str | None]) -> list[Entry]:
    """A plain sum that the text gives without saying to whom is paid to nobody until somebody says that it is for him."""
    if row["kind"] in ("case", "per_unit"):
        return []
    article, heading = row["article"], headings.get(row["article"])
    told = heading if heading and says(heading) else f"{'本文' if article == '0' else article}所列对象"
    return [
        {
            "text": short(told),
            "span": row["sentence"] or row["span"],
            "fact": None,
            "op": None,
            "value": None,
            "unit": None,
        }
    ]


def demanded(
    rows: Sequence[Row], words: Words, headings: Mapping[str, str | None], defined: Sequence[Row]
) -> tuple[list[Row], list[Entry]]:
    """What every row of an award demands, as stated and as the conditions of its rule; ``defined`` are the paper's terms."""
    first = rows[0]
    picks = {row["selector"] for row in rows}
    own_key = first["selector"] if len(picks) > 1 else None  # what picks the first row is not asked of the others
    shared = [
        each
        for each in first["conditions"]
        if not _only_picks(each, own_key) and all(_holds_in(each, row, rows) for row in rows)
    ]
    triggered = any(row["events"] for row in rows)
    if first["kind"] == "per_unit" and len(rows) == 1 and not counts_itself(first):
        counted = counted_by(first)
        shared = [each for each in shared if each is not counted or not names_counted(counted["text"], first["per"])]
    elif not triggered and len(rows) == 1:
        shared = [*shared, *_selected(first, defined)] or _whoever(first, headings)
    of_person = to_persons(first, defined)
    asked = [each for each in _once(shared) if not (triggered and is_first(each)) and not bounds_count(each, first)]
    return shared, [
        _condition(each, first["article"], k, words, of_person=of_person)
        for k, each in enumerate(_by_wording(asked), 1)
    ]


def _once(conditions: Sequence[Row]) -> list[Row]:
    """What the words of an award and the paper's list both demand (在本区注册; 在本区登记注册), once."""
    kept: dict[Any, Row] = {}
    for each in conditions:
        told = (each["fact"], each["op"], str(each["value"]), each["unit"]) if each["fact"] else each["text"]
        kept.setdefault((told, bool(each.get("alternatives"))), each)
    return list(kept.values())


_BY_WHAT = re.compile(r"(?:在|对|为|获得?|被|属于|是|于|的)?")


def _only_picks(condition: Row, key: str | None) -> bool:
    """Whether a condition (在境内主板上市) says no more than what picks the row of a list that states it (境内主板上市)."""
    before, found, behind = condition["text"].partition(key or "\n")
    return bool(found) and all(_BY_WHAT.fullmatch(words) for words in (before, behind))


def _by_wording(asked: Sequence[Row]) -> list[list[Row]]:
    """What one wording compares (工商、税务关系均在本区) is one condition."""
    return [list(each) for _, each in groupby(asked, key=lambda one: (one["text"], tuple(one["span"])))]


def is_first(condition: Row) -> bool:
    """Whether all that is demanded is that an event is the first (首次认定): the events tell, nobody is asked."""
    return not condition["fact"] and _FIRST.match(condition["text"]) is not None


_PERSON = (
    r"(?:个人|人才|人员|创业者|毕业生|学生|学员|[职员]工|劳动者|青年|农户|农民|居民|家庭|老年?人|军人|[硕博]士|[本专]科生|研究生"
    r"|残疾人|教师|医[生师]|学徒|承租人|带头人|传承人|工匠)"
)
_PERSONS = re.compile(rf"{_PERSON}(?:\([^()]*\))?\Z")
_UNITS = re.compile(r"企业|单位|机构|公司|合作社|协会|学校|医院|基地|平台|吸纳|招[用收录聘]|引进|聘用|录用|培养|组织")
_OF_PERSON = frozenset(("年龄", "毕业年限", "劳动合同年限", "聘用合同年限"))


def to_persons(row: Row, defined: Sequence[Row]) -> bool:
    """Whether an award goes to natural persons, of whom the registers say nothing; ``defined`` terms may mean some."""
    if row["recipient"]:
        return _PERSONS.search(row["recipient"]) is not None and not _UNITS.search(row["recipient"])
    told = [*(each["text"] for each in row["conditions"]), row["selector"] or ""]
    meant = [re.split("[:：]", one["meaning"])[0] for one in defined if any(one["term"] in text for text in told)]
    # 残联组织认为不符合的: an office in what shuts out is nobody who applies
    wanted = [*(each["text"] for each in row["conditions"] if each["value"] is not False), row["selector"] or ""]
    # 每人每月860元 of a standard that names no unit: social aid.
    aid = row["per"] in ("人", "户") and row["frequency"] == "monthly"
    named = (
        aid
        or any(_PERSONS.search(text) for text in (*wanted, *meant))
        or any(each["fact"] in _OF_PERSON for each in row["conditions"])
    )
    return named and not any(_UNITS.search(text) for text in (*wanted, *meant))


def _condition(parts: Sequence[Row], article: str, k: int, words: Words, *, of_person: bool) -> Entry:
    """A condition that names facts with comparisons is computed; any other waits for somebody's word.

    ``of_person``: the registers know units alone, so that the authority tells it of each person.
    """
    condition = parts[0]
    tests = [] if of_person else [test for each in parts if (test := compared(each, words))]
    test = {"all": tests} if len(tests) > 1 else tests[0] if tests else None
    several = condition.get("alternatives") and ";" in condition["text"]
    text = condition["text"]
    if condition["value"] is True and condition["fact"] and condition["fact"].endswith(text):
        text = condition["fact"]  # 首次突破 alone does not say of what
    mode = "compute" if test and all(map(is_computed, parts)) else "ask"
    told_by_authority = any(one.search(condition["text"]) for one in (_BY_AUTHORITY, QUOTA, ONCE_ONLY))
    if of_person or (mode == "ask" and told_by_authority):
        mode = "attest"
    return {
        "id": f"c{k}",
        "text": f"{_ANY}{text}" if several else text,
        "article": article,
        "span": condition["span"],
        "implied": False,
        "mode": mode,
        "test": test or written(condition, words, refused=condition["value"] is False),
    }
