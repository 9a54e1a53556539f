"""Terms that a paper defines (本办法所称成长型企业,是指成立不满5年的企业): what they mean is demanded of the awards for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from luodi.policy.award_terms import PAYEE
from luodi.policy.conditions.block import Block, all_of, clauses, gives
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage

_DEFINES = re.compile(
    r"本(?!条|款|项)[一-鿿]{1,8}?所[称指]的?(?P<term>[^,。;:是]{2,20}?)(?:\([^()]*\))?,?(?:系?是?指|为|是)"
)
# …;大个体是指达到限额的个体工商户
_ANOTHER = re.compile(r"(?:所[称指]的?)?(?P<term>[^,。;:是的\d]{2,16}?)(?:\([^()]*\))?,?(?:是指|系指)")
_ANYBODY = re.compile(rf"(?:申[请报]|各类|上述)?(?:{PAYEE})+")
_CLASS = re.compile(rf"(?:{PAYEE}|人才|[工商]户)\Z")
_NAMES = re.compile(rf"(?:{PAYEE})?(?:为|是|属于)?(?:本市)?")
_SUBJECT = (
    r"(?:(?<![一-鿿])|(?<=[对凡的或和是个名位家])|(?<=属于)|(?<=(?<!认定)为)(?=[^,。;]*(?:,|。|;|的|\Z)))"
    r"(?:{term})(?![\d占数达率]|所|内|提供|服务|[^,。;的占]{{1,8}}(?:率|占比|比例|人数|数量))"
)


def definitions(passage: Passage, at: int, sums: Sequence[int], *, among: bool) -> Iterator[Block]:
    """What the terms mean that a passage defines: of those who may be paid, ``among`` conditions of anything."""
    told = _DEFINES.match(passage.text)
    if told is None or _ANYBODY.fullmatch(told["term"]) or not (among or _CLASS.search(told["term"])):
        return
    block = _of_term(told["term"], passage, at)
    for start, end in clauses(passage, told.end()):
        another = _ANOTHER.match(passage.text, start, end)
        if another:
            yield block
            block, start = _of_term(another["term"], passage, at), another.end()
        if not gives(passage, start, end, sums):
            block.items.extend(all_of(passage, start, end))
    yield block


def _of_term(term: str, passage: Passage, at: int) -> Block:
    return Block(at if at >= 0 else None, passage.start, passage.offsets[-1] + 1, whole=True, term=term)


def is_for(term: str, words: str) -> bool:
    """Whether words say that something is for what a term means: it is their subject, not whom that serves or buys from."""
    return term in words and re.search(_SUBJECT.format(term=re.escape(term)), words) is not None


def only_names(term: str, words: str) -> bool:
    """``企业为成长型企业``: says nothing beside the term."""
    return words.endswith(term) and _NAMES.fullmatch(words, 0, len(words) - len(term)) is not None


def spelled_out(found: Sequence[Condition], meanings: Mapping[str, Sequence[Condition]]) -> list[Condition]:
    """Conditions that are a defined term alone in what the term means (…的军民融合企业, itself defined)."""
    spelled: dict[Condition, None] = {}
    for one in found:
        term = next((each for each in meanings if not one.fact and only_names(each, one.text)), None)
        rest = {each: told for each, told in meanings.items() if each != term}
        spelled.update(dict.fromkeys([one] if term is None else spelled_out(meanings[term], rest)))
    return list(spelled)
