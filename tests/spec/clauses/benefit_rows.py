"""Benefits in short, as tests compare them: ``kind[selector] amount|rate|floor–cap frequency×years``, money in 万元."""

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.facts import Benefit


def paid_by(paper: str) -> list[Benefit]:
    """The benefits of a whole paper."""
    return [one for one in compile_document(parse(paper)).facts if isinstance(one, Benefit)]


def row_of(one: Benefit) -> str:
    """One row in short."""

    def money(fen: int | None) -> str:
        return f"{fen / 1000000:g}"

    parts = [one.kind + (f"[{one.selector}]" if one.selector else "")]
    parts += [money(one.amount)] if one.amount is not None else []
    parts += [str(one.rate)] if one.rate is not None else []
    parts += [f"{money(one.floor)}–{money(one.cap)}"] if one.floor is not None else []
    parts += [f"≤{money(one.cap)}"] if one.cap is not None and one.floor is None else []
    parts += [one.frequency] if one.frequency else []
    return " ".join(parts) + (f"×{one.years}" if one.years else "")
