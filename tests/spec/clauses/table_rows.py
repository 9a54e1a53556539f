"""What is read of a table inside a small paper: its facts, goals and awards, a row each."""

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

HEAD = "云泽市高质量发展行动方案\n云政办发〔2024〕9号\n一、任务\n"


def found(*lines: str) -> dict:
    return exchange(compile_document(parse(HEAD + "\n".join(line.replace("|", "\t") for line in lines) + "\n完。\n")))


def goals(*lines: str) -> list[tuple]:
    return [(row["metric"], row["op"], row["value"], row["unit"], row["deadline"]) for row in found(*lines)["goals"]]


def benefits(*lines: str) -> list[tuple]:
    rows = found(*lines)["benefits"]
    return [(row["kind"], row["selector"], row["amount"] or row["rate"] or row["floor"], row["cap"]) for row in rows]


def asked(*lines: str) -> list[list[str]]:
    rows = found(*lines)["benefits"]
    return [
        [f"{c['fact']}{c['op']}{c['value']}" if c["fact"] else c["text"] for c in row["conditions"]] for row in rows
    ]
