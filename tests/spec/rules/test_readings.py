"""Readings: where the text is silent both sums stand, until the issuer answers."""

import datetime as dt

import pytest
from world import WAN, event, judged, on, pack, prize, result, sums

SECOND = {
    "ambiguity": "Q1",
    "when": {"fact": "event.rank", "op": ">", "value": 1},
    "strict": "none",
    "generous": "full",
    "note": "共有",
}
STEP = {"ambiguity": "Q1", "strict": "difference", "generous": "full", "per": ["kind"], "note": "先低后高"}


def answer(option, start=None, retroactive=False):
    return {"answer": {"option": option, "paper": "复函", "from": start, "retroactive": retroactive}}


def test_a_reading_of_single_events_leaves_nothing_sure_and_all_possible():
    shared = prize(readings=[SECOND])
    assert sums(shared, events=[event("一等", rank=1)]) == ("sure", 100 * WAN, 100 * WAN)
    found = result(shared, events=[event("一等", rank=2)])
    assert (found.group, found.verdict, found.sure_fen, found.upto_fen) == ("possible", "unknown", 0, 100 * WAN)
    note = found.readings[0]
    assert (note.ambiguity, note.question, note.strict_fen, note.generous_fen) == ("Q1", "怎样计发？", 0, 100 * WAN)


@pytest.mark.parametrize(("option", "group", "fen"), [("strict", "not", 0), ("generous", "sure", 100 * WAN)])
def test_an_answer_settles_the_reading(option, group, fen):
    found = judged(pack(prize(readings=[SECOND]), ambiguity=answer(option)), events=[event("一等", rank=2)]).rules[0]
    assert (found.group, found.sure_fen, found.upto_fen) == (group, fen, fen)


def test_a_reading_that_hangs_on_a_missing_fact_leaves_nothing_sure_and_asks():
    found = result(prize(readings=[SECOND]), events=[event("一等")])
    assert (found.group, found.sure_fen, found.upto_fen) == ("possible", 0, 100 * WAN)
    assert [(each.fact_or_event, each.gain_fen) for each in found.missing] == [("event.rank", 100 * WAN)]
    assumed = result(prize(readings=[SECOND | {"assume": True}]), events=[event("一等")])
    assert (assumed.group, assumed.sure_fen, assumed.missing) == ("sure", 100 * WAN, ())


def test_an_event_that_may_belong_to_a_group_counts_there_for_sure_and_for_itself_at_most():
    """Without the rank of the second nobody knows whether it is paid by what it adds to the first."""
    stepped = prize(
        readings=[STEP | {"generous": "difference", "when": {"fact": "event.rank", "op": "<=", "value": 1}}]
    )
    first = event("一等", "2019-06-01", rank=1)
    for rank, expected in ((1, (100, 100)), (2, (140, 140)), (None, (100, 140))):
        given = {} if rank is None else {"rank": rank}
        group, sure, upto = sums(stepped, events=[first, event("二等", "2020-06-01", **given)])
        assert (group, sure, upto) == ("sure", expected[0] * WAN, expected[1] * WAN)
    missing = result(stepped, events=[first, event("二等", "2020-06-01")]).missing
    assert [(each.fact_or_event, each.gain_fen) for each in missing] == [("event.rank", 40 * WAN)]


def test_an_answer_holds_from_its_day_and_reaches_back_only_if_it_says_so():
    both = [event("一等", "2019-06-01", rank=2), event("二等", "2020-06-01", rank=2)]

    def possible(**given):
        found = judged(pack(prize(readings=[SECOND]), ambiguity=answer("generous", "2020-01-01", **given)), events=both)
        return found.rules[0].sure_fen

    assert possible() == 40 * WAN
    assert possible(retroactive=True) == 140 * WAN


def test_an_answer_that_is_not_yet_in_force_settles_nothing():
    given = pack(prize(readings=[SECOND]), ambiguity=answer("generous", "2021-01-01", retroactive=True))
    early = judged(given, events=[event("一等", rank=2)], as_of=dt.date(2020, 12, 31)).rules[0]
    late = judged(given, events=[event("一等", rank=2)], as_of=dt.date(2021, 1, 1)).rules[0]
    assert (early.group, late.group) == ("possible", "sure")


def test_a_reading_may_be_for_the_authority_alone():
    found = result(prize(readings=[SECOND | {"needs": "authority"}]), events=[event("一等", rank=2)])
    assert (found.group, found.upto_fen) == ("authority", 100 * WAN)


def test_lower_then_higher_pays_the_difference_for_sure_and_both_at_most():
    stepped = prize(readings=[STEP])
    low, high = event("二等", "2019-03-01"), event("一等", "2020-03-01")
    assert sums(stepped, events=[low, high]) == ("sure", 100 * WAN, 140 * WAN)
    assert sums(stepped, events=[high, low | {"date": "2020-03-01"}]) == ("sure", 100 * WAN, 140 * WAN)


def test_on_the_event_itself_the_difference_shows():
    found = result(prize(readings=[STEP]), events=[event("一等", "2020-03-01"), event("二等", "2019-03-01")])
    assert [(e.sure_fen, e.upto_fen) for e in found.events] == [(60 * WAN, 100 * WAN), (40 * WAN, 40 * WAN)]


def test_a_repeated_event_is_shown_both_ways_and_a_person_is_asked_to_look():
    twice = prize(readings=[STEP | {"per": ["kind", "grade"], "strict": "once", "caution": "请核实"}])
    found = result(twice, events=[event("二等", id="a"), event("二等", "2020-09-01", id="b")])
    assert (found.sure_fen, found.upto_fen) == (40 * WAN, 80 * WAN)
    assert [(each.code, each.event_ids) for each in found.cautions] == [("repeat", ("b",))]


def test_readings_over_groups_follow_one_another():
    both = prize(readings=[STEP | {"per": ["grade"], "strict": "once"}, STEP])
    events = [event("二等", "2019-03-01"), event("二等", "2019-09-01"), event("一等", "2020-03-01")]
    assert sums(both, events=events) == ("sure", 100 * WAN, 180 * WAN)


def test_money_from_another_level_is_shown_and_never_deducted():
    known = prize(elsewhere={"fact": "研发费用", "ambiguity": "Q1", "note": "就高不重复"})
    found = result(known, {"研发费用": 300_000}, events=[event("一等")])
    assert (found.sure_fen, found.readings[0].strict_fen, found.readings[0].generous_fen) == (
        100 * WAN,
        70 * WAN,
        100 * WAN,
    )


@pytest.mark.parametrize(("keys", "fen"), [(["kind"], 40), (["year"], 80), (["issuer"], 80)])
def test_groups_may_be_by_kind_year_or_issuer(keys, fen):
    events = [event("二等", "2019-03-01", issuer="甲"), event("二等", "2020-03-01", issuer="乙")]
    assert sums(prize(trigger=on("奖项"), readings=[STEP | {"per": keys}]), events=events)[1] == fen * WAN
