"""Two packs side by side: what is compared, and every reason not to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.document.reading import parse
from luodi.policy.build import build
from luodi.policy.comparison import pairs
from luodi.policy.compile import compile_document

HEAD = "试验市人民政府关于支持产业发展的若干政策\n一、支持政策\n"
END = "本政策自{0}年1月1日起施行，有效期至{1}年12月31日。\n"
PRIZE = "（一）对获得省级创新示范奖的企业，给予{0}万元的奖励。\n"


def pack(*clauses: str, years=(2026, 2028)):
    return build(compile_document(parse(HEAD + "".join(clauses) + END.format(*years))))


def only(left, right, kind="benefit"):
    found = [pair for pair in pairs(left, right) if pair.kind == kind]
    assert len(found) == 1, found
    return found[0]


def test_the_same_event_is_compared():
    pair = only(pack(PRIZE.format(50)), pack(PRIZE.format(80)))
    assert pair.comparable() and (pair.left["amount"], pair.right["amount"]) == (50_000_000, 80_000_000)


@pytest.mark.parametrize(("left", "right", "code"), [
    ("（一）按研发费用的6%给予补助。\n", "（一）按设备投资额的6%给予补助。\n", "base"),
    (PRIZE.format(50), PRIZE.format(50).replace("企业", "园区"), "recipient"),
    (PRIZE.format(50), PRIZE.format(50).replace("给予", "给予最高"), "counting"),
    ("（一）对引进的博士，每人每年给予3万元补贴。\n", "（一）对引进的博士，每人一次性给予3万元补贴。\n", "frequency"),
])  # fmt: skip
def test_what_differs_is_named(left, right, code):
    found = [pair for pair in pairs(pack(left), pack(right)) if pair.both]
    if not found:  # another base is another thing: each side alone
        assert code == "base" and len(pairs(pack(left), pack(right))) == 2
        return
    assert code in {reason.code for reason in found[0].reasons}, found[0]
    assert not found[0].comparable()


def test_what_is_counted_alike_is_not_yet_the_same_thing():
    left = pack("（一）支持租用办公用房。对租用办公用房的企业，按每平方米60元给予补助。\n")
    right = pack("（一）支持建设标准厂房。对建设标准厂房的企业，按每平方米80元给予补助。\n")
    assert [pair.both for pair in pairs(left, right)] == [False, False]
    assert [pair.subject for pair in pairs(left, right)] == ["支持租用办公用房", "支持建设标准厂房"]


def test_what_picks_a_sum_is_told_once_and_as_the_paper_writes_it():
    two = "（一）对国家级专精特新“小巨人”企业，奖励80万元，对省级专精特新中小企业，奖励15万元。\n"
    subjects = {pair.subject for pair in pairs(pack(two), pack(two))}
    assert subjects == {"企业奖补（国家级专精特新“小巨人”企业）", "企业奖补（省级专精特新中小企业）"}
    kit = pack("（一）对首件（套）辅助器具，按价格的80%给予补贴；对第二件（套）辅助器具，按价格的60%给予补贴。\n")
    assert all("件套" not in pair.subject for pair in pairs(kit, kit))


def test_a_name_that_tells_all_grades_is_told_apart_by_each():
    both = pack("（一）给予租房补贴。对全职引进的博士、硕士，分别按每人每月1500元、800元的标准给予补贴。\n")
    subjects = [pair.subject for pair in pairs(both, both)]
    assert len(set(subjects)) == 2 and all(each.endswith(("（博士）", "（硕士）")) for each in subjects)


def test_years_that_never_meet_are_a_reason_that_may_be_overlooked():
    pair = only(pack(PRIZE.format(50)), pack(PRIZE.format(80), years=(2019, 2021)))
    assert [reason.code for reason in pair.reasons] == ["period"]
    assert not pair.comparable() and pair.comparable(ignoring=["period"])


def test_grades_are_kept_apart():
    left = pack("（一）对获得创新示范奖一等奖、二等奖的企业，分别给予50万元、30万元的奖励。\n")
    right = pack("（一）对获得创新示范奖二等奖、三等奖的企业，分别给予20万元、10万元的奖励。\n")
    both = [pair for pair in pairs(left, right) if pair.both]
    assert [(pair.left["amount"], pair.right["amount"]) for pair in both] == [(30_000_000, 20_000_000)]
    assert len(pairs(left, right)) == 3


def test_goals_need_one_unit_and_one_deadline():
    left = pack("（一）到2028年，新增创新示范企业30家以上。\n")
    right = pack("（一）到2030年，新增创新示范企业50家以上。\n")
    assert [reason.code for reason in only(left, right, "goal").reasons] == ["period"]


@given(st.lists(st.sampled_from([PRIZE.format(n) for n in (10, 20)] + ["（二）对获得国家级新材料基地称号的园区，奖励100万元。\n"]), max_size=4),
       st.lists(st.sampled_from([PRIZE.format(n) for n in (10, 30)]), max_size=3))  # fmt: skip
def test_nothing_is_lost_and_nothing_is_used_twice(left, right):
    a, b = pack(*left), pack(*right)
    found = [pair for pair in pairs(a, b) if pair.kind == "benefit"]
    assert [pair.left for pair in found if pair.left] == list(a.facts["benefits"])
    assert sorted(id(pair.right) for pair in found if pair.right) == sorted(map(id, b.facts["benefits"]))
    assert not [pair for pair in pairs(a, a) if pair.both and pair.reasons]  # a sum compares with itself


def test_ceilings_of_two_papers_are_compared():
    ceiling = "（二）同一企业每年获得本政策奖励总额不超过{0}万元。\n"
    left, right = (pack(PRIZE.format(50), ceiling.format(sum_)) for sum_ in (2000, 3000))
    (pair,) = [pair for pair in pairs(left, right) if pair.subject.startswith("合计上限")]
    assert (pair.left["cap"], pair.right["cap"]) == (2_000_000_000, 3_000_000_000)
