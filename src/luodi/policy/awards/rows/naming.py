"""The name in the words before a sum: without what leads up to it and what hands out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy import award_terms as terms
from luodi.policy.awards.rows.row import Row
from luodi.policy.awards.words.tiers import thresholds
from luodi.policy.passages import Passage

_GIVEN_WORDS = re.compile(
    rf"每[一-鿿]{{1,3}}(?=[补奖]\Z)|{terms.KIND}(?:资金|金)?(?:比例|标准|金额|额度|总额)|比例(?=不超过|为)|(?<!.)按照?"
    rf"|以(?![上下内外])(?=[^,。;]*(?:总?价款?|总房款|总额|金额|费用|租金)的?\Z)|按照?(?=[^,。;]*\Z)|标准(?=为|由|每|统一)"
    rf"|每(?:[人户家名件生](?:每(?:[年月]|学[期年]))?|[年月]|学[期年])(?=[补奖发给资支享提调增不]|\Z)|参照|奖金|不超过"
    rf"|最高(?![级等层水])|给予|一次性|分别|的?(?:额外|再?叠加|(?<![增追])加(?=奖))?(?:再|另)?各?(?<=[再另外各加])(?<!增加)(?=增加|奖励|补助|补贴|资助|给予|奖\Z|\Z)"
)
# 培训机构每培训1名取得商照的学员, 每个标准展位: what is counted, by itself.
_EACH_OF = re.compile(
    rf"\A[^,。;:、\d每]{{0,12}}每(?!再?新?增|递增|超|提[高升])[^,。;:\d每]{{0,6}}(?:1|一)[名个项台架件次位]"
    rf"(?!{terms.PAYEE}|品种|百分点|性|[每年月季])(?=[一-鿿]{{2,}})"
    rf"|\A[,、]?每个(?!{terms.PAYEE}|品种|百分点)(?=[一-鿿]{{3,8}}{terms.KIND}\Z)"
)
# 给予500万元奖励、提名奖300万元: what the sum before is called.
_NOUN_BEFORE = re.compile(
    rf"\A的?{terms.KIND}(?:资金|金)?、(?=..)|\A的?[一-鿿]{{2,8}}(?:经费|费|{terms.KIND})(?:和|及|以及)\Z"
)
# (责任单位:市经信局) 对改良型新药: who answers for the sentence before.
_DUTY_BEFORE = re.compile(r"\A(?:\((?:责任|牵头|主管|配合|实施)[^()]*|[^()]{2,80}[局委办厅部])\)\s*")
# 补贴标准为中级工每人…: whom each standard is for.
_STANDARD_FOR = re.compile(r"\A[^,。;:]*标准(?:分别)?(?:为|是)(?=[^每按\d])")
# 奖励标准3A级为5万元: what the standard is for.
_STANDARD_OF = re.compile(rf"\A{terms.KIND}(?:资金)?标准:?(?=[^,。;:]{{2,}}为\Z)|(?<=..)为\Z")
# 对获奖的企业进行表彰, 项目根据完工后实现的节能量: what is done beside giving, what a sum goes by.
_HONOURED = re.compile(
    r"(?:进行|给予)(?:通报)?(?:表彰|表扬)(?:奖励)?\Z|(?<=[^,。;]{6})根据[^,。;、的]{0,16}的[^,。;、]{2,10}\Z"
)
# 2023年底前建成的: a year that picks a row.
_BUILT = r"(?:\d{1,2}月(?:\d{1,2}日)?)?(?:、20\d\d年)*(?:[底末]?[前后]|内)?(?:新?建成|投产|投运|竣工|开工)"
_LEAD = re.compile(
    r"\A(?:(?:适用|支持|奖励|补助|补贴)?(?:范围|对象|标准|内容)(?:[和及与、](?:奖励|补助|补贴|标准|金额)+)?:)?(?:第[一二三四五六七八九十]+[项款](?=[对给]))?(?:(?:自|从)?20\d\d年\d{1,2}月(?:\d{1,2}日)?"
    r"(?:(?:至|到|—|-)(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?)?(?!\d|之?[前后])(?:起|期间|以来|,)*)?"
    r"(?:[^,。;:()\d]{0,24}(?:\(\d{1,2}\)|[①-⑳]))?(?:[【〔\[][^【】〔〕\[\]]{2,40}[】〕\]](?:\d{1,2}\.)?)?"
    r"(?:其中|以及|并(?!购)且?|且|(?:中央|[省市区县]级?)财政(?:对|按照?)|对(?![内外])于?|针对|凡|属于?(?!地)"
    r"|(?:自|从)?20\d\d年\d{1,2}月(?:\d{1,2}日)?(?:之?[前后](?!新?建成|投产|投运|竣工|开工)|起|期间|以来)+"
    r"|20\d\d年[底末]?之?[前后](?=[^,。;]{0,4}(?:[首初]次|新|认定|获|上市))|20\d\d年度?(?:以来)?(?!"
    + _BUILT
    + r")|由|(?:[一-鿿]{2,4}、)+[一-鿿]{2,4}等(?:各?领域|行业)(?!的)|除[^,。;]{2,16}(?:之?外|以外)(?!的)|[一二三四五]是"
    r"|即(?![墨时将可期食热])|“\d+个[^“”]{2,6}”是|在(?![职站岗校乡读编])"
    r"|经[^,。;]{0,4}(?:验收|审核|考核)(?:合格|通过)?(?:后|的)?|经[^,。;的]{2,12}(?:鉴定|评定)(?=达到)|[,:、])*"
)
_NO_NAME = re.compile(
    rf"{terms.KIND}(?:资金|金额?|标准)?再?(?:增加|递增|提高)\Z|《[^《》]{{2,30}}》中?(?:还|同时)?(?:提出|明确|规定|指出|要求|强调)?\Z|符合条件的?\Z|"
    r"(?:近[日期]|日前|目前|今年|去年|此外|另外|同时|据(?:悉|介绍|了解|统计))\Z|[^,。;]{4,}采[取用][^,。;]{1,8}方式\Z"
    r"|其(?:运营|建设|经营|投资|实施|管理)?(?:主体|单位|企业|机构|方)\Z|依据"
    r"|(?:补贴|补助|奖励|支持|资助|救助)?(?:标准|内容|额度|方式):?\Z"
    r"|(?:一般|原则上|当年|次年|同时|本年度?|当季|[一二两三四五\d]年内)\Z"
    r"|(?:[^,。;]*起)?连续(?:补[贴助]|奖励|资助|支持)?[一二两三四五\d]年内?\Z|围绕|聚焦|整合|统筹|按|根据|参照|给予|单[个家户]|每"
    r"|同一|最高|不超过|经[^,。;的]{0,10}(?:备案|批准|同意|确认|认可|核定|审定|认定|评审|评定|审核|评估)(?:通过|合格|后)*\Z"
    r"|自(?![建有主营购动理愿驾产然贸律媒费助由])|20\d\d年(?!"
    + _BUILT
    + r")|分别|达到(?:每|\Z)|(?:项目|正式|竣工|完工|建成|投入|投产|投运|运营|生产|使用|通过|验收|合格|、|并|经)+后再?\Z|采取"
    r"|(?:具体|总的|整体|总体)(?:来看|而言|来说)\Z|(?:项目|工程|任务)?完成后\Z|再(?!次)|另|以"
    r"|为(?:更好|鼓励|促进|推[动进]|支持|引导|加快|进一步|提[升高]|充分)|鼓励(?!奖|等[次级])|引导|推动|构建|扶持|可|支持"
    r"|在职期间|建设期|其实际|[^,。;]*基础上\Z|[^,。;]*(?:配套|支农|专项|财政)资金\Z"
)
# 经省级认定的奖励20万元
_BY_LEVEL = re.compile(
    r"[经获]?(?:由|被)?(?P<level>(?:国家|省|市|区|县)级)(?:部门)?(?:评审|复核)?(?:认定|评定|备案|命名|授牌)"
)
# 省级财政按…给予补助: who pays picks no row.
_PAYER = re.compile(
    r"(?:所在地|当地)?(?:中央|各?[省市区县镇州](?:\([省市区县、]+\))?|地方|同级|市本|本|两|、|和)*级?(?:以上)?(?:本级)?"
    r"(?:财政|(?:人民)?政府)(?:部门|资金|局)?(?:也?将)?(?:按照?)?|(?:[、和及与]?[省市区县][一-鿿]{1,5}(?:委|局|厅))+"
    r"|[省市区县镇]本级|高新区|开发区|经开区|新区|示范区|[^,。;]{0,6}(?:管委会?|(?:主管|牵头|行政)部门)将?|[我本][省市区县]"
)
_PAYER_PAYS = re.compile(rf"(?:{_PAYER.pattern}){terms.KIND}")
_GAINED = re.compile(
    r"(?:企业|单位|机构|个人|项目|产品)?(?:经[^,。;、\d的认评]{2,16})?(?:首次|当年|被?新)*"
    r"(?:获得|取得|荣获|获评|获批|获颁|(?:成功)?创成|创建成?为|(?:被?(?:认定|确定|评定|评选|评|列)为|列入|入选))"
    r"(?P<noun>(?:[1-6]A|\d+强|[^,。;的\d在]){2,30})(?:的(?:企业|单位|机构|个人|项目|主体))?"
)
_LISTED_ON = re.compile(
    r"(?:[^,。;、在]{0,6}|[^,。;在]{0,24}企业)在(?P<noun>(?![境国]内外)(?:[^,。;、的\d]{2,12}?|(?:[^,。;、的\d]{2,8}板、?){2,3}))"
    r"(?:成功)?(?:首发)?(?:上市|挂牌)"
)
# 资质等级由叁级晋升为贰级的建筑施工企业, 晋升为总承包特级资质: from which grade to which.
_PROMOTED = re.compile(
    r"(?:[一-鿿]{0,6}企业|单位)?(?:资质(?:等级)?)?(?:首次|当年|新)?"
    r"(?P<act>由[^,。;的\d]{1,12}(?:晋升|晋级|升级)[为到至][^,。;的\d]{1,20}"
    r"|(?:(?:晋升|晋级)[为到至]?|升级[为到至])(?P<to>[^,。;的\d]{2,40}))"
    r"(?:的[一-鿿]{0,8}(?:企业|单位|机构|个人|项目|主体))?"
)
_TRAILING = re.compile(
    rf"(?:(?<=..)(?<![许认])可(?:获得?|享受|申请)?|(?<![特一二三四五]等奖)(?<=[奖贴助])\d+[名个项家]"
    rf"|(?:标准|金)(?:全[国省市区县]|统一)+(?:提高|提升|上调|调整|增加|调高)(?:到|至|为)?|的?均?{terms.KIND}[到至为]?|再?追加|(?<=..)[另再]加"
    rf"|(?<=生活|保障|养育|供养)标准|(?<=的)[奖补]|(?<=费)为|(?:(?<=..)(?<!最[低高])的?(?:比例|标准|额度|金额))?可?"
    rf"(?:提高|提升|上调|上浮|调整|增加|调高|放宽)(?:到|至|为))\Z"
)
# 对提供检测服务的企业: what somebody does, no giving.
_PROVIDES = re.compile(r"提供(?:[^,。;\d]{2,20})的")
# 甲体系、乙体系等认证的企业: the common noun of a list names none of it.
_KIND_OF_LIST = re.compile(r"(?:体系|国家|省级|各类|相关)*(?:认证|资质|认定|证书|奖项|荣誉|称号|标准)")
# 立功受奖分别为一等功奖…: what is told of each.
_EACH_IS = re.compile(r"\A[^,。;:]*分别(?:为|是)(?=[^每按\d,。;]{2,12}\Z)")
_NO_MEASURE = re.compile(rf"(?:每[^每]{{1,4}})+|(?:单个|同一|每个?|{terms.PAYEE}|年度?|标准|比例|\\d)+")
# Words with which an act within a long name begins.
_BEGINS = re.compile(
    r"[首初]次|新(?=设|建|引|增|购|办)|(?<!新)(?:设立|建设|建立|引进|购[买置])|挂牌|进入|进行|开展|从事|(?<!次)(?:获得|取得)|通过"
    r"|参[加展与]|牵头|承[接办]|投资|生产|有效期|升级|转[为型]"
)
# 与券商、律师事务所, 到中小微企业、社会组织: a list that hangs on a preposition.
_WITH = re.compile(r"[与和同向到从由为]")
# 企业与高校、科研院所共建实验室, 毕业生到中小微企业、社会组织等就业
_WITH_WITHIN = re.compile(r"[^、与到]{2,8}[与到]")
_JOINTLY = re.compile(r"共[建同享]|合作|联合|签[订约]|就业|创业|工作|任职|落户|实习|见习")
# Words with which the act of those who are listed begins, and no noun.
_ACTS = re.compile(r"[首初]次|自主创业|创办|购[买置](?![力服])|租[赁用]|开展|从事|参[加展]|挂牌")
# 纪录片、专题片在甲频道、乙频道播出: where it is shown.
_SHOWN_AT = re.compile(r"[^在]{2,16}在(?P<where>[^在]{4,})(?:首?播出?|推出|发表|刊[登发]|展出|[上首]映)")
# 云州市智能工厂项目并通过竣工验收
_PASSED = re.compile(r"(?<=.{8})并(?:经|通过)[^,、并的]{2,12}\Z")
_SHORTEST_ACT = 4
SHORT, LONG = 16, 16
_UNCUT = 20  # a name so long is no shorter for a word cut in two


def item_of_list(passage: Passage, rows: Sequence[Row], row: Row, start: int) -> str | None:
    """``甲类机构(含分行):资本1亿元以上的给予A;乙类机构:B``: the label of a list item that has one sum."""
    clause, _ = passage.stretch(clause=row.clause)
    label = re.search(r"(?:\A|:)([^,。;:]{2,20}):\Z", unbracketed(passage.text[clause:start]))
    alone = sum(other.clause == row.clause for other in rows) == 1
    told = any(other.clause != row.clause and other.sentence == row.sentence for other in rows)
    return name_in(label[1]) if label and alone and told else None


def unbracketed(words: str) -> str:
    """The words without what stands in brackets; 首台(套) keeps its own."""
    return re.sub(r"\([^()]{2,}\)", "", words)


def name_in(words: str) -> str | None:
    """A phrase without what leads up to it and what hands out."""
    words = _NOUN_BEFORE.sub("", re.sub(r"\([^()]*最高[^()]*\)\Z", "", _DUTY_BEFORE.sub("", words)))
    counted = _EACH_OF.sub("", words)
    words = counted if counted == words else re.sub(r"[补奖]\Z", "", counted)
    words = _STANDARD_FOR.sub("", _HONOURED.sub("", words))
    words = _EACH_IS.sub("", words)
    words = _STANDARD_OF.sub("", words)
    given = _GIVEN_WORDS.search(words)
    text = _LEAD.sub("", words[: given.start()] if given else words)
    text = re.sub(
        r"(?:的按?|(?<=..)进行|(?<=部分)另|(?<=..)由[^,。;的]{0,4}财政|(?<=..)(?:每[一-鿿]{1,2})+)\Z",
        "",
        _TRAILING.sub("", text),
    )
    if by_level := _BY_LEVEL.fullmatch(text):
        return by_level["level"]
    if (
        _PAYER.fullmatch(text)
        or _PAYER_PAYS.match(text)
        or _NO_NAME.match(text)
        or (terms.GIVE.match(text) and not _PROVIDES.match(text))
        or re.search(r"分(?:阶段|步|[两二三四五\d]?(?:档|类|批|个?等级)|类别)(?:进行)?(?:发放|兑现|拨付)?\Z", text)
    ):
        return None
    named = _PASSED.sub("", text)  # the end of it is what all have in common
    return _bare_noun(named) if len(text) >= 2 else None


def _bare_noun(text: str) -> str:
    """``获得某奖``, ``企业在某板上市``: the thing itself, where the words after the verb are a noun phrase."""
    at = _GAINED.fullmatch(re.sub(r"\([^()]*\)\Z", "", text)) or _LISTED_ON.fullmatch(text)
    if promoted := _PROMOTED.fullmatch(text):
        to = promoted["to"] or promoted["act"]
        return _first_of(to, "或者?") if len(to) > LONG else to
    return at["noun"] if at else text


def measured(words: str) -> str | None:
    """``按新增设备投入的20%``, ``每新上一个台阶再奖励``: what a sum goes by, where nothing else is told of it."""
    words = re.split(rf"[再另]?(?:给予|奖励|补助|补贴|资助)|{terms.CAP_WORD.pattern}", _LEAD.sub("", words))[0]
    words = re.sub(r"\A(?:或者?|可|按照?|其|以|由)+|(?:总额|金额)?的?\Z", "", words)
    cut = re.sub(r"\([^()]*\Z", "", words[:SHORT])
    return cut if len(words) > 2 and not _NO_MEASURE.fullmatch(words) else None


def short_forms(name: str) -> list[str]:
    """The short form of a name; of a long one also what tells those who are called alike apart: ``由小变大的企业``, ``由小变大``."""
    short = shortened(name)
    act, of, _ = name.rpartition("的")
    act = re.split(r"或者?", act)[0]
    return [short, _cut(act)] if of and len(name) > SHORT and len(act) > 3 else [short]


def _cut(name: str) -> str:
    """The end of a long name, from a word on that begins something; its beginning where no word does or numbers tell it."""
    tier = next(thresholds(name), "") if len(name) > SHORT else ""
    if tier in name[2:] and SHORT - 4 <= len(tier) <= LONG + 4:
        return tier  # 实缴1000万元(含)~5000万元(含)
    if len(name) <= SHORT or re.match(r"[首初]次|新", name):
        return _head(name)
    begins = None if re.search(r"\d", name) else _BEGINS.search(name, len(name) - LONG, len(name) - 3)
    if begins is None and len(name) <= _UNCUT and not re.search(r"\d", name):
        return name
    return name[begins.start() :] if begins else _head(name)


def _head(name: str) -> str:
    """The beginning of a name, with the whole of a foreign word that it would cut in two (EDA), without a number or a word that leads on."""
    cut = _FOREIGN_REST.match(name, SHORT) if _FOREIGN_BEGUN.search(name[:SHORT]) else None
    head = name[: cut.end() if cut else SHORT]
    if _NUMBER_GOES_ON.match(name, len(head)):
        head = _NUMBER_BEGUN.sub("", head) or head
    return re.sub(r"(?:后?第|[的和与及或以、])\Z", "", head)


# EDA, ISO20000: a foreign word that a name cut at its end would halve.
_FOREIGN_BEGUN = re.compile(r"[A-Za-z]\d*\Z")
_FOREIGN_REST = re.compile(r"[A-Za-z\d]{1,8}")
# 航线年飞行满100|0架次, 每新增1000|万元: a number that a name cut at its end would halve.
_NUMBER_GOES_ON = re.compile(r"(?<=\d)[\d.:：%‰万亿千百个名家强年月日元]|(?<=[:.—-])\d")
_NUMBER_BEGUN = re.compile(r"(?<=..)(?:每新增|每?满|达到?|超过|不少于|前|在)?\d[\d.:：年月—-]*\Z")
# 补贴办法》; 或者一年内…: what a name does not begin with, since it belongs to the words before.
_NO_BEGINNING = re.compile(
    r"\A(?:[)”’》】〕、,。;:]|(?:或者?|而|且)(?=[^,。;]{4,})|(?:可|将)按照?|将(?=按|运)|其中[:,]?(?=..))+"
)
# 企业获得贷款并, 租金按, 补助标准(: what leads on to words that the name leaves out.
_NO_END = re.compile(
    r"(?:[(“‘《【〔、,:;的]|(?<![合兼吞])并|且|(?<=..)将|按照?|(?<![面针])对|(?<![自])由|被|(?<![难予])以|或|(?<![普以涉])及"
    r"|(?<![所存潜])在|和|(?<![参给])与|给予|不少于|不低于|低于)\Z"
)
_NO_REST = re.compile(rf"分别|{terms.KIND}")
_PAIRS = (("(", ")"), ("“", "”"), ("‘", "’"), ("《", "》"), ("【", "】"))


def whole(name: str) -> str:
    """A name as it can stand by itself: without half a quotation or bracket, and without words that lead on to others; empty where nothing is left."""
    told = _NO_BEGINNING.sub("", name)
    for opens, closes in _PAIRS:
        if told.count(opens) > told.count(closes):
            before, _, behind = told.rpartition(opens)
            told = max(before, behind, key=len)
        elif told.count(closes) > told.count(opens):
            told = "".join(told.rsplit(closes, told.count(closes) - told.count(opens)))
    while (at := _NO_END.search(told)) and at.start() > 1:
        told = told[: at.start()]
    return "" if told != name and _NO_REST.fullmatch(told) else told if len(told) > 1 else name


def _first_of(name: str, separator: str) -> str:
    """As many of the things that a name lists as a short one holds, at least the first."""
    ends = [at.start() for at in re.finditer(separator, name)]
    fitting = [end for end in ends if end <= LONG]
    return name[: fitting[-1] if fitting else ends[0]] if ends else name


def _done_at_end(name: str) -> str | None:
    """``与券商、律所、会计师事务所完成签约``, ``毕业生、退役军人首次创业``: what is done behind a list of those it is done with or by."""
    last = name.rpartition("、")[2]
    if _WITH.match(name) or (_WITH_WITHIN.match(name) and _JOINTLY.search(last)):
        return last if len(last) <= LONG else _cut(last)
    act = _ACTS.search(last, 2)
    return last[act.start() :][:LONG] if act and len(last) - act.start() >= _SHORTEST_ACT else None


def shortened(name: str) -> str:
    """The part of a long name that tells it apart: without remarks and common nouns, the act behind a list, the list itself."""
    for spare in (
        r"\([^()]{2,}\)?|\([^()]?\Z",
        rf"(?<=..)的(?:{terms.PAYEE}|或者?|[、和及])+\Z",
        r"\A(?:首次|当年|作为[^,。;、]{2,10}(?:单位|企业|人)(?!的))+",
    ):
        name = re.sub(spare, "", name) if len(name) > SHORT else name
    if len(name) <= SHORT:
        return name
    besides = name.rpartition("且")[2]
    besides = name.rpartition("并")[2] if besides == name and not re.search("、|并购", name) else besides
    if besides != name and 4 <= len(besides) <= LONG and re.search(r"\A[^的]*\d", besides):
        return besides  # 输送员工且稳定就业3个月
    if (quoted := re.search(r"“[^“”]*强”\Z", name)) and len(quoted[0]) <= LONG:
        return quoted[0]
    after = re.split(r"等(?![级次奖于])", name)[-1]
    if after != name and 4 <= len(after) <= LONG and not _KIND_OF_LIST.match(after):
        return after  # 甲、乙、丙等购买办公用房: what is done, not the first of those who do it
    tail = name.rpartition("的")[2]
    if re.match(r"\d", name):
        return name[:SHORT]
    of_list = "、" in name.rpartition("的")[0] and not re.match(terms.PAYEE, tail)
    if 4 <= len(tail) <= LONG and ("、" in tail or (of_list and len(tail) > 5)):
        return tail  # the list itself, not the first of it behind all that leads up to it
    if shown := _SHOWN_AT.fullmatch(name):
        return shortened(shown["where"])
    first = re.split("、|以及", name)[0]
    if first != name and len(first) <= LONG:
        return _done_at_end(name) or _first_of(name, "、|以及")
    return tail if 4 <= len(tail) <= LONG else _cut(name)
