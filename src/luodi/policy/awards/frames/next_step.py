"""The next step of an award, told by its number alone (住宿1晚的,给予A;住宿2晚以上的,给予B): what stood beside the first holds for it too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy.awards.rows.row import Row
from luodi.policy.conditions.phrases import attested
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage

# 住宿1晚, 住宿2晚以上: the same measure without a word for it.
_STEP = re.compile(r"\d+|[一二三两]|及?以[上下]|达到?|满|超过|[且并]")
_JOINS_STEP = re.compile("并且?|且|、")
_VERB_AND_NUMBER = re.compile(r"[一-鿿]{2,8}[\d一二两三]")
_WHO_STEPS = re.compile(r"的(?P<who>[一-鿿]{2,6})\Z")  # 住宿1晚的旅行社


def beside_step(
    passage: Passage, own: Sequence[Condition], tiers: Sequence[Sequence[Condition]]
) -> list[Condition] | None:
    """What the first tier demands beside its step, where what this one says first is that step with another number.

    ``组织游客30人以上,游览景区2个以上并在县内住宿1晚的,给予A;住宿2晚以上的,给予B``. What the first demands behind its step holds for
    this one too, unless it says more of its own.
    """
    if not own or own[0].fact or not re.search(r"\d", own[0].text):
        return None
    for place in range(len(tiers) - 1, -1, -1):
        beside = _beside(passage, own[0], tiers[place])
        if beside is not None:
            behind = tiers[place + 1 :] if len(own) == 1 else ()
            return [one for phrase in (*tiers[:place], beside, *behind) for one in phrase]
    return None


def _beside(passage: Passage, own: Condition, phrase: Sequence[Condition]) -> list[Condition] | None:
    """What a phrase demands beside the step that it ends with; None where that is no step of the same measure."""
    words = _STEP.sub("", own.text)
    if not phrase or phrase[-1].fact or len(words) < 2 or not re.search(r"\d", phrase[-1].text):
        return None
    *beside, step = phrase
    told = _WHO_STEPS.search(step.text)
    said, start = step.text[: told.start() if told else None], passage.text.find(step.text)
    if words != _STEP.sub("", said):
        cuts = [at for at in _JOINS_STEP.finditer(said) if _STEP.sub("", said[at.end() :]).endswith(words)]
        at = cuts[-1].start() if cuts and re.search(r"\d", said[cuts[-1].end() :]) else _where_step(said, words)
        if start < 0 or at is None:
            return None
        if not (beside and said.startswith(beside[-1].text)):
            beside.append(attested(passage, start, start + at))
    if told and start >= 0:
        beside.append(attested(passage, *(start + at for at in told.span("who"))))
    return beside


# 冬春季奖励, 国家级给予: a key and the verb
_KEY_GIVES = re.compile(
    r"(?:(?![对获新经被再另并每同单])[一-鿿]){2,6}(?<![的后时起])(?:每[一-鿿]{1,2})?(?:给予|奖励|补助|补贴|资助)"
)


def goes_on_by_key(passage: Passage, first: Row, row: Row) -> bool:
    """``…达到1000人次的,冬春季奖励A;夏秋季奖励B``: a later clause of nothing but another key and its sum."""
    begin, _ = passage.stretch(clause=row.clause)
    opens, told = first.sum.phrase.start, _KEY_GIVES.fullmatch(passage.text, first.sum.phrase.start, first.sum.start)
    alike = told and _KEY_GIVES.fullmatch(passage.text, begin, row.sum.start)
    return first.clause < row.clause and bool(alike) and passage.text.endswith("的,", 0, opens)


def _where_step(said: str, words: str) -> int | None:
    """Where the step of ``组织30人以上团队来云住宿1晚`` begins behind another measure; None where none stands there."""
    at = next((at for at in range(len(said) - 1, 0, -1) if _STEP.sub("", said[at:]) == words), 0)
    return at if _VERB_AND_NUMBER.match(said, at) and re.search(r"\d.*\D\Z", said[:at]) else None
