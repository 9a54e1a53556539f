"""A pack's own cases: given facts, expected sums and reasons, in ``cases.yaml`` beside the pack (``luodi check``).

A case: ``name``, ``unit`` (as for ``luodi explain``), optional ``as_of``, optional ``answers`` (ambiguity → option,
as if the issuer had answered), and ``expect``: rule id → ``{group, verdict, sure, upto, reason, reading, asks,
caution}``. Sums are written with their unit (``50万元``); texts must occur in what is said. Rules that are not named
must come out with nothing.
"""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.entitlement.result import Determination, RuleResult
from luodi.entitlement.show import yuan
from luodi.entitlement.vocabulary import FEN_PER_UNIT
from luodi.errors import ContentError
from luodi.policy.pack import Pack, read_yaml

Case = Mapping[str, Any]
_SUM = re.compile(r"^([0-9]+(?:\.[0-9]+)?)(分|元|万元|亿元)$")
_EXPECTS = {"group", "verdict", "sure", "upto", "reason", "reading", "asks", "caution"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case and what came out otherwise than expected; no faults: passed."""

    name: str
    faults: tuple[str, ...]


def check_cases(pack: Pack, path: Path, as_of: dt.date) -> list[Outcome]:
    """Run every case of a file.

    Args:
        pack: the pack that the cases are about.
        path: the cases, YAML.
        as_of: the day of calculation for cases that name none.

    Raises:
        ContentError: the file is not readable, or a case is not well formed (its name and place are given).
    """
    data = read_yaml(path)
    if not isinstance(data, Mapping) or not isinstance(data.get("cases"), list):
        raise ContentError(f"{path} 应有 cases 列表。请参照政策包自带的 cases.yaml。")
    default = _day(data.get("as_of"), path) or as_of
    return [Outcome(_named(case, path), tuple(_faults(case, pack, default, path))) for case in data["cases"]]


def _named(case: Any, path: Path) -> str:
    if not isinstance(case, Mapping) or not case.get("name") or "unit" not in case or "expect" not in case:
        raise ContentError(f"{path}：每个案例应有 name、unit、expect，读到的是“{str(case)[:40]}”。请补全。")
    return str(case["name"])


def _day(value: Any, path: Path) -> dt.date | None:
    try:
        return None if value is None else dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise ContentError(f"{path}：“{value}”不是 YYYY-MM-DD 日期。请改正。") from error


def _faults(case: Case, pack: Pack, as_of: dt.date, path: Path) -> Iterator[str]:
    rules = load_rules(_answered(pack.data, case.get("answers") or {}, path))
    found = explain(rules, {"id": "案例", **case["unit"]}, _day(case.get("as_of"), path) or as_of)
    expected = case["expect"]
    for rule_id in expected:
        if rule_id not in {rule.id for rule in rules.rules}:
            raise ContentError(f"{path} 案例“{case['name']}”：规则“{rule_id}”不在政策包中。请改正编号。")
    for result in found.rules:
        yield from _compared(result, expected.get(result.rule), path, str(case["name"]))
    if (lapsed := case.get("lapsed")) is not None and lapsed != found.lapsed:
        yield f"应{'已' if lapsed else '未'}失效"
    yield from _unread(case.get("unread") or (), found)


def _unread(names: Sequence[str], found: Determination) -> Iterator[str]:
    for name in names:
        if not any(name in each for each in found.unread):
            yield f"应报告不认识“{name}”，实际为 {'、'.join(found.unread) or '无'}"


def _answered(data: Mapping[str, Any], answers: Mapping[str, str], path: Path) -> Mapping[str, Any]:
    if not answers:
        return data
    changed = {**data, "ambiguities": copy.deepcopy(data["ambiguities"])}
    for ambiguity in changed["ambiguities"]:
        if ambiguity["id"] in answers:
            option = answers[ambiguity["id"]]
            if option not in {each["id"] for each in ambiguity["options"]}:
                raise ContentError(f"{path}：口径 {ambiguity['id']} 没有选项“{option}”。请改正。")
            ambiguity["answer"] = {"option": option, "paper": "案例", "from": None, "retroactive": True}
    return changed


def _compared(result: RuleResult, expected: Mapping[str, Any] | None, path: Path, name: str) -> Iterator[str]:
    if expected is None:
        if result.group not in ("not", "case") or result.sure_fen or result.upto_fen:
            yield f"{result.rule}：没有列出，却得到 {result.group} {_sums(result)}"
        return
    if unknown := set(expected) - _EXPECTS:
        raise ContentError(
            f"{path} 案例“{name}”：不认识的期望 {'、'.join(sorted(unknown))}。可用：{'、'.join(sorted(_EXPECTS))}。"
        )
    for field in ("group", "verdict"):
        if field in expected and expected[field] != getattr(result, field):
            yield f"{result.rule}：{field} 应为 {expected[field]}，实际为 {getattr(result, field)}"
    sure = fen_of(expected.get("sure", "0元"), f"{path} 案例“{name}”")
    upto = fen_of(expected.get("upto", expected.get("sure", "0元")), f"{path} 案例“{name}”")
    if (sure, upto) != (result.sure_fen, result.upto_fen):
        yield f"{result.rule}：应为 {yuan(sure)}–{yuan(upto)}，实际为 {_sums(result)}"
    for field, said in _said(result).items():
        if field in expected and not any(str(expected[field]) in each for each in said):
            yield f"{result.rule}：{field} 应含“{expected[field]}”，实际为“{'；'.join(said)}”"


def _said(result: RuleResult) -> dict[str, list[str]]:
    return {
        "reason": [result.reason, *(event.reason for event in result.events)],
        "reading": [note.ambiguity or "" for note in result.readings],
        "asks": [missing.question for missing in result.missing],
        "caution": [caution.code for caution in result.cautions],
    }


def _sums(result: RuleResult) -> str:
    return f"{yuan(result.sure_fen)}–{yuan(result.upto_fen)}"


def fen_of(written: Any, where: str) -> int:
    """A sum with its unit (``50万元``) in fen.

    Raises:
        ContentError: no number with one of the units of money.
    """
    match = _SUM.match(str(written))
    if not match:
        raise ContentError(f"{where}：“{written}”不是带单位的金额（如 50万元）。请改正。")
    whole, _, part = match[1].partition(".")
    fen, rest = divmod(int(whole + part) * FEN_PER_UNIT[match[2]], int("1" + "0" * len(part)))
    if rest:
        raise ContentError(f"{where}：“{written}”不足一分。请改正。")
    return fen
