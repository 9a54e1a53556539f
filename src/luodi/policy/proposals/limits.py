"""How proposed rules limit one another: ceilings over several awards, raised sums, what the text says of stacking."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy.proposals.amount import of_parts
from luodi.policy.proposals.counting import measured
from luodi.policy.proposals.spoken_of import items_above, nearest, overlap, within
from luodi.policy.proposals.words import Entry, Row, Words
from luodi.quantities.numerals import numeral

_ELSEWHERE = "同一事项已获其他财政资金"
_BY_INCREASE = {"ambiguity": None, "when": None, "strict": "difference", "generous": "difference", "per": ["kind"]}
_CEILING = re.compile(r"(?:上限|限额|[与和及、]?[^,。;]*(?:合计|总计|之和))\Z")
_OF_ALL = re.compile(r"总[^,。;]{0,6}(?:上限|限额)\Z")  # 总补贴上限:3年内最高10万元
_OF_UNIT = re.compile(r"(?:单[个家]|每[个家户]|同一)(?:企业|单位|机构|主体)")
_GROUP_CAPS = ("累计", "年度", "合计", "总额")


def is_group_cap(row: Row, benefits: Sequence[Row]) -> bool:
    """A ceiling over several awards (同一企业年度累计不超过…, 每家企业每年限额…): no award of its own."""
    if row["kind"] != "capped":
        return False
    if row.get("cap_articles"):
        return True
    raised = [one for one in benefits if one["article"] == row["article"] and one["award"] == row.get("instead_of")]
    if any(one is not row and is_group_cap(one, benefits) for one in raised):
        return True  # 年度不超过500万元,获得国家专项的可放宽至800万元
    told = [each for one in benefits if _paid_beside(one, row) for each in one["conditions"]]
    own = [
        each
        for each in row["conditions"]
        if row["sentence"] and overlap(each["span"], row["sentence"]) and each not in told
    ]
    of_unit = _OF_UNIT.fullmatch(row["selector"] or "") and any(
        one["kind"] == "capped" and _paid_beside(one, row) for one in benefits
    )
    named = row["selector"] and not of_unit
    nothing_of_its_own = not (named or row["events"] or own) and row["cap_per"] == "unit"
    ceiling = row["selector"] is not None and _CEILING.search(row["selector"]) is not None
    beside = any(
        one["article"] == row["article"] and (one["kind"] != "capped" or _paid_beside(one, row)) for one in benefits
    )
    if row["selector"] and _OF_ALL.search(row["selector"]):
        beside = any(one["article"] == row["article"] and one is not row for one in benefits)
    if row.get("cap_of"):
        return beside
    return row["selector"] in _GROUP_CAPS or ((nothing_of_its_own or ceiling) and beside)


def _paid_beside(one: Row, row: Row) -> bool:
    """Whether one is paid by the clause of a maximum for each unit: a sum, or less for each thing (单个产品最高A,单个企业最高B)."""
    if one is row or one["sentence"] != row["sentence"] or (one["amount"] or 0) > row["cap"]:
        return False
    if one["kind"] != "capped":
        return True
    return bool(one["cap_per"] != row["cap_per"] == "unit" and one["cap"] < row["cap"])


def cap_groups(rules: Sequence[Entry], caps: Sequence[Row], words: Words) -> None:
    """Lay every ceiling over the rules that it bounds."""
    for row in caps:
        if row.get("instead_of"):
            continue  # raised for some: the usual ceiling stays the sure one
        bound = [rule for rule in bounded(row, rules) if "case" not in rule["amount"]]
        if bound and row["cap"]:
            yearly = row["frequency"] == "annual" or row["selector"] == "年度" or row["cap_period"] == "year"
            ids = [rule["id"] for rule in bound]
            cap = {"per": "year" if yearly else "unit", **_bound(row, words), "rules": ids}
            if cap not in bound[0]["caps"]:
                bound[0]["caps"].append(cap)


def bounded(row: Row, awards: Sequence[Entry]) -> Sequence[Entry]:
    """The awards of a ceiling's own clause, else of its article or the nearest above it that pays, at last all of the paper.

    One that names articles (本办法第四章奖励总额) or leads items (最高100万元:(一)…) bounds theirs. One below the last of several items that speaks of those above it (以上三项合计) bounds the awards of all of them.
    """
    if named := row.get("cap_articles"):
        return within(named, awards)
    if listed := _of_items_above(row, awards):
        return listed
    own = nearest(row["article"], awards)
    beside = [one for one in own if row["sentence"] and overlap(one["span"], row["sentence"])]
    return beside or own or (awards if _of_paper(row, awards) else ())


def _of_items_above(row: Row, awards: Sequence[Entry]) -> list[Entry]:
    told, article = row.get("cap_above"), row["article"]
    own = [one for one in awards if one["article"] == article]
    if told is None or "." not in article or len(own) >= max(told, 2):
        return []  # the items stand in its own article, without numbers
    return items_above(article, row["span"][0], told, awards)


def _of_paper(row: Row, awards: Sequence[Entry]) -> bool:
    """Whether the ceiling of an article that pays nothing is one of the whole paper: it names one recipient or a year.

    Where articles before it and behind it pay, it is that of an item whose own awards were not read (夫妻…合计不超过A).
    """
    if not (row["cap_per"] or row["cap_period"] == "year"):
        return False
    starts = [one["span"][0] for one in awards if one["article"].startswith("附") == row["article"].startswith("附")]
    return not any(at < row["span"][0] for at in starts) or not any(at > row["span"][0] for at in starts)


def own_caps(rows: Sequence[Row], triggered: bool, words: Words) -> list[Entry]:
    """A cap that binds a unit (同一企业) holds for all its events together, not for each; one for each square metre by the area.

    The maximum that is told of the parts of one thing bounds what they come to.
    """
    first = next((row for row in rows if row["cap"] is not None), rows[0]) if of_parts(rows) else rows[0]
    together = of_parts(rows) or (triggered and first.get("cap_per") == "unit")
    if first["cap"] is None or not (first.get("cap_of") or together):
        return []
    per = "year" if first["cap_period"] == "year" else "unit"
    rule = f"{first['article']}#{first['award']}"
    return [{"per": per, **_bound(first, words), "rules": [rule], "span": first["cap_span"]}]


def _bound(row: Row, words: Words) -> Entry:
    """A sum, or so many times that as there are units of a measure (每平方米不超过A)."""
    if not row.get("cap_of"):
        return {"fen": row["cap"]}
    counted = measured(row, words)
    return {"at_most": {"fact" if isinstance(counted, str) else "of": counted, "times": [row["cap"], 1]}}


def raise_sums(rules: Sequence[Entry], benefits: Sequence[Row]) -> None:
    """A raised sum is paid in place of the usual one, and while nobody knows who gets it the usual one is sure.

    Plain sums come to the raised one together at most; of others the higher is paid. A maximum that is told of the usual
    share holds for the raised one too, unless that has its own.
    """
    known = {rule["id"]: rule for rule in rules}
    for row in benefits:
        usual = f"{row['article']}#{row.get('instead_of')}"
        raised = f"{row['article']}#{row['award']}"
        if usual not in known or raised not in known:
            continue
        if row["kind"] == "fixed" and not known[usual]["trigger"] and "fixed" in known[usual]["amount"]:
            known[raised]["caps"].append({"per": "unit", "fen": row["amount"], "rules": [usual, raised]})
        else:
            known[usual]["exclusive"] = known[raised]["exclusive"] = usual
        first, second = (known[name]["amount"].get("rate") for name in (usual, raised))
        if first and second and second["cap"] is None:
            second["cap"] = first["cap"]


def stack(rules: Sequence[Entry], stackings: Sequence[Row], words: Words) -> None:
    """Lay the text's rules of stacking over the awards that they speak of.

    就高 and 补差 of an article count repeated events of one kind by what they add; a rule of the whole paper asks what was
    received for the same matter elsewhere, and shows it.
    """
    for row in stackings:
        if row["rule"] == "cumulative":
            continue
        note = row["text"]
        for rule in rules:
            if "case" in rule["amount"]:
                continue
            if row["rule"] in ("exclusive", "highest") and (several := _named_together(row, rules)):
                rule |= {"exclusive": several[0]} if rule["id"] in several and "exclusive" not in rule else {}
            elif row["scope"] == "document":
                rule.setdefault("elsewhere", {"fact": words.money(_ELSEWHERE), "note": note})
            elif rule["article"] == row["article"] and rule["trigger"] and row["rule"] != "exclusive":
                rule["readings"].append(_BY_INCREASE | {"note": note})


_SEVERAL = re.compile(
    r"(?:以上|上述|前述|(?:\A|(?<=[,。;]))(?=[两二三四]项[^,。;]{0,4}(?:条款|政策|奖励|补[助贴]|资助)))(?P<number>[一二两三四五六七八九十\d]{1,2})?[项条类种](?!目)"
)
_ITEM = re.compile(r"[(（]([一二三四五六七八九十]{1,2})[)）]")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]+条(?!件)")
_BESIDE = re.compile(r"同时|兼得|[只仅](?:能|可)?(?:选择|选|享受|申[报请领])(?:其中)?[一1][项条类种]")
_TWICE = re.compile(r"重复|[就从]高")
_OTHERS = re.compile(r"国家|上级|其[他它]|各级|[省市区县]级|其他")


def _named_together(row: Row, rules: Sequence[Entry]) -> list[str]:
    """The awards of which one alone is paid: the articles or items that are named, or the last so many before the sentence.

    ``以上2项不能同时享受``, ``第(一)、(二)项只能享受一项``, ``第三条、第五条不重复享受``; items stand under the article over the sentence.
    """
    told = _SEVERAL.search(row["text"])
    items = _ITEM.findall(row["text"])
    articles = list(dict.fromkeys(_ARTICLE.findall(row["text"])))
    beside = _BESIDE.search(row["text"])
    if len(articles) > 1 and (beside or _TWICE.search(row["text"])) and not _OTHERS.search(row["text"]):
        named = [rule["id"] for rule in within(articles, rules)]
        return named if len(named) > 1 else []
    counted = told is not None and told["number"] is not None and _TWICE.search(row["text"]) is not None
    if not (beside or counted) or not (told or len(items) > 1):
        return []
    parent = row["article"].rpartition(".")[0]
    siblings = [rule for rule in rules if rule["article"].rpartition(".")[0] == parent]
    if len(items) > 1:
        named = [rule["id"] for rule in siblings if rule["article"].endswith(tuple(f".({item})" for item in items))]
    else:
        named = [rule["id"] for rule in siblings if rule["span"][0] < row["span"][0]]
        number = numeral(told["number"].replace("两", "二")) if told and told["number"] else None
        named = named[-int(number) :] if number else named
    return named if len(named) > 1 else []
