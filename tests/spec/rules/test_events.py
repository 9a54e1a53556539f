"""Events: what triggers a rule, when it counts, which names, grades and actions it goes by, how it is evidenced."""

import pytest
from world import AS_OF, WAN, event, judged, on, prize, result, rule, sums


@pytest.mark.parametrize(
    ("date", "group"), [("2018-12-31", "not"), ("2019-01-01", "sure"), ("2020-12-31", "sure"), ("2021-01-01", "not")]
)
def test_both_ends_of_the_window_count_and_the_days_beside_them_do_not(date, group):
    assert sums(prize(), events=[event("一等", date)])[0] == group


def test_a_refusal_by_date_names_the_day_and_the_window():
    reason = result(prize(), events=[event("一等", "2018-12-31")]).events[0].reason
    assert "2018-12-31" in reason and "2019-01-01 至 2020-12-31" in reason


def test_an_unknown_date_is_asked_for_and_refuses_nothing():
    found = result(prize(), events=[event("一等", None)])
    assert (found.group, found.verdict, found.sure_fen, found.upto_fen) == ("possible", "unknown", 0, 100 * WAN)
    assert [(each.fact_or_event, each.gain_fen) for each in found.missing] == [("event.date", 100 * WAN)]


def test_the_paper_s_date_stands_in_for_an_unknown_decision_date():
    assert sums(prize(), events=[event("一等", None, paper_date="2020-01-01")]) == ("sure", 100 * WAN, 100 * WAN)


def test_two_dates_on_different_sides_of_the_window_are_asked():
    assert sums(prize(), events=[event("一等", "2018-12-20", paper_date="2019-01-20")]) == ("possible", 0, 100 * WAN)


def test_what_has_not_happened_on_the_day_of_calculation_does_not_count():
    early = AS_OF.replace(year=2020, month=1)
    assert sums(prize(), events=[event("一等", "2020-03-01")], as_of=early)[0] == "not"


def test_each_grade_has_its_sum_and_its_place_in_the_text():
    found = result(prize(), events=[event("二等")])
    assert (found.sure_fen, found.events[0].span) == (40 * WAN, (9, 12))


def test_a_grade_may_be_given_by_its_word():
    assert sums(prize(), events=[event("一等奖")]) == ("sure", 100 * WAN, 100 * WAN)


def test_a_grade_that_nobody_gave_leaves_the_highest_sum_open():
    found = result(prize(), events=[event(None)])
    assert (found.group, found.upto_fen, found.missing[0].fact_or_event) == ("possible", 100 * WAN, "event.grade")


def test_a_grade_that_pays_nothing_is_refused_and_one_that_no_list_knows_is_asked():
    assert sums(prize(), events=[event("三等", "2020-03-01")])[0] == "not"
    assert sums(prize(), events=[event("特等")])[0] == "possible"


def test_a_grade_abolished_before_the_day_is_refused():
    paid = prize(amount={"by_grade": {"三等": {"fen": 1, "span": None}}}, window={"from": None, "to": None})
    assert sums(paid, events=[event("三等", "2020-12-31")])[0] == "sure"
    found = result(paid, events=[event("三等", "2021-01-01")])
    assert found.group == "not" and "代码表" in found.events[0].reason


def test_a_former_name_counts_in_its_own_time_and_is_asked_about_later():
    assert sums(prize(), events=[event("一等", "2019-12-31", "旧奖")]) == ("sure", 100 * WAN, 100 * WAN)
    assert sums(prize(), events=[event("一等", "2020-01-01", "旧奖")]) == ("possible", 0, 100 * WAN)


def test_a_kind_that_the_pack_does_not_know_is_reported():
    found = judged([prize()], events=[event("一等", kind="别的奖")])
    assert found.unread == ("事项 别的奖",) and found.rules[0].group == "not"


def test_an_action_must_be_one_that_pays():
    acted = prize(trigger=on("奖项") | {"actions": ["新办"]})
    assert sums(acted, events=[event("一等", action="首次")])[0] == "sure"
    assert sums(acted, events=[event("一等", action="变更")])[0] == "not"
    assert result(acted, events=[event("一等")]).missing[0].fact_or_event == "event.action"


def test_a_look_alike_is_refused_by_name():
    refusing = prize(refusals=[{"id": "相似", "match": {"event": ["相似奖"]}, "reason": "相似奖不是奖项"}])
    found = result(refusing, events=[event(kind="相似奖")])
    assert (found.group, found.events[0].refusal, found.events[0].reason) == ("not", "相似", "相似奖不是奖项")


def test_what_a_rule_requires_of_an_event_is_asked_for():
    ranked = prize(trigger=on("奖项", requires=["rank"]))
    assert sums(ranked, events=[event("一等", rank=1)])[0] == "sure"
    assert result(ranked, events=[event("一等")]).missing[0].question == "本单位在完成单位中排第几？"


@pytest.mark.parametrize(
    ("evidence", "group"),
    [("attested", "sure"), ("self_reported", "authority"), ("document", "authority"), (None, "authority")],
)
def test_what_only_an_authority_can_attest_is_not_taken_from_the_unit(evidence, group):
    attested = rule(trigger=on("资质"))
    assert sums(attested, events=[event(kind="资质", evidence=evidence)])[0] == group


def test_recipients_of_another_kind_are_refused_and_an_unknown_kind_is_asked():
    only = prize(recipients={"kinds": ["enterprise"], "otherwise": "no"})
    assert sums(only, events=[event("一等")])[0] == "sure"
    assert sums(only, events=[event("一等")], kind="institute")[0] == "not"
    assert result(only, events=[event("一等")], kind=None).missing[0].fact_or_event == "unit.kind"


def test_recipients_of_another_kind_may_be_an_open_reading():
    open_ = prize(recipients={"kinds": ["enterprise"], "otherwise": "Q1"})
    found = result(open_, events=[event("一等")], kind="institute")
    assert (found.group, found.sure_fen, found.upto_fen, found.readings[0].ambiguity) == (
        "possible",
        0,
        100 * WAN,
        "Q1",
    )


def test_one_paper_entered_twice_counts_once_by_its_better_record():
    paper = {"issuer": "局", "number_digest": "d1"}
    found = result(
        rule(trigger=on("资质")),
        events=[event(kind="资质", id="a", **paper), event(kind="资质", id="b", evidence="attested", **paper)],
    )
    assert (found.group, found.sure_fen, found.upto_fen) == ("sure", 10 * WAN, 10 * WAN)
    assert [(each.code, each.event_ids) for each in found.cautions] == [("duplicate", ("a",))]
