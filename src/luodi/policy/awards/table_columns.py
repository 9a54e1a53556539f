"""What each column of a table of awards is for: what is paid, for what or whom, how much at most, when (LANGUAGE 3, 6)."""

from __future__ import annotations

import re

from luodi.policy.award_terms import PAID_FOR
from luodi.policy.cell_lines import OWN_SUM, PAYS
from luodi.policy.table import Table
from luodi.quantities.money import find_money
from luodi.quantities.numerals import ARABIC

_SUM = re.compile(
    r"(?:奖励|补助|补贴|资助|支持|奖补|扶持|津贴|救助)(?:资金|金)?(?:标准|金额|额度|比例|总额|数额|上限|限额)?(?:\([^()]{1,10}\))?\Z|(?:奖金|补贴额|标准|金额|额度)(?:\([^()]{0,3}元[^()]{0,6}\))\Z"
    r"|(?:抚恤|优待|慰问|养育|供养|低保|生活|护理)(?:资金|金|费)?(?:标准|金额|额度)\Z"
)
_PLAIN = re.compile(r"标准|金额|额度|数额")  # under a line that names the payment
_KEY = re.compile(
    r"等级|级别|类别|类型|档次|名次|奖项|奖次|项目|对象|层次|条件|情形|内容|事项|名称|区域|学历|职称|规模|性质|时期|年龄|身份"
)
# 收费标准(元): what the reader pays.
PAID_BY_READER = re.compile(r"收费|价格|租金标准|缴费|缴纳|罚款|处罚")
# 护理补贴标准 单位:元/人·月: every column of numbers is paid; a plan of how funds are shared out pays nobody.
OF_MONEY = re.compile(r"单位 ?:[^,。;]{0,4}元")
_SHARED_OUT = re.compile(r"资金|经费|预算|分配|下达|安排|投资|收入")
LIMIT = re.compile(
    r"(?:年度?)?(?:(?:救助|补助|补贴|奖励|最高|累计|支付)*(?:限额|上限|封顶线?)"
    r"|最高(?:救助|补助|补贴|奖励|奖补|资助|支持)?(?:资金|金)?(?:金额|数额|额度?|标准)?)(?:\([^()]{1,10}\))?\Z"
)
_EACH = re.compile(r"\A每(?!年|月|次)")
_SHARE = re.compile(r"\d[\d.]*%")
_MEASURED = re.compile(
    r"投资|收入|产值|资本|规模|面积|税|贡献|销售|出口|进口|融资|贷款|票房|营收|成本|价"
)  # what a tier measures
NONE = re.compile(r"[/\\—–-]+|无")  # a cell of what a row has not
_NO_KEY = re.compile(r"序号|备注|责任|牵头|依据|材料")
_WHO = re.compile(r"对象|主体|条件|范围")
# 资助方式, 兑现期限: a column that tells how often and for how long.
WHEN = re.compile(
    r"\A(?:资助|支持|补助|补贴|奖励|奖补|扶持|发放|拨付|兑现|支付|给付|享受)*(?:资金|金)?(?:方式|频次|周期|期限|年限|时限)(?:\([^()]*\))?\Z"
)
NUMBER = re.compile(rf"(?:最高|不超过|≤)?\s*(?:(?P<low>{ARABIC})\s*(?:—|-|~|至)\s*)?(?P<number>{ARABIC})")
UNIT = re.compile(r"(?P<scale>[万亿]?)元")
# (二)参展扶持:
_NAMED = re.compile(r"(?:奖励|补助|补贴|资助|奖补|扶持|津贴|救助):?\Z")


def paying_columns(table: Table) -> list[int]:
    """The columns that tell what is paid."""
    named = [at for at in table.columns(_SUM) if not PAID_BY_READER.search(table.names[at])]
    if any(
        "比例" in table.names[at] for at in named
    ):  # 补助比例, 最高补助金额: what bounds a share pays nothing itself
        named = [at for at in named if at not in table.columns(LIMIT)]
    each = [at for at in table.columns(_EACH) if _holds_sums(table, at)]
    if each and PAYS.search(table.caption) and all(at in table.columns(LIMIT) for at in named):
        return each  # 每个标准展位 beside 最高补贴: the sum for each, and its bound
    return named or (_numbers(table) if _is_grid(table.caption) else []) or _sums(table)


def key_columns(table: Table) -> list[int]:
    """The columns that tell for what or whom: whom first, what is paid for last."""
    sums = paying_columns(table)
    keys = [at for at in table.columns(_KEY) if at not in sums and not _NO_KEY.search(table.names[at])]
    bounds = [*table.columns(LIMIT), *table.columns(WHEN)]  # they bound the share beside them, or say for how long
    others = [at for at, name in enumerate(table.names) if at not in (*sums, *bounds) and not _NO_KEY.search(name)]
    if not keys and sums and len(others) == 1:
        keys = others  # 票房(亿元), 奖励金额(万元): whatever the one other column is called
    return sorted(keys, key=lambda at: not _WHO.search(table.names[at]))  # what is paid for picks a row, not who


def _sums(table: Table) -> list[int]:
    """The columns of sums below a line that names what is paid (每张床位资助标准如下), behind one that says for what or whom."""
    if not (PAYS.search(table.caption) or _NAMED.search(table.caption)) or PAID_BY_READER.search(table.caption):
        return []
    plain = [at for at, name in enumerate(table.names) if _PLAIN.fullmatch(name)]
    if plain and all(find_money(row.cells[plain[0]].text) for row in table.rows if plain[0] < len(row.cells)):
        return plain[:1]
    told = [at for at, name in enumerate(table.names) if not _NO_KEY.search(name)]
    sums = [at for at in told if not _MEASURED.search(table.names[at]) and _holds_sums(table, at)]
    others = [at for at in told if at not in sums]
    return sums if sums and others and others[0] < sums[0] else []


def _holds_sums(table: Table, column: int) -> bool:
    """Whether every cell of a column that says something is a sum, a share, or a number whose name or line above has the unit."""
    cells = [row.cells[column].text for row in table.rows if column < len(row.cells)]
    cells = [cell for cell in cells if cell and not NONE.fullmatch(cell)]
    unit = UNIT.search(table.names[column]) or UNIT.search(table.caption)
    return bool(cells) and all(
        OWN_SUM.fullmatch(cell) or _SHARE.fullmatch(cell) or (unit and NUMBER.fullmatch(cell)) for cell in cells
    )


def _is_grid(caption: str) -> bool:
    paid = PAID_FOR.search(caption) and OF_MONEY.search(caption)
    return bool(paid) and not (_SHARED_OUT.search(caption) or PAID_BY_READER.search(caption))


def _numbers(table: Table) -> list[int]:
    """The columns that hold nothing but numbers."""
    found = []
    for at, name in enumerate(table.names):
        cells = [row.cells[at].text for row in table.rows if at < len(row.cells) and row.cells[at].text]
        if cells and all(NUMBER.fullmatch(cell) for cell in cells) and not _NO_KEY.search(name):
            found.append(at)
    return found
