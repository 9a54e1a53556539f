"""How the API tells the totals of a run: every figure by name, or that it is withheld."""

from __future__ import annotations

from typing import Any

from luodi.service.awards.contents import COLUMN
from luodi.service.awards.queries import Totals
from luodi.service.awards.suppression import TOTAL, Figure
from luodi.service.registry.models import Unit

DISCLAIMER = "测算结果仅供参考，不作为兑现依据；最终以资金下达文件为准。"
_KINDS: dict[Any, str] = {code: str(label) for code, label in Unit.Kind.choices}


def told(found: Totals) -> dict[str, Any]:
    """Totals of a run, as they may be shown."""
    cells, run = found.by_award.cells, found.run
    return {
        "policy": run.policy_version.policy.slug, "version": run.policy_version.number, "as_of": run.business_date,
        "input_digest": run.input_digest, "smallest_shown": found.minimum, "disclaimer": DISCLAIMER,
        "whole": _figure("合计", cells[TOTAL, TOTAL]),
        "awards": [
            {**_figure(title, cells[rule, TOTAL]), "rule": rule, "article": found.articles[rule],
             "districts": [_figure(str(d), cells[rule, d]) for d in found.by_award.columns]}
            for rule, title in found.awards.items()
        ],
        "districts": [_figure(str(d), cells[TOTAL, d]) for d in found.by_award.columns],
        "sectors": [_figure(str(s), found.by_sector.cells[s, COLUMN]) for s in found.by_sector.rows],
        "kinds": [_figure(_KINDS.get(k, str(k)), found.by_kind.cells[k, COLUMN]) for k in found.by_kind.rows],
        "sizes": [_figure(str(s), found.by_size.cells[s, COLUMN]) for s in found.by_size.rows],
        "sizes_left_out": found.size_left_out,
        "items": [_item(item, title, figure) for item, title, figure in found.items],
    }  # fmt: skip


def _figure(name: str, figure: Figure | None) -> dict[str, Any]:
    if figure is None:
        return {"name": name, "withheld": True}
    return {"name": name, "withheld": False, "recipients": figure.recipients, "sure_fen": figure.sure_fen,
            "upto_fen": figure.upto_fen}  # fmt: skip


def _item(item: str, title: str, released: Any) -> dict[str, Any]:
    figure = released and Figure(released.recipients, released.sure_fen, released.upto_fen)
    return {**_figure(title, figure), "item": item, "as_of": released.run.business_date if released else None}
