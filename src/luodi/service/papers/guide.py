"""The claim guide (申兑指南): one sheet an item with its elements; what the policy does not state stays to be filled in.

A person may confirm in the pack what the text leaves out, under ``guide`` of a rule: ``route`` (steps), ``time_limit``,
``desk``, ``address``, ``phone``, ``supervision``, ``funding``. Everything else comes from facts, rules and vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from luodi.entitlement.show import DISCLAIMER, MODE_WORDS
from luodi.service.papers.content import (
    Block,
    Body,
    Cell,
    Heading,
    Line,
    NewPage,
    Open,
    Paper,
    Piece,
    Table,
    cell,
    clause_name,
    open_at,
    say,
    to_fill,
)
from luodi.service.papers.items import (
    PAPER_NOTES,
    PAPER_WORDS,
    PAYMENT_WORDS,
    Item,
    Row,
    Source,
    caps_of,
    dated_line,
    deadline_words,
    each_rule,
    event_kinds,
    in_force_lines,
    items,
    leads,
    no_items,
    quotes,
    readings_of,
    recipients_words,
    share_words,
    standards,
    warning_of,
)
from luodi.service.policies.calls import ShownCall
from luodi.service.policies.rule_words import PAID, condition_words, days_between
from luodi.service.policies.silence import OPEN, absent

NAME = "申兑指南"
_MODE_NOTES = {
    "no_application": "不用申请：主管部门按公布的名单核对，单位确认意愿和收款账户", "quick": "在线提交材料，按简化程序办理",
    "documents": "按申报通知的要求提交材料", "counter": "材料原件到窗口核验，不在网上上传",
}  # fmt: skip
_CHECKED = {"compute": "系统核对", "ask": "由单位说明", "attest": "由归口管理部门确认"}


@dataclass(frozen=True)
class Sheet:
    """One item's sheet: its elements in order, and what is open in it."""

    item: Item
    elements: tuple[tuple[str, Cell], ...]
    open: tuple[Open, ...]


def sheet(source: Source, item: Item) -> Sheet:
    """The sheet of one item."""
    elements = [(name, tuple(write(source, item))) for name, write in _ELEMENTS.items()]
    missing = open_at(f"{item.name}（{clause_name(item.article)}）", elements)
    return Sheet(item, tuple(elements), tuple(missing))


def guide(source: Source, only: str = "") -> Paper:
    """The guide of all items, or of one article; each sheet begins on a page of its own."""
    sheets = [sheet(source, item) for item in items(source.pack) if only in ("", item.article)]
    blocks: list[Block] = []
    for number, one in enumerate(sheets, 1):
        if number > 1:
            blocks.append(NewPage())
        blocks += [
            Heading(1, f"{counted(number)}、{one.item.name}" if len(sheets) > 1 else one.item.name, one.item.article),
            Table(
                f"{one.item.name}：办理要素", (), (22, 134), tuple((cell(name), lines) for name, lines in one.elements)
            ),
        ]
    blocks += [Body(say(DISCLAIMER), small=True)] if sheets else [Body(no_items(source.pack))]
    missing = tuple(each for one in sheets for each in one.open)
    return Paper(NAME, source.pack.title, dated_line(source), warning_of(source), tuple(blocks), missing)


def counted(number: int) -> str:
    """1–99 as Chinese headings count."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if number < 10:
        return digits[number]
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"


def _name(source: Source, item: Item) -> list[Line]:
    titles = "、".join(dict.fromkeys(rule["title"] for rule in item.rules))
    return [say(item.name, item.article, bold=True), *([say(f"包括：{titles}")] if titles != item.name else [])]


def _code(source: Source, item: Item) -> list[Line]:
    own = "、".join(rule["id"] for rule in item.rules)
    return [say(f"本系统编号：{source.pack.id} {own}"), (Piece("政务服务事项编码："), *to_fill()[:1])]


def _basis(source: Source, item: Item) -> list[Line]:
    number = source.pack.data["document_number"] or _entered(source, "document_number")
    lines = [say(f"《{source.pack.title}》{f'（{number}）' if number else ''}", item.article)]
    for rule in item.rules:
        spans = quotes(source, rule)
        lines += [say(f"原文：“{words}”", rule["article"]) for words in spans]
    if len(lines) == 1:
        places = "、".join(f"第 {r['span'][0]}–{r['span'][1]} 字" for r in item.rules if r["span"])
        lines.append(say(f"原文没有载入本系统；依据在所据文本{places or '相应条款'}。"))
    return list(dict.fromkeys(lines))


def _entered(source: Source, field: str) -> str:
    return next((f"{e['value']}，据{e['source']}" for e in source.pack.data["entered"] if e["field"] == field), "")


def _recipients(source: Source, item: Item) -> list[Line]:
    def write(rule: Row) -> Iterable[Line]:
        from_text = [row["recipient"] for row in source.pack.facts["benefits"] if row["article"] == rule["article"]]
        written = "、".join(dict.fromkeys(filter(None, from_text)))
        if written:
            yield say(f"原文：{written}", rule["article"])
        kinds = recipients_words(rule)
        if kinds == "个人":
            yield say(rule["recipients"]["note"])
            return
        if kinds == "单位不分类别":
            yield say(f"{kinds}，都受理")
            return
        other = {"no": "不适用", "authority": "由归口管理部门确认"}.get(rule["recipients"]["otherwise"], "口径待定")
        yield say(f"按{kinds}受理；其他类别：{other}")

    return each_rule(item, write)


def _conditions(source: Source, item: Item) -> list[Line]:
    def write(rule: Row) -> Iterable[Line]:
        for kind in event_kinds(source.pack, rule):
            acts = (rule["trigger"].get("actions") if rule["trigger"] else None) or []
            yield say(f"取得{kind['words'][0]}{f'（{chr(12289).join(acts)}）' if acts else ''}", rule["article"])
        if rule["trigger"] and (rule["window"]["from"] or rule["window"]["to"]):
            yield say(f"事项日期：{days_between(rule['window'])}")
        for condition in rule["conditions"]:
            how = _CHECKED[condition["mode"]]
            implied = "本文未写明的隐含条件，" if condition.get("implied") else ""
            yield (Piece(f"{condition_words(condition)}（{implied}{how}）", condition.get("article") or ""),)
        for refusal in rule["refusals"]:
            yield say(f"不属于：{refusal['reason']}")

    return each_rule(item, write) or [say("本文没有写明条件。", item.article)]


def _standards(source: Source, item: Item) -> list[Line]:
    def write(rule: Row) -> Iterable[Line]:
        yield from standards(source.pack, rule)
        yield from (say(f"叠加：{row['text']}", row["article"]) for row in said if _within(row, rule))
        yield say(f"计发：{PAID.get(rule['paid'], '另有规定')}（{rule['paid_why']}）")
        yield from (say(f"合计上限：{words}") for words in caps_of(source.pack, rule))
        for number, words, answered in readings_of(source.pack, rule):
            if words:
                yield say(f"口径{'' if answered else '待定'} {number}：{words}")

    said = source.stated("stackings", item.article)
    meeting = (
        *(row for row in said if not any(_within(row, rule) for rule in item.rules)),
        *source.for_item("document_rules", item.article, "no_double", "pro_rata"),
    )
    return [*each_rule(item, write), *(say(f"叠加：{row['text']}", row["article"]) for row in meeting)]


def _within(row: Row, rule: Row) -> bool:
    """Whether a stacking rule is of one award's sentence alone (…给予5万元,每人仅可申请一次)."""
    own, sentence = row["span"], rule["span"]
    return row["scope"] == "sentence" and bool(own and sentence) and own[0] < sentence[1] and sentence[0] < own[1]


def _mode(source: Source, item: Item) -> list[Line]:
    lines = each_rule(item, lambda rule: [say(f"{MODE_WORDS[rule['mode']]}：{_MODE_NOTES[rule['mode']]}")])
    if item.total_only:
        lines.append(say("结果只公布本事项总数，不列名单、不分区县。"))
    return lines


def _papers(source: Source, item: Item) -> list[Line]:
    def write(rule: Row) -> Iterable[Line]:
        for kind in event_kinds(source.pack, rule):
            evidence = "offline" if kind["evidence"] == "document" and rule["mode"] == "counter" else kind["evidence"]
            given = "、".join(kind.get("papers") or [f"{kind['words'][0]}：{PAPER_NOTES[evidence]}"])
            yield say(f"【{PAPER_WORDS[evidence]}】{given}")
        known = _registered(source, rule)
        if known:
            yield say(f"【已有】{'、'.join(known)}：登记信息由系统带出，不用填")
        if rule.get("attest"):
            yield say(f"【线下核验】{rule['attest']['by']}：{rule['attest'].get('note') or '出具确认'}")

    lines = each_rule(item, write)
    asked = _called(source, item, "materials")
    return [
        *lines,
        *(asked and [say(f"申请表和其他材料：{asked}")] or [(Piece("申请表和其他材料："), *to_fill("以申报通知为准"))]),
    ]


def _calls(source: Source, item: Item) -> list[Line]:
    """The calls of the item on the business date: what they are called, from when to when, how to claim."""
    lines = []
    for shown in _own_calls(source, item):
        call, number = shown.call, f"（{shown.call.document_number}）" if shown.call.document_number else ""
        title = call.title if call.title.startswith("《") else f"《{call.title}》"
        lines += [
            say(f"{title}{number}", bold=True),
            say(f"{call.opens} 至 {call.closes}（含两端），{shown.standing.label}：{shown.standing.words}"),
            say(f"申报方式：{call.channel}"),
            *([say(call.note)] if call.note else []),
        ]
    return lines or [say("现在没有受理中的申报通知，也没有即将开始的。")]


def _own_calls(source: Source, item: Item) -> list[ShownCall]:
    return [shown for shown in source.calls if shown.covers(item.article)]


def _called(source: Source, item: Item, field: str) -> str:
    """What the calls of the item say in a field; empty where there is none."""
    said = [str(getattr(shown.call, field)) for shown in _own_calls(source, item)]
    return "；".join(dict.fromkeys(filter(None, said)))


def _registered(source: Source, rule: Row) -> list[str]:
    """Facts that the registry already holds and a condition of the rule reads."""
    named = {(condition.get("test") or {}).get("fact") for condition in rule["conditions"]}
    return [fact["id"] for fact in source.pack.vocabulary["facts"] if fact["register"] and fact["id"] in named]


def _steps(source: Source, item: Item) -> list[Line]:
    routes = {tuple(rule.get("guide", {}).get("route") or ()) for rule in item.rules}
    known = [say(f"{number}. {step}") for route in routes for number, step in enumerate(route, 1)]
    steps = known or [(Piece("流程："), *to_fill(_looked_for(source, "deadlines")))]
    rows = (
        *source.stated("deadlines", item.article),
        *source.for_item("deadlines", item.article, "window"),
        *(row for row in source.for_item("deadlines", item.article, "act") if _of_claims(source, row)),
    )
    stated = [say(f"原文期限：{deadline_words(row)}", row["article"]) for row in rows]
    return [
        *steps,
        *dict.fromkeys(stated),
        *_given(source, item, "time_limit", "办理时限：", "见上列期限" if stated else _looked_for(source, "deadlines")),
    ]


def _looked_for(source: Source, name: str) -> str:
    """Why an element is to be filled in, where somebody looked for it: 待填 alone says that it is open."""
    return absent(source.pack, name).removesuffix(OPEN).rstrip("，")


_CLAIMING = re.compile("申请|申报|受理|审核|审查|评审|公示|复核|兑现|拨付|发放")


def _of_claims(source: Source, row: Row) -> bool:
    """Whether a limit of a clause that pays nothing itself is of all claims (自受理之日起20个工作日内完成审核)."""
    pays = {benefit["article"] for benefit in source.pack.facts["benefits"]}
    return row["article"] not in pays and _CLAIMING.search(f"{row['act']}{row['after']}") is not None


_IN_CALLS = ("desk", "address", "phone")
"""Elements that a call for claims gives too."""


def _given(source: Source, item: Item, key: str, label: str, hint: str = "") -> list[Line]:
    """What a person confirmed in the pack, else what the call says, else to be filled in."""
    found = list(dict.fromkeys(str(rule["guide"][key]) for rule in item.rules if rule.get("guide", {}).get(key)))
    if not found and key in _IN_CALLS and (called := _called(source, item, key)):
        return [say(f"{label}{called}（据申报通知）")]
    return [say(f"{label}{'；'.join(found)}")] if found else [(Piece(label), *to_fill(hint))]


def _desk(source: Source, item: Item) -> list[Line]:
    article, lead, _ = leads(source.pack, item.article)
    named = "、".join(map(source.named, lead))
    hint = f"{clause_name(article)}的牵头单位是{named}" if lead else "本文未写明"
    return [
        *_given(source, item, "desk", "受理单位：", hint), *_contact(source, item, "address", "地址："),
        *_contact(source, item, "phone", "电话："),
    ]  # fmt: skip


def _contact(source: Source, item: Item, key: str, label: str, kind: str = "") -> list[Line]:
    """What a person confirmed, else what the text itself states, else to be filled in."""
    stated = source.for_item("contacts", item.article, kind or key)
    if any(rule.get("guide", {}).get(key) for rule in item.rules) or not stated:
        return _given(source, item, key, label)
    return [say(f"{label}{row['value']}{_of(row['unit'])}", row["article"]) for row in stated]


def _of(unit: str | None) -> str:
    return f"（{unit}）" if unit else ""


def _funding(source: Source, item: Item) -> list[Line]:
    shares = [
        say(f"{PAYMENT_WORDS[row['kind']]}：{share_words(row)}", row["article"])
        for row in source.stated("payments", item.article) + source.for_item("payments", item.article, "payers")
    ]
    return [
        *dict.fromkeys(shares),
        *_given(source, item, "funding", "渠道：" if shares else "", "见资金办法和申报通知"),
    ]


_ELEMENTS: dict[str, Callable[[Source, Item], list[Line]]] = {
    "事项名称": _name,
    "编码": _code,
    "政策依据": _basis,
    "对象": _recipients,
    "条件": _conditions,
    "标准": _standards,
    "方式": _mode,
    "申报通知": _calls,
    "材料": _papers,
    "流程与时限": _steps,
    "受理单位、地址、电话": _desk,
    "资金渠道": _funding,
    "咨询与监督电话": lambda source, item: [
        *_contact(source, item, "consultation", "咨询电话：", "phone"),
        *_given(source, item, "supervision", "监督电话："),
    ],  # fmt: skip
    "有效期": in_force_lines,
    "版本": lambda source, item: [
        say(
            f"政策包第 {source.version.number} 版，{source.version.published_at or '未发布'} 发布，"
            f"摘要 {source.version.pack_digest[:12]}"
        )
    ],
}
