"""The item list (政策事项清单): every award of a policy on one line, with clause, standard, mode and leading unit."""

from __future__ import annotations

from luodi.entitlement.show import MODE_WORDS
from luodi.policy.proposals.limits import is_group_cap
from luodi.service.papers.content import Body, Cell, Open, Paper, Piece, Table, cell, is_open, say, to_fill
from luodi.service.papers.items import (
    Row,
    Source,
    dated_line,
    in_force_sentence,
    items,
    leads,
    no_items,
    readings_of,
    recipients_words,
    standards,
    warning_of,
)
from luodi.service.policies.fact_lines import benefit_figure

NAME = "政策事项清单"
HEADINGS = ("序号", "事项", "依据", "对象", "标准", "方式", "牵头单位", "说明")
_WIDTHS = (13, 32, 26, 24, 56, 18, 28, 33)


def item_list(source: Source) -> Paper:
    """The list; sums of the text that no rule pays yet follow as lines of their own."""
    rows: list[tuple[Cell, ...]] = []
    for item in items(source.pack):
        for rule in item.rules:
            rows.append(_row(source, len(rows) + 1, rule, item.total_only))
    rows += [_unruled(source, len(rows) + number, row) for number, row in enumerate(_without_rule(source), 1)]
    if not rows:
        return Paper(
            NAME, source.pack.title, dated_line(source), warning_of(source), (Body(no_items(source.pack)),), ()
        )
    open_rows = [number for number, row in enumerate(rows, 1) if is_open(row[6])]
    where = f"第 {_in_runs(open_rows)} 行"
    missing = (Open(where, ("牵头单位",), "本条没有写明责任单位", len(open_rows)),) if open_rows else ()
    blocks = (
        Table(f"{source.pack.title} {NAME}", HEADINGS, _WIDTHS, tuple(rows)),
        Body(
            say(f"共 {len(rows)} 项。{in_force_sentence(source)}标准照原文，括号内为条款；最终以资金下达文件为准。"),
            small=True,
        ),
    )
    return Paper(NAME, source.pack.title, dated_line(source), warning_of(source), blocks, missing, landscape=True)


def _in_runs(numbers: list[int]) -> str:
    """``1-3、5``: numbers of rows, each run of them once."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _row(source: Source, number: int, rule: Row, total_only: bool) -> tuple[Cell, ...]:
    notes = [rule["paid_why"], *(["只公布本事项总数"] if total_only else [])]
    for name, wanted in (("口径待定", False), ("官方答复", True)):
        asked = [each for each, _, answered in readings_of(source.pack, rule) if each and answered == wanted]
        notes += [f"{name}：{'、'.join(asked)}"] if asked else []
    kinds = recipients_words(rule)
    return (
        cell(str(number)), cell(say(rule["title"], bold=True)), cell(say("", rule["article"])), cell(kinds),
        tuple(standards(source.pack, rule)), cell(MODE_WORDS[rule["mode"]]), _lead(source, rule["article"]), cell(*notes),
    )  # fmt: skip


def _without_rule(source: Source) -> list[Row]:
    """Benefits of articles that no rule is made from."""
    ruled = {rule["article"] for rule in source.pack.rules}
    benefits = source.pack.facts["benefits"]
    return [row for row in benefits if row["article"] not in ruled and not is_group_cap(row, benefits)]


def _unruled(source: Source, number: int, row: Row) -> tuple[Cell, ...]:
    name = "、".join(row["events"]) or row["recipient"] or "奖补"
    figure = (
        Piece(f"{row['selector']}：" if row["selector"] else ""),
        Piece(benefit_figure(row), row["article"], bold=True),
    )
    return (
        cell(str(number)), cell(say(name, bold=True)), cell(say("", row["article"])), cell(row["recipient"] or "本文未写明"),
        (figure,), cell("尚未设定"), _lead(source, row["article"]), cell("尚未设定测算规则"),
    )  # fmt: skip


def _lead(source: Source, article: str) -> Cell:
    _, lead, _ = leads(source.pack, article)
    return cell("、".join(map(source.named, lead))) if lead else (to_fill(),)
