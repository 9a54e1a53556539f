"""The reference of the rule language, made from its examples: ``python tests/spec/rules/reference.py > docs/reference/rules.md``."""

from collections.abc import Iterator
from pathlib import Path

import yaml

HERE = Path(__file__).parent
HEAD = """# 规则的写法

规则写在政策包的 `rules` 里：由文本编译得出，由人核对补充，也可以直接手写（YAML 或 JSON，格式见 `src/luodi/policy/pack.schema.json`）。
本页由 `tests/spec/rules/language.yaml` 生成，每个例子都在单位测算和全量测算上核对过；例子里没有写的部分取缺省值。
`luodi check 政策包` 核对规则并运行包里的案例，`luodi explain` 说明一个单位的结果。
"""
TAIL = """
## 读入时的核对

读入政策包时一次报出全部问题，每个问题写明规则、条款和改法：不认识的事实、事项、等级、办理情形、参数、目录、口径；类型和单位不合的比较；
重叠、空缺、空的档次；不可能触发的等级；空的窗口期；不存在的限额规则；随单位而变的限额读了事项；参数和目录的重叠与空缺；可能溢出的金额。

## 由谁计算

单位测算（`luodi explain`）是标准。DuckDB 的全量测算支持本页的全部写法，只有 `instalments`（付款安排）与金额无关，不在全量结果里。
PostgreSQL、Spark 用同一个查询。列内核（`--engine kernel`）不做每组限额、从别处得的钱、随单位而变的限额和按比例核减，遇到就说明是哪一样，改由 DuckDB 计算，结果相同。
"""


def reference() -> str:
    """The whole page."""
    data = yaml.load((HERE / "language.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return HEAD + "".join(line for section in data["sections"] for line in _section(section)) + TAIL


def _section(section: dict) -> Iterator[str]:
    yield f"\n## {section['title']}\n\n{section['explains']}\n"
    for example in section["examples"]:
        yield f"\n### {example['name']}\n\n{example['explains']}\n\n```yaml\n{_written(example)}```\n\n"
        yield "| 事实与事项 | 结果 |\n| --- | --- |\n"
        for case in example["cases"]:
            yield f"| {_given(case)} | {_found(case)} |\n"


def _written(example: dict) -> str:
    shown = {name: example[name] for name in ("facts", "parameters", "lists") if name in example}
    return yaml.dump({**({"vocabulary": shown} if shown else {}), **example["rule"]}, Dumper=_Plain, **_STYLE)


class _Plain(yaml.SafeDumper):
    """Texts as they stand in the examples, without quotes that they do not need."""


_Plain.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None))
_Plain.yaml_implicit_resolvers = {}
_STYLE = {"allow_unicode": True, "sort_keys": False, "width": 110, "default_flow_style": None}


def _given(case: dict) -> str:
    parts = [f"{name} {value}" for name, value in case.get("facts", {}).items()]
    if "paid" in case:
        paid = [f"{each.get('policy', '本政策')} {each['rule']} {each['amount_fen']}分" for each in case["paid"]]
        parts.append(f"已兑付 {'、'.join(paid) or '无'}")
    for event in case.get("events", []):
        parts.append(" ".join(value for name, value in event.items() if value != "null"))
    day = [f"测算日 {case['as_of']}"] if "as_of" in case else []
    return "；".join(parts + day) or "（都未提供）"


def _found(case: dict) -> str:
    words = {
        "reason": "",
        "asks": "问：",
        "nearest": "还差什么：",
        "next": "上一档：",
        "reading": "口径 ",
        "caution": "请核实：",
        "payers": "承担：",
        "applies": "申报时间：",
    }
    more = [f"{word}{case[name]}" for name, word in words.items() if name in case and case[name] != "null"]
    return "；".join([case["gives"], *more, *case.get("payments", [])])


if __name__ == "__main__":
    print(reference(), end="")
