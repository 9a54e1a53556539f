"""What each column of a table of awards is for: what is paid, for what or whom, how much at most, when (LANGUAGE 3, 6)."""

from __future__ import annotations

import re
from itertools import pairwise

from luodi.policy.award_terms import PAID_FOR
from luodi.policy.cell_readings import OWN_SUM, PAYS
from luodi.policy.table import Row, Table, filled
from luodi.quantities.money import find_money
from luodi.quantities.numerals import ARABIC

_SUM = re.compile(
    r"(?:(?:奖励|补助|补贴|资助|支持|奖补|扶持|津贴|救助)(?:资金|金)?(?:标准|金额|额度|比例|总额|数额|上限|限额)?"
    r"|兑[付现](?:标准|金额|额度|比例))(?:\([^()]{1,10}\))?\Z|(?:奖金|补贴额|标准|金额|额度)(?:\([^()]{0,3}元[^()]{0,6}\))\Z"
    r"|(?:抚恤|优待|慰问|养育|供养|低保|生活|护理)(?:资金|金|费)?(?:标准|金额|额度)\Z"
)
_ADDED = re.compile(r"(?:另加|再加|加奖|追加)(?:奖励|补助|资助)?\([^()]{0,3}元[^()]{0,6}\)\Z")  # beside what is paid
_PLAIN = re.compile(r"标准|金额|额度|数额")  # under a line that names the payment
_KEY = re.compile(
    r"等级|级别|类别|类型|档次|名次|奖项|奖次|项目|对象|层次|条件|情形|内容|事项|名称|区域|学历|职称|规模|性质|时期|年龄|身份"
)
# 收费标准(元): what the reader pays.
PAID_BY_READER = re.compile(r"收费|价格|租金标准|缴费|缴纳|罚款|处罚")
# 护理补贴标准 单位:元/人·月: every column of numbers is paid; a plan of how funds are shared out pays nobody.
OF_MONEY = re.compile(r"单位(?:均|都)?(?: ?:|为|是)[^,。;]{0,4}元|\([万亿]?元(?:/[^()]{1,8})?\)")
# How funds are shared out among places, who was paid: no standard for anybody.
_HANDED_OUT = re.compile(
    r"分配|下达|预算|决算|名单|公示|明细|台账|(?:发放|兑现|拨付|安排)(?:情况|计划|一览|汇总)|(?:安排|汇总|统计)表"
)
_STANDARD = re.compile(r"标准|如下|下表|附表")
_SHARED_OUT = re.compile(r"资金|经费|预算|分配|下达|安排|投资|收入")
LIMIT = re.compile(
    r"(?:年度?)?(?:(?:救助|补助|补贴|奖励|最高|累计|支付)*(?:限额|上限|封顶线?)"
    r"|最高(?:救助|补助|补贴|奖励|奖补|资助|支持)?(?:资金|金)?(?:金额|数额|额度?|标准)?)(?:\([^()]{1,10}\))?\Z"
)
_EACH = re.compile(r"\A每(?!年|月|次)")
_SHARE = re.compile(r"\d[\d.]*%")
# 投资额, 营业收入, 销售量: a quantity by the noun at its end; what is paid says so itself.
_QUANTITY = re.compile(r"(?<![奖补助贴励持])[额值量积数率价本税款分]\Z|(?:收入|规模|贡献|利润|资产|投资|票房|营收)\Z")
# 1(含)—5, 10以上, ≥20, 满3年
_BOUND = re.compile(r"以[上下]|之间|[≥>＞＜<]|不足|未满|超过|\(不?含\)")
_RANGE = re.compile(rf"(?P<low>{ARABIC})[^\d]{{0,8}}?(?:—|-|~|至)(?P<high>{ARABIC})[^\d]*")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
NONE = re.compile(r"[/\\—–-]+|无")  # a cell of what a row has not
_NO_KEY = re.compile(r"序号|编号|备注|说明|责任|牵头|依据|材料|单位\Z")
_WHO = re.compile(r"对象|主体|条件|范围")
_DESCRIBES = re.compile(r"(?:对象|主体|条件|范围|标准|要求)(?:\([^()]*\))?\Z")
UNIT_COLUMN = re.compile(r"(?:计量|计价|补[助贴])?单位")
# 资助方式, 兑现期限: a column that tells how often and for how long.
WHEN = re.compile(
    r"\A(?:资助|支持|补助|补贴|奖励|奖补|扶持|发放|拨付|兑现|支付|给付|享受)*(?:资金|金)?(?:方式|频次|周期|期限|年限|时限)(?:\([^()]*\))?\Z"
)
NUMBER = re.compile(rf"(?:最高|不超过|≤)?\s*(?:(?P<low>{ARABIC})\s*(?:—|-|~|至)\s*)?(?P<number>{ARABIC})")
UNIT = re.compile(r"(?P<scale>[万亿]?)元")
# (二)参展扶持:
_NAMED = re.compile(r"(?:奖励|补助|补贴|资助|奖补|扶持|津贴|救助)(?:\([^()]*\))?:?\Z")


def paying_columns(table: Table) -> list[int]:
    """The columns that tell what is paid."""
    if _HANDED_OUT.search(table.caption) and not _STANDARD.search(table.caption):
        return []
    if PAID_BY_READER.search(table.caption) and not PAID_FOR.search(table.caption):
        return []
    named = [at for at in table.columns(_SUM) if not PAID_BY_READER.search(table.names[at])]
    named = sorted({*named, *table.columns(_ADDED)}) if named else []
    limits = table.columns(LIMIT)
    bounded = [at for at in named if at not in limits]
    if any(_is_bounded(table, at) for at in bounded):  # 补助比例, 最高补助金额: what bounds a share pays nothing itself
        named = bounded
    each = [at for at in table.columns(_EACH) if _holds_sums(table, at)]
    if each and PAYS.search(table.caption) and all(at in limits for at in named):
        return each  # 每个标准展位 beside 最高补贴: the sum for each, and its bound
    return named or (_numbers(table) if _is_grid(table.caption) else []) or _sums(table)


def key_columns(table: Table) -> list[int]:
    """The columns that tell for what or whom: whom first, what is paid for last."""
    sums = paying_columns(table)
    bounds = [*table.columns(LIMIT), *table.columns(WHEN)]  # they bound the share beside them, or say for how long
    others = [at for at, name in enumerate(table.names) if at not in (*sums, *bounds) and not _NO_KEY.search(name)]
    keys = [at for at in others if sums and (at < sums[0] or _KEY.search(_told(table, at)))]
    if not keys and len(others) == 1:
        keys = others  # 奖励金额(万元), 票房(亿元): whatever the one other column is called
    return sorted(keys, key=lambda at: not _WHO.search(table.names[at]))  # what is paid for picks a row, not who


def picking_columns(table: Table) -> list[int]:
    """The columns of keys that pick a row; what only describes it (评定分数, 建设标准) is left out where another picks."""
    keys = key_columns(table)
    picking = [at for at in keys if not _DESCRIBES.search(table.names[at])]
    named = [at for at in picking if not is_measured(table, at)]
    if named and _tell_apart(table, named):
        return named
    return picking if picking and _tell_apart(table, picking) else keys


def _tell_apart(table: Table, columns: list[int]) -> bool:
    """Whether no two rows are the same in some columns."""
    rows = list(zip(*(filled(table, at) for at in columns), strict=True))
    return len({tuple(cell.text if cell else "" for cell in row) for row in rows}) == len(rows)


def is_measured(table: Table, column: int) -> bool:
    """Whether a column tells by how much a row is picked (营业收入(亿元): 1—5, 5以上)."""
    name = _IN_BRACKETS.sub("", table.names[column])
    cells = _cells(table, column)
    if _QUANTITY.search(name) or any(_BOUND.search(cell) for cell in cells):
        return any(re.search(r"\d", cell) for cell in cells)
    ranges = [at for cell in cells if (at := _RANGE.fullmatch(cell))]
    return any(one["high"] == other["low"] for one, other in pairwise(ranges))


def _told(table: Table, column: int) -> str:
    return f"{table.groups[column] if table.groups else ''}{table.names[column]}"


def _cells(table: Table, column: int) -> list[str]:
    """The cells of a column that say something."""
    cells = [row.cells[column].text for row in table.rows if column < len(row.cells)]
    return [cell for cell in cells if cell and not NONE.fullmatch(cell)]


def _is_bounded(table: Table, column: int) -> bool:
    """Whether a column holds shares, or sums for each of something."""
    name = table.names[column]
    return "比例" in name or "元/" in name or any("%" in cell or "元/" in cell for cell in _cells(table, column))


def _sums(table: Table) -> list[int]:
    """The columns of sums below a line that names what is paid (每张床位资助标准如下), behind one that says for what or whom."""
    if not (PAYS.search(table.caption) or _NAMED.search(table.caption)) or PAID_BY_READER.search(table.caption):
        return []
    plain = [at for at, name in enumerate(table.names) if _PLAIN.fullmatch(name)]
    if plain and (_holds_sums(table, plain[0]) or all(map(find_money, _cells(table, plain[0])))):
        return plain[:1]
    told = [at for at, name in enumerate(table.names) if not _NO_KEY.search(name)]
    sums = [at for at in told if not is_measured(table, at) and _holds_sums(table, at)]
    others = [at for at in told if at not in sums]
    return sums if sums and others and others[0] < sums[0] else []


def _holds_sums(table: Table, column: int) -> bool:
    """Whether every cell of a column that says something is a sum, a share, or a number whose name, row or line above has the unit."""
    cells = _cells(table, column)
    unit = UNIT.search(table.names[column]) or UNIT.search(table.caption) or _has_unit_column(table)
    return bool(cells) and all(
        OWN_SUM.fullmatch(cell) or _SHARE.fullmatch(cell) or (unit and NUMBER.fullmatch(cell)) for cell in cells
    )


def _has_unit_column(table: Table) -> bool:
    """Whether each row tells its unit (计量单位: 元/人·月)."""
    columns = [at for at, name in enumerate(table.names) if UNIT_COLUMN.fullmatch(name)]
    return any(cells and all(map(UNIT.match, cells)) for cells in (_cells(table, at) for at in columns))


def unit_told(table: Table, row: Row) -> str:
    """The unit of money that a row tells in a column of its own."""
    cells = [
        row.cells[at].text for at, name in enumerate(table.names) if UNIT_COLUMN.fullmatch(name) and at < len(row.cells)
    ]
    return next((cell for cell in cells if UNIT.match(cell)), "")


def _is_grid(caption: str) -> bool:
    paid = PAID_FOR.search(caption) and OF_MONEY.search(caption)
    return bool(paid) and not (_SHARED_OUT.search(caption) or PAID_BY_READER.search(caption))


def _numbers(table: Table) -> list[int]:
    """The columns that hold nothing but numbers, and measure nothing."""
    columns = [at for at, name in enumerate(table.names) if not _NO_KEY.search(name) and not is_measured(table, at)]
    told = ((at, _cells(table, at)) for at in columns)
    return [at for at, cells in told if cells and all(map(NUMBER.fullmatch, cells))]
