"""A determination as people read it in a terminal, in Chinese, in the four groups and 另行研究."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from luodi.entitlement.result import (
    GROUP_WORDS,
    VERDICT_WORDS,
    ConditionVerdict,
    Determination,
    EventResult,
    RuleResult,
)

if TYPE_CHECKING:
    from rich.console import Console

DISCLAIMER = "测算结果仅供参考，不作为兑现依据；最终以资金下达文件为准。"
MODE_WORDS = {"no_application": "免申即享", "quick": "快申快享", "documents": "网上申报", "counter": "线下受理"}
_STYLES = {"sure": "green", "possible": "yellow", "not": "dim", "authority": "cyan", "case": "blue"}


def yuan(fen: int) -> str:
    """Fen as people read money: 万元 where it is whole, else 元."""
    if fen and fen % 1_000_000 == 0:
        return f"{fen // 1_000_000:,}万元"
    whole, rest = divmod(fen, 100)
    return f"{whole:,}.{rest:02d}元" if rest else f"{whole:,}元"


def both_sums(sure: int, upto: int) -> str:
    """The two sums in one phrase."""
    if sure == upto:
        return yuan(sure)
    return f"可确定 {yuan(sure)}，最高可能 {yuan(upto)}"


def show(determination: Determination, console: Console) -> None:
    """Print a determination."""
    console.print(
        f"[bold]{determination.unit_id}[/bold]　政策包 {determination.pack_id} 第 {determination.pack_version} 版"
    )
    console.print(f"业务日期 {determination.as_of}　{both_sums(determination.sure_fen, determination.upto_fen)}")
    if determination.lapsed:
        console.print("[red]政策已失效：按当时口径测算，不能据此申领。[/red]")
    if determination.pending:
        console.print("[yellow]政策尚未施行。[/yellow]")
    for name in determination.unread:
        console.print(f"[yellow]政策包不认识：{name}[/yellow]")
    for group, words in GROUP_WORDS.items():
        results = determination.by_group(group)
        if results:
            console.print(f"\n[bold {_STYLES[group]}]{words}[/bold {_STYLES[group]}]")
            for result in results:
                for line in _lines(result):
                    console.print(line, highlight=False, markup=False)
    console.print(f"\n{DISCLAIMER}")


def _lines(result: RuleResult) -> Iterator[str]:
    sums = "" if result.group in ("case", "not") else "　" + both_sums(result.sure_fen, result.upto_fen)
    yield f"  {result.title}（{result.article}，{MODE_WORDS[result.mode]}）{sums}"
    if result.reason and not result.events:
        yield f"    {result.reason}"
    for event in result.events:
        yield f"    · {_event(event)}"
        yield from (f"        {_condition(each)}" for each in event.conditions if each.verdict != "yes")
    shown = result.conditions if result.touched and not result.events else ()
    yield from (f"    {_condition(each)}" for each in shown)
    for note in result.readings:
        sums = f"从严 {yuan(note.strict_fen)}，从宽 {yuan(note.generous_fen)}"
        yield f"    口径待定 {note.ambiguity or ''}：{note.note}（{sums}）"
    for missing in result.missing:
        gain = f"（可增 {yuan(missing.gain_fen)}）" if missing.gain_fen else ""
        yield f"    还差：{missing.question}{gain}"
    if result.nearest:
        yield f"    还差什么：{result.nearest.words}，可增 {yuan(result.nearest.gain_fen)}"
    if result.next_tier:
        yield f"    上一档：{result.next_tier.label}，多 {yuan(result.next_tier.gain_fen)}"
    for payment in result.payments:
        when = payment.when or (f"{payment.due} 兑付" if payment.due else "兑付日期待定")
        yield f"    分期：{payment.share[0]}/{payment.share[1]}　{yuan(payment.fen)}　{when}"
    if result.payers:
        shares = "、".join(f"{each.name} {each.share[0]}/{each.share[1]}　{yuan(each.fen)}" for each in result.payers)
        yield f"    承担：{shares}"
    if result.application:
        yield f"    申报时间：{result.application}"
    if result.paid_fen:
        yield f"    已兑付 {yuan(result.paid_fen)}"
    yield from (f"    请核实：{caution.message}" for caution in result.cautions)


def _event(event: EventResult) -> str:
    parts = [event.kind_words, event.grade or "等级未知", str(event.date or "日期未知")]
    sums = "" if event.verdict == "no" else "　" + both_sums(event.sure_fen, event.upto_fen)
    place = f" [{event.span[0]}, {event.span[1]})" if event.span and event.verdict != "no" else ""
    return f"{'　'.join(parts)}　{VERDICT_WORDS[event.verdict]}{sums}{place}：{event.reason}"


def _condition(condition: ConditionVerdict) -> str:
    value = _value(condition.value)
    place = (
        f" [{condition.span[0]}, {condition.span[1]})"
        if condition.span
        else "（不见于文本）"
        if condition.implied
        else ""
    )
    words = f"{VERDICT_WORDS[condition.verdict]} {condition.text}：读到 {value}{condition.unit or ''}"
    return f"{words}（{condition.article}）{place}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "、".join(f"{name} {_value(each)}" for name, each in value.items())
    return "未知" if value is None else str(value)
