"""Items that are published as one figure, in a simulation: the released figure as a whole, by a percentage.

What is shown is worked out from the released figure (:class:`ItemRelease`) and the percentage alone, both known to its
reader, so no sequence of percentages tells more than the figure does. Nothing finer can be changed: a changed grade,
limit or window would be counted over the single holders (``docs/decisions/0014-one-percentage-on-a-released-figure.md``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from luodi.errors import UsageError
from luodi.policy.pack import Pack
from luodi.service.awards.freezing import restricted_items
from luodi.service.awards.models import ItemRelease
from luodi.service.policies.models import PolicyVersion

MOST = 100
"""Largest percentage up or down."""
_WRITTEN = re.compile(r"([+-]?)(\d{1,3})[%％]?")


@dataclass(frozen=True)
class Whole:
    """An item published as one figure: the name of its field in the form, its awards, and its released figure."""

    item: str
    title: str
    article: str
    figure: ItemRelease | None

    @property
    def name(self) -> str:
        """The name of the field."""
        return f"{self.item}.percent"


def wholes(version: PolicyVersion, pack: Pack) -> list[Whole]:
    """The items of a policy that are published as one figure, each with the last one released."""
    found = []
    for item in sorted(restricted_items(pack)):
        rules = [rule for rule in pack.rules if rule["item"] == item]
        last = ItemRelease.objects.filter(run__policy_version__policy=version.policy, item=item).select_related("run")
        found.append(Whole(item, "、".join(rule["title"] for rule in rules), rules[0]["article"], last.first()))
    return found


def split(texts: Iterable[str], pack: Pack) -> tuple[list[str], dict[str, int]]:
    """Changes of rules apart from percentages of items (``ITEM.percent=+10%``).

    Raises:
        UsageError: no whole percentage in the range.
    """
    names = {f"{item}.percent": item for item in restricted_items(pack)}
    rest, percents = [], {}
    for text in texts:
        name, _, value = text.partition("=")
        if name.strip() in names:
            percents[names[name.strip()]] = _percent(value.strip())
        else:
            rest.append(text)
    return rest, percents


def _percent(written: str) -> int:
    found = _WRITTEN.fullmatch(written)
    if found is None or int(found[2]) > MOST:
        raise UsageError(
            f"只公布总数的事项只能整体增减 -{MOST}% 至 +{MOST}% 的整数百分比，读到的是“{written}”。请改正。"
        )
    return int(f"{found[1]}{found[2]}")


def adjusted(version: PolicyVersion, pack: Pack, percents: Mapping[str, int]) -> list[dict[str, Any]]:
    """The released figures before and after, as plain JSON; fractions of a fen fall away.

    Raises:
        UsageError: nothing was released of an item.
    """
    lines = []
    for whole in wholes(version, pack):
        percent, figure = percents.get(whole.item, 0), whole.figure
        if not percent:
            continue
        if figure is None:
            raise UsageError(f"{whole.title}还没有可以公布的总数，不能模拟。请去掉这一处改动。")
        before = {"sure_fen": figure.sure_fen, "upto_fen": figure.upto_fen}
        lines.append({
            "item": whole.item, "name": whole.title, "article": whole.article, "percent": percent,
            "recipients": figure.recipients, "as_of": figure.run.business_date.isoformat(), "before": before,
            "after": {name: fen * (100 + percent) // 100 for name, fen in before.items()},
        })  # fmt: skip
    return lines


def described(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Such changes in words, as those of rules are told."""
    return [
        {"text": f"{line['item']}.percent={line['percent']:+}%", "rule": line["item"], "title": line["name"],
         "label": "已公布的总数", "before": "不变", "after": f"{line['percent']:+}%", "article": line["article"]}
        for line in lines
    ]  # fmt: skip


def shown(lines: Iterable[Mapping[str, Any]], side: str) -> list[dict[str, Any]]:
    """The lines of one reading (``sure`` or ``upto``) for a page."""
    return [
        {**line, "before": line["before"][f"{side}_fen"], "after": line["after"][f"{side}_fen"],
         "more": line["after"][f"{side}_fen"] - line["before"][f"{side}_fen"]}
        for line in lines
    ]  # fmt: skip
