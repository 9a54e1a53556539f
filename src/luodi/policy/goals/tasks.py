"""Numbers of tasks that are targets without a date: what is to be built, held or provided, a share to be reached (LANGUAGE 4.1)."""

from __future__ import annotations

import re

from luodi.policy.goals.beneficiaries import is_done_for
from luodi.policy.goals.metrics import AGAINST, FROM, VERB
from luodi.policy.passages import Passage, Phrase
from luodi.quantities.counts import Count

BUILD = re.compile(
    r"(?:建成|建立|建设|创建|创成|打造|培育|培养|新增|新建|[改扩]建|引进|推出|组建|遴选|孵化|集聚|认定|改造|举办|推动|带动|招引|实施"
    r"|开设|开发|提供|完成|招聘|援助|支持|救助|选派|选拔|培训|筹集|筹建|配备|增加|建好|办好|实现|消除|迁建|开放|发布|部署|批准|核准"
    r"|命名|净增|补齐|增配|吸引|组织|建有|争创|输送|淘汰|整治|清退|关停|取消|下放)(?:(?:和|并)[^,。;]{2,6}|发展|壮大|形成|资助)?"
    r"(?:至少|不少于|超过|约|近|达到|省级以上|国家级|省级|市级)?\Z"
)
_REACH = re.compile(
    r"(?:使|让|力争|确保|推动)[^,。;]{2,30}(?:达到|超过|突破)\Z|(?<!预计)(?<!有望)将(?:达到?|超过|突破)\Z"
)
_BUILT_NOUN = re.compile(
    r"(?:在[^,。;\d]{2,40}(?:领域|行业|方面|地区|场所))?(?:力争|计划|其中)?(?:各[一-鿿、]{1,12}(?=每年))?(?:每年)?"
    r"(?:[向与][^,。;\d]{2,12})?[一-鿿]{0,6}?(?:建成|建立|建设|创建|打造|培育|培养|新增|新建|引进|引育|招引|组建|认定|遴选|实施"
    r"|完成|集聚|孵化|布局|改造|推广|落户|储备|培训|开工|改建|扩建|保存|收集|种植|养殖|开通|惠及|受益|购置|批准|核准|命名|治理|修复"
    r"|绿化|整治|签约|落地|竣工|打通|(?<!每)增加(?!值)|净增|增设|配[备置]|建好|铺设|安装|投放|布设|安排|淘汰|更新|争创|输送|清退"
    r"|关停|落实|制修订|修订|选送|监督检查|督导|查处|解决|化解|走访|慰问|排查|招录|录用|新聘|续聘|招募|新发展"
    r"|发展(?=党员|团员|会员|志愿)|形成|转化|签订|[共联搭]建|邀请|达成|促成|入[库池选](?![^,。;]*[应须]))"
    r"[一-鿿\dA-Z“”()、]{0,28}?(?:达到?|不少于|超过)?\Z"
)
# 力争用3年时间培训…: how long it may take.
_IN_TIME = re.compile(
    r"\A(?:力争|计划)?(?:利?用|通过|争取)?(?:\d|[一二两三四五])(?:[—~-]\d)?年(?:左右)?(?:的?时间|内|努力)"
)
# 举办活动50场以上, 筹集公寓5000套: what a task is to hold or to provide; few of them are no target.
_HELD = re.compile(
    r"(?:(?:[一两二三四五全]年)?(?:累计|共)?(?:举办|开展|组织)|[一-鿿]{0,4}"
    r"(?:提供|筹集|储备|带动|推动|引导|开发(?=[一-鿿]{0,8}岗位)|送(?=[戏书]|电影|文化|医|法)))[一-鿿A-Z“”()、]{2,24}?(?:达到?|不少于|超过)?\Z"
)
_SUMMED = re.compile(r"(?:[一二三四五两\d]年)?累计\Z")  # 直接融资规模五年累计
_SPREAD = re.compile(r"(?:分别|均|要|力争|超|破|每年)+\Z")  # 营业收入分别达到
_REACHED_FOR_EACH = re.compile(r"[亩地]均[一-鿿]{2,8}(?:达到|突破)\Z")  # 亩均产出达到600万元
_MANY = 10
_WHOLE = 100  # 覆盖率100%
# 缓解1200户家庭的住房困难, 安装2500盏路灯: what else is done with what is counted.
TASK_VERB = (
    r"取消|下放|精简|解决|兴办|创办|缓解|抓好|优化|调整|购置|搬迁|治理|整治|维修|加固|安装|铺设|(?<!每)增[设加开]|化解|修[建复缮]"
    r"|征地|平整|硬化|疏浚|清淤|栽植|补植"
)
# 市区和新区各增加1条线路: for each of those named.
_TASK_VERB = re.compile(
    rf"(?:\A|[,、和及与或])?(?!发展|服务|实现|支持)(?:(?:[^,。;\d]{{2,16}}各|全面|加快|新)?(?:{VERB}|{TASK_VERB}))[^,。;]{{0,24}}\Z"
)
_BUILT_UNITS = frozenset("所座条处栋")
_COUNTED_UNITS = frozenset("家个项座处所条种")
# 申报企业须具备…; 鼓励企业申报… demands nothing.
_REQUIRED = re.compile(
    r"(?:鼓励|支持|引导|组织|推动|指导|帮助|积极)[^,。;]{0,10}申[请报]"
    r"|(?P<required>(?<![供相适响反对效])应(?![用急对邀]|.尽)当?|须|申请|申报|具备|满足|符合|可以?(?:组织|举办|开展))"
)
# 实际利用外资4亿美元: an indicator and its sum without a verb.
_INDICATOR = re.compile(
    r"(?:[利使]用外资|完成[一-鿿]{0,8}投资额?|(?:到位|引进)[一-鿿]{0,4}(?:资金|内资|外资)|进出口总?[额值]?"
    r"|[总零交销出进][一-鿿]{0,4}[额值]|增加值|营业收入|业务收入|营收|税收(?:收入)?"
    r"|(?:旅游|综合|经营|主营|销售|服务|农业)(?:总|综合)?收入|(?:产业|经济|市场|交易|投资|技改)规模|产值|余额|总额"
    r"|融资(?:规模|总?额)?|签约总?额|协议(?:投资|资金)额?|[户人亩]均增收|预算收入|财政收入|可支配收入|生产总值"
    r"|(?:成交|交易|合同|签约|融资|对接)[一-鿿]{0,4}金?额|(?:自营|外贸|产品)出口|固定资产投资|(?<![划算计])总投资|工业投资|技改投资"
    r"|产业投资)(?:每年)?\Z"
)
# 装机容量达到500万千瓦: the size of a whole that a task is to bring about, not of one thing.
_WHOLE_REACHED = re.compile(
    r"(?<!单)(?:[一-鿿]{2,})(?:装机|能力|规模|容量|产量|产能|总量|存栏量?|出栏量?|吞吐量|面积|里程)(?:要|力争)?达到?\Z"
)
_OF_ONE = re.compile(r"单[机体台个站座厂]|企业|项目|机组|厂房|每|申报|具备")
_KEPT_AT = re.compile(r"(?:稳定在|保持在|提高到|增加到|扩大到|压减到|降至|提升到)\Z")
# No word farther than this from a number speaks of it.
SIGHT = 160
AT_LEAST = re.compile(r"(?:至少|不少于)[^,。;]{0,8}\Z")
_AREA = re.compile(r"(?:(?<!稳定)(?<!保持)(?<!控制)在|面向|选择|覆盖|围绕)\Z")
BUDGET = re.compile(
    r"安排|设立|规模(?:不低于|为)|(?:基金|专项资金|引导资金)规模|(?<!研发)(?<!R&D)投入(?!强度|占|比|相当于|产出|运营|使用|运行)|注资|筹集"
    r"|发行|基金|授信|额度|经费(?!投入强度)|预算(?!收入)|拨款|保费|罚"
)
_BUDGET_OF_THINGS = re.compile(BUDGET.pattern.replace("|筹集|", "|").replace("|设立|", "|"))
_GROWS = re.compile(r"[一-鿿]{4,}(?:增长|增速|增幅)(?:达到?|保持在?|为|不低于|超过)?\Z")
_RISES = re.compile(r"[一-鿿]{4,}(?:下降|降低|减少|缩短|压减|提高|提升)(?:不低于)?\Z")  # 效率提高50%以上
_AGAINST = re.compile(r"\A[对凡]|同比|[比较]上年")
_SHARE_REACHED = re.compile(
    r"(?:比例|占比|比重|率|覆盖面|强度)(?:要|均)?(?:达到?|实现|超过|提高到|提升[到至]|稳定在|保持在|控制在|降[到至])\Z"
)
_SHARE_PLANNED = re.compile(
    r"(?:比例|占比|比重|率|覆盖面|满意度|强度)(?:要|均|力争|分别)?"
    r"(?:达到?|实现|提高到|提升[到至]|稳定在|保持在|不低于|降至|降到|控制在|超过|(?<=[比重率])至)\Z"
)
_REACHED = re.compile(r"[一-鿿“”)]{4,}(?:达到|突破)\Z")  # 收入50万元以上的村达到40%
_CHANGED = re.compile(
    r"[一-鿿]{4,}(?:涨幅|增幅|增速|增长|下降|降低|减少|压减|压缩|缩短|精简|提高|提升)(?:不低于|达到?|超过)?\Z"
)
# 失业率5%以内, 合格率95%以上: a share and how it compares, without a verb.
_SHARE_COMPARED = re.compile(r"[一-鿿]{2,}(?:率|比例|占比|比重|强度|满意度|覆盖面|涨幅|增速|增幅)(?:保持)?\Z")
# -新升规企业1500家以上: a line that is the name and the number of a target.
_ITEM_OF_PLAN = re.compile(r"[-—•◆●■]+[^,。;:]{4,40}")
# 新增发放创业担保贷款不少于60亿元: what is to be placed or saved; 撬动社会投资100亿元: what is to follow from it.
_PLACED = re.compile(r"(?:发放|投放|减免|节约)[一-鿿“”]{2,16}\Z")
_MOVED = re.compile(
    r"(?:带动|撬动|拉动|吸引)[一-鿿“”]{2,16}\Z|减税降费\Z|(?:贷|贷款|信贷)”?(?:累计)?(?:投放|发放)\Z"
    r"|(?:发放|投放|新增)[一-鿿“”]{0,12}(?:贷款|信贷)(?:投放)?(?:规模|总?额)?\Z"
)
# 为老年人免费体检5万人次: whom a task serves.
_SERVED = re.compile(r"(?:扩招|体检|筛查|培训|服务|救助|就业|安置|诊疗|康复|检测)\Z")
# 争取中央预算内投资、专项债券100亿元: money of others that is to be won.
_WON = re.compile(r"(?:争取|争引|争跑)(?:到位)?[一-鿿“”、\d.]{0,40}(?:资金|投资|债券?|补助|贷款)\Z")
# 力争减轻企业负担200亿元: what a paper strives for.
_STRIVEN = re.compile(r"(?:力争|争取|确保)[一-鿿]{4,24}\Z")
_REGULARLY = re.compile(r"每|定期|应(?:当|在|于|为)|不得")
# 接电时间不超过15个工作日: how soon an office has something done.
_HANDLED = re.compile(
    r"(?:办理|办结|办电|接[电水气入]|审[批评查核]|报装|开办|登记|注册|通关|响应|受理|候[诊检]|等[候待]|排队)[一-鿿]{0,4}"
    r"(?:时[间限长]|用时|耗时|周期)[一-鿿]{0,8}?(?:分别|均)?(?:要|力争)?(?:控制在|不超过)"
    r"(?:[^。;,]{0,20}[、,](?![^。;]*(?:公示|公告|休息|连续))[^。;]{0,16}不超过)?\Z"
)
_DAYS = frozenset(("个工作日", "工作日", "天", "小时", "分钟"))
_TIMES = frozenset(("次", "期"))
# 外出招商不少于20次, 主题党日12次: how often something is done in a year.
_OFTEN = re.compile(
    r"(?:外出|走访|招商|带队|调研|对接|推介|检查|巡查|抽查|培训|宣讲|演练|学习|座谈|讲座|论坛|沙龙|路演|研讨|活动|党日|党课|义诊"
    r"|体检|会议|赛事|展会)(?:要|力争)?(?:不少于|达到?|超过)?\Z"
)
# 旅游路、产业路新改建320公里: the verb stands right before the number.
_BUILT_AT_END = re.compile(r"[一-鿿、]{4,}(?:[新改扩]{1,2}建|改造|拓宽|整治|修复|硬化|疏浚|加固)\Z")
# 地区生产总值320亿元,增长8%: the measure stands in the phrase before.
_ONLY_CHANGED = re.compile(r"(?:增长|下降)(?:不低于|达到?|超过)?")
# PM2.5平均浓度控制在33微克/立方米: a measure held at a level.
_LEVEL_SET = re.compile(
    r"(?:浓度|死亡率|发病率|指数|批次|强度|满意度|得分|评分)(?:要|力争|分别)?(?:控制在|稳定在|保持在|达到?|不低于|不高于|降至|降到)?\Z"
)
# A share that is to be reached, not one that a report gives: 以上, or a word of intent.
_MEANT = re.compile(r"以上\Z|左右\Z|力争|争取|确保|要|使|推动")
# 推进一网通办,网办率达到98%: the sentence of a task.
_ACTING = re.compile(
    r"(?:[一二三四五六七八九十]是)?(?:大力|积极|全面|深入|持续|加快|扎实|着力|稳步|进一步){0,2}"
    r"(?:推进|推动|推行|推广|普及|引导|实施|加强|强化|深化|完善|健全|优化|落实|开展|建立|组建|打造|提高|提升|加大|抓好|做[大强优]"
    r"|培育|发展|壮大|构建)"
)
_OF_ALL = re.compile(
    r"(?:力争)?(?:全[市省区县州]|规模以上|规上|城[乡镇]|农村|单位(?:工业增加值|GDP|地区生产总值|生产总值))[^,。;\d]*"
)
# What standards are made and led with sets no condition.
CONDITIONS = re.compile(
    r"条件|标准(?!体系|化|质量|引领|领航|提升|建设|制[定修]|研[制究]|创新|供给|厂房|地|互认|编制|宣贯|战略|工程|支撑)"
    r"|(?<!总体)(?<!工作)要求|对象|资格|准入"
)
# 取得型号合格证8张, 互办实事60件, 入驻企业30家: what a plan is to win or do; a report tells it of the last years.
_GAINED = re.compile(
    r"(?:取得|获得|获批|获评|[互兴]办|入驻|配[置备]|投[放运]|接入|部署|供应|消化|处置|盘活|收储|出让|腾退"
    r"|安排(?=[一-鿿]{0,8}(?:项目|工程)))[一-鿿A-Z“”()、]{2,24}?(?:达到?|不少于|超过)?\Z"
)
# 稳定粮食面积327万亩, 发展优质专用粮食200万亩: what is to be kept or sown.
_SOWN = re.compile(
    r"(?:(?:稳定|落实|确保|保持)[一-鿿]{2,8}(?:面积|产量|总产|存栏量?)|(?:发展|种植|扩种|推广)[一-鿿A-Z“”()、]{2,24})\Z"
)
_OF_LATE = re.compile(r"近\S{0,2}年|累计获|[对凡]|同一|单个|每家")
JOINTS = frozenset("、和及与")  # behind which another item of a list stands


def is_planned(passage: Passage, phrase: Phrase, one: Count, before: str, after: str) -> bool:
    """In a plan, what is to be built, held or provided, a share to be reached and a measure to rise or fall."""
    start, _ = passage.stretch(sentence=phrase.sentence)
    told = _told_over(passage)
    if (
        (passage.article == "0" and passage.document.articles)
        or CONDITIONS.search(told)
        or _is_required(passage, start, one.number_start)
    ):
        return False
    own = FROM.sub("", passage.text[: one.number_start][-SIGHT:])
    if after and one.unit and not one.unit.endswith(("元", "%", "倍")) and is_done_for(before, after):
        return True
    if one.comparator != "<=" and _TASK_VERB.search(before) and one.unit and not one.unit.endswith(("元", "%", "倍")):
        return not _BUDGET_OF_THINGS.search(before[-20:])
    if after and after[0] not in JOINTS:
        return False
    if (
        one.unit
        and not one.unit.endswith(("元", "%", "倍"))
        and _GAINED.search(before)
        and not _OF_LATE.match(passage.text, start)
    ):
        return True
    if one.unit.endswith(("亩", "吨", "头", "公顷")) and _SOWN.search(before):
        return True
    named = _SUMMED.sub("", bare_name(before, one))
    placed = (one.comparator == ">=" and _PLACED.search(named)) or _MOVED.search(named)
    spent = BUDGET.search(before[: placed.start()] if placed else before)
    if one.unit.endswith("元") and (placed or _INDICATOR.search(named)) and not spent:
        return True
    if one.unit.endswith(("人", "人次", "名", "户")) and many(one) and _SERVED.search(named):
        return True
    if _ITEM_OF_PLAN.fullmatch(passage.text) and not BUDGET.search(before):
        return True
    if _STRIVEN.search(before) and not BUDGET.search(before):
        return True
    if not after and _REACHED_FOR_EACH.search(before):
        return True
    if one.comparator and (_LEVEL_SET.search(before) or (not after and _is_reached(one, before))):
        return True
    return one.unit in ("%", "个百分点") and _moves(one, before, own)


def is_often(passage: Passage, phrase: Phrase, one: Count, before: str, after: str, *, listed: bool) -> bool:
    """Whether a plan says how often something is to be done, or how soon an office is to have it done.

    What is done every month or quarter is a rule of work.
    """
    if one.unit not in _DAYS | _TIMES or (after and after[0] not in JOINTS):
        return False
    start, _ = passage.stretch(sentence=phrase.sentence)
    if _REGULARLY.search(passage.text, start, one.number_start):
        return False
    if one.unit in _DAYS:
        return one.comparator == "<=" and bool(_HANDLED.search(passage.text, start, one.number_start))
    return (one.value >= _MANY or (listed and one.value > 1)) and bool(_OFTEN.search(before))


def _is_required(passage: Passage, start: int, end: int) -> bool:
    """Whether the words of a sentence before a number say that somebody must have so many."""
    return any(at["required"] for at in _REQUIRED.finditer(passage.text, start, end))


def _told_over(passage: Passage) -> str:
    """The headings over a passage and the line that leads it in."""
    return f"{passage.heading} {passage.above} {passage.lead_in}"


def _is_reached(one: Count, before: str) -> bool:
    """``甲类企业达到220家``: how many there are to be."""
    return one.comparator == ">=" and not one.unit.endswith("元") and bool(_REACHED.search(before))


def _moves(one: Count, before: str, own: str) -> bool:
    """Whether a share is to reach a number, or a measure to rise or fall by it."""
    compared = one.comparator or one.value == _WHOLE
    share = one.unit == "%" and (_SHARE_PLANNED.search(own) or (compared and _SHARE_COMPARED.search(before)))
    changed = _CHANGED.search(AGAINST.sub("", before)) or _ONLY_CHANGED.fullmatch(before)
    return bool(share or changed)


def bare_name(before: str, one: Count) -> str:
    """The words before a number without those that compare (``产值达到`` → ``产值``)."""
    return _SPREAD.sub("", before[: len(before) - max(0, one.number_start - one.start)])


def is_indicator(before: str) -> bool:
    """Whether a number stands right behind an indicator; the total of a budget is none."""
    return bool(_INDICATOR.search(before)) and not BUDGET.search(before)


def is_in_task(
    passage: Passage,
    phrase: Phrase,
    one: Count,
    before: str,
    after: str,
    vague: bool,
    *,
    listed: bool,
    carried: bool,
    told: bool,
) -> bool:
    """A numbered target inside a task: a verb of building right before the number, or 使…达到."""
    least = bool(AT_LEAST.search(before))
    if vague or not (one.comparator or least or one.value >= _MANY or passage.text[one.number_start].isdigit()):
        return False
    if one.unit in ("%", "个百分点"):
        ends = not after or after[0] in JOINTS
        return ends and _share_in_task(passage, phrase, one, before, carried=carried, told=told)
    if one.unit.endswith("元") and (not after or after[0] in JOINTS) and _WON.search(bare_name(before, one)):
        return True
    told_before = _told_over(passage)
    if (not after or after[0] in JOINTS) and _STRIVEN.search(before) and not BUDGET.search(before):
        return not CONDITIONS.search(told_before)
    budget = BUDGET if one.unit.endswith("元") else _BUDGET_OF_THINGS
    if one.unit in ("倍", "元") or budget.search(before[-20:]) or budget.search(after[:12]):
        return False
    if _REACH.search(before) or (one.comparator == ">=" and re.search(r"提供\Z", before)):
        return True
    lead = (passage.text[: one.start] if one.comparator else before)[-40:]
    if _AREA.search(lead) or one.comparator == "<=":
        return one.comparator == "~"
    ends = (not after or after[0] in "、和及") and not one.unit.endswith("元")
    several = carried or one.value > 1 and one.unit in _BUILT_UNITS
    if not (ends or least or one.comparator is not None or one.low is not None or many(one) or several):
        return False
    counted_after = bool(after) and (listed or bool(BUILD.search(lead) and re.match(r"[一-鿿“(]", after)))
    return counted_after or (ends and _counted_before(passage, phrase, one, before, after, listed=listed))


def is_of_all(words: str) -> bool:
    """Whether words speak of a whole (``规模以上企业…覆盖率``), which no applicant can be."""
    return bool(_OF_ALL.match(words))


def _share_in_task(passage: Passage, phrase: Phrase, one: Count, before: str, *, carried: bool, told: bool) -> bool:
    """A share that a task is to reach, or a measure that is to grow by it."""
    start, _ = passage.stretch(sentence=phrase.sentence)
    of_all = is_of_all(before)
    of_task = carried or of_all or bool(_ACTING.match(passage.text, start))
    if (of_task or told) and (of_all or one.comparator == ">=") and _RISES.search(before):
        return not (CONDITIONS.search(_told_over(passage)) or _AGAINST.search(before))
    if _SHARE_REACHED.search(before):
        words = before + passage.text[one.unit_end : one.end]
        whole = one.value == _WHOLE and passage.article != "0"  # a report tells of its 100% in the introduction
        if of_task or told or whole or _MEANT.search(words):
            return not CONDITIONS.search(_told_over(passage))
    return bool(_GROWS.search(before)) and not _AGAINST.search(before)


def _counted_before(passage: Passage, phrase: Phrase, one: Count, before: str, after: str, *, listed: bool) -> bool:
    """What is built, held or provided, told before its number (``新建公园10个``); a level that is kept, a whole that is reached."""
    start, _ = passage.stretch(sentence=phrase.sentence)
    told = _told_over(passage)
    required = CONDITIONS.search(told) or _is_required(passage, start, one.number_start)
    counted = one.comparator == ">=" and one.value >= _MANY and one.unit[-1:] in _COUNTED_UNITS
    acted = not after and counted and _ACTING.match(passage.text, start)
    held = not required and (acted or (many(one) and _HELD.match(before)))
    built = _BUILT_NOUN.match(_IN_TIME.sub("", before)) or (not required and _BUILT_AT_END.fullmatch(before))
    if (listed or held or built) and not re.search(r"20\d\d年", before):
        return True
    if _KEPT_AT.search(before) and not CONDITIONS.search(f"{passage.heading} {passage.above}"):
        return True
    reached = not after and one.value >= _MANY and _WHOLE_REACHED.search(passage.text[: one.number_start][-SIGHT:])
    return bool(reached) and not _OF_ONE.search(before) and not CONDITIONS.search(told)


def many(one: Count) -> bool:
    """Whether a number is large enough to be a target of a task without a further word."""
    return one.value >= _MANY or one.unit.startswith(("万", "千", "百"))
