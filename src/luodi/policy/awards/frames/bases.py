"""Of what a share is taken (LANGUAGE 6.1): the base beside it, before it, told for all shares of a sentence, or above the list.

A share without its base asks the reader for "the base" of an article; the words that name it stand in one of five places,
looked for in this order: the words of the share (按设备投资额的8%), the words before the giving (对检测费给予50%补助, 电费补贴10%),
the part that a tier measures (500万元以下的部分), the announcement of the sentence or of the list (按实际租金给予补贴,第一年…),
and the share before it in its sentence (按增量的2‰奖励;增长20%以上的,按3‰奖励).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy import award_terms as terms
from luodi.policy.awards.rows.naming import unbracketed
from luodi.policy.awards.rows.row import Row
from luodi.policy.passages import Passage

# Nouns of money that a share can be taken of; 比例, 标准 and 名额 are none.
_NOUN = (
    r"(?:部分|租金|房租|保费|税收?|税款|(?<!名)(?<!差)(?<!限)额|费用?|投入|投资|支出|贡献|留成|财力|价格?|单价|总价|价款|成本|利息"
    r"|本金|损失|增量|(?<![低高中])收入|资本|工资|标准(?=的))"
)
# 对研发费用按…; 上缴税收留成部分,首年按…; 电费补贴10%: of what the share is stands before the share or its years.
_BEFORE = re.compile(
    rf"(?:\A|(?<=[,。;:对、]))(?:{terms.YEAR_STEP.pattern})?(?P<base>[^,。;:、对按\d%]{{0,24}}?{_NOUN}|[^,。;:对按\d%]{{2,24}}?{_NOUN})"
    rf",?(?:(?:由[^,。;\d]{{0,16}}?)|(?:[省市区县园]|园区|高新区|开发区)(?:级|财政)*)?(?:{terms.YEAR_STEP.pattern})?"
    rf"(?:分别|可|另|再)?(?:按照?(?:比例)?|给予)?(?:{terms.KIND})?\Z"
)
_BESIDE = re.compile(
    r"(?:按照?|参照|依照|依据|以(?![上下内外旧奖租工赛])|给予|返还|退还|不超过|不[高低]于|奖励|补助|补贴|标准(?:分别)?[为是])"
    r"(?:其|该|企业(?![及和与])|项目|单位|标准|比例|不超过|不高于|最高|上述|年度?(?!薪))*"
    rf"(?P<base>(?:20\d\d年度?)?[^、,。;%\d][^,。;%\d]{{1,29}}?)(?:的|为基数)?(?:给予)?(?:{terms.YEAR_STEP.pattern})?"
    rf"(?:不超过|不低于|最高|给予|单个项目|比例|总额的)*(?:“(?:[一两二三四五]免)?)?\Z"
)
# 给予投资主体按其自持部分贡献10%: whom and how before what it is taken of; (以下简称…) behind it.
_WHO_AND_HOW = re.compile(
    r"\A.{0,4}再(?:补贴|补助|奖励|资助)|\A.*(?:比照|参照(?=[^,。;]{2,}(?:部分|额|贡献|收入)\Z))"
    r"|\A.*(?:提高|上调|上浮|增加|调高|提升)[到至为](?=..)|\A以?[^,。;]{2,16}方式(?:抵[扣减]|支付|补[贴助])?"
    r"|\A.*按(?!揭|期|时|月|年|季|日|劳|份|件)(?:照)?|\A.*不[超高][过于]其?|\(以?下?简称[^()]*\)?\Z"
)
# 对其实际租用的办公用房、物业等设施给予100%补贴
_ALL_OF = re.compile(r"对其(?P<base>[^,。;:%\d]{4,40}?)(?:给予|按照?)")
# 研发费用500万元以下部分补助3%, 500万元—2000万元(含)的部分,按4%: each tier is the base of its own share.
_PART = re.compile(
    r"(?:\A|(?<=[,。;:、]))对?(?P<base>[^,。;:、%‰]{0,24}?(?:首个)?\d[^,。;:%‰]{0,36}?部分),?(?:分别|可)?(?:按照?|给予)?"
    r"(?:奖励|补助|补贴|支持)?(?:不超过|不高于|最高)?\Z"
)
# 面积1000平方米以下部分,按实际租金的90%: each part of the rent has a share of its own.
_PART_BEFORE = re.compile(
    r"(?:\A|(?<=[,。;:]))对?(?P<base>[^,。;:、%‰]{0,24}?\d[^,。;:、%‰]{0,36}?部分),?(?:分别|可)?按照?[^,。;:%‰\d]{2,20}的\Z"
)
# 按外资的2‰或注册资本的1‰, 按3%的费率及实际保费的80%: the last of several bases.
_NEXT = re.compile(r"(?:或者?|和|及|以及|、)(?:按照?)?(?P<base>[^,。;:、%‰\d按]{2,16})的\Z")
# 对在园区实际发生的场地租金总额的50%, 一级为本人工资的90%
_OF = re.compile(rf"(?:\A|[,。;:、的对为是]|20\d\d年(?:期间|内)?)(?P<base>[^,。;:、的对为是\d%‰]{{0,14}}{_NOUN})的\Z")
# 年度自负医疗费用5000元以上部分,低保对象按90%、低收入按80%
_OF_PHRASE = re.compile(r"(?:\A|[,。;:])对?(?P<base>[^,。;:、%‰]{2,36}部分),")
# 给予30%的租金补贴, 按第一年100%、第二年80%的比例给予租金补贴: what the payment is called by.
_BEHIND = re.compile(
    # 全额补贴展位费
    rf"(?:补贴|补助|资助)(?P<cost>[一-鿿]{{1,6}}费)(?=[,。;]|\Z)"
    rf"|(?:[、和及]?(?:{terms.YEAR_STEP.pattern})?(?:按|补[贴助])?\d+%)*(?:以内)?的?(?:比例|标准)?(?:给予)?(?:企业|其)?"
    rf"(?P<base>[^,。;:、\d%的]{{0,8}}?(?:租金|房租|利息|[一-鿿]{{1,3}}费))(?:{terms.KIND})"
)
# 按固定资产投资(不含土地费用)分档给予奖励:, 按实际租金给予补贴,第一年…: told once for the shares behind it.
_ANNOUNCED = re.compile(
    rf"(?:按照?|根据|以)(?:其|企业|项目)?(?P<base>(?:20\d\d年度)?[^,。;:、%\d]{{2,24}}?{_NOUN})(?:\([^()]*\))?"
    r"(?:的?(?:一定比例|[\d.%—~-]+(?=分[档段级类])))?(?:,|逐年|分(?:档|段|级|年度?|类)|(?:连续)?[一二三四五\d]年|给予|进行|实行|为基数)"
)
# 按固定资产投资(不含土地购置费)的5%补助,其中:1.…最高A: the share that each of the list has, with its own maximum.
_LED = re.compile(
    rf"按照?(?:其|企业(?![及和与])|项目)?(?P<base>[^,。;:、%\d]{{2,24}}?{_NOUN}(?:\([^()]*\))?)的?\d[\d.]*[%‰]"
)
# 支持内容为展位费,包括…。其中甲市场按照50%: what is paid for, told once.
_PAID_FOR = re.compile(
    r"(?:(?:支持|补[贴助]|资助|奖励)(?:内容|范围|费用)(?:为|是|:)|返还(?:其|企业|单位)?)(?P<base>[^,。;:、\d%]{0,24}?(?:费用?|租金|利息|保费))(?=[,。;(]|\Z)"
)
# 给予200万元、100万元资金支持,不超过平台上一年投入的30%: of what the most is taken.
_BOUND = re.compile(
    rf"[^,。;]{{0,12}},(?:且|但|并)?(?:每年)?(?:支持|补[助贴]|奖励|资助)?(?:资金|金额|总额)?不超过(?:其|该|当年)*"
    rf"(?P<base>[^,。;:、%\d]{{2,24}}?(?:{_NOUN}|预算|总投资))的\d"
)
# 新购设备价值50万元以上的,按5%补贴: of what its own case measures, not of what another case pays.
_OWN_MEASURE = re.compile(
    r"(?:对)?(?P<base>[^,。;:\d]{2,14}?(?:价值|价格|金额|费用))(?:\([^()]*\))?(?:达到?|超过|在)?\d[\d.]*[万亿]?元[^,。;]{0,8}的,按"
)
# 设备投资500万元~2000万元,补助8%: what a tier measures, where that is spent and no other sum decides by it (按投资额确定比例).
_SPENT = re.compile(
    r"(?:\A|(?<=[。:]))(?:对|凡)?(?P<base>[^,。;:、\d]{0,12}?(?:投资(?:总?额)?|投入|(?:支付|采购|交易)额))(?:\([^()]*\))?"
    r"(?:达到?|超过|在)?\d[^,。;%]{0,36},"
    r"(?:按照?|奖励|补[助贴]|给予|补助比例为?)*\Z"
)
# 以企业上年度研发费用为补助基数,按20%; 按10%给予补助,补助基数为设备投资额: told as that, before its share or behind it.
_AS_BASE = re.compile(
    rf"以(?:其|企业(?![及和与])|项目)?(?P<base>(?:20\d\d年度?)?[^,。;:、\d%]{{2,24}}?)(?:\([^()]*\))?作?为(?:{terms.KIND}|计[算奖补]|核算|的)*(?:基数|依据|基准)"
    rf"|(?:{terms.KIND}|计算|核算)(?:基数|依据|基准)(?:为|是|:)(?:其|企业|项目)?(?P<named>(?:20\d\d年度?)?[^,。;:、\d%]{{2,24}}?)(?=[,。;(]|\Z)"
)
_DECIDES = re.compile(r"确定[^,。;]{0,8}(?:比例|标准|额度)|根据[^,。;]{2,20}(?:给予|分档)")
_NO_BASE = re.compile(
    r"(?:年化?)?(?:贴息)?(?:利率|息率?|化)|(?:提高|上调|上浮|增加|调高|提升)(?:到|至|为)|不超过|不低于.*"
    r"|(?:资金)?(?:比例|标准|金额|总额)为?|最高|一定|[一-鿿]{1,3}方|[一-鿿]{0,8}(?:企业|单位|机构|主体|商户)"
)


WHOSE = re.compile(r"\A(?:企业|项目|单位|其)(?:实际)?")
"""Who has what a share is taken of (项目投资额)."""


_MEASURED_BY = re.compile(r"(?:比照|参照|按照?)(?:其|企业)?\Z")


def is_base(words: str, base: str) -> bool:
    """Whether words name only of what a share is taken (企业房租前三年)."""
    told = WHOSE.sub("", terms.YEAR_STEP.sub("", words))
    if told.endswith(base) and "(" not in told and _MEASURED_BY.search(told[: -len(base)]):
        return True  # 从认定之年起3年内比照其贡献增量部分
    return base in (told, told.partition("每")[0]) or (base.endswith("部分") and base.startswith(told))


def announced_base(passage: Passage, row: Row) -> str | None:
    """What the tiers of plain sums measure (根据实到资本给予扶持:1亿元以上的奖励A), told once for their sentence."""
    start, _ = passage.stretch(sentence=row.sentence)
    told = terms.last_match(_ANNOUNCED, passage.text[start : row.sum.start])
    return _bare(told["base"]) if told else None


def base_of(passage: Passage, rows: Sequence[Row], row: Row) -> str | None:
    """Of what the share of a row is taken, or which part is counted, as the text names it; None where it names none."""
    if row.rate is None:
        return _part_counted(passage, row) if row.kind == "per_unit" else None
    own = _beside(row) or _before(passage, rows, row)
    if not own and row.sum.left.endswith("年化"):
        return None  # 按年化1%给予担保费补助: of what is guaranteed, not of the fee
    if (bound := _BOUND.match(passage.text, row.sum.end)) and not own:
        return _bare(bound["base"])
    if own:
        clause, _ = passage.stretch(clause=row.clause)
        part = _PART_BEFORE.search(passage.text, clause, row.sum.start)
        return (_bare(part["base"]) if part else None) or own
    if named := _named_as_base(passage, rows, row):
        return _bare(named)
    points = "百分点" in passage.text[row.item.start : row.item.end]
    if (behind := _BEHIND.match(passage.text, row.sum.end, row.sum.phrase.end)) and not points:
        return _bare(behind["cost"] or behind["base"])
    if re.search("[:∶]", passage.text[row.item.start : row.item.end]):  # 1:0.5: of what another authority pays
        return None
    start, _ = passage.stretch(sentence=row.sentence)
    words = passage.text[start : row.sum.start]
    if told := terms.last_match(_ANNOUNCED, words) or terms.last_match(_OF_PHRASE, words):
        return _bare(told["base"])
    if points:
        return None  # 给予年息2个百分点的贴息: of the loan, whatever the share before is of
    clause, _ = passage.stretch(clause=row.clause)
    if measured := _OWN_MEASURE.fullmatch(passage.text, clause, row.sum.start):
        return _bare(measured["base"])
    earlier = [one for one in rows if one.rated and one.sum.end <= row.sum.start and one.sentence == row.sentence]
    if earlier and earlier[-1].kind == row.kind:
        return base_of(passage, rows, earlier[-1])
    if paid := terms.last_match(_PAID_FOR, words := passage.text[: row.sum.start]):
        return _bare(paid["base"])
    led = terms.last_match(_ANNOUNCED, passage.lead_in) or terms.last_match(_LED, passage.lead_in)
    if row.sentence == rows[0].sentence and led:
        return _bare(led["base"])
    spent = _SPENT.search(passage.text[clause : row.sum.start])
    if spent and not _DECIDES.search(passage.text[:clause] + passage.lead_in):
        return _bare(spent["base"])
    return None


# 超过50人的部分,每人2000元; 超过1万平方米的部分每2000平方米5万元
_PART_COUNTED = re.compile(
    r"(?:\A|(?<=[,。;:]))(?P<part>(?:(?:超[过出]?|[高多]于)\d[^,。;:、的]{0,12}|\d[^,。;:、的]{0,12}以上|超出)的?部分)(?:,|由[^,。;\d]{2,8}|再|另外?|额?外|按照?|给予)*每[^,。;]{0,24}\Z"
)


def _part_counted(passage: Passage, row: Row) -> str | None:
    """The part beyond a bound whose units alone are counted."""
    start, _ = passage.stretch(clause=row.clause)
    told = _PART_COUNTED.search(passage.text, start, row.sum.start) if "部分" in passage.text else None
    return told["part"] if told else None


def _named_as_base(passage: Passage, rows: Sequence[Row], row: Row) -> str | None:
    """What the sentence of a share calls its base: before it, or behind it where it is the only share."""
    start, end = passage.stretch(sentence=row.sentence)
    told = terms.last_match(_AS_BASE, passage.text[start : row.sum.start])
    if told is None and sum(one.rated for one in rows if one.sentence == row.sentence) == 1:
        told = _AS_BASE.search(passage.text, row.sum.end, end)
    return told["base"] or told["named"] if told else None


def _beside(row: Row) -> str | None:
    """The base in the words of the share itself: 按上年度研发费用的10%."""
    if row.sum.role not in ("rate", "ceiling", "cap"):
        return None
    at = _NEXT.search(row.sum.left) if re.search(r"[%‰]", row.sum.left) else None
    at = at or _BESIDE.search(row.sum.left) or _BESIDE.search(unbracketed(row.sum.left)) or _OF.search(row.sum.left)
    if at is None:
        return None
    words = re.sub(
        r"\A(?:(?:额度|金额|标准|比例)[为是]|按照?|参照|该|其中?|企业(?![及和与])|中的|上述|对(?![内外])|项目的?|不超过|标准为|资助|为)+",
        "",
        _WHO_AND_HOW.sub("", at["base"]),
    )
    base = re.sub(r"(?:给企业|的|(?<=金)(?:给予).*)\Z", "", words)  # 实际租金给予“三免两减半”
    cut = len(base) < 2 or "分别" in base or base.endswith("、")
    no_base = cut or terms.YEAR_STEP.fullmatch(base) or _NO_BASE.fullmatch(base)
    return None if no_base else base


def _before(passage: Passage, rows: Sequence[Row], row: Row) -> str | None:
    """The base that is told before the share, its years or the shares of all years; a tier with its part."""
    steps = row.selector and terms.YEAR_STEP.fullmatch(row.selector)
    earlier = [one for one in rows if one.clause == row.clause and one.sum.start < row.sum.start and one.rated]
    if steps and (known := next((base for one in reversed(earlier) if (base := _beside(one))), None)):
        return known
    first = (steps and earlier or [row])[0]
    start, _ = passage.stretch(clause=row.clause)
    if part := _PART.search(passage.text, start, row.sum.start):
        return _bare(part["base"])
    words = passage.text[start : first.sum.start]
    told = _BEFORE.search(words) or _BEFORE.search(unbracketed(words)) or _ALL_OF.fullmatch(words)
    return _bare(told["base"]) if told else None


def _bare(words: str) -> str | None:
    base = re.sub(r"\A(?:企业(?![及和与])|其中?|再?(?:给予))+", "", _WHO_AND_HOW.sub("", words))
    base = re.sub(rf"\A(?:{terms.YEAR_STEP.pattern})", "", base)
    return None if _NO_BASE.fullmatch(base) else base or None
