"""Conditions of time, place, rank and person (LANGUAGE 9): 成立满3年, 在本市注册、纳税, 排名前10位, 年龄不超过45周岁, 签订3年以上劳动合同."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from luodi.policy.facts import Condition
from luodi.policy.passages import Passage
from luodi.quantities.numerals import CHINESE, numeral
from luodi.quantities.periods import Date, find_dates

Op = Literal[">=", "<=", ">", "<"]
ACT = re.compile(
    r"新建|改建|扩建|自建|自有|在建|建设|购买|购置|自购|租赁|租用|承租|承办|主办|举办|参与|主导|引进|培育|新?设立|迁入|生产|研发"
    r"|制定|修订|创建|并购|收购"
)
"""What is done, in pairs that one of is enough for (新建或改建)."""
SUM_NOUN = (
    r"(?:产值|规模|收入|营收|额|税收|税[款金]|投资|投入|贡献|利润|资产|资本|市值|估值|产量|面积|率|增[长幅速]幅?)"
)
"""What a sum is of that is compared (产值或营业收入: one number of either)."""
_N = rf"(?P<n>\d{{1,3}}|{CHINESE})"
_SPAN_N = rf"(?P<n>\d{{1,3}}(?:\.5)?|{CHINESE})"  # 满1.5年
_SIGN = r"(?P<op>不满|不足|未满|不超过|不高于|不大于|不得超过|低于|小于|超过|大于|年满|已?满|不少于|不低于|达到?)?"
_BOUND = r"(?:\(含[^()]{0,8}\))?(?P<after>及?以[上内下]|内|之内)?(?:\(含[^()]{0,8}\))?"
_SIGNS: dict[str, Op] = {
    **dict.fromkeys(("不满", "不足", "未满", "低于", "小于"), "<"), **dict.fromkeys(("超过", "大于"), ">"),
    **dict.fromkeys(("不超过", "不高于", "不大于", "不得超过"), "<="),
}  # fmt: skip
_TOWN = r"(?:[本我全][市省区县州镇]|[^,。;的、或和及在于\d]{1,8}?(?:[市省区县镇]|街道))"
_AGE = re.compile(
    rf"(?:在{_TOWN}(?:境内|范围内|内)?(?:连续|持续|正式|实际)?)?"
    rf"(?P<what>成立|设立|注册|毕业|运营|经营|营业|开业|存续|工作|从业|任职|入驻|投产|运行|运转|登记|落户|备案|见习|参保|在库|在统"
    rf"|[纳入]统|新设|在岗|建成|建立|开办|创办)(?:时间|年限|期限)?(?:已|应|须|要)?{_SIGN}{_SPAN_N}(?:个)?(?:完整)?(?:会计|周)?"
    rf"(?P<unit>年|(?<=个)月){_BOUND}"
)
# 会期1天以上, 租期5年以上, 流转期限在5年以上; how long an award is paid or a paper holds is no condition.
_LASTING = re.compile(
    rf"(?P<what>(?:(?![的且元])[一-鿿]){{1,5}}?)(?P<kind>工期|(?<![补奖贴扶享支效示报限学周假工分定近长])(?<!(?<!投)资)期限?|时间"
    rf"|年限|时长|天数|[课学]时(?:数量?)?|(?<=时)数)(?:在|为|应|须|要|已|达|达到|原则上|一般)*{_SIGN}{_SPAN_N}[个周]?"
    rf"(?P<unit>年|(?<=个)月|天|小时|[课学]时){_BOUND}"
)
_JOINED = re.compile(r"\A(?:以[上下内]|对于?|凡|针对|其中|且|并|和|及|与|的)+")
_BRACKET = re.compile(r"\([^()]*\)")
_NOT_LASTING = re.compile(r"补[助贴]|奖|贴息|资助|扶持|享受|支持|有效|公示|申[报请]|受理|减免|免[收交]|截止|办理|审")
_HOURS = {"小时": "时长", "课时": "课时", "学时": "学时"}
_SINCE_THEN = {"年": "年限", "月": "月数", "天": "天数"} | _HOURS
_OF_SPAN = {"年": "年数", "月": "月数", "天": "天数"} | _HOURS
_YEARS_OLD = re.compile(
    rf"(?:年龄)?(?:在|为|应|须|原则上|一般)*{_SIGN}(?:(?P<low>\d{{2}})(?:周?岁)?(?:\(含\))?(?:至|到|—|–|-|~)+)?{_N}周?岁{_BOUND}"
)
_PLEDGED = r"(?:(?:劳动|聘用|用工|服务|租赁|就业|工作)(?:\([^()]{1,6}\))?(?:合同|协议)|租约)"
_INSURED = r"(?:职工)?(?:社会保险费?|社保|养老保险费?|医疗保险费?|失业保险费?|工伤保险费?|个人所得税|个税|住房公积金)"
_TERM_FIRST = re.compile(
    rf"(?:签订|缴纳|缴存)了?{_SIGN}{_SPAN_N}[个周]?(?P<unit>年|月)期?{_BOUND}(?:期限)?的?(?P<what>{_PLEDGED}|{_INSURED}|[一-鿿]{{2,6}}?(?:合同|协议))"
)
_TERM_LAST = re.compile(
    rf"(?:(?:连续|累计|正常|依法|足额)*(?:缴纳|缴存))?(?P<what>{_PLEDGED}|{_INSURED})(?:签订)?(?:期限?|年限|时间)?"
    rf"(?:已|应|须|并|连续|累计|按时|正常|缴纳|缴费)*{_SIGN}{_SPAN_N}[个周]?(?P<unit>年|月){_BOUND}"
)
_STANDS = r"(?:\(含[^()]{0,6}\))?"
_DONE = r"(?:时间|日期)?(?:应|须)?(?:在|为|于|不早于|不晚于)?\Z"
_EVENT = (
    r"(?:完成(?=时间|日期)|完工|验收|购[置买](?=时间|日期)|签订(?=时间|日期)|成立|注册|设立|落户|迁入|引进|投产|竣工|开工|备案|取得"
    r"|毕业|签约|入驻|开业|入统|纳统|投入(?:运营|使用|生产)|投运|建成|立项)"
)
_BEGUN = re.compile(rf"(?P<what>{_EVENT}){_DONE}")
_HAPPENED = (
    rf"(?:(?:在[^,。;的\d]{{2,8}}?|首次|新)*(?P<what>{_EVENT}(?=[一-鿿、])|(?!的)[一-鿿]{{2,6}}?(?=的|[,。;)]|\Z|企业|项目))"
    rf"|(?=的|,|。|;|\Z|企业|项目))"
)
_SINCE = re.compile(rf"{_STANDS}(?:起|之?后|以后|以来){_HAPPENED}")
_UNTIL = re.compile(rf"{_STANDS}(?:前|之前|以前){_HAPPENED}")
# 2018年6月底, 2020年底
_MONTH_END = re.compile(r"(?P<year>20\d\d)年(?:(?P<month>1[0-2]|[1-9])月)?底")
_TO = re.compile(r"(?:起)?(?:至|到|—|–|-|~)+\Z")
_BETWEEN = re.compile(rf"(?:期间|之间|内)*(?:在[^,。;的\d]{{2,8}}?|首次|新)*(?P<what>{_EVENT})")
_ACT = (
    r"(?:(?:工商|税务)(?:注册登记|登记注册|注册|登记)|注册(?:登记)?|登记(?:注册)?|纳税|落户"
    r"|设立(?=的|、|,|;|。|且|并|和|及|满|不|时|时间|登记|注册|企业|独立|法人|\Z)|入统|纳统|缴税"
    r"|统计(?!核算|口径|数据|部门|局|范围|指标|报表))"
)
_ACTS = rf"(?P<what>{_ACT})(?P<more>(?:(?:[、和及并]|且)?(?:依法)?{_ACT})*)(?!奖|补|条件)"
_SAME_ACT = re.compile(r"注册登记|登记注册")
_REGISTER = (
    r"(?:(?:工商|税[务收]|统计|注册|登记|经营|纳税|解缴|缴纳|征管|户管|实际|主要|办公|项目|实施|建设|生产|研发)+(?:所在)?"
    r"(?:地址|地点?|场所|关系))"
)
# 注册在本区, 工商注册和税务登记在高新区
_SEAT = r"(?:(?:工商|税务)?(?:注册登记|登记注册|注册|登记|纳税))"
_TOWNS = rf"{_TOWN}(?:(?:、|或者?|和|及){_TOWN})*"
_PLACE = re.compile(
    rf"(?:(?:在|(?<!用)于|(?:(?<=对)|(?<=凡)|(?<![一-鿿]))(?=[本我][市区县](?:行政区域|辖区|范围|境)?内?(?:依法)?注册))"
    rf"(?P<where>{_TOWNS}(?:\((?:含|包括)[^()]{{1,20}}\))?(?:范围|行政区域)?内?"
    rf"|(?![本我其前上]|线|企业|项目|单位|机构|公司|平台|系统|境|国|海外|网|校|册|当地|依法)[一-鿿]{{2,3}}?"
    rf"(?=(?:(?:行政区域|境|辖区)内(?:依法)?)?(?:办理了?)?{_ACT}))(?:范围内|行政区域内|境内|辖区内)?(?:依法)?"
    rf"(?:(?:办理|完成)了?)?{_ACTS}"
    rf"|(?P<done>{_SEAT}(?:(?:、|和|及|与|并){_SEAT})*)(?:均|都)?(?:在|于)(?P<seat>{_TOWNS})(?=的|范围|行政|境内|辖区|内|且|并|[,。;:()]|\Z)"
    rf"|(?P<reg>{_REGISTER}(?:(?:、|和|及|与|以及){_REGISTER})*)[^,。;]{{0,20}}?(?:在|属于?|位于)"
    rf"(?:[^,。;:()]{{2,40}}(?:及其|[所下]辖|托管)[^,。;:()]{{1,20}}\(以下(?:统一?)?简?称为?“?(?P<short>[本我][市区县])”?\)"
    rf"(?:范围内)?|(?P<there>{_TOWNS})(?=的|范围|行政|境内|辖区|内|且|并|[,。;:()]|\Z)))"
)
_RANK = re.compile(
    rf"(?:按照?(?P<by>[^,。;、()\d]{{2,16}}?)(?:\([^()]*\))?(?:[由从]高到低)?(?:排[序名列])?,?取"
    rf"|(?P<what>(?:[^,。;的、()且并或\d]{{0,12}}?{SUM_NOUN}或者?)?[^,。;的、()且并或\d]{{0,24}}?))(?:排名|排行|名列|位居|位列|列)?"
    rf"(?:在)?前{_N}(?P<unit>名|位|强|%|(?<=排名前\d)(?=的)|(?<=排名前\d\d)(?=的))(?:\(含\))?(?:以内)?"
)
# 排名第11至20位
_RANKS = re.compile(
    rf"(?P<what>[^,。;的、()且并\d]{{0,24}}?)(?:(?:排[名行]|名列|位[居列])(?:在)?第?|(?P<nth>第))(?P<low>\d{{1,3}}|{CHINESE})(?:名|位)?"
    rf"(?:至|到|—|–|-|~)+第?(?P<n>\d{{1,3}}|{CHINESE})(?P<unit>名|位|(?(nth)(?!)|(?=的|[,。;:]|\Z)))"
)
_RANKED = re.compile(
    r"\A(?:[万亿]?[元人次件单]?以上|奖励|表彰|其中|以及|并且?|且|凡|对于?|取(?!得)|在|以上|排名|位[居列]|名列)+"
)
# 年零售额增速实现正增长
_GROWN = re.compile(r"(?P<what>(?![若如对凡])[一-鿿]{0,12}?(?:增速|增幅|增长率))(?:实现|为|保持)*正增长")
_GRADE_WORD = r"(?:优秀|良好|合格|[A-D]{1,3}[+-]?[级类]?|[甲乙丙特]级|[一二三四五]星级?)"
# 年度考核结果为优秀, 信用等级为A级、B级; with 以上 an order would be needed.
_GRADE = re.compile(
    rf"(?P<what>(?:(?!且|并)[一-鿿]){{0,10}}(?:考核|评价|评估|信用|等级|等次|评级|结果))(?:结果|等级|等次)?(?:均|被)?(?:[评认]定)?"
    rf"(?:为|达到?|是)(?P<grades>{_GRADE_WORD}(?:(?:、|或者?|和|及){_GRADE_WORD})*)(?=的|,|。|;|\Z|且|企业|单位)"
)
_PASSED = re.compile(
    r"(?:\A|[,、对凡且]|企业|单位|机构|项目)(?P<what>(?![对凡且的于])(?:(?!企业|单位|机构|项目)[一-鿿]){2,12})\Z"
)
_FIRST = re.compile(
    r"首次(?:(?P<verb>达到?|突破|超过|进入|实现|完成)(?P<name>[一-鿿]{2,10})(?=\d)(?!\d*强)"
    r"|(?P<what>(?:达到?|突破|超过|进入|实现)(?=\d)|[一-鿿]{2,10}?(?=(?:另外?|再|额外)?(?:的|,|。|;|\Z))))"
)


def terms(passage: Passage, low: int, high: int) -> Iterator[Condition]:
    """Every condition of time, place, rank or person between ``low`` and ``high`` of a passage."""
    text = passage.text[low:high]
    yield from _times(passage, low, text)
    for at in _GROWN.finditer(text) if "正增长" in text else ():
        yield _condition(passage, low, at, fact=at["what"], op=">", value=0, unit="%")
    for at in _YEARS_OLD.finditer(text) if "岁" in text else ():
        if at["low"]:
            yield _condition(passage, low, at, fact="年龄", op=">=", value=int(at["low"]), unit="岁")
        yield from _length(passage, low, at, "年龄", "岁", "<=" if at["low"] else None)
    yield from _dates(passage, low, text)
    for at in _PLACE.finditer(text):
        yield from _places(passage, low, text, at)
    for at in _RANK.finditer(text):
        rank = numeral(at["n"])
        what = at["by"] or at["what"]
        if rank is not None and not what.endswith(("目", "以", "之")):
            fact = (_RANKED.sub("", what) + "排名") if at["unit"] != "%" else "排名比例"
            yield _condition(passage, low, at, fact=fact, op="<=", value=int(rank), unit=at["unit"] or "名")
    for at in _RANKS.finditer(text):
        fact = _RANKED.sub("", at["what"]) + "排名"
        first, last = numeral(at["low"]), numeral(at["n"])
        if first is not None and last is not None:
            yield _condition(passage, low, at, fact=fact, op=">=", value=int(first), unit=at["unit"] or "名")
            yield _condition(passage, low, at, fact=fact, op="<=", value=int(last), unit=at["unit"] or "名")
    for at in _GRADE.finditer(text):
        grades = tuple(re.split(r"、|或者?|和|及", at["grades"]))
        fact = _RANKED.sub("", at["what"])
        one = len(grades) == 1
        told = _condition(
            passage, low, at, fact=fact, op="=" if one else "in", value=grades[0] if one else grades, unit=None
        )
        led = len(at["what"]) - len(fact)  # 对评估为优秀的
        yield replace(told, text=at[0][led:], span=passage.span(low + at.start() + led, low + at.end()))
    for at in _FIRST.finditer(text) if not text.startswith("按") else ():  # 按首次评定结果
        passed = _PASSED.search(text[: at.start()]) if text[at.end() : at.end() + 1].isdigit() else None
        if at["verb"]:  # 首次达到税收1亿元
            yield _condition(passage, low, at, fact=f"{at['name']}首次{at['verb']}", op="=", value=True, unit=None)
            continue
        fact = passed["what"] + at[0] if passed else at[0]  # 年营业收入首次突破, not 出口额首次突破
        yield _condition(passage, low, at, fact=fact, op="=", value=True, unit=None)


def _times(passage: Passage, low: int, text: str) -> Iterator[Condition]:
    """How long something has stood or lasts, each place once."""
    taken: list[tuple[int, int]] = []
    for pattern in (_AGE, _TERM_FIRST, _TERM_LAST, _LASTING):
        for at in pattern.finditer(text):
            if any(start < at.end() and at.start() < end for start, end in taken):
                continue
            what = _BRACKET.sub("", _JOINED.sub("", at["what"]))
            if pattern is _LASTING and (not what or _NOT_LASTING.search(what + at["kind"])):
                continue
            taken.append(at.span())
            spans = pattern is _LASTING and "期" in at["kind"]  # 流转期限5年 is not 流转满5年
            unit = "月" if at["unit"] == "年" and at["n"].endswith(".5") else at["unit"]
            fact = f"{what}{at['kind']}{_OF_SPAN[unit]}" if spans else what + _SINCE_THEN[unit]
            yield from _length(passage, low, at, fact, unit)


def _length(
    passage: Passage, low: int, at: re.Match[str], fact: str, unit: str, op: Op | None = None
) -> Iterator[Condition]:
    """A length of time against its sign; none where it stands without one."""
    value, after = numeral(at["n"]), at["after"] or ""
    value = value * 12 if value is not None and value.denominator > 1 and unit == "月" else value
    if value is not None and value.denominator == 1 and (at["op"] or after or op):
        sign = op or _SIGNS.get(at["op"] or "") or ("<=" if after.endswith(("内", "以下")) else ">=")
        yield _condition(passage, low, at, fact=fact, op=sign, value=int(value), unit=unit)


def _dates(passage: Passage, low: int, text: str) -> Iterator[Condition]:
    """``2020年1月1日后设立``, ``成立时间在2020年1月1日之后``, ``2021年1月1日至2023年12月31日新落户``."""
    found = sorted((*find_dates(text), *_ends(text)), key=lambda date: date.start)
    for place, date in enumerate(found):
        begun = _BEGUN.search(text[: date.start])
        for pattern, op in ((_SINCE, ">="), (_UNTIL, "<=")):
            if told := pattern.match(text, date.end):
                name = begun["what"] if begun and not told["what"] else told["what"]
                if name is None:  # 2020年1月1日后,…: what then happened the phrase must be read for
                    continue
                start = begun.start() if begun and not told["what"] else date.start
                yield _dated(passage, low, text, (start, told.end()), name, op, date.value)
        following = found[place + 1] if place + 1 < len(found) else None
        if following and _TO.match(text, date.end, following.start) and (told := _BETWEEN.match(text, following.end)):
            yield _dated(passage, low, text, (date.start, told.end()), told["what"], ">=", date.value)
            yield _dated(passage, low, text, (date.start, told.end()), told["what"], "<=", following.value)
        elif (
            following and begun and _TO.match(text, date.end, following.start)
        ):  # 购置时间为2016年1月1日至2016年12月31日
            for op, value in ((">=", date.value), ("<=", following.value)):
                yield _dated(passage, low, text, (begun.start(), following.end), begun["what"], op, value)


def _ends(text: str) -> Iterator[Date]:
    """The last days of months and years (2018年6月底)."""
    for at in _MONTH_END.finditer(text):
        month = int(at["month"] or 12)
        last = calendar.monthrange(int(at["year"]), month)[1]
        yield Date(at.start(), at.end(), dt.date(int(at["year"]), month, last))


def _dated(passage: Passage, low: int, text: str, at: tuple[int, int], name: str, op: str, value: dt.date) -> Condition:
    return Condition(
        text=text[at[0] : at[1]],
        span=passage.span(low + at[0], low + at[1]),
        fact=f"{name}日期",
        op=">=" if op == ">=" else "<=",
        value=value.isoformat(),
        unit="日",
    )


def _places(passage: Passage, low: int, text: str, at: re.Match[str]) -> Iterator[Condition]:
    """One condition for each act at the place, or at one of several (在甲区、乙区注册); none behind a short register (工商、统计关系)."""
    where = re.sub(
        r"(?:\([^()]*\))?(?:范围|行政区域)?内?\Z", "", at["where"] or at["there"] or at["seat"] or at["short"]
    ).replace("我", "本")
    towns = re.split(r"、|或者?|和|及", where)
    facts, start = _registers(text, at)
    for fact in facts:
        if len(towns) == 1:
            told = _condition(passage, low, at, fact=fact, op="=", value=where, unit=None)
        else:
            told = _condition(passage, low, at, fact=fact, op="in", value=tuple(towns), unit=None)
        yield replace(told, text=text[start : at.end()], span=passage.span(low + start, low + at.end()))


# 工商、税务、统计关系均在本区
_SHORT_REGISTERS = re.compile(
    r"(?:(?:工商(?:登记|注册)?|注册登记|登记注册|注册|登记|税[务收](?:登记|征管|征收|缴纳|解缴)?|统计|财政)(?:、|和|以?及|与))+\Z"
)


def _registers(text: str, at: re.Match[str]) -> tuple[list[str], int]:
    """The facts that a place is said of and where they begin: acts (在甲区注册), seats (注册在甲区), registers (注册地在甲区)."""
    if at["what"]:
        return [f"{_SAME_ACT.sub('注册', act)}地" for act in (at["what"], *re.findall(_ACT, at["more"]))], at.start()
    if at["done"]:
        return [f"{_SAME_ACT.sub('注册', seat)}地" for seat in re.findall(_SEAT, at["done"])], at.start()
    registers = re.findall(_REGISTER, at["reg"])
    before = text[: at.start()]
    if not before.endswith(("、", "和", "及", "与")):
        return registers, at.start()
    short = _SHORT_REGISTERS.search(before)
    named = re.split("、|和|以?及|与", short[0])[:-1] if short else []
    whole = all(one in _PLACES or one.startswith("工商") for one in named)  # 注册登记、实际经营地在甲区
    if short is None or not (whole or registers[0].endswith(("关系", "场所"))):
        return [], at.start()
    return [*map(_register_of, named), *registers], short.start()


_PLACES = {"注册登记": "注册地", "登记注册": "注册地", "注册": "注册地", "登记": "登记地", "税务登记": "税务登记地"}


def _register_of(short: str) -> str:
    return "工商注册地" if short.startswith("工商") else _PLACES.get(short, f"{short}关系")


def _condition(
    passage: Passage,
    low: int,
    at: re.Match[str],
    *,
    fact: str,
    op: Literal[">=", "<=", ">", "<", "=", "in"],
    value: str | int | tuple[str, ...],
    unit: str | None,
) -> Condition:
    span = passage.span(low + at.start(), low + at.end())
    return Condition(text=at[0], span=span, fact=fact, op=op, value=value, unit=unit)
