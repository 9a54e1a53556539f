"""The words of proposed rules: the facts that they read, each registered once with its type, unit and question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
Entry = dict[str, Any]
LONGEST = 20
"""Characters of a phrase that a facts-only pack may carry."""
UNTOLD_BASE = "补助基数"
"""What a share is of where the text does not say it."""


class Words:
    """The facts that proposed rules read, each registered once with its type, unit and question."""

    def __init__(self) -> None:
        self.facts: dict[str, Entry] = {}
        self.wordings: dict[str, list[str]] = {}

    def money(self, name: str) -> str:
        """A sum in yuan."""
        article = name.removesuffix(UNTOLD_BASE)
        told = f"{article}按比例补助，所按的费用、投资额等" if article != name else name
        return self._add(name, "money", "元", f"{told}是多少元？")

    def count(self, name: str, unit: str) -> str:
        """A whole number of things."""
        bare = _bare(name, unit)
        told = f"{bare}是多少（{unit}）？" if bare.endswith("数") or unit == "个月" else f"{bare}有多少{unit}？"
        return self._add(name, "integer", unit, told)

    def ask_of(self, name: str, article: str, title: str) -> None:
        """A fact of one award, whose name begins with its clause, is asked of the award by its title (四补助人数: “引才奖励”的补助人数)."""
        question = self.facts[name]["question"]
        if name.startswith(article) and question.startswith(article):
            rest = question.removeprefix(article)
            self.facts[name]["question"] = f"“{title}”{'' if rest.startswith('按') else '的'}{rest}"

    def ask_persons(self, names: Iterable[str]) -> None:
        """Of awards to persons, how many are paid for is asked so that one person may answer as well as who applies for several."""
        for name in names:
            fact = self.facts[name]
            if fact["unit"] in ("人", "名"):
                fact["question"] += "个人申请的填 1，单位代为申请的填人数。"

    def number(self, name: str, unit: str) -> str:
        """A number in its unit."""
        return self._add(name, "number", unit, f"{_bare(name, unit)}是多少（{'个月' if unit == '月' else unit}）？")

    def date(self, name: str) -> str:
        """A day."""
        return self._add(name, "date", None, f"{name}是哪一天？")

    def boolean(self, text: str, *, refused: bool = False) -> str:
        """One fact for each wording, which is asked whole: what two long wordings begin with alike does not make them one.

        ``refused``: what must not be is asked for as that.
        """
        name = short(text)
        alike = self.wordings.setdefault(name, [])
        if text not in alike:
            alike.append(text)
        at = alike.index(text)
        name = f"{name[: LONGEST - 3]}（{at + 1}）" if at else name
        if refused:
            return self._add(name, "boolean", None, f"有没有这种情形：{text}？", [(True, "有"), (False, "没有")])
        return self._add(name, "boolean", None, f"是否符合“{text}”？", [(True, "是"), (False, "否")])

    def code(self, name: str, options: Sequence[str], *, open_: bool = False) -> str:
        """``open_``: the options are only what the text names (a place, a grade), others occur too."""
        question = f"{name}是下面哪一项？" if open_ else f"{name}是哪一档？"
        added = self._add(name, "code", None, question, [(each, each) for each in options])
        if open_:
            self.facts[added]["open"] = True
        return added

    def _add(
        self, name: str, type_: str, unit: str | None, question: str, options: Sequence[tuple[Any, str]] = ()
    ) -> str:
        if name in self.facts and self.facts[name]["type"] != type_:  # one phrase, read in two ways
            name = f"{name[: LONGEST - 6]}（{unit or '是否'}）"
        entry = self.facts.setdefault(name, {
            "id": name, "words": [name], "type": type_, "unit": unit, "sensitivity": "internal", "evidence": "document",
            "question": question, "options": [{"value": value, "label": label} for value, label in options],
            "register": False,
        })  # fmt: skip
        known = [option["value"] for option in entry["options"]]
        entry["options"] += [{"value": value, "label": label} for value, label in options if value not in known]
        return str(entry["id"])


def compared(condition: Row, words: Words) -> Entry | None:
    """The test of a condition with a number: money in fen, a date, a place or grade, any other number in its unit."""
    if condition.get("alternatives"):
        sides = [
            [compared(part, words) or written(part, words) for part in parts] for parts in condition["alternatives"]
        ]
        return {"any": [side[0] if len(side) == 1 else {"all": side} for side in sides]}
    name, value, unit = condition["fact"], condition["value"], condition["unit"]
    if not name or not condition["op"]:
        return None
    if isinstance(value, bool):
        return {"fact": words.boolean(name, refused=not value), "op": "=", "value": value}
    if unit is None:
        places = [value] if isinstance(value, str) else list(value)
        return {"fact": words.code(short(name), places, open_=True), "op": condition["op"], "value": value}
    if unit == "日":
        return {"fact": words.date(short(name)), "op": condition["op"], "value": value}
    if unit == "fen":
        fact = words.money(short(name)) if isinstance(value, int) else None
    else:
        fact = words.number(short(name), unit)
    return {"fact": fact, "op": condition["op"], "value": value} if fact else None


def written(condition: Row, words: Words, *, refused: bool = False) -> Entry:
    """The question whether a condition that compares nothing holds; ``refused``: it must not."""
    return {"fact": words.boolean(condition["text"], refused=refused), "op": "=", "value": not refused}


def is_computed(condition: Row) -> bool:
    """Whether a condition is compared in all its parts, so that nobody's word is needed."""
    parts = [part for parts in condition.get("alternatives", ()) for part in parts]
    if parts:
        return all(is_computed(part) for part in parts)
    return bool(condition["fact"] and condition["op"] and not isinstance(condition["value"], bool))


def short(text: str, longest: int = LONGEST) -> str:
    """A phrase cut to what a pack may carry."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _bare(name: str, unit: str) -> str:
    """A name without the unit that it has in brackets: the question says the unit."""
    return name.removesuffix(f"（{unit}）")
