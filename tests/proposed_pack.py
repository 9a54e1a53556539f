"""The pack of a small paper from its articles, and what a unit is owed by it."""

import datetime as dt

from luodi.document.reading import parse
from luodi.entitlement.explain import explain
from luodi.policy.build import build
from luodi.policy.compile import compile_document

HEAD = "云岭市促进创新若干措施\n"
DAY = dt.date(2025, 6, 1)


def pack(*articles: str):
    text = HEAD + "".join(f"第{number}条 {words}\n" for number, words in zip("一二三四五", articles, strict=False))
    return build(compile_document(parse(text)))


def owed(made, facts: dict, events: list[dict]):
    unit = {"id": "u", "kind": "enterprise", "facts": {name: {"value": value} for name, value in facts.items()}}
    return explain(made, unit | {"events": events}, DAY)
