"""The sums and shares that the words of a passage name, each by itself."""

from __future__ import annotations

import re
from fractions import Fraction

from luodi.policy import award_terms as terms
from luodi.policy.passages import Passage
from luodi.quantities.money import Money, find_bare_money, find_money
from luodi.quantities.numerals import ARABIC, numeral
from luodi.quantities.rates import Rate, find_rates

_WHOLE = re.compile(
    r"(?:费用|金额|支出|租金|保费)的?(?P<whole>全部金额|全额)|(?:给予)(?P<whole2>全额|等额)(?=(?:[一-鿿]{2})?(?:补|资|奖|返|贴|救))"
    r"|(?<!可获得)(?P<whole3>全额)(?=(?:给予)?(?:一次性)?(?:租金|房租|保费|物业费|费用)?"
    r"(?:补助|补贴|资助|返还|奖励|贴息|扶持|支持|救助))|(?:费用|租金|房租|保费|利息|学费)(?P<whole5>全部)(?=补|资助|返还|奖励|减免)"
    r"|(?:第[一二三1-3]|前[一二两三四五2-5])年(?:度)?(?P<whole6>全额)(?=[、,])|(?:给予|按)(?P<whole7>全额)(?=、[\d.]+%)"
    # 保费由财政全额承担: what the reader would have paid; 经费由财政全额承担 is a budget.
    r"|(?:保费|保险费|费用|利息|租金|学费|检测费)[^,。;经资]{0,6}由[^,。;]{0,8}(?P<whole4>全额)(?=承担|负担|支付)"
    # 展位费据实补助: as much as it cost
    r"|(?:[^销]费|费用|支出)(?P<whole8>据实)(?=(?:给予)?(?:补[助贴]|报销|资助))"
)
# 后两年减半补贴, 次年起减半补贴: half of what the years before have.
_HALF = re.compile(
    r"(?:[前后第][一-鿿、\d]{1,6}|次)年度?起?,?(?:按?租金(?:标准)?|按|再)?(?:给予)?(?P<half>减半)(?=给予|补|奖|返|资助)"
)
# 给予“三免两减半”补贴: all of it for three years, half for two; without a payment the landlord forgoes it.
FREE_THEN_HALF = re.compile(
    rf"(?P<free>[一两二三四五]免)、?(?P<half>[一两二三四五]减半)(?P<paid>”?(?:的?(?:政策|方式|标准))?的?(?:厂房|房屋)?(?:租金|房租)?{terms.KIND})?"
    r"(?![^。;]{0,16}前[一二三四五]年[^,。;]{0,6}(?:全额|100%))"
)
"""Years without a payment and years with half of it, where the rest is paid."""
_RENT_PAID = re.compile(rf"(?:租金|房租|租房){terms.KIND}")  # 厂房租金补贴: the heading
# 再给予1个百分点贴息: the share of the loan that is paid.
_POINTS = re.compile(
    rf"(?P<before>{ARABIC})个百分点的?(?=[^,。;\d]{{0,6}}贴息|(?:贷款)?利[息率]补[贴助])"
    rf"|(?:(?<=贴息)|(?<=费率补贴)|(?<=费率补助)|(?<=贴息标准))(?:为|按|率)?(?:每年)?(?P<behind>{ARABIC})个百分点"
)
# 按低保标准的1.3倍执行: a multiple of a standard.
_MULTIPLE = re.compile(
    rf"(?:标准|工资|收入|保险金)的(?P<times>{ARABIC}|[一二两三四五六七八九十]{{1,3}})倍(?=[,。;]|执行|确定|核定|计发|发放|给予|支付|\Z)"
    # 情况特别重大的,可提高到12倍
    rf"|可(?:提高|放宽|上浮)[到至](?P<raised>{ARABIC})倍(?=[,。;]|\Z)"
)
# 10万—20万元(含)4000元、20万元以上6000元: a tier and its sum, without a word between them; 500元以上1万元以下 is a range.
_BOUND = rf"{ARABIC}[万亿]?元?(?:\([^()]{{1,4}}\))?"
_TIER = re.compile(
    rf"(?:{_BOUND}(?:—|–|~|-|至|到){ARABIC}[万亿]?元(?:\([^()]{{1,4}}\))?|{ARABIC}[万亿]?元(?:\([^()]{{1,4}}\))?及?以[上下内]的?)"
    rf"(?={ARABIC}[万亿]?元(?!以[下内]))"
)


def find_mentions(passage: Passage) -> list[Money | Rate]:
    """Every sum and share of a passage, in text order; shares also where they are words (全额, 减半), points or multiples."""
    money = [one for one in find_money(passage.text) if not one.suspect]
    taken = {index for one in money for index in range(one.start, one.end)}
    if any(scale in passage.text for scale in "千万亿"):
        money += [one for one in find_bare_money(passage.text) if one.start not in taken and one.end - 1 not in taken]
    rates = find_rates(passage.text)
    for at in _WHOLE.finditer(passage.text):
        name = str(at.lastgroup)
        rates.append(Rate(at.start(name), at.end(name), Fraction(1)))
    rates += [Rate(at.start("half"), at.end("half"), Fraction(1, 2)) for at in _HALF.finditer(passage.text)]
    for at in FREE_THEN_HALF.finditer(passage.text):
        if not (at["paid"] or _RENT_PAID.search(f"{passage.heading} {passage.above}")):
            continue
        rates.append(Rate(*at.span("free"), Fraction(1)))
        rates.append(Rate(*at.span("half"), Fraction(1, 2)))
    for at in _POINTS.finditer(passage.text):
        name = str(at.lastgroup)
        rates.append(Rate(at.start(name), at.end(), Fraction(at[name]) / 100))
    for at in _MULTIPLE.finditer(passage.text):
        name = str(at.lastgroup)
        rates.append(Rate(at.start(name), at.end(), numeral(at[name]) or Fraction(1)))
    tiers = {index for at in _TIER.finditer(passage.text) for index in range(*at.span())}
    return sorted(
        [*(m for m in money if m.fen is not None and m.start not in tiers), *rates], key=lambda one: one.start
    )
