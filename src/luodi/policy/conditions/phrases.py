"""Conditions of a stretch of text (LANGUAGE 6.1, 9).

A condition that is neither compared nor kept as written makes a reader believe that he is owed: what is left of a phrase
when its comparisons are taken away stands as a condition to be attested, and so does every phrase whose comparisons are
alternatives or have exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from luodi.policy import award_terms as terms
from luodi.policy.conditions.alternatives import NAMED_SHORT, STATES, any_of, is_alternative, left_open
from luodi.policy.conditions.comparisons import OF_A_CASE, Named, read_comparisons
from luodi.policy.conditions.nothing_demanded import demands_nothing
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage

POINTS_AT = rf"(?:(?:上述|前述|以上|该类?|此类|这类){terms.PAYEE}(?![^,。;的]{{0,3}}(?:资金|补[贴助]|奖励|申[请报])))"
"""What points at whom the sentence before is about (上述企业新购设备的, 该类项目贷款的)."""
HEAD = re.compile(
    r"\A(?:[【〔][^【】〔〕]{1,20}[】〕])?[①-⑳•●◆■▪►▶]?(?:[一二三四五六七八九十]是|其中"
    r"|《[^《》]*》(?:(?:还|也)?(?:提出|明确|规定)(?=在|对))?(?=在[^,。;]{6}|对)|凡是|每年(?=从)|从(?!业|事)|以及|并(?!购)且?|且|凡"
    r"|对(?!象|内(?!资)|外(?![商资]))于?|针对|为(?=依法|在[^,。;]{1,10}(?:依法)?(?:注册|登记))"
    r"|符合(?:上述|以上|规定|相关)?(?:条件|要求|规定)的(?=[^,。;]{4})|经(?=[^,。;]{0,4}的)|在此基础上|此外|同时"
    rf"|(?:上述|前述)(?:{terms.PAYEE})(?=[^,。;:(]{{4}}))*[,:]?"
)
"""What joins a phrase to the words before it."""

# Not inside 在本区注册且纳税的企业, one place for both.
_AND = re.compile(
    r"(?<=[一-鿿]{4})(?:并且|(?<![而暂况])且|(?<![合兼归])并(?![购网发列未不轨行]))"
    r"(?!(?:依法)?(?:注册|登记|纳税|落户|入统|纳统|统计)(?:的|[,。;、]|\Z))(?=[^,。;]{4})"
)
# 销售额400万元以上的甲企业和500万元以上的乙企业: each bound is of its own class.
_TWO_CLASSES = re.compile(r"\d[^,。;]*的[^,。;的\d]{2,14}(?:和|及|以及|与)[^,。;的]*\d[^,。;]*的")
_GIVES_ON = re.compile(
    r"(?<=[一-鿿]{3})(?:(?:按照?(?!要求|规定|时|期|月|季|年)[^,。;]{2,16}(?:比例|人次|数量|规模|金额|面积|标准))分[档类级]|分档"
    r"|按照?(?!要求|规定|时|期)[^,。;]{2,16}(?:比例|人次|数量)|(?:进行|予以|给予)(?:扶持|支持|奖励|补助|补贴|资助)|进行|予以"
    r"|申[请报](?:资助|补[助贴]|奖励|扶持|支持)(?:资金)?的?(?:额度|金额|标准)|分别|(?<!平)均可?|(?<![许认])可(?:以|按)?|另外?|再"
    r"|额外|,?连续[一二三四五\d]个?年|标准(?:统一)?(?:调整|提高|提升|确定)(?:为|到|至)"
    r"|(?:每年度?)?(?:每[个人名家户项件台]|单[个家])?(?:(?:支持|补贴|补助|奖励|资助)(?:金额|资金|总额|额度|标准))?)\Z"
)
CUT_OFF = re.compile(r"(?:(?:均|分别)为|(?<![理缘自])由|按|将|且|(?<![合兼吞])并|(?<![总共调饱])和)\Z")
"""What a phrase ends in that is cut off before its sum (市财政按)."""

_ALTERNATIVE = re.compile(r"或(?!有)")
# 入驻企业年纳税1亿元以上的园区, 被投企业设立不满5年: of others than the applicant, whom no register tells.
_OF_ANOTHER = re.compile(
    r"(?:被(?!认|评|列|确|授)[一-鿿]{1,2}|所[投引孵]资?|[入在]孵|入驻|引进的?|招引的?|(?<=[一-鿿])对)(?:企业|项目|机构|公司)"
    r"(?:的|其)?\Z|为其[^,。;]*\Z"
)
_HIRES = re.compile(r"招[用录收聘]|吸纳|聘用|录用|引进|接收|安置")
_OF_PERSON = frozenset(("年龄", "毕业年限"))  # 招用16至24岁青年的企业: not the firm's
# 国家级, A类, 五星级: what a short phrase before a sum may say.
_LEVEL = re.compile(
    r"(?:国家|世界|国际|省部|[省部市区县州])级|[一二三四五六甲乙丙丁特A-F][类级]|[一二三四五1-5]星级|[1-5A]A+级"
)
# 国家级、省级航天创新平台: a class of what is paid for, without a verb.
_OF_LEVEL = re.compile(
    r"(?:(?:国家|世界|国际|省部|[省市区县])级?(?:(?:及)?以上)?[、和及或]?)+[^,。;、按由]{3,16}"
    r"(?:平台|中心|基地|园区|示范区|实验室|工作站|联盟|孵化器|机构|企业)"
)
_EXCEPTED = re.compile(
    r"\A(?:其他|其它|其余)|\A[对凡]?不符合(?:上述|以上|前述|本)|放宽|除外|原则上|特别优秀|可适当|不限于|(?<![(])以(?![上下内])[^,。;]{2,12}为准"
)
_LEFT_OPEN = 4  # Chinese characters beside the comparisons that make a phrase say more than they do
QUOTA = re.compile(
    r"(?:限额?|名额|遴选|评选|选取|选择|择优|推荐|(?:每[年批家个户人]|同一|单个|原则上|全[市省区县年]|总数|数量"
    r"|一年)[^,。;的]{0,14}?(?:不超过|不得超过|不多于|最多|至多|[仅只]限))"
    r"[^,。;的\d]{0,10}?(?:[一二三四五六七八九十]|\d{1,3})(?:个|家|名|项|人|部|户|件|台|套|次|篇|场|列|班|架次)(?![月年])[一-鿿]{0,10}\Z"
)
"""How many are awarded, or how many an applicant may bring (每年限额10家, 每家企业最多申报2项)."""

ONCE_ONLY = re.compile(
    r"(?:(?:同一|单[个家一户]|每个?|一个)[^,。;:]{1,20}?)?(?:[只仅]|限)(?:限|能|可以?|准|得)?"
    r"(?:申[请报领](?:并享受)?|享受|获得?|领取)[^,。;]{0,14}?[一1两二2]次[^,。;]{0,12}"
    r"|[已获][^,。;]{1,20},?(?:[一二两三四五六\d]年(?:之?内)?|当年)(?:均|都)?不(?:得|能)?(?:再次|再|重复|连续)(?:申[请报领]|享受)[^,。;]{0,16}"
)
"""How often one may have an award, or when again (同一企业只能享受一次, 三年内不得再次申报)."""

# A number that is bounded is never left out, whether or not it can be compared.
_BOUNDED = re.compile(
    r"\A(?!.*每)[^,。;]*?(?<![第\d])\d{1,3}(?:个|家|晚|场|次)(?:[1-5]A)?[一-鿿]{0,10}\Z|\d[^,。;]{0,8}以[上下内]"
    r"|(?:不少于|不低于|不超过|不得超过|不高于|超过|达到?|满)\d"
)
# …满1年的小微企业: the number is compared, whom it is said of stays.
_CLASS = re.compile(
    rf"(?:{terms.PAYEE}|[生员者人民户师医店社场厂馆区]|职工|员工|青年|民宿|楼宇|综合体|[民国外]企|商户|网店)(?:\([^()]*\))?\Z"
)
_OF_WHOM = re.compile(
    rf"(?:\([^()]*\)(?=及?以[上下内]))?[^,。;:、\d的()]{{0,2}}(?:及?以[上下内]|之?间)?(?:\([^()]*\))?"
    rf"(?:的|(?<=以[上下内])(?=[^,。;:、\d的()]{{2,8}}{terms.PAYEE}\Z))(?P<who>[^,。;]{{2,}})"
)
# 在本区注册、信用良好的企业: what is compared is not asked again.
_ALSO = re.compile(r"[^,。;:、\d的()]{0,2}(?:及?以[上下内])?(?:\([^()]*\))?(?:、|[,、]?(?:且|并且?|但))(?=[^,。;]{3})")
# 举办单位在甲区注册, 与用人单位签订…合同: the applicant, and whom he is bound to.
# 交易额50万元以上且已支付的, 30人以上且住宿1晚的: short, but demanded.
_STATE = (
    r"(?:已|未|无(?!偿|人)|没有|有(?!效|关|机|限)|正式|正常|实际|持续|依法|合法|诚信|守法|规范|稳健|盈利|上市|在[库统册]|[入纳][库统规]|升规"
    r"|信用|经营|近[一二三两\d]年|连续[一二三两\d]年)"
)
_STATE_ALONE = re.compile(r"(?:已|未|无)[一-鿿]{2}|(?:已|近[一二三两\d]年)?盈利|已?(?:上市|在[库统册]|[入纳][库统规])")
_AND_DONE = re.compile(
    rf"(?:及?以上)?(?:\([^()]*\))?(?:(?:并且?|且|但)(?={_STATE}|[一-鿿]{{2,6}}\d|不(?![低少超高大多小]))|、(?={_STATE}(?!纳税)))"
    r"(?P<done>[一-鿿]{2,6}\d{1,3}[一-鿿]{1,2}|[^,。;:、的\d()]{2,13})"
)
_DONE_AND = re.compile(rf"(?:\A|(?<=[对凡、]))(?P<done>{_STATE}[^,。;:、的\d()]{{0,10}}?)(?:、|并且?|且|但)\Z")
# 军民融合企业 before what is compared: nothing but whom it is said of.
_WHO_ONLY = re.compile(rf"(?:对于?|凡)?(?:[^,。;:、的\d()或和及与在]{{2,12}}(?:{terms.PAYEE})(?:\([^()]*\))?)?\Z")
_ANYBODY = re.compile(
    r"同|根据|按|该|上述|单|每|.*[应须]|与|(?:举办|承办|主办|申办|用人|实施|建设|运营)(?:单位|主体)\Z"
)
# 新引进的, 引进举办的: what was done with it, before what is compared.
_DONE_BEFORE = re.compile(
    r"(?:新|首次|当年|已)*(?:引进|设立|建[设成]?|迁入|落户|开[工业设办]|[举承]办|认定|投产|购[置买]?|增|实施|研发|入驻|[入纳][库统]|[升上]规){1,2}的"
)
_SAYS_MORE = 2  # Chinese characters


_FURTHERS = re.compile(r"(?:专项资金)?(?:重点|主要)?支持(?=在)")  # 专项资金支持在本区注册、经营的企业


def stated(passage: Passage, low: int, high: int, carried: Named | None = None) -> list[Condition]:
    """What a stretch demands: its comparisons, and the stretch as written where they leave something of it open."""
    low = furthers.end() if (furthers := _FURTHERS.match(passage.text, low, high)) else low
    text = passage.text[low:high]
    compared = read_comparisons(passage, low, high, carried)
    measured = [one for one in compared if one.unit or one.value is not True]
    written = attested(passage, low, high)
    begin = min((text.find(one.text) for one in measured), default=0)
    hired = any(one.fact in _OF_PERSON for one in measured) and _HIRES.search(text[:begin])
    of_case = any(re.search(r"\d", at[0]) for at in OF_A_CASE.finditer(text))
    if _EXCEPTED.search(text) or of_case or not measured or hired or _OF_ANOTHER.search(text[:begin]):
        return [written]
    if is_alternative(text, compared):
        led = HEAD.match(text)
        one = any_of(passage, low + (led.end() if led else 0), high, written)
        last = one.alternatives[-1][-1].text if one.alternatives else text
        return [one, *whom_behind(passage, low + text.rfind(last) + len(last), high)]
    return _compared(passage, low, high, compared, measured)


def _compared(
    passage: Passage, low: int, high: int, compared: list[Condition], measured: list[Condition]
) -> list[Condition]:
    """The comparisons of a stretch with what they leave open: whom they are said of, what is done beside, else the whole as written."""
    text = passage.text[low:high]
    begin = min(text.find(one.text) for one in measured)
    end = max(text.find(one.text) + len(one.text) for one in measured)
    tail = _OF_WHOM.match(text, end)
    if len(left_open(text, compared)) < _LEFT_OPEN:
        done = _AND_DONE.match(passage.text, low + end, high)
        also = [attested(passage, *done.span("done"))] if done else []
        state = _DONE_AND.search(passage.text[low : low + begin])
        told = [attested(passage, low + state.start("done"), low + state.end("done"))] if state else []
        return [
            *(told or whom_before(passage, low, low + begin)),
            *compared,
            *also,
            *whom_behind(passage, low + end, high),
        ]
    said = HEAD.sub("", text[:begin])
    if (_WHO_ONLY.match(said) or _DONE_BEFORE.fullmatch(said)) and _nothing_more(text, begin, end, measured):
        return [*whom_before(passage, low, low + begin), *compared, *whom_behind(passage, low + end, high)]
    joined = _GOES_ON_WITH.search(text, 0, begin)
    if (
        joined
        and not _ALTERNATIVE.search(text, 0, begin)
        and (first := _own_before(text[:begin])) > 0
        and _nothing_more(text, begin, end, measured)
    ):
        return [attested(passage, low, low + first), *compared, *whom_behind(passage, low + end, high)]
    if (behind := _ALSO.match(text, end)) and "的" not in text[begin:end] and (first := _own_before(text[:begin])):
        before = whom_before(passage, low, low + begin) if first < 0 else [attested(passage, low, low + first)]
        return [*before, *compared, attested(passage, low + behind.end(), high)]
    alone = (
        [attested(passage, low + tail.start("who"), high)] if tail and len(left_open(text[:end], compared)) < 2 else []
    )
    if alone:
        return [*compared, *alone]
    if (listed := _listed(passage, low, high, measured)) is not None:
        return listed
    beside = _ALSO.match(text, end) if len(left_open(text[:end], compared)) < _SAYS_MORE else None
    return (
        [*compared, attested(passage, low + beside.end(), high)]
        if beside
        else [*measured, attested(passage, low, high)]
    )


def _listed(passage: Passage, low: int, high: int, measured: Sequence[Condition]) -> list[Condition] | None:
    """``2024年后新设立独立法人、总投资1亿元以上的制造业项目``: each part of a list by itself, where each compares."""
    text = passage.text[low:high]
    if _ALTERNATIVE.search(text) or "的" in text[: text.rfind("、") + 1]:
        return None
    cuts = [low + at.start() for at in re.finditer("、", text)]
    edges = [low, *(place for cut in cuts for place in (cut, cut + 1)), high]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    compares = [any(one.text in passage.text[start:end] for one in measured) for start, end in parts]
    if len(parts) < 2 or not all(compares):
        return None
    return [one for start, end in parts for one in stated(passage, start, end)]


_GOES_ON_WITH = re.compile(r"(?:并且?|且|的、)\Z")
_DONE_BESIDE = re.compile(rf"{STATES.pattern}|从事|自建|具备")


def _own_before(words: str) -> int:
    """Where a demand of its own ends that stands before a comparison (签订合同、支付额50万元以上); -1 for whom alone, 0 for neither."""
    if words and _WHO_ONLY.match(words):
        return -1
    joined = re.search(r"(?:、|,|并且?|且)\Z", words)
    return joined.start() if joined and joined.start() > _LEFT_OPEN and _DONE_BESIDE.search(words) else 0


def _nothing_more(text: str, begin: int, end: int, measured: Sequence[Condition]) -> bool:
    """Whether comparisons between two places leave nothing open but, behind the last one, whom they are said of."""
    words, tail = text[begin:end], _OF_WHOM.fullmatch(text, end)
    closed = len(left_open(text[end:], ())) < _SAYS_MORE or (tail is not None and says_whom(tail["who"]))
    for one in measured:
        words = words.replace(one.text, "", 1)
    return closed and "的" not in words and len(left_open(words, ())) < _SAYS_MORE


def whom_before(passage: Passage, low: int, high: int) -> list[Condition]:
    """Whom a bound that begins at ``high`` is said of (对规模以上工业企业年产值1亿元以上的)."""
    who = HEAD.sub("", passage.text[low:high])
    if _DONE_BEFORE.fullmatch(who):
        return [attested(passage, low, high)]
    return [attested(passage, low, high)] if says_whom(who) and not _ANYBODY.match(who) else []


def whom_behind(passage: Passage, end: int, high: int) -> list[Condition]:
    """Whom a bound that ends at ``end`` is said of, as far as that narrows it (1000万元以上的建筑企业)."""
    tail = _OF_WHOM.match(passage.text, end, high)
    return [attested(passage, tail.start("who"), high)] if tail and says_whom(tail["who"]) else []


def says_whom(words: str) -> bool:
    """Whether the noun behind a condition narrows it (三产企业, 小微企业), not only names a class (企业)."""
    return _CLASS.search(words) is not None and bool(left_open(words, []))


def stretches(passage: Passage, start: int, end: int, *, halved: bool = True) -> list[tuple[int, int]]:
    """The phrases between two places; one that goes on with 或, or dates the next, is one with it.

    ``halved``: each half of A且B stands by itself.
    """
    found: list[tuple[int, int]] = []
    for phrase in passage.phrases:
        low, high = max(start, phrase.start), min(end, phrase.end)
        if low >= high:
            continue
        joined = passage.text.startswith("或", low) and passage.text[low - 1] == ","
        if found and (joined or passage.text.endswith("之日起", 0, found[-1][1])):
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return [half for low, high in found for half in _halves(passage, low, high)] if halved else found


def _halves(passage: Passage, low: int, high: int) -> Iterator[tuple[int, int]]:
    """``对A且B的企业`` in two where B is measured, so that A stands without the number; not among alternatives."""
    text = passage.text[low:high]
    cut = _AND.search(text)
    if (
        cut is None
        or _ALTERNATIVE.search(text)
        or _TWO_CLASSES.search(text)
        or passage.depths[low + cut.start()]
        or not read_comparisons(passage, low + cut.end(), high)
    ):
        yield low, high
        return
    yield low, low + cut.start()
    yield low + cut.end(), high


def attested(passage: Passage, low: int, high: int) -> Condition:
    """The stretch as written, without what joins it to the words before."""
    low += HEAD.match(passage.text[low:high]).end()  # type: ignore[union-attr]  # matches the empty string too
    high = low + len(_GIVES_ON.sub("", CUT_OFF.sub("", passage.text[low:high])))
    text = NAMED_SHORT.sub("", passage.text[low:high])
    return Condition(text=text.rstrip(":。;,").removesuffix("的"), span=passage.span(low, high))


def says_something(words: str, text: str, *, framed: bool = False) -> bool:
    """Whether a phrase without a comparison demands anything; ``text`` are its ``words`` without what joins them.

    ``framed``: it stands between 对 and the 的 that closes what an award is for, where whatever is said is demanded.
    """
    if "符合" in words[: len(words) - len(text)] and not left_open(text, ()):
        return False
    if demands_nothing(words, text) or (len(text) < 3 and not _LEVEL.fullmatch(text)):
        return False
    return framed or bool(
        _BOUNDED.search(text)
        or _LEVEL.fullmatch(text)
        or _OF_LEVEL.fullmatch(text)
        or _STATE_ALONE.fullmatch(text)
        or len(text) > 3
        and ("的" in text or words.startswith(("对", "凡")))
        or STATES.search(text)
    )


_NUMBER = re.compile(r"[\d.,%‰$]+(?:万|亿|千|百|人民币|美元|欧元|元|人|家|名|个|项|件|户|台|亩|平方米|吨|年|月|日|岁)*")
_GENERAL = re.compile(
    r"第[一二三四五六七八九十]|[每单同]一?[家个项户名]|以[上下内]|不?超过|不[足满低少]于?|达到|[含至到及和年个月等的、,()—\-~]"
    r"|(?<![省市区县州家A-Z甲乙丙丁])[级档类]|连续|累计|年度|给予|予以|额度|奖励|补[助贴]|资助|企业|单位|项目|机构|个人|标准|部分"
)


def says(words: str | None) -> bool:
    """Whether words say anything beside a bound and a class (1亿元以上, 第一年, 单家企业 do not)."""
    return len(_GENERAL.sub("", _NUMBER.sub("", words or ""))) > 1
