"""Phrases before or beside what is given that demand nothing of an applicant (由区财政承担, 分两年兑付, 按投资额的10%).

Each pattern is one kind of such a phrase: who pays, who decides, what offices do, by what it is reckoned, in which parts, how much at
most, when and how long, by what rule, what is aimed at, which payment, and what only points back or joins. An alternative is bound to
the phrase's beginning or end where it may not stand elsewhere. What is said of him whom the award is for (对以土地入股的合作社) is demanded
whatever the words begin with.
"""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms

_NAMED = rf"的(?:[^的,]{{0,12}}(?:{terms.PAYEE}))?\Z"

# 由区财政承担, 资金由省市分担, 从失业保险基金中, 县就业部门(按…给予), 各街道办按月(发放): who pays, and out of what.
_WHO_PAYS = (
    r"\A(?:由|安排|[省市区县]级?财政|用于)|财政\Z|(?:资金|基金|经费|预算|贡献|税收|收入)中\Z"
    r"|资金[^,。;的]{0,4}由|由[^,。;的]{2,24}(?:承担|负担|分担)|\A[^,。;的]{0,12}[资基]金采[取用]"
    r"|\A[一-鿿]{0,3}(?:高新|经开|开发|自贸|新)?[市区县镇](?:本级)?\Z"
    r"|\A(?!.*(?:获|取得|得到|[列纳]入|享受|争取|使用|安排|已|未|经|通过|符合))[^,。;的]{0,14}(?:财政|资金|部门|[一-鿿]局|政府|街道办(?:事处)?)"
    r"(?:另|再|额外|可|将|统一|各|均|分别|负责|(?:根据|按照?)[^,。;]*)*(?:对其中)?\Z"
)
# 对机构的成效进行评价, 经核实后, 县就业部门每年对基地进行考核: who looks at it, before it is given.
_WHO_DECIDES = (
    r"\A[^,。;]*进行[^,。;的]{0,6}(?:考核|评价|评估|评审|审核|核查|核验|打分|测算|核算)\Z"
    r"|\A经(?:专家)?(?:评审|审核|审定|审批|核实|核查)(?:通过)?后?\Z|\A经(?:申请|核实|核查|审核|审批|审定|确认|同意|批准)+后\Z"
    r"|\A经申请(?:核实|审核)\Z|\A经[^,。;的]{2,12}(?:研究|会商)后?\Z|授牌,?并?\Z|\A开展[^,。;]*(?:评价|评选|考核|评估)(?:工作|活动)?\Z"
    r"|\A[^,。;的]{0,24}(?:部门|局|委员?会?|中心)(?:每[年季月]|定期|负责|统一)*(?:对|会同|组织|联合|牵头)[^,。;]*"
    r"(?:审核|评审|考核|评估|指导|检查|评价|核查|评分)\Z"
)
# 有关部门要加强服务, 市甲局、市乙局应当按职责做好审核: what offices do; not 经主管部门应当…批准的.
_WHAT_OFFICES_DO = (
    r"\A[^,。;的经由向在]{0,24}(?:部门|[一-鿿]局|政府|管委会|领导小组|办公室)"
    r"(?:要|应当?|须|必须|负责|统筹|牵头|按照?(?:职责|职能|各自))"
)
# 补助标准按…, 每增加100万元, 超过500万元部分, 其新增投资额, 企业研发投入: what the sum is reckoned of, and by what.
_HOW_RECKONED = (
    r"\A[^,。;的]{0,8}(?:标准|比例|金额|额度)(?:可|应|将|均|统一)*按|(?:标准|比例|期限|方式)(?:为|是)?\Z"
    r"|\A[^,。;]*每(?:同比|再|新)?(?:增[加长]|新增|提[高升]|超过?)\d[^,。;的]*\Z|\A在[^,。;的]{1,12}每"
    r"|\A(?:全额)?返还(?:其|企业|单位)?[^,。;]{2,24}(?:费用?|税款|租金|保证金)\Z|\A(?:每[^,。;的]{1,20}|[^,。;的]*每[一-鿿]{1,3})\Z|\A(?:所|超[过出]|增[加长])[^,。;]*\d[^,。;]*部分\Z"
    r"|\A其(?!他|它|余|中)[^,。;]*(?:量|额|部分|费用?|租金|房租|利息|支出|设施|用房)\Z|\A企业[^,。;的]{0,10}(?:投入|费用|支出|贡献)\Z"
)
# 分两年(兑付), 分档给予, 设一等奖, 分为三个等次: in how many parts or grades.
_IN_WHICH_PARTS = (
    r"\A分(?:[一二三四五\d]|(?:阶段|期|批|次|档次?|级|类)(?=给|予|奖|补|资|兑|拨|按|\Z))|\A设[一二三特](?:等|\Z)"
    r"|分为[^,。;]*(?:等次|档次?|等级|类别?|级)\Z"
)
# 上限100万元, 单个企业, 累计(不超过), 贴息总额不超过50万元: how much at most, and for whom each time.
_HOW_MUCH = (
    rf"\A(?:上限|同一|单个|单户|累计)(?!(?:(?!资助|补[助贴]|奖励|扶持)[^,。;])*\d[^,。;]*{_NAMED})"
    r"|\A(?!.*(?:获|已|享受|取得|的\Z))[^,。;的]{0,14}?(?:贴息|补[贴助]|奖励|资助|扶持|支持)(?:资金)?"
    r"(?:利?率|比例|标准|总额|金额|额度|期限?|时间|年限|周期)"
    r"(?:一般|原则上)?(?:最[长高多]|不超过|不高于|不得超过|不低于|不少于)"
)
# 自认定之日起, 在项目建设期, 前三年, 连续3年, 每年, 2017年1月1日至12月31日期间, 期限一般为2年: when, how often and how long it is paid;
# not 自备案之日起1年内投产, 连续3年增长的, 第三方, 每年不少于3次, which are demanded.
_WHEN = (
    r"\A自(?!主|有|行|建|愿|筹)(?![^,。;]*起[^,。;]{1,8}内[^,。;]*"
    r"(?:投产|建成|竣工|开工|完成|达产|达效|通过|取得|获|备案|[入纳升][统库规]|上市))[^,。;]{1,16}起"
    r"|\A第[一二三四五](?!方|年度?(?:仍|还|继续|保持|达到|实现)|(?:年度?|、第?[一二三四五六])+[^,。;年给按奖补分租]{4,})|\A[前后首次][一二两三四五\d]?年(?!仍|还|继续|保持)"
    r"|\A每(?:年|月)(?!从|[^,。;]*(?:\d[^,。;]{0,6}以上(?:的[^,。;的\d]{0,10})?\Z|(?:不少于|不低于)\d))"
    r"|\A连续(?![^,。;]{3,}的(?:[^,。;的\d]{0,12})?\Z)"
    r"|\A[^,。;的]{0,6}(?:期限?|时间)一般(?:为|不超过)|(?:年度?|之日|月份?)(?:开始|起)\Z|\A在?(?:对应|相应|各自的?|当)年度?\Z"
    r"|\A在?(?:项目|计划|工程)*(?:建设|施工|过渡|试?运[营行])期(?:间|内)*\Z"
    r"|\A(?:在|自)?20\d\d年[\d年月日至到起—-]*(?:期间|内|间)?\Z|\A(?:之|以)?后(?:续)?\Z"
)
# 根据考核结果, 《某措施》提出, 按规定, 视情, 以奖代补方式, 采取定额补助形式, 本办法规定: by what rule or in what manner; not 以出口为主的.
_BY_WHAT_RULE = (
    r"\A(?:根据|按|依据|依照|依条件|依规|结合|参照|依托|具体|关于|适用范围|将|可|视|优先|以(?![^,。;]+(?:为主的|[进出]口)))"
    r"|\A采[取用](?:定额|差额|后补助|事后|以奖代补|分档|直接|无偿)[^,。;的\d]{0,8}\Z"
    r"|(?:文件|措施|政策|办法)(?:还|也|同时)*(?:提出|明确|规定|指出)\Z|(?:记者[^,。;]*|据|另据)(?:了解|获悉|悉)到?\Z"
    r"|(?:通知|新政|政策|文件|办法|意见|措施)(?:中|里)?(?:还|也)?提到\Z|值得[^,。;]{2,6}的是\Z"
    r"|(?:奖励|奖补|补助|补贴|资助|扶持|支持)方面\Z|\A《[^《》]*》(?:鼓励|支持|在企业\Z|(?:还|也)?(?:提出|明确|规定)\Z)"
)
# 为促进就业, 鼓励企业创新, 围绕主导产业, 建立奖励机制: what is aimed at; not 设立研发机构的.
_WHAT_IS_AIMED_AT = (
    r"\A(?:为(?!主)|鼓励|引导|推动|推进|促进|加大|加快|加强|提升|优化|完善|大力|积极|着力|全面|落实|贯彻|坚持|遵循|围绕|聚焦|发挥|拓宽|畅通|打通"
    r"|(?:设立|建立)(?![^,。;]{2,24}的\Z))"
)
# 奖励资金…, 接待累积奖: the payment itself, by its name; not 支持建设的企业.
_WHICH_PAYMENT = rf"\A(?:支持|扶持|资助|奖励|补助|补贴)(?!.*{_NAMED})|\A(?!.*[获得评])[^,。;的]{{2,8}}奖\Z"
# 对符合上述条件的, 在此基础上, 该企业, 在市级(基础上), 除中央补助外: what points back to what is said elsewhere.
_POINTS_BACK = (
    r"\A对?符合(?:上述|以上|下列|规定|相关|本[^,。;]{0,6})?(?:引进|申报|申请|支持|资助)?的?(?:条件|要求|规定|标准)?的"
    r"(?![^,。;]*(?:租[赁用]|购[买置]|新[建设]|获|取得|通过|开展|建设|引进|实施|投资|落户|设立|举办))"
    r"|\A(?:该|其|此)[^,。;]{0,4}\Z|基础上(?:(?:额外|再|另|按)[^,。;]*)?\Z"
    r"|\A在(?:[^,。;的]{2,14}方面(?:提出|明确|规定)?|获得|(?:国家|[上省市区县])级?)\Z"
    r"|\A除(?![^,。;]*(?:企业|行业|项目|单位))[^,。;]{1,12}\Z"
)
# 同时, 一次性, 在享受补贴的同时: what only joins a gift to another.
_ONLY_JOINS = r"\A(?:分别|均|当年|同时|一次性|原则上|叠加后|额外再?|另外?|再)+\Z|\A在[^,。;]{2,20}的同时\Z"

WHAT_OFFICES_DO = re.compile(_WHAT_OFFICES_DO)
"""What offices are to do, wherever it stands: demanded of nobody who applies."""
_SAYS_NOTHING = re.compile(
    "|".join(
        (
            _WHO_PAYS,
            _WHO_DECIDES,
            _WHAT_OFFICES_DO,
            _HOW_RECKONED,
            _IN_WHICH_PARTS,
            _HOW_MUCH,
            _WHEN,
            _BY_WHAT_RULE,
            _WHAT_IS_AIMED_AT,
            _WHICH_PAYMENT,
            _POINTS_BACK,
            _ONLY_JOINS,
        )
    )
)
# 对以…入股的合作社: whom the award is for, whatever the words begin with.
_IS_NAMED = re.compile(rf"\A(?:对|凡|针对)(?!符合)[^,。;]{{4,}}{_NAMED}")
_PUTS_UP = re.compile(r"(?:对|凡|针对)(?:设立|建立)")  # 对设立研发机构且…的企业


def demands_nothing(words: str, text: str) -> bool:
    """Whether a phrase says something that demands nothing; ``text`` are its ``words`` without what joins them."""
    return bool(_SAYS_NOTHING.search(text)) and not _IS_NAMED.search(words) and not _PUTS_UP.match(words)
