"""What a page says where a pack has no fact of a kind: 本文未规定 only where the text is known to be silent.

``silent`` is the compiler's word (no word of the text points to the kind) or a person's (``unstated``). Where the text seems
to speak of it the page says 未识别; where nobody looked, 待补.
"""

from __future__ import annotations

from luodi.policy.pack import Pack

SILENT, UNRECOGNISED, OPEN = "本文未规定", "未识别，待补", "待补"
ISSUE = "发布之日"
_KIND = {"effective_from": "validity", "effective_to": "validity", "qualitative_goals": "goals"}


def absent(pack: Pack, name: str) -> str:
    """What to print for an element without a fact; ``name`` is a kind of fact, a field of the head or an end of the term."""
    status = pack.data.get("coverage", {}).get(_KIND.get(name, name))
    if name in pack.data.get("unstated", ()) or status == "silent":
        return SILENT
    return UNRECOGNISED if status == "unrecognised" else OPEN


def is_known(pack: Pack, name: str) -> bool:
    """Whether anybody, the compiler or a person, looked for an element: of the others a page has nothing to tell."""
    return name in pack.data.get("unstated", ()) or name in pack.data.get("coverage", {})


def term(pack: Pack) -> tuple[str, str]:
    """First and last day in force as ISO dates, else as the text tells them, else why they are not there."""
    said = pack.facts["validity"] or {}
    starts = str(pack.effective_from or "")
    if not starts and said.get("days_after_issue") is not None:
        starts = f"{ISSUE}起 {said['days_after_issue']} 日后" if said["days_after_issue"] else ISSUE
    ends = str(pack.effective_to or "") or (f"施行满 {said['years']} 年" if said.get("years") else "")
    apart = "各文件分别规定" if pack.facts.get("paper_validities") else ""
    return starts or apart or absent(pack, "effective_from"), ends or apart or absent(pack, "effective_to")
