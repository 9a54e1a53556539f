"""In what parts a sum is paid out (分三年, 30%、30%和40%; 立项后拨付50%): LANGUAGE 6.5."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from luodi.document.tree import Document
from luodi.policy.award_terms import KIND
from luodi.policy.clauses import clause
from luodi.policy.clauses.payment import LEVELS, RATIO, paid_for
from luodi.policy.document_rules import DocumentRules
from luodi.policy.passages import Passage
from luodi.policy.provisions import Payment, Share
from luodi.policy.wording import as_written, plain_passages
from luodi.quantities.money import find_money
from luodi.quantities.numerals import SCALE, numeral
from luodi.quantities.rates import find_rates

_PAY_OUT = re.compile(
    r"拨付|预[拨付]|兑现|发放|支付|兑付|拨款|下达|补助到位|分[一二两三四五\d]年|分期|分批|(?<=[两二三四五2-5])个阶段|\(第一年"
)
_SPREAD = re.compile(
    r"(?:分(?=.(?:个)?[年期次批])|(?<![近前后满])(?=.年内(?:等额|平均|均等)))(?P<n>[一二两三四五六七八九十]|\d)(?:个)?(?P<unit>年|期|次|批)(?:度)?"
)
# 按照5:3:2的比例分年度拨付
_BY_TURNS = re.compile(r"(?:分|逐)(年|期|批|次)")
# 按封顶、验收和运营3个阶段,分别按应奖励额的30%、30%和40%
_IN_STAGES = re.compile(
    r"(?P<n>[两二三四五2-5])个阶段,?(?:分别(?:按|给予[^,。;\d]{0,8}(?:总额|资金)的?(?=\d))|按(?=\d))"
)
# 给予10万元奖励(第一年5万元,第二年3万元,第三年2万元): the parts of the sum before the bracket.
_IN_BRACKET = re.compile(r"(?<=[一-鿿])\((?P<turns>第一年[^()]*第二年[^()]*)\)")
_LONGEST_TURN = len("首次给予")  # 分三年,首次给予10万元; 首次升规的企业给予20万元 is no turn
_NTH = "一二三四五六七八九十"
_LIST = re.compile(r"\d{1,3}(?:\.\d+)?%?(?:(?:、|,|和|及)\d{1,3}(?:\.\d+)?%)+")
# 分三年按10万元、20万元、30万元兑现
_SUMS = re.compile(
    rf"按照?(?P<sums>\d[\d.]*{SCALE}?元?(?:(?:、|,|和|及)\d[\d.]*{SCALE}?元?)+)(?:的?标准|的)?(?:分别)?(?:拨付|兑现|发放|支付|兑付|下达)"
)
_ONE_SUM = re.compile(rf"\d[\d.]*{SCALE}?元?")
# 支持资金超过100万元的,分两期拨付: told of some sums alone.
_OF_SOME = re.compile(
    r"[^,。;:]{0,12}?(?:资金|金额|奖励|补助|补贴)(?:总额)?(?:超过|达到?|高于|不低于|在)?\d[\d.]*[万亿]?元[^,。;:]{0,8}的,"
)
# 认定当年给予一次性资金补助(分三年按比例发放)
_UNSUMMED = re.compile(rf"给予[^,。;()\d%]{{0,16}}{KIND}(?:资金)?\([^()]*\Z")
_EVENLY = re.compile(r"等额|平均|均等|等比例|每[年期次批](?:各|均)?(?:拨付|兑现|发放|支付|兑付|下达)?(?=[\d二三四五])")
_TURN = re.compile(
    r"(?P<nth>第[一二三四五](?=[年期次批])|首(?=[年期次批])|次(?=年))(?P<unit>[年期次批])(?:度)?[^,。;%\d]{0,24}?(?=\d)"
)
_VERB = r"(?:先行?|再|一次性|预)?(?:拨付|兑现|发放|支付|兑付|拨款|预拨|预付|下达)"
# 首年兑现60%,剩余40%次年兑现
_REST_TURN = re.compile(
    rf"(?:剩余|余下|其余)(?:的|部分)?[\d.]+%(?:的?(?:资金|部分))?,?(?:于|在)?(?:次|第二)(?P<unit>年)(?:度)?{_VERB}"
)
# 资金按立项40%、中期30%、验收30%分阶段拨付; 分三期拨付,立项后40%,中期评估后30%,验收后30%
_NAMED = re.compile(
    rf"(?:\A|[,、和及按照])(?P<name>(?!第|首|次|其中)(?:(?!占|出资|投资|承担|负担)[^,。;:、\d%按]){{2,16}}?)(?:后|时)?(?:{_VERB})?(?=\d[\d.]*%)"
)
_IN_PARTS = re.compile(rf"分(?:阶段|环节|步|次|批|期|[两二三四五2-5](?:期|次|批|个阶段)){_VERB}")
# 首年拨付40%,后两年每年拨付30%; 第一年50%,第二、三年各25%
_LATER_TURNS = re.compile(
    r"(?:第(?P<first>[二三四])(?:年度?)?(?:、|和|及|至|到)第?(?P<last>[三四五])|后(?P<rest>[两二三四]))(?P<unit>年)(?:度)?"
    r"(?:每年|分别|各)[^,。;%\d]{0,12}?(?=\d)"
)
# 剩余30%待验收通过后拨付
_REST_FIRST = re.compile(
    rf"(?:剩余|余下|其余)(?:的|部分)?(?=\d)[\d.]+%(?:的?(?:资金|款项|部分|补助|奖励))?,?(?:在|于|待|按)?(?P<when>[^,。;:]{{2,24}}?)"
    rf"(?:后|时)(?:再|一次性)?{_VERB}"
)
_AHEAD = re.compile(r"先(?:行|期)?\Z")
_FUNDS = re.compile(r"\A[^,。;]{0,4}(?:资金|款项|补助|奖励|补贴)(?:在|于|自)(?=..)")  # 补助资金在立项后
_AT = re.compile(
    rf"(?P<when>[^,。;:]{{0,30}}?(?:[^,。;:](?=后|时|即)|前|合格|通过|当年|次年|通过[^,。;:\d]{{2,10}}?"
    rf"|期(?=内?(?:先行|预)?(?:拨付|支付|兑现|发放))|的(?=再)|首[次期]|先(?:行|期)?|(?=预[拨付])))(?:后|时|内|即)?(?:先行|再)?,?"
    rf"(?:{_VERB}|付(?=清)|(?<=先)给予|再?给予(?=剩余|余下|其余))"
    r"(?:[^,。;:%\d]{0,16}(?=\d)|(?P<rest>余款|尾款|(?<=付)清|(?:剩余|余下|其余)(?:的?(?:部分|资金|款项|补助|奖励))?)(?=[,。;]|\Z))"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a sum at ``[start, end)`` of its sentence."""

    name: str
    start: int
    end: int
    share: Fraction | None
    fen: int | None = None


@clause("instalment")
def instalments(document: Document, rules: DocumentRules) -> Iterator[Payment]:
    """Every sentence that says in what parts a sum is paid out."""
    for passage in plain_passages(document):
        if not _PAY_OUT.search(passage.text):
            continue
        done: set[int] = set()
        for phrase in passage.phrases:
            if phrase.sentence in done or not _PAY_OUT.search(passage.phrase_text(phrase)):
                continue
            done.add(phrase.sentence)
            start, end = passage.stretch(sentence=phrase.sentence)
            told = list(_IN_BRACKET.finditer(passage.text, start, end))
            for each in told:  # in the clause of the sum that it parts
                clause = next(one.clause for one in passage.phrases if one.end >= each.start())
                if parts := _by_turn(each["turns"]):
                    yield _payment(passage, *passage.stretch(clause=clause), each.start("turns"), parts)
            if not told:
                yield from _of_sentence(passage, start, end)


def _of_sentence(passage: Passage, start: int, end: int) -> Iterator[Payment]:
    words = passage.text[start:end]
    spread = _SPREAD.search(words)
    if spread:
        count, unit = int(numeral(spread["n"]) or 0), spread["unit"]
        parts = _by_list(words, count, unit) or _by_turn(words, unit) or _even(words, count, unit)
    elif staged := _IN_STAGES.search(words):
        parts = _by_list(words, int(numeral(staged["n"]) or 0), "阶段")
    else:
        parts = _by_list(words, 0, by[1]) if (by := _BY_TURNS.search(words)) else _whole(_by_turn(words))
    parts = parts or _at_milestones(words) or _whole(_named(words))
    if parts or spread:
        told = _payment(passage, *_clauses_of(passage, start, end, parts), start, parts)
        of_some = _OF_SOME.match(words)
        unsummed = of_some is not None or spread is not None and _UNSUMMED.search(words[: spread.start()]) is not None
        yield replace(told, years=count if spread and unit == "年" else None, unsummed=unsummed)


def _clauses_of(passage: Passage, start: int, end: int, parts: Sequence[_Part]) -> tuple[int, int]:
    """Where a sentence tells its parts: of several awards in it those of other clauses are not parted."""
    places = [start + at for one in parts for at in (one.start, one.end - 1)]
    told = [one.clause for one in passage.phrases if any(one.start <= at < one.end for at in places)]
    if not told:
        return start, end
    return passage.stretch(clause=told[0])[0], passage.stretch(clause=told[-1])[1]


def _payment(passage: Passage, start: int, end: int, begun: int, parts: Sequence[_Part]) -> Payment:
    """What a stretch says of paying out; the places of its ``parts`` are counted from ``begun``."""
    return Payment(
        article=passage.article,
        span=passage.span(start, end),
        confidence=0.8,
        kind="instalments",
        parts=tuple(
            Share(
                name=as_written(passage, one.name),
                span=passage.span(begun + one.start, begun + one.end),
                share=one.share,
                fen=one.fen,
            )
            for one in parts
        ),
        of=paid_for(passage, start),
    )


def _by_list(words: str, count: int, unit: str) -> list[_Part]:
    """``按4:3:3``, ``按40%、30%、30%``, ``按10万元、20万元、30万元``: as many as turns, shares together the whole."""
    if (told := _SUMS.search(words)) and len(each := list(_ONE_SUM.finditer(told["sums"]))) == count:
        sums = [find_money(f"{one[0].removesuffix('元')}元")[0].fen for one in each]
        return [_Part(name, *told.span(), None, fen) for name, fen in zip(_turns(count, unit), sums, strict=True)]
    if ratio := None if LEVELS.search(words) else RATIO.search(words):
        numbers = [Fraction(part) for part in re.split(r"[:∶]", ratio[0])]
        whole = sum(numbers)
        return (
            [
                _Part(name, *ratio.span(), part / whole)
                for name, part in zip(_turns(len(numbers), unit), numbers, strict=True)
            ]
            if whole
            else []
        )
    for told in _LIST.finditer(words):
        shares = [rate.value for rate in find_rates(told[0])]
        if len(shares) == count and sum(shares) == 1:
            return [_Part(name, *told.span(), share) for name, share in zip(_turns(count, unit), shares, strict=True)]
    return []


def _by_turn(words: str, unit: str = "") -> list[_Part]:
    """``第一年40%,第二年60%``, ``第一年20万元,第二年30万元``; of one ``unit`` where a sum is parted by that (首次升规的…,分两年)."""
    rates = {one.start: one for one in find_rates(words)}
    sums = {one.start: one for one in find_money(words)}
    found = []
    for at in _LATER_TURNS.finditer(words):
        first = _NTH.index(at["first"] or "二")
        last = _NTH.index(at["last"]) if at["last"] else first + int(numeral(at["rest"]) or 1) - 1
        if (rate := rates.get(at.end())) and last > first:
            turns = _NTH[first : last + 1]
            found += [_Part(f"第{nth}{at['unit']}", at.start(), rate.end, rate.value) for nth in turns]
    if rest := _REST_TURN.search(words):
        rate = next(one for one in rates.values() if rest.start() <= one.start < rest.end())
        found.append(_Part(f"第二{rest['unit']}", *rest.span(), rate.value))
    told = {one.name for one in found}
    for at in _TURN.finditer(words):
        name = at["nth"].replace("首", "第一").replace("次", "第二") + at["unit"]
        of_another = unit and at["unit"] != unit and len(at[0]) > _LONGEST_TURN
        if name in told or of_another:
            continue
        if rate := rates.get(at.end()):
            found.append(_Part(name, at.start(), rate.end, rate.value))
        elif (money := sums.get(at.end())) and money.fen is not None:
            found.append(_Part(name, at.start(), money.end, None, money.fen))
    return sorted(found, key=lambda one: (one.start, _NTH.find(one.name[1]))) if len(found) > 1 else []


def _named(words: str) -> list[_Part]:
    """``按立项40%、中期30%、验收30%分阶段拨付``: each share behind its milestone."""
    if not _IN_PARTS.search(words):
        return []
    rates = {one.start: one for one in find_rates(words)}
    return [
        _Part(at["name"], at.start("name"), rates[at.end()].end, rates[at.end()].value)
        for at in _NAMED.finditer(words)
        if at.end() in rates
    ]


def _whole(parts: list[_Part]) -> list[_Part]:
    """The parts where their shares together are the whole."""
    return parts if sum((one.share or Fraction(0) for one in parts), Fraction(0)) == 1 else []


def _even(words: str, count: int, unit: str) -> list[_Part]:
    """``分三年等额拨付``, ``分两年兑现,每年50%``."""
    at = _EVENLY.search(words)
    if at is None or not 1 < count <= len(_NTH):
        return []
    rate = next((one for one in find_rates(words) if one.start == at.end()), None)
    if at[0].startswith("每") and (rate is None or rate.value * count != 1):
        return []
    return [_Part(name, *at.span(), Fraction(1, count)) for name in _turns(count, unit)]


def _turns(count: int, unit: str) -> list[str]:
    return [f"第{nth}{unit}" for nth in _NTH[:count]]


def _at_milestones(words: str) -> list[_Part]:
    """``立项后拨付50%,验收合格后拨付余款``: two or more milestones, each with its share of the sum."""
    rates = {one.start: one for one in find_rates(words)}
    parts: list[_Part] = []
    for at in sorted((*_AT.finditer(words), *_REST_FIRST.finditer(words)), key=lambda at: at.start()):
        told = sum((one.share or Fraction(0) for one in parts), Fraction(0))
        if (at.re is _REST_FIRST or at["rest"]) and parts and told < 1:
            parts.append(_Part(at["when"], *at.span(), 1 - told))
        elif rate := rates.get(at.end()):
            ahead = _AHEAD.search(at["when"]) or words.startswith("预", at.end("when"))
            name = "先期" if ahead else _FUNDS.sub("", at["when"])
            parts.append(_Part(name, at.start(), rate.end, rate.value))
    return parts if len(parts) > 1 else []
