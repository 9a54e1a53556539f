"""Which payment a sentence on handing out speaks of (购房补贴按4:3:3比例分三年发放) (LANGUAGE 6.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy import award_terms as terms
from luodi.policy.awards.rows.row import Row
from luodi.policy.awards.words.periods import Term
from luodi.policy.passages import Passage

# 购房补贴分5年发放, 奖励资金由财政分两年拨付: a sentence on how the payment told before it is handed out.
_OF_PAYMENT = re.compile(
    rf"(?P<those>上述|以上|该|本条|相关)?(?:(?P<noun>[^,。;:\d]{{0,8}}?(?:{terms.KIND}|安家费|经费))(?:资金|经费|金|款)?|资金)"
    r"(?:原则上|均|由[^,。;\d]{2,10}|按(?:照)?(?:[\d:、%]+的?比例)?)*"
)
# 各类奖补资金: no payment by its own name.
_ANY_PAYMENT = re.compile(rf"(?:各[类项]|全部|所有)*(?:{terms.KIND})?")


def handed_out(passage: Passage, term: Term) -> re.Match[str] | None:
    """``购房补贴按4:3:3比例分三年发放``: the payment that a phrase on its years begins with."""
    phrase = next((p for p in passage.phrases if p.start <= term.start < p.end), None)
    spread = phrase if term.reach == "spread" else None
    return _OF_PAYMENT.fullmatch(passage.text, spread.start, term.start) if spread else None


def paid_by_name(passage: Passage, rows: Sequence[Row], at: re.Match[str]) -> list[Row]:
    """The plain sums of a passage that are handed out under the name told; all of them where it is no name."""
    noun = at["noun"] or ""
    plain = [row for row in rows if row.frequency in (None, "once") and not row.of_group]
    if is_any_payment(at):
        return plain
    named = [row for row in plain if noun in passage.phrase_text(row.sum.phrase)]
    clauses = {row.clause for row in named}
    return [
        row
        for row in plain
        if any(row is one for one in named) or (row.clause not in clauses and noun in clause_of(passage, row))
    ]


def is_any_payment(at: re.Match[str]) -> bool:
    """Whether a payment that is handed out is told without a name of its own (奖励资金, 各类奖补)."""
    return bool(_ANY_PAYMENT.fullmatch(at["noun"] or ""))


def clause_of(passage: Passage, row: Row) -> str:
    """The clause that a row stands in."""
    start, end = passage.stretch(clause=row.clause)
    return passage.text[start:end]
