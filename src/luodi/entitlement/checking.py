"""Do the rules of a pack hold together? Each problem names rule, article, what is wrong and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from luodi.entitlement.amount import (  # fmt: skip
    Amount,
    Between,
    CaseByCase,
    FirstCase,
    Fixed,
    Less,
    PerUnit,
    Rate,
    Sum,
    Tiers,
    grades_of,
    parts_of,
)
from luodi.entitlement.rule import Rule, RuleSet
from luodi.entitlement.term import Combined, FactTerm, Minus, Scaled, Term, reads_of  # fmt: skip
from luodi.entitlement.vocabulary import FIRST_DAY, LARGEST, LAST_DAY, Grade, Vocabulary


def problems_of(rules: RuleSet, sound: RuleSet | None = None) -> list[str]:
    """All problems of a rule set, in rule order; empty when it may be used.

    ``sound`` has none: the rules that were taken over from it as they are need no second look.
    """
    same = {id(rule) for rule in sound.rules} if sound and sound.words is rules.words else set()
    found = [] if same else [*_words(rules.words), *_payment_records(rules)]
    for rule_id, count in Counter(rule.id for rule in rules.rules).items():
        if count > 1:
            found.append(f"规则 {rule_id} 出现 {count} 次。请给每条规则不同的编号。")
    for rule in (each for each in rules.rules if id(each) not in same):
        found += [f"规则 {rule.id}（{rule.article}）：{problem}" for problem in _rule(rule, rules)]
    return found


def _payment_records(rules: RuleSet) -> Iterator[str]:
    """Facts that sum up payment records: of money, and of rules that there are."""
    ids = {rule.id for rule in rules.rules}
    for fact in rules.words.facts.values():
        if fact.paid is None:
            continue
        if fact.type != "money":
            yield f"词表：由兑付记录得出（paid）的事实“{fact.id}”是{fact.type}。请登记为 money。"
        own = fact.paid.policy in (None, rules.pack_id)
        if own and (unknown := [name for name in fact.paid.rules or () if name not in ids]):
            yield f"词表：“{fact.id}”所列兑付记录的规则“{'、'.join(unknown)}”不存在。请改正编号，或用 policy 写明是哪个政策。"


def _words(words: Vocabulary) -> Iterator[str]:
    owner: dict[str, str] = {}
    for event in words.events.values():
        for word in dict.fromkeys([event.id, *event.words, *(alias.word for alias in event.aliases)]):
            if owner.setdefault(word, event.id) != event.id:
                yield f"词表：“{word}”同时指 {owner[word]} 和 {event.id}。请只留在其中一个事项之下。"
        grades = Counter(word for grade in event.grades for word in dict.fromkeys([grade.id, *grade.words]))
        yield from (f"词表：{event.label}的等级词“{word}”重复。请改正。" for word, count in grades.items() if count > 1)
    yield from _dated(words)
    for fact in words.facts.values():
        if fact.type == "money" and fact.unit not in ("分", "元", "万元", "亿元"):
            yield f"词表：金额事实“{fact.id}”的单位是“{fact.unit}”。请写明 分、元、万元 或 亿元。"


def _dated(words: Vocabulary) -> Iterator[str]:
    """Parameters and code lists: editions that are empty, overlap, or leave days between them unsaid."""
    for what, named in (("参数", words.parameters.values()), ("代码表", words.lists.values())):
        for each in named:
            spans = sorted((start or FIRST_DAY, end or LAST_DAY) for start, end, _ in each.values)
            for start, end in spans:
                if start > end:
                    yield f"词表：{what}“{each.id}”的一段从 {start} 到 {end}，是空的。请核对起止日期（首尾两日均计入）。"
            for (_, end), (start, _) in pairwise(spans):
                if start <= end:
                    yield f"词表：{what}“{each.id}”在 {start} 有两个取值。请让前一段的末日早于后一段的首日。"
                elif (start - end).days > 1:
                    yield f"词表：{what}“{each.id}”在 {end} 与 {start} 之间没有取值。请补上这一段。"


def _rule(rule: Rule, rules: RuleSet) -> Iterator[str]:
    if rule.window.start and rule.window.end and rule.window.start > rule.window.end:
        yield f"窗口期 {rule.window.start} 晚于 {rule.window.end}。请核对起止日期。"
    for name, count in Counter(condition.id for condition in rule.conditions).items():
        if count > 1:
            yield f"条件 {name} 出现 {count} 次。请给每个条件不同的编号。"
    yield from _named_events(rule, rules.words)
    yield from _actions(rule, rules.words)
    yield from _named_ambiguities(rule, rules)
    yield from _event_facts(rule)
    yield from _caps(rule, {each.id for each in rules.rules}, rules.words)
    yield from _amount(rule.amount, rules.words)
    if grades_of(rule.amount):
        yield from _grades(rule, rules.words)
    for stage in rule.stages:
        named = {name.removeprefix("event.") for name in (rule.trigger.requires if rule.trigger else ())}
        if "person" in stage.keys and "person" not in named:
            yield "按人员（person）计的，须在 trigger.requires 中写明 person，不知道是谁的才会先问。请补上。"
    if sum(Fraction(*each.share) for each in rule.payers) > 1:
        yield "承担比例（payers）之和大于 1。请核对各方的 share。"
    if rule.instalments and sum(Fraction(*each.share) for each in rule.instalments) != 1:
        yield "分期（instalments）的比例之和不是 1。请核对各期的 share。"


def _named_events(rule: Rule, words: Vocabulary) -> Iterator[str]:
    for name in rule.relevant:
        if name not in words.events:
            yield f"事项“{name}”不在词表中。请在词表 events 中登记它，或改用已登记的事项。"
    named = [name for condition in rule.conditions for name in condition.events or ()]
    for name in dict.fromkeys(named):
        if rule.trigger is None or name not in rule.trigger.events:
            yield f"条件所限的事项“{name}”不在本规则的 trigger.events 之中。请补上或改正。"


def _actions(rule: Rule, words: Vocabulary) -> Iterator[str]:
    if rule.trigger is None:
        return
    kinds = [words.events[name] for name in rule.relevant if name in words.events]
    known = {id_ for kind in kinds for id_, _ in kind.actions}
    refused = [action for refusal in rule.refusals for action in refusal.actions or ()]
    for action in dict.fromkeys([*(rule.trigger.actions or ()), *refused]):
        if action not in known:
            yield f"办理情形“{action}”不在所涉事项的词表之中。请在该事项的 actions 中登记它。"
    for refusal in rule.refusals:
        both = set(refusal.actions or ()) & set(rule.trigger.actions or ())
        if both and refusal.grades is None and refusal.events is None:
            yield f"办理情形“{'、'.join(sorted(both))}”既在触发之列又被 {refusal.id} 排除。请删去其中一处。"


def _named_ambiguities(rule: Rule, rules: RuleSet) -> Iterator[str]:
    named = [reading.ambiguity for reading in rule.readings] + [stage.ambiguity for stage in rule.stages]
    named += [rule.elsewhere.ambiguity] if rule.elsewhere else []
    for name in dict.fromkeys(named):
        if name is not None and name not in rules.ambiguities:
            yield f"口径“{name}”不在登记簿（ambiguities）中。请登记该问题或改正编号。"
    for reading in rule.readings:
        if reading.strict == "full" and reading.generous == "none":
            yield f"口径 {reading.ambiguity} 的从严大于从宽。请对调 strict 与 generous。"
    if rule.elsewhere:
        kind = rules.words.facts.get(rule.elsewhere.fact)
        if kind is None:
            yield f"事实“{rule.elsewhere.fact}”不在词表中。请登记它或改正名称。"
        elif kind.type != "money" and rule.elsewhere.takes != "shown":
            yield f"从别处领取的“{rule.elsewhere.fact}”是{kind.type}，不能扣减。请在词表中登记为 money。"


def _event_facts(rule: Rule) -> Iterator[str]:
    if rule.trigger is None:
        named = [name for name, _ in rule.facts() if name.startswith("event.")]
        if named:
            yield f"没有触发事项，却读取“{'、'.join(dict.fromkeys(named))}”。请写明 trigger，或改用单位的事实。"
        if grades_of(rule.amount):
            yield "没有触发事项，却按等级给出金额。请写明 trigger，或改用 choose。"


def _caps(rule: Rule, ids: set[str], words: Vocabulary) -> Iterator[str]:
    for cap in rule.caps:
        if cap.fen is None and (cap.at_most is None or cap.per == "total"):
            yield "限额没有写明金额。请写 fen，或用 at_most 写明基数的比例（全市合计的只能写 fen）。"
        if cap.per == "total" and not cap.fixed:
            yield "全市合计的限额（per: total）不能随单位而变。请删去 at_most、received，或改为 per: unit。"
        if cap.per == "year" and cap.received is not None:
            yield "每年的限额（per: year）不能与 received 同用：单位的事实不分年度。请改为 per: unit。"
        for term in (cap.at_most, cap.received):
            if term is not None:
                yield from _mixed(term, words)
                if named := [name for name in reads_of(term) if "." in name]:
                    yield f"限额只能读取单位的事实，读到的是“{'、'.join(named)}”。请改用单位的事实，或写在 sum 的 at_most。"
        if cap.paper and cap.per != "total":
            yield "按比例核减（paper）只能写在全市合计的限额（per: total）上。请改正。"
        for name in cap.rules:
            if name not in ids:
                yield f"限额所列规则“{name}”不存在。请改正编号。"


def _amount(amount: Amount, words: Vocabulary) -> Iterator[str]:
    if isinstance(amount, Tiers):
        yield from _tiers(amount)
    if isinstance(amount, FirstCase):
        for _, inner in amount.cases:
            yield from _amount(inner, words)
    for part in parts_of(amount):
        yield from _amount(part, words)
        if isinstance(part, CaseByCase):
            yield "一事一议（case）不能作为 sum、less 的一部分。请单列一条规则。"
    if isinstance(amount, Between | Rate) and amount.cap is not None and (amount.floor or 0) > amount.cap:
        yield f"下限 {amount.floor} 分高于上限 {amount.cap} 分。请核对。"
    yield from _same_units(amount, words)
    largest = amount.fen if isinstance(amount, Fixed | PerUnit) else 0
    if largest > LARGEST // 100:
        yield f"金额 {largest} 分过大，无法保证计算不溢出。请核对单位（政策包以分计）。"


def _same_units(amount: Amount, words: Vocabulary) -> Iterator[str]:
    """Money and counts are not added, compared or counted as one another; a share or a multiple may be either."""
    match amount:
        case Rate(base=base) | Tiers(base=base):
            yield from _mixed(base, words)
        case PerUnit(count):
            yield from _mixed(count, words)
            if isinstance(count, FactTerm) and count.times == (1, 1) and _type(count, words) == "money":
                yield f"按量计的数量“{count.fact}”是金额。请改用 rate，或用 times 写明多少金额算一份。"
        case Less(_, received):
            yield from _mixed(received, words)
        case Sum(at_most=at_most) if at_most is not None:
            yield from _mixed(at_most, words)


def _mixed(term: Term, words: Vocabulary) -> Iterator[str]:
    parts = (term.left, term.right) if isinstance(term, Minus) else term.terms if isinstance(term, Combined) else ()
    types = [_type(part, words) for part in parts]
    product = isinstance(term, Combined) and term.op == "product"
    if product and types.count("money") > 1:
        yield "两项金额不能相乘（product）。请改用比率，或把其中一项登记为数量。"
    if not product and len({each for each in types if each}) > 1:
        names = "、".join(part.fact for part in parts if isinstance(part, FactTerm))
        yield f"金额与数量不能相加减、比大小（{names}）。请统一单位，或用 times 换算。"
    for part in parts:
        yield from _mixed(part, words)
    if isinstance(term, Scaled):
        yield from _mixed(term.term, words)


def _type(term: Term, words: Vocabulary) -> str | None:
    kind = words.fact(term.fact) if isinstance(term, FactTerm) and term.times == (1, 1) else None
    return kind.type if kind else None


def _tiers(amount: Tiers) -> Iterator[str]:
    ordered = sorted(amount.tiers, key=lambda tier: -LARGEST if tier.start is None else tier.start)
    for tier in ordered:
        if tier.start is not None and tier.end is not None and tier.start >= tier.end:
            yield f"档次 [{tier.start}, {tier.end}) 是空的。请核对起止（含起点，不含终点）。"
        if amount.marginal and (tier.rate is None or tier.fen is not None):
            yield f"超额累进（marginal）的档次 [{tier.start}, {tier.end}) 应只写 rate（可加 cap）。请改正。"
        if tier.fen is None and tier.rate is None and tier.cap is None:
            yield f"档次 [{tier.start}, {tier.end}) 没有金额。请写 fen、rate 或 cap。"
    for low, high in zip(ordered, ordered[1:], strict=False):
        if low.end is None or (high.start is not None and low.end > high.start) or high.start is None:
            yield f"档次在 {high.start} 处重叠。请让前一档的终点等于后一档的起点（含起点，不含终点）。"
        elif low.end < high.start:
            yield f"档次在 {low.end} 与 {high.start} 之间有空缺。请补上这一段，或写一个 fen 为 0 的档次。"


def _grades(rule: Rule, words: Vocabulary) -> Iterator[str]:
    kinds = [words.events[name] for name in (rule.trigger.events if rule.trigger else ()) if name in words.events]
    for grade_id in grades_of(rule.amount) or ():
        listed = [grade for kind in kinds if (grade := kind.grade(grade_id)) and grade.id == grade_id]
        if not listed:
            yield f"等级“{grade_id}”不在所触发事项的等级之中。请在词表 grades 中登记它，或改正金额表。"
        elif not any(_reachable(grade, rule) for grade in listed):
            yield f"等级“{grade_id}”在窗口期内不在代码表中，这一档永远不会触发。请核对等级的起止日期。"
    if not kinds and rule.trigger:
        yield "触发事项都不在词表中，按等级的金额无从判断。请先登记事项。"


def _reachable(grade: Grade, rule: Rule) -> bool:
    start, end = grade.dated.start, grade.dated.end
    too_late = start is not None and rule.window.end is not None and start > rule.window.end
    too_early = end is not None and rule.window.start is not None and end < rule.window.start
    return not (too_late or too_early)


def missing_readers(rules: RuleSet, given: set[str]) -> Iterator[str]:
    """Rules that compute with a fact which a table does not supply, one line each."""
    for rule in rules.rules:
        for name in dict.fromkeys(name for name, part in rule.facts() if part == "compute"):
            kind = rules.words.fact(name)
            if "." not in name and name not in given and kind is not None:
                yield f"规则 {rule.id}（{rule.article}）读取事实“{name}”（{kind.label}），但单位表没有这一列"
