"""Two policies, or two versions of one, side by side: what can be compared, what cannot and why, and every difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luodi.policy.comparison import Pair, pairs
from luodi.policy.pack import Pack
from luodi.service.papers.bars import Bar, narrow_bars, paired_bars
from luodi.service.papers.content import (
    Block,
    Body,
    Cell,
    Drawing,
    Heading,
    Paper,
    Piece,
    Table,
    cell,
    clause_name,
    say,
)
from luodi.service.papers.version_changes import differences
from luodi.service.policies.fact_lines import benefit_figure, goal_figure, wan
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.silence import term as in_force

NAME = "政策比较"
_EACH = {"annual": "每年", "monthly": "每月"}


@dataclass(frozen=True)
class Side:
    """One side: its version, its pack, how it is called, and whether its clauses may be linked."""

    version: PolicyVersion
    pack: Pack
    name: str

    @property
    def linked(self) -> str:
        """The policy whose clause pages show this side; empty where another version is in force."""
        return str(self.version.policy.slug) if self.version.status == "published" else ""

    def piece(self, text: str, article: str, *, bold: bool = False) -> Piece:
        """A figure with its clause."""
        if self.linked:
            return Piece(text, article, bold=bold, policy=self.linked)
        return Piece(f"{text}（{clause_name(article)}）", bold=bold)


@dataclass(frozen=True)
class Comparison:
    """The paper of two sides, and its figures for a spreadsheet: subject, unit, left, right."""

    paper: Paper
    figures: tuple[tuple[str, str, float, float], ...]


def comparison(left: Side, right: Side, ignoring: Sequence[str], day: str) -> Comparison:
    """All that is to be said of two sides; reasons of the codes in ``ignoring`` are overlooked, which the paper says."""
    found = pairs(left.pack, right.pack)
    comparable = [pair for pair in found if pair.comparable(ignoring)]
    blocks: list[Block] = [Heading(1, "一、基本情况"), _heads(left, right), *_compared(left, right, comparable)]
    blocks += [Heading(1, "三、不可比的"), _incomparable(left, right, found, ignoring)]
    blocks += _only_apart_in_time(found, ignoring)
    blocks += [Heading(1, "四、只有一方有的"), *_alone(left, right, found)]
    if left.version.policy_id == right.version.policy_id:
        blocks += [Heading(1, "五、逐项差异"), *differences(left.version, right.version)]
    else:
        blocks += [Heading(1, "五、产业领域"), _sectors(left, right)]
    notes = "同一事项、同一计算方式和基数、同一对象、同一施行年份的才比较；不折算、不估计。"
    if "period" in ignoring:
        notes += "本次比较不计施行年份和期限不同。"
    blocks.append(Body(say(notes), small=True))
    title = (
        left.pack.title
        if left.version.policy_id == right.version.policy_id
        else f"{left.pack.title}\n{right.pack.title}"
    )
    paper = Paper(
        NAME, title, f"（甲：{left.name}；乙：{right.name}；业务日期 {day}）", "", tuple(blocks), (), landscape=True
    )
    return Comparison(paper, tuple(_numbers(comparable)))


def _heads(left: Side, right: Side) -> Table:
    def row(label: str, of: Any) -> tuple[Cell, ...]:
        return cell(label), cell(str(of(left))), cell(str(of(right)))

    def period(side: Side) -> str:
        return " 至 ".join(in_force(side.pack))

    facts = (("奖补标准", "benefits"), ("量化目标", "goals"), ("任务", "duties"), ("产业领域", "sectors"))
    rows = (
        row("文件", lambda side: side.pack.title), row("版本", lambda side: side.name),
        row("发文机关", lambda side: side.pack.data["issuer"] or "不见于文本"),
        row("发文字号", lambda side: side.pack.data["document_number"] or "不见于文本"), row("施行期间", period),
        *(row(f"{label}（条）", lambda side, kind=kind: len(side.pack.facts[kind])) for label, kind in facts),
    )  # fmt: skip
    return Table("两份文件的基本情况", ("项目", "甲", "乙"), (30, 97, 98), rows)


def _compared(left: Side, right: Side, comparable: Sequence[Pair]) -> Iterator[Block]:
    yield Heading(1, "二、可比的")
    if not comparable:
        yield Body(say("没有可以直接比较的标准或目标。各项原因列在下面。"))
        return
    for unit, rows in _by_unit(comparable).items():
        bars = [Bar(pair.subject, number(pair.left), number(pair.right), _figure(pair, "left"), _figure(pair, "right"))
                for pair in rows]  # fmt: skip
        words = f"{len(bars)} 组可比的{unit}，甲、乙各一条；数字见下表"
        sides = f"甲：{left.name}", f"乙：{right.name}"
        yield Drawing(paired_bars(bars, *sides), f"可比的{unit}", words, narrow_bars(bars, *sides))
    rows = tuple(
        (
            cell(say(pair.subject, bold=True)),
            cell(_said(left, pair, "left")),
            cell(_said(right, pair, "right")),
            cell(_change(pair)),
        )
        for pair in comparable
    )
    yield Table("可比的标准和目标", ("事项", "甲", "乙", "乙比甲"), (70, 60, 60, 35), rows)


def _by_unit(comparable: Sequence[Pair]) -> dict[str, list[Pair]]:
    """Benefits with a sum, sums for each of something, and rates: each measure a drawing of its own; goals stay a table."""
    groups: dict[str, list[Pair]] = {}
    for pair in comparable:
        if pair.kind == "benefit" and number(pair.left) is not None and number(pair.right) is not None:
            groups.setdefault(_measure(pair.left or {}), []).append(pair)
    return groups


def _measure(row: Mapping[str, Any]) -> str:
    """What a bar of a row counts: a share, or a sum with how often and for each of what it is paid."""
    each = _EACH.get(row["frequency"], "") + (f"每{row['per']}" if row["per"] else "")
    return "比例" if row["rate"] else f"金额（{each}）" if each else "金额"


def number(row: Mapping[str, Any] | None) -> float | None:
    """What a row's bar is as long as: fen of the sum or cap, per cent of the rate, the goal's value."""
    if row is None:
        return None
    if "value" in row:
        return float(row["value"])
    if row["rate"]:
        return 100 * row["rate"][0] / row["rate"][1]
    sum_ = row["amount"] if row["amount"] is not None else row["cap"]
    return None if sum_ is None else float(sum_)


def _figure(pair: Pair, side: str) -> str:
    row = getattr(pair, side)
    return benefit_figure(row) if pair.kind == "benefit" else goal_figure(row)


def _said(side: Side, pair: Pair, which: str) -> tuple[Piece, ...]:
    return (side.piece(_figure(pair, which), getattr(pair, which)["article"]),)


def _change(pair: Pair) -> str:
    a, b = number(pair.left), number(pair.right)
    if a is None or b is None:
        return "—"
    if a == b:
        return "相同"
    sign = "多" if b > a else "少"
    if pair.kind == "benefit" and not (pair.left and pair.left["rate"]):
        return f"{sign} {wan(round(abs(b - a)))}"
    unit = " 个百分点" if pair.kind == "benefit" else f" {(pair.left or {}).get('unit') or ''}".rstrip()
    return f"{sign} {abs(b - a):g}{unit}"


def _incomparable(left: Side, right: Side, found: Iterable[Pair], ignoring: Sequence[str]) -> Block:
    rows = tuple(
        (cell(say(pair.subject, bold=True)), cell(_said(left, pair, "left")), cell(_said(right, pair, "right")),
         cell(f"不可比，因为{'；'.join(r.text for r in pair.reasons if r.code not in ignoring)}。"))
        for pair in found if pair.both and not pair.comparable(ignoring)
    )  # fmt: skip
    if not rows:
        return Body(say("没有。"))
    return Table("不可比的标准和目标", ("事项", "甲", "乙", "原因"), (55, 50, 50, 70), rows)


def _only_apart_in_time(found: Iterable[Pair], ignoring: Sequence[str]) -> Iterator[Block]:
    """How many could be compared if years were overlooked, which the page offers."""
    number = sum(pair.comparable([*ignoring, "period"]) and not pair.comparable(ignoring) for pair in found)
    if number:
        yield Body(
            say(f"其中 {number} 项只是施行年份或期限不同；勾选“不计施行年份和期限不同”，就可以并列。"), small=True
        )


def _alone(left: Side, right: Side, found: Sequence[Pair]) -> Iterator[Block]:
    for side, which, name in ((left, "left", "甲"), (right, "right", "乙")):
        rows = [pair for pair in found if not pair.both and getattr(pair, which) is not None]
        if rows:
            lines = tuple((cell(say(pair.subject, bold=True)), cell(_said(side, pair, which))) for pair in rows)
            yield Table(f"只有{name}有的（{len(rows)}）", ("事项", "标准、目标"), (125, 100), lines)
        else:
            yield Body(say(f"只有{name}有的：没有。"))


def _sectors(left: Side, right: Side) -> Table:
    names = [{sector["name"]: sector for sector in side.pack.facts["sectors"]} for side in (left, right)]
    rows = []
    for name in dict.fromkeys([*names[0], *names[1]]):
        cells = [
            cell((side.piece(f"{len(known[name]['technologies'])} 项技术、产品", known[name]["article"]),))
            if name in known
            else cell("—")
            for side, known in zip((left, right), names, strict=True)
        ]
        rows.append((cell(say(name, bold=True)), *cells))
    return Table("产业领域", ("领域", "甲", "乙"), (85, 70, 70), tuple(rows) or ((cell("—"), cell("—"), cell("—")),))


def _numbers(comparable: Iterable[Pair]) -> Iterator[tuple[str, str, float, float]]:
    for pair in comparable:
        a, b = number(pair.left), number(pair.right)
        if a is not None and b is not None and pair.left is not None:
            money = pair.kind == "benefit" and not pair.left["rate"]
            unit = "元" if money else "%" if pair.kind == "benefit" else str(pair.left["unit"] or "")
            yield pair.subject, unit, a / 100 if money else a, b / 100 if money else b
