"""Every construction of LANGUAGE with the rows that it states, and what is no row: see ``constructions/``.

Written the short way: sums in 万元, ``kind[selector] amount|rate|floor–cap ≤cap frequency×years`` for benefits,
``metric op value unit @deadline`` for goals, ``lead ; participants`` for duties. As in FACTS, a selector may be longer or
shorter by twelve characters, and half of a metric's character pairs name it.
"""

import re
import unicodedata
from pathlib import Path

import pytest
import yaml
from test_condition_lists import told

from luodi.document.reading import parse
from luodi.policy import provisions
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange
from luodi.policy.facts import Duty, Fact

FOLDER = Path(__file__).parent / "constructions"
_SELECTOR = re.compile(r"\[(.*?)\]")


def cases(kind: str) -> list:
    """The cases of one file, or of every file in the folder of that name."""
    files = sorted((FOLDER / kind).glob("*.yaml")) or [FOLDER / f"{kind}.yaml"]
    sections = [section for file in files for section in yaml.safe_load(file.read_text("utf-8")).values()]
    return [pytest.param(case, id=case["text"][:40]) for section in sections for case in section]


def found(case: dict, kind: str) -> list[dict]:
    whole = case.get("whole")  # news, without a heading
    text = case["text"] if whole else f"一、{case.get('under', '支持政策')}\n(一)内容。{case['text']}\n"
    rows = exchange(compile_document(parse(text)))[kind]
    assert {row["article"] for row in rows} <= {"0" if whole else "一.(一)"}
    return rows


def benefit(row: dict) -> str:
    def money(yuan: float) -> str:
        return f"{yuan / 10000:g}"

    parts = [row["kind"] + (f"[{row['selector']}]" if row["selector"] else "")]
    parts += [money(row["amount"])] if row["amount"] is not None else []
    parts += [f"{row['rate']:g}"] if row["rate"] is not None else []
    if row["floor"] is not None:
        parts += [f"≥{money(row['floor'])}" if row["cap"] is None else f"{money(row['floor'])}–{money(row['cap'])}"]
    elif row["cap"] is not None:
        parts += [f"≤{money(row['cap'])}"]
    parts += [row["frequency"]] if row["frequency"] else []
    return " ".join(parts) + (f"×{row['years']}" if row["years"] else "")


def goal(row: dict) -> str:
    return f"{row['op']} {row['value']:g}{row['unit'] or ''}" + (f" @{row['deadline']}" if row["deadline"] else "")


def without_selectors(row: str) -> str:
    return _SELECTOR.sub("", row)


def one_holds_the_other(one: str, other: str) -> bool:
    one, other = (unicodedata.normalize("NFKC", word) for word in (one, other))
    return not other or bool(one) and (one in other or other in one) and abs(len(one) - len(other)) <= 12


@pytest.mark.parametrize("case", cases("benefits"))
def test_a_benefit(case: dict) -> None:
    rows = [benefit(row) for row in found(case, "benefits")]
    assert sorted(_SELECTOR.sub("", row) for row in rows) == sorted(_SELECTOR.sub("", row) for row in case["rows"])
    words = [[(_SELECTOR.findall(row) or [""])[0] for row in some] for some in (rows, case["rows"])]
    unlike = [pair for pair in zip(*words, strict=True) if not one_holds_the_other(*pair)]
    assert unlike == []


@pytest.mark.parametrize("case", cases("goals"))
def test_a_goal(case: dict) -> None:
    rows = found(case, "goals")
    assert [goal(row) for row in rows] == [row.partition(" ")[2] for row in case["rows"]]
    for row, expected in zip(rows, case["rows"], strict=True):
        name = expected.partition(" ")[0]
        pairs = {name[at : at + 2] for at in range(len(name) - 1)}
        assert 2 * sum(pair in row["metric"] for pair in pairs) >= len(pairs), row["metric"]


@pytest.mark.parametrize("case", cases("duties"))
def test_a_duty(case: dict) -> None:
    rows = [
        " ".join(row["lead"]) + (f" ; {' '.join(row['participants'])}" if row["participants"] else "")
        for row in found(case, "duties")
    ]
    assert rows == case["rows"]


@pytest.mark.parametrize("case", cases("prose_duties"))
def test_a_duty_told_in_prose(case: dict) -> None:
    assert not found(case, "duties")
    compiled = compile_document(parse(f"一、任务\n(一)内容。{case['text']}\n"))
    rows = [one for one in compiled.facts if isinstance(one, Duty)]
    assert [" ; ".join(filter(None, map(" ".join, (row.lead, row.participants)))) for row in rows] == case["rows"]
    assert all(row.told == "prose" and row.article == "一.(一)" for row in rows)


@pytest.mark.parametrize("case", cases("conditions"))
def test_a_condition(case: dict) -> None:
    first = found(case, "benefits")[0]
    assert [told(each) for each in first["conditions"]] == case["rows"]


def provision(one: Fact) -> str | None:
    """A fact beside the counted kinds in short; None for the others."""
    match one:
        case provisions.Definition():
            return f"Definition {one.term} = {one.meaning}"
        case provisions.Abbreviation():
            return f"Abbreviation {one.short} = {one.full}"
        case provisions.Interpretation():
            return " ".join(("Interpretation", *one.units))
        case provisions.Contact():
            return f"Contact {one.kind} {one.value}" + (f" {one.unit}" if one.unit else "")
        case provisions.Deadline():
            when = f"{one.start}..{one.end}" if one.start else f"{one.end}" if one.end else ""
            when += f"every {one.yearly}" if one.yearly else ""
            when += f"{one.length} {one.unit}" if one.length else ""
            return f"Deadline {one.kind} {when}" + (f" after {one.after}" if one.after else "")
        case provisions.DocumentRule():
            return f"DocumentRule {one.name}"
        case provisions.Stacking():
            return " ".join(("Stacking", one.rule, one.scope, *one.keys))
        case provisions.Payment():
            parts = ", ".join(f"{part.name} {part.share}" for part in one.parts)
            return f"Payment {one.kind} {parts}" + (f" ×{one.years}" if one.years else "")
    return None


def provisions_of(told: str) -> list[str]:
    """The facts beside the counted kinds of a sentence, each in short, all in its article."""
    text = f"一、事项\n(一)内容。{told}\n(二)其他。做好服务,对企业给予奖励10万元。\n二、附则\n做好宣传。\n"
    found = [one for one in compile_document(parse(text)).facts if isinstance(one, Fact) and provision(one)]
    assert all(0 <= one.span.start < one.span.end <= len(text) and one.article == "一.(一)" for one in found)
    return sorted(str(provision(one)) for one in found)


@pytest.mark.parametrize("case", cases("provisions"))
def test_a_provision(case: dict) -> None:
    assert provisions_of(case["text"]) == sorted(case["rows"])
