"""The work manual (工作手册), the officer's twin of the claim guide: who does what by when, what is checked and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from luodi.service.duties.breakdown import Line as Task
from luodi.service.papers.content import (
    Block,
    Body,
    Cell,
    Heading,
    Line,
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
from luodi.service.papers.guide import NAME as GUIDE
from luodi.service.papers.guide import counted
from luodi.service.papers.items import (
    PAPER_NOTES,
    PAPER_WORDS,
    Item,
    Row,
    Source,
    dated_line,
    each_rule,
    event_kinds,
    in_force_sentence,
    items,
    leads,
    no_items,
    standards,
    warning_of,
)
from luodi.service.policies.queries import basis_papers, register
from luodi.service.policies.rule_words import condition_words
from luodi.service.policies.silence import absent

NAME = "工作手册"
_HOW = {"compute": "系统核对", "ask": "询问单位", "attest": "归口管理部门确认"}
_SOURCES = {
    "public_list": "公布名单", "document": "单位提交的书面材料", "attested": "归口管理部门的确认", "offline": "窗口查验",
    "self_reported": "单位填报",
}  # fmt: skip


def manual(source: Source, tasks: Sequence[Task]) -> Paper:
    """The manual; ``tasks`` are the lines of the task breakdown table as the reader may see them."""
    listed = items(source.pack)
    blocks: list[Block] = [*_standing(source), *_duties(source, tasks), Heading(1, "三、事项办理要点")]
    missing: list[Open] = []
    for number, item in enumerate(listed, 1):
        blocks.append(Heading(2, f"（{counted(number)}）{item.name}", item.article))
        table = _item(source, item)
        blocks.append(table)
        elements = [(name[0][0].text, lines) for name, lines in table.rows]
        missing += open_at(f"{item.name}（{clause_name(item.article)}）", elements)
    if not listed:
        blocks.append(Body(no_items(source.pack)))
    blocks += [*_readings(source), *_limits(listed)]
    return Paper(NAME, source.pack.title, dated_line(source), warning_of(source), tuple(blocks), tuple(missing))


def _standing(source: Source) -> Iterator[Block]:
    yield Heading(1, "一、依据与效力")
    number = source.pack.data["document_number"]
    yield Body(say(f"《{source.pack.title}》{f'（{number}）' if number else ''}，{source.validity.label}。"))
    validity = source.pack.facts["validity"] or {}
    yield Body(say(in_force_sentence(source), validity.get("article", "")))
    for paper in basis_papers(source.pack):
        number = f"（{paper['number']}）" if paper["number"] else ""
        taken = paper["taken"] or ""
        word, rest = (taken, "") if taken.startswith(paper["word"]) else (paper["word"], f"：{taken}" if taken else "")
        yield Body(say(f"{word}：《{paper['title']}》{number}{rest}"))


def _duties(source: Source, tasks: Sequence[Task]) -> Iterator[Block]:
    yield Heading(1, "二、职责分工")
    if not tasks and not source.pack.facts["duties"]:
        yield Body(say(f"责任单位：{absent(source.pack, 'duties')}。"))
        return
    if not tasks:
        yield Body(say("责任看板尚未列入本政策的任务；列入后在此列出牵头、配合单位和时限。"))
        return
    rows = tuple(
        (
            cell(str(task.number)),
            (say(task.task, task.article),),
            cell(task.lead),
            cell(task.participants or "—"),
            cell(task.due),
        )
        for task in tasks
    )
    yield Table("职责分工", ("序号", "任务和依据", "牵头单位", "配合单位", "时限"), (13, 44, 28, 47, 24), rows)
    yield Body(
        say("时限取自责任看板已认可的节点；“未设节点”表示没有经认可的节点，原文写明时限的写在括号里。"), small=True
    )


def _item(source: Source, item: Item) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (cell("谁办"), tuple(_who(source, item))),
        (cell("依据和标准"), tuple(each_rule(item, lambda rule: standards(source.pack, rule)))),
        (cell("核什么"), tuple(each_rule(item, lambda rule: _checks(source, rule)))),
        (cell("材料怎么验"), tuple(dict.fromkeys(line for rule in item.rules for line in _papers(source, rule))) or (to_fill(),)),
        (cell("不予兑现的告知用语"), tuple(dict.fromkeys(line for rule in item.rules for line in _refusals(rule)))
         or cell("按未满足的条件逐条告知：条件、读到的值、要求、条款。")),
        (cell("谁可以审批"), (to_fill("本文未规定审批权限"),)),
    ]  # fmt: skip
    return Table(f"{item.name}：办理要点", (), (22, 134), tuple(rows))


def _who(source: Source, item: Item) -> Iterator[Line]:
    article, lead, participants = leads(source.pack, item.article)
    if not lead:
        yield (Piece("牵头："), *to_fill("本条没有写明责任单位"))
        return
    yield (Piece(f"牵头：{'、'.join(map(source.named, lead))}", article),)
    if participants:
        yield say(f"配合：{'、'.join(map(source.named, participants))}")
    yield say(f"方式：{'、'.join(item.modes)}")


def _checks(source: Source, rule: Row) -> Iterator[Line]:
    """What is checked: the event and its date, then each condition with how and from what."""
    for kind in event_kinds(source.pack, rule):
        from_what = _SOURCES[kind["evidence"]]
        yield say(f"□ {kind['words'][0]}：{from_what}；登记等级、日期，日期在窗口期内", rule["article"])
    for need in (rule.get("trigger") or {}).get("requires") or ():
        yield say(f"□ 须问明：{_NEEDS.get(need, need)}")
    facts = {fact["id"]: fact for fact in source.pack.vocabulary["facts"]}
    for condition in rule["conditions"]:
        fact = facts.get((condition.get("test") or {}).get("fact", ""))
        from_what = f"，依据{_SOURCES[fact['evidence']]}" if fact else ""
        implied = "，本文未写明" if condition.get("implied") else ""
        yield say(
            f"□ {condition_words(condition)}：{_HOW[condition['mode']]}{from_what}{implied}",
            condition.get("article") or "",
        )
    if rule.get("elsewhere"):
        yield say(f"□ 同一事项是否已领其他奖励：询问单位；{rule['elsewhere'].get('note') or ''}".rstrip("；"))
    yield say("□ 信用核查：记来源和日期；有命中的，暂缓并由人决定")


_NEEDS = {
    "event.rank": "单位排名",
    "event.grade": "等级",
    "event.date": "日期",
    "event.action": "办理情形",
    "rank": "单位排名",
}


def _papers(source: Source, rule: Row) -> Iterator[Line]:
    for kind in event_kinds(source.pack, rule):
        given = "、".join(kind.get("papers") or [f"{kind['words'][0]}：{PAPER_NOTES[kind['evidence']]}"])
        yield say(f"【{PAPER_WORDS[kind['evidence']]}】{given}")
        if kind.get("note"):
            yield say(kind["note"])
    if rule.get("attest"):
        yield say(f"{rule['attest']['by']}：{rule['attest'].get('note') or '出具确认'}")


def _refusals(rule: Row) -> Iterator[Line]:
    for refusal in rule["refusals"]:
        yield say(f"“{refusal['reason']}”", rule["article"])


def _readings(source: Source) -> Iterator[Block]:
    yield Heading(1, "四、口径")
    questions = register(source.version, source.pack)
    if not questions:
        yield Body(say("本政策没有登记待定的口径。"))
        return
    rows = []
    for q in questions:
        default = next((option["label"] for option in q["options"] if option["default"]), "")
        answered = (
            f"官方答复：{q['label']}（{q['answer']['paper']}）" if q["answer"] else f"待定，未答复时按：{default}"
        )
        titles = [rule["title"] for rule in q["touched"]]
        touched = "、".join(titles[:3]) + (f"等 {len(titles)} 项" if len(titles) > 3 else "") or "不影响金额"
        rows.append((cell(q["id"]), cell(q["question"]), cell(answered), cell(q["asked_of"] or "—"), cell(touched)))
    yield Table("口径登记", ("编号", "问题", "按什么办", "谁答复", "涉及"), (13, 50, 43, 20, 30), tuple(rows))


def _limits(listed: Sequence[Item]) -> Iterator[Block]:
    yield Heading(1, "五、公布和保密")
    limited = [item for item in listed if item.total_only]
    if limited:
        names = "、".join(item.name for item in limited)
        yield Body(say(f"{names}：只公布总数，不列名单，不分区县；证书不上传，不登记证书编号。"))
    yield Body(say(f"本系统为非涉密系统，严禁填报、上传涉密及内部敏感信息。对外口径以《{GUIDE}》为准。"))
