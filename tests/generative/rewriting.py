"""Rewrite a document mechanically, and its reference facts the same way.

A rewriting takes a text and its reference facts and gives another policy: other sums, dates, units, prizes, sectors,
another number of goals, another order of articles, another city. What is compiled from the new text must be the new
facts: so nothing of a text can be known to the program beforehand.
"""

import copy
import re
from collections.abc import Callable, Iterable, Mapping
from random import Random
from typing import Any, NamedTuple

from luodi.document.reading import parse

Row = dict[str, Any]
_FIXED = {"article", "id", "kind", "op", "frequency", "not_annotated"}
_YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_NEW_SUMS = {"元": range(11, 9_999), "万元": range(2, 2_999), "亿元": range(2, 900)}


class Policy(NamedTuple):
    """A text with the facts that it states."""

    text: str
    facts: Row


Rewrite = Callable[[Policy, Random], Policy]


def other_city(policy: Policy, random: Random) -> Policy:
    """Another city and province."""
    city, province = random.sample(["临溪", "曲泽", "海陵", "望川", "青屏", "澄江", "南坪", "北岭"], 2)
    return _reworded(
        policy, {"云岚": city, "江岭": province, "岚": city[0], "杭州": city, "浙江": province, "在杭": f"在{city[0]}"}
    )


def other_dates(policy: Policy, random: Random) -> Policy:
    """Other years, days and document numbers; the order of years is kept."""
    shift = random.randint(-3, 9)
    days: dict[str, tuple[int, int]] = {}
    numbers: dict[str, int] = {}

    def day(month: str, of_month: str) -> tuple[int, int]:
        return days.setdefault(f"{int(month)}-{int(of_month)}", (random.randint(1, 12), random.randint(1, 28)))

    def dated(words: str) -> str:
        words = re.sub(r"(?<=年)(\d{1,2})月(\d{1,2})日", lambda at: "{}月{}日".format(*day(at[1], at[2])), words)
        words = re.sub(r"(?<=\d{4})-(\d\d)-(\d\d)", lambda at: "-{:02}-{:02}".format(*day(at[1], at[2])), words)
        words = re.sub(r"(?<=〕)(\d+)(?=号)", lambda at: str(numbers.setdefault(at[1], random.randint(1, 200))), words)
        return re.sub(r"(?<!\d)(20\d\d)(?=年|〕|-\d\d-|\Z)", lambda at: str(int(at[1]) + shift), words)

    return _everywhere(policy, dated)


def other_sums(policy: Policy, random: Random) -> Policy:
    """Other sums of money; larger stays larger within a unit."""
    token = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(万元|亿元|元)")
    new: dict[tuple[str, str], int] = {}
    for unit, values in _NEW_SUMS.items():
        old = sorted({at[1] for at in token.finditer(policy.text) if at[2] == unit}, key=float)
        new |= {(one, unit): value for one, value in zip(old, sorted(random.sample(values, len(old))), strict=True)}
    yuan = {round(float(old) * _YUAN[unit]): value * _YUAN[unit] for (old, unit), value in new.items()}
    policy = _everywhere(policy, lambda words: token.sub(lambda at: f"{new.get((at[1], at[2]), at[1])}{at[2]}", words))
    for row in policy.facts["benefits"]:
        for key in ("amount", "floor", "cap"):
            row[key] = yuan[round(row[key])] if row[key] is not None else None
    for row in policy.facts["goals"]:
        row["value"] = new.get((f"{row['value']:g}", row["unit"]), row["value"])
    return policy


def other_shares(policy: Policy, random: Random) -> Policy:
    """Other percentages; larger stays larger."""
    token = re.compile(r"(?<![\d.])(\d+)(?=%)")
    old = sorted({int(at[1]) for at in token.finditer(policy.text)})
    new = dict(zip(old, sorted(random.sample(range(1, 100), len(old))), strict=True))
    policy = _everywhere(policy, lambda words: token.sub(lambda at: str(new.get(int(at[1]), at[1])), words))
    for row in policy.facts["benefits"]:
        row["rate"] = new[round(100 * row["rate"])] / 100 if row["rate"] is not None else None
    for row in policy.facts["goals"]:
        row["value"] = new.get(row["value"], row["value"]) if row["unit"] == "%" else row["value"]
    return policy


def other_counts(policy: Policy, random: Random) -> Policy:
    """Other numbers of firms in the goals."""
    old = {row["value"] for row in policy.facts["goals"] if row["unit"] == "家"}
    new = {value: random.randint(2, 400) for value in sorted(old)}
    text = re.sub(r"(?<![\d.])(\d+)(?=家)", lambda at: str(new.get(int(at[1]), at[1])), policy.text)
    facts = copy.deepcopy(policy.facts)
    for row in facts["goals"]:
        row["value"] = new[row["value"]] if row["unit"] == "家" else row["value"]
    return Policy(text, facts)


def other_units(policy: Policy, random: Random) -> Policy:
    """Every named unit becomes another one."""
    named = {unit for row in policy.facts["duties"] for unit in (*row["lead"], *row["participants"])}
    old = sorted(unit for unit in named if not unit.startswith("各") and len(unit) > 3)
    fields = [
        "工业",
        "信息",
        "农业农村",
        "海洋",
        "林业和园林",
        "体育",
        "交通运输",
        "民政",
        "文化和旅游",
        "档案",
        "统计",
        "气象",
        "医疗保障",
    ]
    fields += [
        "粮食和储备",
        "水利",
        "公安",
        "司法",
        "审计",
        "退役军人",
        "国防动员",
        "数据",
        "知识产权",
        "外事",
        "机关事务",
        "住房保障",
        "消防",
    ]
    names = [f"市{field}{kind}" for field in fields for kind in ("局", "委")]
    names += ["市委改革办", "市委网信办", "市供销社", "市总工会", "云湖海关", "市税务局"]
    return _reworded(policy, dict(zip(old, random.sample(names, len(old)), strict=True)))


_WORDS = (
    ("特等奖 一等奖 二等奖 三等奖", "一等奖 二等奖 三等奖 优秀奖"),
    ("金奖 银奖 铜奖", "一等奖 二等奖 三等奖"),
    ("一等奖 二等奖 三等奖", "金奖 银奖 铜奖"),
    ("A类 B类", "甲类 乙类"),
    ("A类 B类", "Ⅰ类 Ⅱ类"),
    ("一级 二级 三级", "甲级 乙级 丙级"),
    ("一类 二类", "A类 B类"),
    ("国家级 省级 市级", "省级 市级 县级"),
    ("国际 国内", "境外 境内"),
    ("国防技术发明奖 国防科学技术进步奖", "海洋工程发明奖 海洋科学创新奖"),
    ("军队科学技术进步奖", "航运科技创新成果奖"),
    ("军民融合产业示范基地 军民融合示范企业", "绿色制造示范园区 绿色制造领军企业"),
    ("军民融合产业基地 军民两用技术转移机构", "未来产业先导园区 产业技术研究机构"),
    ("武器装备科研生产许可证", "特种设备设计制造许可证"),
    ("装备承制", "船舶修造"),
    ("适航认证", "安全认证"),
    ("型号合格证 生产许可证 零部件制造人批准书", "设计批准书 制造许可证 维修许可证"),
    ("制造业单项冠军企业", "工业设计领先企业"),
    ("专精特新中小企业", "创新型中小企业"),
    ("未来工厂 企业技术中心", "绿色工厂 工业设计中心"),
)


def other_prizes(policy: Policy, random: Random) -> Policy:
    """Other prizes, grades, titles and papers, renamed in a few rounds."""
    present = [(old.split(), new.split()) for old, new in _WORDS if any(key in policy.text for key in old.split())]
    for keys, values in random.sample(present, (len(present) + 1) // 2):
        if not any(value in policy.text for value in values if value not in keys):
            policy = _reworded(policy, dict(zip(keys, values, strict=True)))
    return policy


_FIELDS = "海洋工程 量子信息 轨道交通装备 生物育种 智慧物流 先进储能 精密仪器 低空经济 绿色建材 功能食品 脑机接口 氢能 现代纺织 合成生物"
_KINDS = "超低温 高精度 分布式 柔性 耐腐蚀 宽频 微型 双模 自适应 高通量 模块化 水下 车载 便携式"
_THINGS = "传感器 离心泵 控制器 显微镜 测距仪 电解槽 轴承 变流器 阀门 光谱仪 压缩机 探测器 编码器 换热器 减速机 存储器"


def other_sectors(policy: Policy, random: Random) -> Policy:
    """Other sectors and, where the reference names them as the text does, other technologies."""
    rows = policy.facts["sectors"]
    fields = dict(zip([row["name"] for row in rows], random.sample(_FIELDS.split(), len(rows)), strict=True))
    policy = _reworded(policy, fields)
    if not policy.facts.get("own"):
        return policy
    old = list(
        dict.fromkeys(name for row in policy.facts["sectors"] for name in row["technologies"] if name in policy.text)
    )
    things = [kind + thing for kind in _KINDS.split() for thing in _THINGS.split()]
    return _reworded(policy, dict(zip(old, random.sample(things, len(old)), strict=True)))


def fewer_goals(policy: Policy, random: Random) -> Policy:
    """A goal that stands in a part of its own is taken out."""
    found = _lone_goals(policy)
    if not found:
        return policy
    goal, start, end = random.choice(found)
    facts = copy.deepcopy(policy.facts)
    facts["goals"].remove(goal)
    return Policy(policy.text[: start - 1] + policy.text[end:], facts)


def more_goals(policy: Policy, random: Random) -> Policy:
    """One goal more, after a goal that stands in a part of its own."""
    found = _lone_goals(policy)
    if not found:
        return policy
    goal, _, end = random.choice(found)
    count = random.randint(2, 90)
    new = goal | {"metric": "新建中试基地", "op": ">=", "value": count, "unit": "个"}
    facts = copy.deepcopy(policy.facts)
    facts["goals"].append(new)
    return Policy(f"{policy.text[:end]},新建中试基地{count}个以上{policy.text[end:]}", facts)


def _lone_goals(policy: Policy) -> list[tuple[Row, int, int]]:
    """Goals that alone fill a part between commas or semicolons, with its place; never the part with the deadline."""
    found = []
    for at in re.finditer(r"(?<=[,，;；])[^,，;；。:：\n]+", policy.text):
        goals = [row for row in policy.facts["goals"] if re.search(rf"(?<![\d.]){row['value']:g}{row['unit']}", at[0])]
        if len(goals) == 1 and not at[0].startswith("到") and _states(at[0], goals[0]):
            found.append((goals[0], at.start(), at.end()))
    once = [goal for goal, _, _ in found]
    metrics = [goal["metric"] for goal in policy.facts["goals"]]
    return [one for one in found if once.count(one[0]) == 1 and metrics.count(one[0]["metric"]) == 1]


def _states(part: str, goal: Row) -> bool:
    return "分别" not in part and goal["metric"][-4:-1] in part


def other_order(policy: Policy, random: Random) -> Policy:
    """Articles under one number change places, all but the last (which carries what follows the list)."""
    document = parse(policy.text)
    groups: dict[int | None, list[Any]] = {}
    for article in document.articles:
        if not article.id.endswith("章"):
            groups.setdefault(article.parent, []).append(article)
    groups = {parent: children for parent, children in groups.items() if len(children) > 2}
    children = groups[random.choice(sorted(groups, key=str))][:-1]
    moved = children
    while moved == children:
        moved = random.sample(children, len(children))
    bodies = {one.id: slice(*document.text.span(one.body, one.end)) for one in children}
    text = policy.text
    for place, source in sorted(zip(children, moved, strict=True), key=lambda pair: -pair[0].start):
        text = text[: bodies[place.id].start] + policy.text[bodies[source.id]] + text[bodies[place.id].stop :]
    return Policy(
        text, _readdressed(policy.facts, {source.id: place.id for place, source in zip(children, moved, strict=True)})
    )


def _readdressed(facts: Row, ids: Mapping[str, str]) -> Row:
    facts = copy.deepcopy(facts)
    for rows in (value for value in facts.values() if isinstance(value, list)):
        for row in (row for row in rows if isinstance(row, dict)):
            for key in {"article", "id"} & row.keys():
                row[key] = _address(row[key], ids)
    return facts


def _address(old: str, ids: Mapping[str, str]) -> str:
    for source, place in ids.items():
        if old == source or old.startswith(f"{source}."):
            return place + old[len(source) :]
    return old


def _reworded(policy: Policy, words: Mapping[str, str]) -> Policy:
    """Replace words everywhere at once, the longest first."""
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return _everywhere(policy, lambda text: pattern.sub(lambda at: words[at[0]], text))


def _everywhere(policy: Policy, change: Callable[[str], str]) -> Policy:
    return Policy(change(policy.text), {key: _changed(key, value, change) for key, value in policy.facts.items()})


def _changed(key: str, value: Any, change: Callable[[str], str]) -> Any:
    if key in _FIXED:
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_changed("", one, change) for one in value]
    if isinstance(value, dict):
        return {inner: _changed(inner, one, change) for inner, one in value.items()}
    return value


def other_width(policy: Policy, random: Random) -> Policy:
    """Half-width punctuation and full-width figures, as copies on the web have them; the facts stay."""
    text = policy.text.translate(str.maketrans("，；：（）［］", ",;:()[]"))
    if random.random() < 0.5:
        text = text.translate(str.maketrans("0123456789%", "０１２３４５６７８９％"))
    return Policy(text, policy.facts)


def other_duty_wording(policy: Policy, random: Random) -> Policy:
    """Duties said in another of the usual ways; the facts stay."""
    lead, rest = random.choice(
        [
            ("牵头单位：{}", "，配合单位：{}"),
            ("牵头单位：{}", "；参与单位：{}"),
            ("责任单位：{}牵头", "，{}配合"),
            ("{}牵头", "，{}参与"),
            ("{}牵头负责", "，{}按职责分工负责"),
            ("责任单位：{}牵头", "、{}等参与"),
            ("{}会同", "{}负责"),
        ]
    )
    clause = re.compile(r"责任单位[:：](?P<lead>[^，,。；]+?)牵头[，,](?P<rest>[^。；\n]+?)参与(?=[）)\]］〕])")
    return Policy(clause.sub(lambda at: lead.format(at["lead"]) + rest.format(at["rest"]), policy.text), policy.facts)


def other_numerals(policy: Policy, random: Random) -> Policy:
    """Items numbered ``1、`` or ``１．`` in place of ``1.``; the facts stay."""
    stop = random.choice(["、", "．", "． "])
    return Policy(re.sub(r"(?m)^(\d{1,2})\.(?!\d)", rf"\g<1>{stop}", policy.text), policy.facts)


def hard_wraps(policy: Policy, random: Random) -> Policy:
    """Lines broken at the width of a page, as copied pages have them; the facts stay."""
    width = random.randint(34, 48)
    return Policy("\n".join(_wrapped(line, width) for line in policy.text.split("\n")), policy.facts)


def _wrapped(line: str, width: int) -> str:
    """A line broken where it is full, never before a closing mark."""
    text, used = "", 0.0
    for char in line:
        used += 1.0 if char > "\u2000" else 0.5
        if used > width and char not in "，。；：、）］〕”》,;:)]":
            text, used = text + "\n", 1.0
        text += char
    return text


def other_recipients(policy: Policy, random: Random) -> Policy:
    """Other addressees in the line before the text; a list without a line of addressees stays."""
    line = re.search(r"(?m)^各[^\n。]{2,80}[:：]$", policy.text)
    if line is None:
        return policy
    first = ["各县(市、区)人民政府", "各乡镇人民政府", "各区人民政府", "各市、县(市、区)人民政府"]
    rest = ["市各有关单位", "市级各部门", "高新区管委会", "各直属机构", "市属各高校", "各有关企业", "各街道办事处"]
    names = [random.choice(first), *random.sample(rest, random.randint(1, 4))]
    facts = copy.deepcopy(policy.facts) | {"recipients": names}
    return Policy(policy.text[: line.start()] + "，".join(names) + "：" + policy.text[line.end() :], facts)


_CITED = "江岭省营商环境条例 江岭省数字化改革行动方案 江岭省产业基金管理办法 江岭省科技创新促进条例 江岭省服务业发展规划 江岭省关于支持民营经济的若干意见"


def other_references(policy: Policy, random: Random) -> Policy:
    """Other papers that the text rests on."""
    old = [row["title"] for row in policy.facts["references"]]
    return _reworded(policy, dict(zip(old, random.sample(_CITED.split(), len(old)), strict=True)))


_TERM = re.compile(
    r"自(?P<from>\d{4}年\d{1,2}月\d{1,2}日)起施行(?P<comma>[，,])有效期至(?P<to>\d{4}年\d{1,2}月\d{1,2}日)"
)


def other_term(policy: Policy, random: Random) -> Policy:
    """The term in another of the usual wordings, which may state other fields of it."""
    years, days = random.randint(2, 6), random.choice([15, 30, 60])
    words, change = random.choice([
        ("自{from}起实施，有效期至{to}", {}),
        ("自{from}起执行，至{to}止", {}),
        (f"自{{from}}起施行，有效期{years}年", {"effective_to": None, "years": years}),
        (f"自{{from}}起试行，试行期{years}年", {"effective_to": None, "years": years}),
        ("自发布之日起施行，有效期至{to}", {"effective_from": None, "days_after_issue": 0}),
        (f"自公布之日起{days}日后施行，有效期{years}年",
         {"effective_from": None, "effective_to": None, "years": years, "days_after_issue": days}),
    ])  # fmt: skip
    facts = copy.deepcopy(policy.facts)
    facts["validity"] |= change
    text = _TERM.sub(lambda at: words.format(**at.groupdict()), policy.text)
    return Policy(text, facts) if text != policy.text else policy


def other_repeals(policy: Policy, random: Random) -> Policy:
    """One paper more that ends: beside those named before, or in a sentence of its own behind the term."""
    title, number = (
        random.choice(_ENDED.split()),
        random.choice([None, f"云岚政发〔{random.randint(2014, 2021)}〕{random.randint(1, 90)}号"]),
    )
    cited = f"《{title}》" + (f"（{number}）" if number else "")
    facts = copy.deepcopy(policy.facts)
    facts["repeals"].append({"title": title, "number": number})
    place, words = (r"(?=同时废止)", cited) if facts["repeals"][1:] else (r"(?<=负责解释。)", f"{cited}同时废止。")
    text = re.sub(place, words, policy.text, count=1)
    return Policy(text, facts) if text != policy.text else policy


_ENDED = "云岚市旧城改造补助办法 云岚市中小企业扶持若干意见 云岚市技术改造奖励细则"
_HEADINGS = "完善服务体系 夯实发展基础 营造良好环境 畅通循环渠道 增强支撑能力 优化运行机制 打通堵点难点 凝聚各方力量 健全推进体系 做优配套条件"


def other_headings(policy: Policy, random: Random) -> Policy:
    """Other headings of articles that state neither goals nor sectors."""
    told = {row["article"].rpartition(".")[0] for kind in ("goals", "sectors") for row in policy.facts[kind]}
    told |= {row["article"] for kind in ("goals", "sectors") for row in policy.facts[kind]}
    rows = [row for row in policy.facts["articles"] if row["heading"] and row["id"] not in told]
    rows = [
        row for row in rows if len(re.findall(re.escape(row["heading"]), policy.text)) == 1 and len(row["heading"]) > 5
    ]
    new = dict(
        zip([row["heading"] for row in rows], random.sample(_HEADINGS.split(), min(len(rows), 10)), strict=False)
    )
    return _reworded(policy, new)


REWRITES: tuple[Rewrite, ...] = (
    other_order, other_headings, other_recipients, other_references, other_term, other_repeals, more_goals, fewer_goals, other_prizes, other_sectors, other_units, other_counts, other_shares, other_sums,
    other_dates, other_city, other_duty_wording, other_numerals, other_width, hard_wraps,
)  # fmt: skip


def rewritten(policy: Policy, rewrites: Iterable[Rewrite], seed: int) -> Policy:
    """The policy after some rewrites, in their own order."""
    random = Random(seed)
    chosen = set(rewrites)
    for rewrite in REWRITES:
        if rewrite in chosen:
            policy = rewrite(policy, random)
    return policy
