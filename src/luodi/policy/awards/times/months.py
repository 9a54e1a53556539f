"""For how many months a monthly sum is paid (期限最长不超过24个月)."""

from __future__ import annotations

import re

from luodi.policy.awards.rows.row import Row
from luodi.policy.passages import Passage

# 连续发放36个月, 期限最长不超过24个月: how many months a monthly sum is paid.
_MONTHS = re.compile(
    r"(?:最长|最多|不超过|连续|累计|期限|时间|补[贴助]期|发放|享受|给予)(?:[^,。;\d]{0,8})(?P<n>\d{1,3}|十二|二十四|三十六)个月"
)
_REACH = 100  # characters behind a sum
_IN_WORDS = {"十二": 12, "二十四": 24, "三十六": 36}


def months_of(passage: Passage, row: Row) -> int | None:
    """For how many months at most a monthly sum is paid, where its sentence counts them."""
    if row.frequency != "monthly":
        return None
    # From the document: a line that is cut in the middle of a word may end the passage before its sentence does.
    start = passage.offsets[row.sum.end - 1] + 1
    words = re.sub(r"\s", "", passage.document.clean[start : start + _REACH]).partition("。")[0]
    told = _MONTHS.search(words)
    return (_IN_WORDS.get(told["n"]) or int(told["n"])) if told else None
