"""Numbers that are no goals: conditions, specifications, payments, names of classes, sums of a list and the past (LANGUAGE 4.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luodi.policy.goals.metrics import VERB
from luodi.policy.goals.parts import is_part_of_paper, is_summed
from luodi.policy.goals.past import is_past
from luodi.policy.goals.sizes import is_of_size, is_size
from luodi.policy.goals.spending import is_fine, is_spent
from luodi.policy.passages import Passage, Phrase
from luodi.quantities.counts import Count

# 淘汰4.3米及以下焦炉: the size names what is to go.
_REMOVED = re.compile(r"(?:避免|防止|防范|杜绝|遏制|淘汰|关停|关闭|拆除|取缔|退出|禁止|严禁|限制)[^,。;]{0,30}\Z")
_CONDITION_AFTER = re.compile(
    r"\A[^,。;]{0,40}的(?:,|。|;|\Z|企业|单位|项目|机构|人员|个人|农户|家庭|居民|职工|学生|儿童|老年人|对象|人群)"
)
# 低于7000元的农户纳入监测范围: who is taken in, or what the next number counts.
_OF_THOSE = re.compile(r"的(?:[^,。;]{0,14}\d|[一-鿿]{1,8}(?:纳入|列入|享受|实行))")
_CONDITION_CLOSES = re.compile(r"\A[^,。;]{0,40}的(?:,|。|;|\Z)")
_AIM_AFTER = re.compile(r"\A[^,。;]{0,40}的?(?:目标|任务|水平)(?:[,。;]|\Z)")
OUTPUT = re.compile(r"(?:形成|具备|达到)[年日](?:产|处理|加工)\Z")  # 形成年产20万辆整车的能力
# 从2020年的15%提高到56%: what it was is no goal.
_BASE_BEFORE = re.compile(r"(?:[从由]|比重|比例|率)(?:20\d\d年(?:底|末)?|[目当]前|现在)?的?\Z")
_BASE_AFTER = re.compile(r"\A(?:左右|以上)?(?:提[高升]?|增[加长]|上升|扩大|压[减缩]|缩短|下?降低?|减少?)[到至为]")
# 在甲、乙、丙设立3个中心: what is done there, counted.
_ENDS_IN_VERB = re.compile(rf"(?:{VERB})\Z")
# 四个方面十六个具体指标: parts of the paper itself.
_PARTS = re.compile(
    r"(?:方面|阶段|关键|重点(?![项企产])|环节|抓手|统筹|转变|导向|维度|层面|(?:具体|量化|主要|重点|基本|核心|评价)*(?:指标|任务|原则))"
)
# 产值过1000亿元的企业实现“破零”: the size of what is to come into being.
_FIRST_ONE = re.compile(r"(?:以上)?的?[^,。;\d]{0,10}实现“?(?:零的?突破|破零)")
# 出台四项“8条政策”: the name that follows counts for itself.
_NAMED = re.compile(r"“\d(?![^”]*”[一-鿿]{3})")
# 实施范围包括26个县、国家级贫困县31个: where it holds.
_HOLDS_IN = re.compile(r"范围(?:包括|涉及|涵盖)[^。]*\Z")
# 新增基地两个,分别是甲村的5000亩基地、乙村的2000亩基地: what those just counted are.
_EACH_OF_THOSE = re.compile(r"[个处家座项条],分别(?:是|为|位于)[一-鿿“][^。;]*\Z")
_SHARED_OUT = re.compile(
    r"共(?:\d+个?[一-鿿]{1,4})?\d+项,分为[^。;]*\Z"
)  # 共193项,分为甲类28项、乙类24项: what it consists of
# 9个方面, 4个…试点建设, 按3.6%安排: parts of a paper, pilots, what is to be spent.
_OTHER_COUNT = re.compile(r"方面(?:[,。;共\d]|\Z)|(?:主要)?包括|[^,。;]{0,16}试点(?!任务|经验)|(?:的比例)?安排")
_MATTERS = re.compile(r"[^,。;]{0,6}事项(?:[,。;共]|\Z)")  # 57项改革事项; 取消50项以上许可事项 is an aim
# “2027年销量900万辆左右”的发展目标: what is quoted is the aim itself.
_QUOTED_AIM = re.compile(r"[^“”]{0,8}”的[一-鿿]{0,4}目标")
# 鼓励各县建设不低于10万平方米的公园。其中,绿地占比不低于65%: what one should have that is encouraged.
_ENCOURAGED = re.compile(r"(?:\A|[。;,])鼓励[^。;]{2,60}建设不[低少小]于(?:\Z|\d[^。;]{2,40}。其中,[^。]{0,100}\Z)")
_BACK = 80
# 从2026年起,绿色建筑占比不低于30%: a rule from then on.
_FROM_THEN_ON = re.compile(r"[从自]20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?起,[^。;\d]{2,40}不得?(?:[低少高大]于|超过)\Z")
# 西侧400亩地块: how large a piece of land is.
_PLOT = re.compile(r"(?:地块|宗地)")
# 设计年吞吐量600万人次, 站点800米半径: how something is made; 试点企业3家: how many try it.
_DESIGNED = re.compile(r"(?<!研发)设计年?[一-鿿]{0,8}(?:吞吐量|流量|能力|时速|速度|规模|产能|容量|库容)(?:约|为|达)?\Z")
_RADIUS = re.compile(r"(?:半径|范围内|步行)")
_PILOTS = re.compile(r"试点(?:企业|单位|项目|城市|地区|园区|学校|乡镇|村)\Z")
# 10万人死亡率, 百万吨煤死亡率: for how many a rate is told.
_RATE_FOR = re.compile(r"[一-鿿]{0,2}(?:死亡率|发病率|事故率|发案率)")
_SPECIFICATION = re.compile(r"\A(?:以上|及以上)?(?:级|等级|功率|超高清|型|大型|量级|口径|制程|分辨率)")
_RESEARCH = re.compile(r"(?:突破|攻克|研发(?!机构|人员|中心|平台|投入|经费|费用)|研制|攻关|开发)[^,。;]+\Z")
# 机架规模2000架以上的数据中心: how large the things are, not how many.
_SIZE_OF = re.compile(
    r"(?:规模|面积|投资|产值|产量|运量|容量|能力|功率|里程|收入|长度|额|重量|直径)(?:达到?|在|超过?|不低于|不少于)*\Z"
)
_COUNTED_CLASS = re.compile(
    r"(?:级|的)?(?:[一-鿿“”]{0,6}(?:企业|项目|园区|产业|集群|基地|平台|机构|单位|地级市|县市区|县|乡镇|街道|村|品牌|产品)(?:群体|梯队|方阵)?)"
    r"(?:\([^()]\))?(?:力争)?(?:达到?|突破|超过|不少于)?\d"
)
# 打造超千亿元企业群体: some of a size, uncounted.
_SOME_OF_SIZE = re.compile(r"(?:打造|形成|培育|培植|构建|建成|做大)(?:一批)?超?过?\Z")
_GROUP_OF_SIZE = re.compile(r"的?[一-鿿“”]{0,6}(?:企业群体?|群体|梯队|方阵)(?:[,。;、]|\Z)")
_JUST_COUNTED = re.compile(r"\d[万千]?[个家户处条座]\Z")  # 230个50户以上的村寨: which ones are counted
# 20户以上自然村通硬化路率达到100%: which ones a share is told of.
_CLASS_OF_SHARE = re.compile(
    r"的?[一-鿿“”]{2,24}?(?:率|比例|占比|比重|覆盖面)(?:达到?|为|超过|不低于|保持在|稳定在|提[高升]?[到至]|下降|降低)?\d"
)
# 90%的乡、50%的建制村通水泥路: shares of several classes that reach the same.
_SHARES_OF = re.compile(r"(?:以上)?的[^,。;、\d%]{1,16}[、和]\d[\d.]*%(?:以上)?的[一-鿿]")
# 覆盖80%以上的人口100万以上城市: a share of a class of things.
_COVERS = re.compile(r"(?:覆盖|惠及|通达)\Z")
# 单体建筑面积不低于1000平方米、床位不少于30张: how large one of them must be at least.
_STANDARD_OF_ONE = re.compile(
    r"(?:单[体个项座处站宗栋]|项目(?:用地)?(?:亩均)?投资强度|(?:建设|工业)用地[^,。;\d]{0,6}投资强度)[^,。;\d]{0,12}不得?(?:[低少小]于|超过)"
)
# 入园项目投资强度不低于500万元/亩,亩均税收不低于30万元, 新建数据中心PUE不高于1.3,…使用率不低于50%: what a new one must have to be let in.
_ENTRY_NORM = re.compile(
    r"(?:(?:入园|入驻|准入|新上|新入|拟入|新引进)[^。;\d]{0,8}(?:项目|企业|用地)[^。;]{0,60}(?:强度|亩均[一-鿿]{2,4}|容积率|系数)"
    r"|(?:新建|扩建|新上)[^,。;\d]{2,20}(?:PUE|能效|效率)[^,。;\d]{0,8}不得?(?:[高大低]于|超过)[\d.]+,[^。;]{0,40})"
    r"[^,。;\d]{0,6}不得?(?:[低少高小]于|超过)\Z"
)
# 预留份额不低于采购总额的30%,其中小微企业占比不低于60%: a part of what a rule sets aside.
_PART_OF_NORM = re.compile(r"(?:不低于|不少于)[^,。;\d]{2,14}的\d[\d.]*%,其中[^,。;]*\Z")
# 每校至少配备1名指导员: how many each must have.
_HAS_EACH = re.compile(
    r"每(?:校|村|社区|班|园|[个所家座处][一-鿿]{1,8}?)(?:至少|原则上)*(?:配备|设[立置]|明确|安排|选派)(?:至少|不少于)?\Z"
)
_STANDARD_AFTER = re.compile(r"(?:或[^,。;]{2,24})?的标准")
_BY_STANDARD = re.compile(r"按照?[^,。;]{0,30}\Z")  # 按人均用地不少于0.1平方米的标准配建
# 建成机场,跑道长度800米: how long the one thing is that was named before.
_LENGTH_OF_ONE = re.compile(r"[一-鿿]{0,3}(?:全长|总长|长度|宽度|高度|深度|长|宽|高)约?")
_AREA_OF = re.compile(r"[一-鿿]{0,4}?面积(?:达到?|约|不少于|不低于|不小于|为)?")
_ONE_BEFORE = re.compile(r"(?<![\d.])[1一][个座处所栋][一-鿿]{0,10},\Z")
_EACH_AREA = re.compile(r"每[个座处所栋间][一-鿿]{0,4}面积")
_PLACES = ("个", "县", "村", "户")
_AREAS = ("平方米", "平米", "m2")
_PLACE = re.compile(
    r"的?[一-鿿“”]{0,12}(?:园|区|城|基地|小镇|走廊|范围|[区全]域)(?:[、和与]|\Z)"
)  # 建设15平方公里产业园
# 纳入考核,分值占比不低于30%: how much it counts.
_WEIGHT = re.compile(r"(?:权重|分值|计分|赋分)(?:占比)?(?:要|应|均)?(?:达到?|不低于|不少于|为|占|提高到)?\Z")
_BUILDS_SUCH = re.compile("(?:打造|建成|建设|培育|新建|创建|形成|实施|引进)[^,。;]*等\\Z")
_WORKED_ON = re.compile(r"[一-鿿]{2,16}(?:进行|实施)[一-鿿]{0,6}(?:改造|整治|提升|建设|修复|治理|维修)")
# 为城镇居民办好十件实事: a line over those that follow.
_HEADS_LIST = re.compile(r"[^,。;:]{0,24}(?:办好?|实施|落实)[^,。;:]{0,6}(?:实事|工程)(?:项目)?")
_DEEDS = re.compile(r"(?:民生|惠民|为民|利民|重点)*(?:微)?实事")  # 实施47项民生实事: those that are listed below
# 培育甲、乙等十四项主要建设任务: what a paper tells, however many, is built by nobody.
_TOLD_OF = re.compile(r"(?:主要|重点|具体|建设|改革|工作)*(?:任务|措施|举措|政策|内容|要求)")
_NEW = re.compile("(?:新增|新引进|新培育|净增)[^,。;]*等\\Z")
# 完成36个村道路建设120公里: what the next number measures; 2500余公里3460个排污口.
_OF_NEXT = re.compile(
    r"的?[一-鿿]{2,16}[村县镇户]的\d[\d.]*万?[人户]|(?:以上)?[一-鿿“”]{4,40}(?:建设|改造|整治|修复|硬化)\d[\d.]*万?(?:公里|千米|米|亩|平方米)"
)
_COUNT_NEXT = re.compile(r"\d[\d.]*[万千百]?[个条处座项家户]")
_MEASURES = ("米", "亩", "吨", "里", "公顷")
# 参与条件: who may take part, not what is to be reached.
_WHO_MAY = re.compile(r"(?:参与|参加|申报|申请|认定|准入|受理|启动|响应|享受|补助|补贴|支持|奖励|基本)条件\Z")
_CONDITION_LABEL = re.compile(r"[一-鿿]{2,6}条件:")
# Ⅱ级:缺口60万至90万千瓦, 红色预警:…: when a level of alert is called.
_ALERT = re.compile(r"[—·◆●]*(?:[ⅠⅡⅢⅣⅤⅥIV一二三四五六]{1,3}级|[红橙黄蓝]色)[^,。;:\d]{0,8}(?:\([^()]*\))?:")
# 按响应电量给予补贴。单日时长不超过4小时: how far a payment goes.
_BOUND = re.compile(r"不得?(?:超过|突破|[高多]于)\Z")
_DATED = re.compile(r"20\d\d年|[年月]底")
_PAYS = re.compile(r"(?:给予|予以)[^。;]{0,40}\d[^。;]{0,12}(?:奖|补|资助)")
# 园区应当入驻企业20家以上: what a rule demands is nothing to be reached.
_LED_BY_CONDITIONS = re.compile(r"(?:符合|具备|满足|达到)[^。;:]{0,6}条件")
_DEMANDED = re.compile(r"应当|(?:应|须)(?:具备|符合|满足|有)|(?:下列|以下)条件")


def _is_norm(passage: Passage, phrase: Phrase, place: int) -> bool:
    """Whether the sentence says before a place that a rule demands it."""
    return bool(_DEMANDED.search(passage.text, passage.stretch(sentence=phrase.sentence)[0], place))


@dataclass(frozen=True, slots=True)
class Where:
    """What the sentence says of a number.

    Is this a passage of goals, until when, does it speak of payments, is the paper a plan or an opinion, is something to be reached
    (by a date, or within ``5年内``), was the number before it in the sentence a goal, and one in a sentence before (``told``).
    """

    section: bool
    deadline: str | None
    paid: bool
    planned: bool = False
    opinion: bool = False
    aimed: bool = False
    listed: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class _Around:
    """A number with the words round it."""

    passage: Passage
    phrase: Phrase
    one: Count
    before: str
    after: str
    where: Where

    @property
    def sentence(self) -> tuple[int, int]:
        return self.passage.stretch(sentence=self.phrase.sentence)


def is_excluded(passage: Passage, phrase: Phrase, one: Count, before: str, after: str, where: Where) -> bool:
    """Whether the words round a number say that it is a condition, a specification, a payment, a part of a name or the past."""
    told = _Around(passage, phrase, one, before, after, where)
    return any(test(told) for test in _TESTS)


def _says_who(told: _Around) -> bool:
    """``年产值超过10亿元的企业``: whom something is said of."""
    passage, one, after, where = told.passage, told.one, told.after, told.where
    following = passage.text[told.phrase.end : told.phrase.end + 1]
    stands_for = not (where.section or where.aimed) or passage.phrase_text(told.phrase).startswith(("对", "凡"))
    condition = bool(_CONDITION_AFTER.match(after + following)) and stands_for
    condition = condition or (not where.section and bool(_CONDITION_CLOSES.match(after + following)))
    condition = condition and not (_AIM_AFTER.match(after) or OUTPUT.search(told.before))
    return bool(
        condition
        or (
            _OF_THOSE.match(after)
            and not (one.unit == "%" and (_SHARES_OF.match(after) or _COVERS.search(told.before)))
        )
        or _names_class(one, told.before, after)
        or (not passage.text[one.number_start].isdigit() and _CLASS_OF_SHARE.match(after))
        or (_SIZE_OF.search(told.before) and re.match(r"的[一-鿿]", after))
        or (not where.section and _LED_BY_CONDITIONS.search(passage.lead_in))
        or _bounds_others(passage, told.phrase, told.before, where)
    )


def _is_of_a_name(told: _Around) -> bool:
    """``“双百”工程``, 第3批, 跃居前40位, a specification: a part of what something is called or made of."""
    one, before, after = told.one, told.before, told.after
    quoted = before.count("“") > before.count("”") and "”" in after and not _QUOTED_AIM.match(after)
    return bool(
        quoted
        or _NAMED.match(after)
        or (one.comparator and _REMOVED.search(before) and re.match(r"[一-鿿]", after))
        or (_RESEARCH.search(before) and re.match(r"(?:以上)?(?![和及与])[一-鿿]", after))
        or _SPECIFICATION.match(told.passage.text[one.unit_end : one.unit_end + 12])
        or _FIRST_ONE.match(after)
        or re.match(r"[~—–-]\d", after)
        or (one.unit == "人" and after.startswith("制"))
        or (one.unit == "年" and after.startswith("一遇"))
        or (one.unit.endswith(("米", "分钟")) and _RADIUS.match(after))
        or _DESIGNED.search(before)
        or _RATE_FOR.match(after)
        or (one.unit.endswith("/年") and re.match(r"[一-鿿]", after) and not one.comparator)
        or re.search(r"第\Z|[—~-]\Z|占全年的?\Z|(?:经过|用|[年月期时]内)\Z", before)
        or (one.unit in ("位", "名") and before.endswith("前"))
    )


def _is_past(told: _Around) -> bool:
    where, place = told.where, told.one.number_start
    return is_past(told.passage, told.phrase, place, told.before, section=where.section, planned=where.planned)


def _is_money_of_something(told: _Around) -> bool:
    """A payment, a price, a budget, a cost, a fine: no aim."""
    one, where, place = told.one, told.where, told.phrase.start
    summed = told.passage.text[max(0, place - 60) : place] + told.before
    behind = told.passage.text[one.end : one.end + 8]
    return bool(
        (where.paid and not where.section)
        or is_spent(one, told.before, told.after, summed=summed, behind=behind, section=where.section)
        or is_fine(told.passage.text[slice(*told.sentence)])
        or (_BASE_BEFORE.search(told.before) and _BASE_AFTER.match(told.after))
    )


def _is_norm_of_one(told: _Around) -> bool:
    """A weight, a standard or a measure of each one (每所学校不少于3人), and what something must be to be let in."""
    passage, one, before, where = told.passage, told.one, told.before, told.where
    opened = told.sentence[0]
    return bool(
        _WEIGHT.search(before)
        or _STANDARD_OF_ONE.search(passage.text, told.phrase.start, one.number_start)
        or (one.comparator and _ENTRY_NORM.search(passage.text, opened, one.number_start))
        or _PART_OF_NORM.search(passage.text, opened, one.number_start)
        or (one.comparator and _ENCOURAGED.search(passage.text[max(0, opened - _BACK) : one.number_start]))
        or (one.unit == "%" and one.comparator and _FROM_THEN_ON.search(passage.text, opened, one.number_start))
        or (_BY_STANDARD.search(before) and _STANDARD_AFTER.match(told.after))
        or (one.unit.endswith("米") and _LENGTH_OF_ONE.fullmatch(before))
        or (one.unit.endswith(_AREAS) and _is_area_of_one(passage, told.phrase, before))
        or (one.unit in ("名", "人") and not where.section and _HAS_EACH.search(before))
        or (one.unit in ("小时", "分钟") and not one.comparator and re.match(r"[一-鿿]", told.after))
        or is_size(one, before, told.after)
        or (not (where.section or where.deadline) and _is_norm(passage, told.phrase, one.number_start))
    )


def _belongs_to_another(told: _Around) -> bool:
    """A number that the next one goes on with, sums up or is a place of."""
    one, after = told.one, told.after
    return bool(
        (not told.passage.text[one.number_start].isdigit() and _PARTS.match(after))
        or _OTHER_COUNT.match(after)
        or _PILOTS.search(told.before)
        or (_MATTERS.match(after) and not (one.comparator or told.before.endswith(("取消", "下放", "精简"))))
        or (one.unit == "方" and after.startswith("面"))
        or (one.unit.endswith("亩") and _PLOT.match(after))
        or (one.unit in ("件", "项", "个") and (_HEADS_LIST.fullmatch(told.passage.text) or _DEEDS.match(after)))
        or (one.unit in _PLACES and _HOLDS_IN.search(told.passage.text, told.sentence[0], one.number_start))
        or (one.unit == "项" and _SHARED_OUT.search(told.passage.text, told.sentence[0], one.number_start))
        or _EACH_OF_THOSE.search(told.passage.text, told.sentence[0], one.number_start)
        or is_part_of_paper(one, told.before, after)
        or is_summed(one, after)
        or (one.unit == "平方公里" and _PLACE.match(after))
        or is_of_next(after)
        or (one.unit.endswith((*_MEASURES, "元")) and _COUNT_NEXT.match(after))
        or (_sums_up(told.passage, one, told.before, after) and not (is_of_size(after) or _builds_more(told)))
    )


_TESTS = (_says_who, _is_of_a_name, _is_past, _is_money_of_something, _is_norm_of_one, _belongs_to_another)


def _bounds_others(passage: Passage, phrase: Phrase, before: str, where: Where) -> bool:
    """Who may take part, when an alert is called, how far a payment goes: bounds that a plan sets, not its targets."""
    sentence = passage.stretch(sentence=phrase.sentence)
    if _CONDITION_LABEL.match(passage.text, *sentence):
        return True
    if where.section or _DATED.search(passage.text, *sentence):
        return False
    if any(_WHO_MAY.search(name) for name in (passage.heading, *passage.above.split())) or _ALERT.match(passage.text):
        return True
    return bool(_BOUND.search(before) and _PAYS.search(passage.text))


def is_of_next(after: str) -> bool:
    """Whether a number counts what the next one measures (``36个村道路建设120公里``)."""
    return bool(_OF_NEXT.match(after))


def _is_area_of_one(passage: Passage, phrase: Phrase, before: str) -> bool:
    """``建成仓库1个,储备面积不少于1500平方米``: how large the one thing is that was counted before."""
    of_one = _AREA_OF.fullmatch(before) and _ONE_BEFORE.search(passage.text[: phrase.start])
    return bool(of_one or _EACH_AREA.match(before))


def _sums_up(passage: Passage, one: Count, before: str, after: str) -> bool:
    """``甲、乙等5个项目``: a sum of what is named; ``新增甲类、乙类企业等10家`` counts what is new."""
    if before.endswith("等") and not one.unit.endswith(_MEASURES):
        return bool(after) or not _NEW.search(before)
    return _counts_named(passage, one, before, after)


def _builds_more(told: _Around) -> bool:
    """``到2026年,打造甲、乙、丙等30个示范区``, ``对甲路、乙路等23条道路进行改造``: far more than the few that are named."""
    where = told.where
    builds = (where.section or where.aimed) and _BUILDS_SUCH.search(told.before)
    works = where.planned and told.before.startswith("对") and _WORKED_ON.match(told.after)
    return bool(
        (builds or works) and not _TOLD_OF.match(told.after) and told.one.value > 3 * (told.before.count("、") + 1)
    )


def _counts_named(passage: Passage, one: Count, before: str, after: str) -> bool:
    """``甲、乙、丙三个基地``, ``甲、乙2个园区``: those just named, counted."""
    named = re.split("、|和|与|及", before)
    told = bool(after) and "、" in before and not re.search(r"\d", before) and not _ENDS_IN_VERB.search(before)
    counted = told or not passage.text[one.number_start].isdigit()
    return counted and len(named) > 1 and len(named) == one.value


def _names_class(one: Count, before: str, after: str) -> bool:
    """``超10亿元企业30家``, ``20户以上自然村通路率达到100%``: a size that names a class of things, which the next number counts."""
    if (
        one.comparator
        and one.unit != "%"
        and (_CLASS_OF_SHARE.match(after) or (after and _JUST_COUNTED.search(before)))
    ):
        return True
    if one.unit.endswith("元") and _SOME_OF_SIZE.search(before) and _GROUP_OF_SIZE.match(after):
        return True
    return one.unit.endswith(("元", "亩", "平方米", "吨")) and bool(_COUNTED_CLASS.match(after))
