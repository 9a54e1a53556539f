"""Two versions of one policy item by item, in the words of the workbench: facts, rules, clauses, questions, what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from luodi.policy.pack import Pack
from luodi.service.papers.content import Block, Body, Table, cell, clause_name, say
from luodi.service.policies.changes import Change, Changes, changes
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.rule_words import RuleWords

NOTHING = "没有"
Line = tuple[str, str, str, str, str]
"""What it is, where it stands, which part of it, and what either side says."""


def differences(left: PolicyVersion, right: PolicyVersion) -> Iterator[Block]:
    """A table of all that the two say differently; what only stands elsewhere in the text is counted."""
    found = changes(left, right)
    lines = [*_facts(found), *_rules(found), *_rest(Pack(left.pack), Pack(right.pack))]
    if lines:
        rows = tuple(tuple(cell(words) for words in line) for line in lines)
        yield Table(f"逐项差异（{len(rows)}）", ("种类", "条款或编号", "内容", "甲", "乙"), (30, 35, 25, 67, 68), rows)
    else:
        yield Body(say("两版所说的内容相同。"))
    if moved := found.number("moved"):
        yield Body(say(f"另有 {moved} 条事实相同，只是所在的句子有改动或无从比对，没有列出。"), small=True)


def _facts(found: Changes) -> Iterator[Line]:
    for change in found.facts:
        if change.degree == "moved":
            continue
        where = _where(change)
        if change.before != change.after:
            yield change.label, where, "整条", change.before or NOTHING, change.after or NOTHING
        for name, before, after in change.details:
            yield change.label, where, name, before, after


def _where(change: Change) -> str:
    """The clause, and the one that it stood in before where that is another."""
    now, was = change.article or change.was_article, change.was_article or change.article
    names = [clause_name(each) if each != "0" else "文首、文末" for each in dict.fromkeys((was, now))]
    return " → ".join(names)


def _rules(found: Changes) -> Iterator[Line]:
    for rule in found.rules:
        number = rule.id if rule.was == rule.id else f"{rule.was} → {rule.id}"
        yield from (
            ("测算规则", f"{number} {rule.title}", name, before, after) for name, before, after in rule.differing
        )
    for gone in found.rules_gone:
        yield "测算规则", f"{gone.id} {gone.title}", "整条", _paid(gone), NOTHING
    for new in found.rules_new:
        yield "测算规则", f"{new.id} {new.title}", "整条", NOTHING, _paid(new)


def _paid(rule: RuleWords) -> str:
    return "；".join((*rule.amounts, rule.paid))


def _rest(left: Pack, right: Pack) -> Iterator[Line]:
    """What is neither a fact nor a rule: headings, questions with their answers, papers it rests on, what is asked."""
    kinds: tuple[tuple[str, Callable[[Pack], Mapping[str, str]]], ...] = (
        ("条款", _headings),
        ("口径", lambda pack: {each["id"]: _question(each) for each in pack.ambiguities}),
        ("相关文件", lambda pack: {each["title"]: each["title"] for each in pack.data["rests_on"]}),
        ("事项词表", lambda pack: {each["id"]: "、".join(each["words"]) for each in pack.vocabulary["events"]}),
        ("要问的信息", lambda pack: {each["id"]: each["question"] or each["id"] for each in pack.vocabulary["facts"]}),
    )
    for label, told in kinds:
        was, now = told(left), told(right)
        for name in dict.fromkeys((*was, *now)):
            if was.get(name) != now.get(name):
                where = clause_name(name) if label == "条款" else name
                yield label, where, "整条", was.get(name, NOTHING), now.get(name, NOTHING)


def _headings(pack: Pack) -> Mapping[str, str]:
    found: dict[str, list[str]] = {}
    for article in pack.data["articles"]:
        found.setdefault(article["id"], []).append(article["heading"] or "（没有标题）")
    return {number: "；".join(headings) for number, headings in found.items()}


def _question(entry: Mapping[str, Any]) -> str:
    """A question and what was answered to it."""
    answer = entry["answer"]
    if not answer:
        return f"{entry['question']}（口径待定）"
    label = next(each["label"] for each in entry["options"] if each["id"] == answer["option"])
    return f"{entry['question']}（官方答复：{label}，{answer['paper']}）"
