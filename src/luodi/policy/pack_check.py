"""Is this data a pack? The schema first, then the references inside, each refusal with its place and meaning."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.errors import ContentError
from luodi.policy.conformity import Check, checked

if TYPE_CHECKING:
    from jsonschema import ValidationError

SCHEMA_VERSION = 3
SHOWN = 8
_KINDS = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "array": "列表",
    "object": "对象",
    "boolean": "是/否",
    "null": "空",
}
_NAMES = {
    "rules": "规则",
    "ambiguities": "口径",
    "articles": "条款",
    "events": "事项词",
    "facts": "事实词",
    "benefits": "奖补",
    "goals": "目标",
    "duties": "分工",
    "sectors": "产业领域",
    "recipients": "主送",
    "references": "引用文件",
    "conditions": "条件",
    "readings": "口径适用",
    "refusals": "不符合情形",
    "definitions": "用语",
    "abbreviations": "简称",
    "interpretations": "解释机关",
    "contacts": "联系方式",
    "deadlines": "时限",
    "document_rules": "通用规则",
    "stackings": "叠加规则",
    "payments": "支付安排",
    "links": "文件关联",
    "papers": "所附文件",
    "paper_validities": "所附文件有效期",
}
Place = Sequence[str | int]
_NESTED = (dict, list)


def check_pack(data: Any, name: str) -> None:
    """Refuse what is no pack.

    Raises:
        ContentError: no object, a newer schema, a broken form or a reference to nothing.
    """
    if not isinstance(data, Mapping):
        raise ContentError(
            f"{name} 不是政策包：最外层应为对象，读到的是{_kind(data)}。请用 luodi compile --format pack 生成。"
        )
    _check_version(data.get("schema_version"), name)
    problems = [] if _conforms()(data) else [_worded(data, error) for error in _faults(data)]
    if not problems:
        problems = [
            f"{pointer(place)}（{meaning(data, place)}）：{reason}" for place, reason in broken_references(data)
        ]
    if problems:
        more = f"\n……共 {len(problems)} 处" if len(problems) > SHOWN else ""
        raise ContentError(f"政策包 {name} 有误：\n" + "\n".join(problems[:SHOWN]) + more + "\n请改正后再读。")


def _check_version(found: Any, name: str) -> None:
    if isinstance(found, int) and found > SCHEMA_VERSION:
        raise ContentError(
            f"{name}：此包为第{found}版格式，本程序只认识到第{SCHEMA_VERSION}版。请升级 Luodi 后再读，或请提供方导出第{SCHEMA_VERSION}版。"
        )


@cache
def _schema() -> Mapping[str, Any]:
    return json.loads(Path(__file__).with_name("pack.schema.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def _conforms() -> Check:
    return checked(_schema(), _schema())


def _faults(data: Any) -> Sequence[ValidationError]:
    """What the schema has to say, in the order of places."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - heavy; only a pack that may be broken needs it

    return sorted(Draft202012Validator(_schema()).iter_errors(data), key=lambda error: list(map(str, error.path)))


def pointer(place: Place) -> str:
    """The JSON pointer of a place, such as ``/rules/3/window``."""
    return "/" + "/".join(str(step).replace("~", "~0").replace("/", "~1") for step in place)


def meaning(data: Any, place: Place) -> str:
    """What a place is to a person: kinds in Chinese, list items by their id, name or article."""
    words: list[str] = []
    here = data
    for step in place:
        here = here[step] if _has(here, step) else None
        if isinstance(step, int):
            known = here.get("id") or here.get("name") or here.get("article") if isinstance(here, Mapping) else None
            words.append(f"“{known}”" if known else f"第 {step + 1} 项")
        else:
            words.append(_NAMES.get(step, step))
    return " › ".join(words) or "整个政策包"


def _has(here: Any, step: str | int) -> bool:
    if isinstance(here, Mapping):
        return step in here
    return isinstance(here, list) and isinstance(step, int) and step < len(here)


def _worded(data: Any, error: ValidationError) -> str:
    found = _deepest(error)
    place = list(found.absolute_path)
    return f"{pointer(place)}（{meaning(data, place)}）：{_reason(found)}"


def _deepest(error: ValidationError) -> ValidationError:
    """Of alternatives, the one whose refusal lies deepest: the form the writer meant."""
    inner = [e for e in error.context or () if not (e.validator == "type" and e.validator_value == "null")]
    if not inner:
        return error
    return _deepest(max(inner, key=lambda e: (len(e.absolute_path), e.validator != "additionalProperties")))


def _kind(value: Any) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return _KINDS[kinds.get(type(value), "null")]


def _reason(error: ValidationError) -> str:
    value: Any = error.instance
    expected: Any = error.validator_value
    schema: Any = error.schema
    match error.validator:
        case "required":
            missing = [name for name in expected if name not in value]
            return f"缺少{'、'.join(missing)}"
        case "type":
            kinds = [expected] if isinstance(expected, str) else expected
            return f"应为{'或'.join(_KINDS[k] for k in kinds)}，读到的是{_kind(value)} {_short(value)}"
        case "enum":
            return f"应为{'、'.join(map(str, expected))}之一，读到的是 {_short(value)}"
        case "const":
            return f"应为 {expected}，读到的是 {_short(value)}"
        case "additionalProperties":
            extra = sorted(map(str, set(value) - set(schema.get("properties", {}))))
            return f"不认识的字段 {'、'.join(map(str, extra))}"
        case "pattern":
            return f"格式不对：{_short(value)}"
        case "minimum":
            return f"应不小于 {expected}，读到的是 {_short(value)}"
        case "minItems" | "minLength" | "minProperties":
            return "不能为空"
        case "maxItems":
            return f"应有 {expected} 项，读到 {len(value)} 项"
    return f"不合格式：{_short(value)}"


def _short(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False, default=str)
    return written if len(written) <= 40 else written[:39] + "…"


def broken_references(data: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """What the schema cannot say: ids are unique, names lead somewhere, spans lie in the text, dates are dates."""
    yield from _doubles(data)
    yield from _spans(data, (), data["source"]["length"])
    yield from _rule_references(data)
    ids = {rule["id"] for rule in data["rules"]}
    for index, ambiguity in enumerate(data["ambiguities"]):
        place = ("ambiguities", index)
        yield from (((*place, "rules"), f"规则“{rule}”不存在") for rule in ambiguity["rules"] if rule not in ids)
        if ambiguity["default"] not in {option["id"] for option in ambiguity["options"]}:
            yield (*place, "default"), f"默认口径“{ambiguity['default']}”不在选项之中"


def _doubles(data: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    for place in (("rules",), ("ambiguities",), ("vocabulary", "events"), ("vocabulary", "facts")):
        items = data[place[0]] if len(place) == 1 else data[place[0]][place[1]]
        seen: set[str] = set()
        for index, item in enumerate(items):
            if item["id"] in seen:
                yield (*place, index, "id"), f"编号“{item['id']}”重复"
            seen.add(item["id"])


def _spans(here: Any, place: tuple[str | int, ...], length: int) -> Iterator[tuple[Place, str]]:
    """Every ``span`` and ``sentence`` lies in the source; every date field is a day of the calendar."""
    if isinstance(here, list):
        for index, item in enumerate(here):
            yield from _spans(item, (*place, index), length)
    elif isinstance(here, Mapping):
        for key, value in here.items():
            at = (*place, key)
            if key in ("span", "sentence") and value is not None:
                if not 0 <= value[0] <= value[1] <= length:
                    yield at, f"原文位置 {value} 不在原文 0–{length} 之内"
            elif key in ("from", "to", "on", "issued_on", "effective_from", "effective_to") and isinstance(value, str):
                if not _is_date(value):
                    yield at, f"“{value}”不是日期"
            elif isinstance(value, _NESTED):
                yield from _spans(value, at, length)


def _is_date(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _rule_references(data: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    rules = {rule["id"] for rule in data["rules"]}
    articles = {article["id"] for article in data["articles"]} | {"0"}
    ambiguities = {ambiguity["id"] for ambiguity in data["ambiguities"]}
    facts = {fact["id"] for fact in data["vocabulary"]["facts"]}
    events = {event["id"]: event for event in data["vocabulary"]["events"]}
    for index, rule in enumerate(data["rules"]):
        place = ("rules", index)
        if rule["article"] not in articles:
            yield (*place, "article"), f"条款“{rule['article']}”不存在"
        if (otherwise := rule["recipients"].get("otherwise", "no")) != "no" and otherwise not in ambiguities:
            yield (*place, "recipients", "otherwise"), f"口径“{otherwise}”不存在"
        for at, reading in enumerate(rule["readings"]):
            if reading["ambiguity"] is not None and reading["ambiguity"] not in ambiguities:
                yield (*place, "readings", at, "ambiguity"), f"口径“{reading['ambiguity']}”不存在"
        for at, cap in enumerate(rule.get("caps", ())):
            yield from (((*place, "caps", at, "rules"), f"规则“{r}”不存在") for r in cap["rules"] if r not in rules)
        yield from _trigger_references(rule, place, events)
        yield from ((at, f"事实词“{name}”不存在") for at, name in _fact_names(rule, place) if name not in facts)


def _trigger_references(
    rule: Mapping[str, Any], place: tuple[str | int, ...], events: Mapping[str, Any]
) -> Iterator[tuple[Place, str]]:
    trigger = rule["trigger"]
    if trigger is None:
        return
    known = [events[name] for name in trigger["events"] if name in events]
    yield from (((*place, "trigger", "events"), f"事项词“{e}”不存在") for e in trigger["events"] if e not in events)
    grades = {grade["id"] for event in known for grade in event["grades"]}
    for grade in rule["amount"].get("by_grade", {}):
        if grade not in grades:
            yield (*place, "amount", "by_grade", grade), f"等级“{grade}”不在所触发事项的等级之中"
    actions = {action["id"] for event in known for action in event["actions"]}
    for action in trigger.get("actions") or ():
        if action not in actions:
            yield (*place, "trigger", "actions"), f"办理情形“{action}”不在所触发事项的情形之中"


def _fact_names(here: Any, place: tuple[str | int, ...]) -> Iterator[tuple[Place, str]]:
    """Facts named by tests and amounts of a rule; names with a dot are columns of the event or unit itself."""
    if isinstance(here, list):
        for index, item in enumerate(here):
            yield from _fact_names(item, (*place, index))
    elif isinstance(here, Mapping):
        for key, value in here.items():
            if key in ("fact", "base", "count", "received", "at_most") and isinstance(value, str):
                if "." not in value:
                    yield (*place, key), value
            elif isinstance(value, _NESTED):
                yield from _fact_names(value, (*place, key))
