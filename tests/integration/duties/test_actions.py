"""Who may do what, the two clocks, four eyes, versions, audit."""

import datetime as dt
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from luodi import clock
from luodi.errors import UsageError
from luodi.service.audit.models import AuditEvent
from luodi.service.audit.queries import verify
from luodi.service.duties import actions
from luodi.service.duties.board import board
from luodi.service.duties.directory import Directory
from luodi.service.duties.duty_page import assembled, duty_page
from luodi.service.duties.goal_actions import decide_observation, report_observation, set_measures
from luodi.service.duties.goal_queries import goals_of, progress_of
from luodi.service.duties.locking import Conflict
from luodi.service.duties.models import Duty, JointReport, Milestone, Observation, Part, SlipLevel, StateOn, Transition
from luodi.service.duties.situations import situation_of, state_on
from luodi.service.duties.states import RULE_VERSION
from luodi.service.policies.models import Policy

FIRST = "二.(一)"
REGION = "990100"


def send_part(
    town, person="发改甲", unit="fg", text="完成调研", version=0, submit=True, no_progress=False, period="2026-03"
):
    return actions.save_part(
        duty=town.duty(FIRST), unit=town.units[unit], period=period, place=town.seat(person, FIRST), version=version,
        text=text, no_progress=no_progress, submit=submit,
    )  # fmt: skip


def send_report(town, text="本月完成调研", version=0, submit=True, no_progress=False, behind=False, person="经信甲"):
    return actions.save_report(
        duty=town.duty(FIRST), period="2026-03", place=town.seat(person, FIRST), version=version, text=text,
        no_progress=no_progress, behind=behind, submit=submit,
    )  # fmt: skip


def state(town, day, article=FIRST):
    return state_on(town.duty(article), dt.date.fromisoformat(day))


# --- what is on the board


def test_duties_come_from_the_pack_with_place_and_units(town):
    duty = town.duty(FIRST)
    assert (duty.title, duty.article, duty.span_start, duty.span_end) == ("壮大骨干", FIRST, 60, 64)
    assert [(r.part, r.as_written, r.unit_id and r.unit.key) for r in duty.roles.all()] == [
        ("lead", "市经信委", "jx"), ("participant", "市发改委", "fg"), ("participant", "军分区保障处", "jfq"),
    ]  # fmt: skip


def test_adopting_again_changes_nothing(town):
    from luodi.service.duties.adopt import adopt_policy

    before = list(Duty.objects.values_list("pk", "version"))
    adopt_policy(version=town.duty(FIRST).policy_version, by=town.people["督查甲"].user, organisation="市政府督查室")
    assert list(Duty.objects.values_list("pk", "version")) == before


def test_an_article_with_several_assignments_is_one_task_of_all_units_named(town):
    from luodi.service.duties.adopt import adopt_policy

    version = town.duty(FIRST).policy_version
    more = {"article": FIRST, "lead": ["市国土局"], "participants": ["市经信委"], "span": [70, 74], "confidence": 0.6}
    facts = version.pack["facts"]
    other = Policy.objects.create(
        slug="other-town", region=REGION, title="另一份实施意见", issuer="试验市人民政府办公厅"
    )
    version.pk, version.policy, version._state.adding = None, other, True
    version.pack = version.pack | {"facts": facts | {"duties": [*facts["duties"], more]}}
    version.save()
    adopt_policy(version=version, by=town.people["督查甲"].user, organisation="市政府督查室")
    assert [(role.part, role.as_written, role.ended_on) for role in Duty.objects.get(policy=other, article=FIRST).roles.all()] == [
        ("lead", "市经信委", None), ("lead", "市国土局", None), ("participant", "市发改委", None),
        ("participant", "军分区保障处", None),
    ]  # fmt: skip


def test_class_is_one_row_that_opens_into_the_members_of_the_day(town):
    policy = town.duty(FIRST).policy
    closed = board(policy, dt.date(2026, 4, 20))
    row = next(r for r in closed.rows if r.members)
    assert row.members == 3 and not any(r.inside for r in closed.rows)
    opened = board(policy, dt.date(2026, 4, 20), row.key)
    assert [r.name for r in opened.rows if r.inside] == ["东区政府", "西区政府", "南县政府"]
    later = board(policy, dt.date(2026, 7, 1), row.key)
    assert [r.name for r in later.rows if r.inside] == ["东区政府", "南县政府"]


def test_merged_units_share_one_row_with_two_old_names(town):
    found = board(town.duty(FIRST).policy, dt.date(2026, 7, 1))
    row = next(r for r in found.rows if r.name == "市规划和自然资源局")
    assert row.was == ["市国土局", "市规划局"] and len(row.cells) == 1
    renamed = next(r for r in found.rows if r.name == "市经信局")
    assert renamed.was == ["市经信委"]


def test_unknown_unit_stays_on_the_board_as_written(town):
    found = board(town.duty(FIRST).policy, dt.date(2026, 4, 20))
    assert next(r for r in found.rows if r.name == "市不存在局").unit is None


def test_board_needs_a_fixed_number_of_queries(running, django_assert_max_num_queries):
    policy = running.duty(FIRST).policy
    with django_assert_max_num_queries(12):
        board(policy, dt.date(2026, 4, 20))


# --- seats and permissions


@pytest.mark.parametrize("person", ["经信乙", "发改甲", "国土甲", "督查甲", "东区甲"])
def test_only_the_lead_officer_sets_milestones(town, person):
    with pytest.raises(PermissionDenied):
        actions.propose_milestone(
            duty=town.duty(FIRST), place=town.seat(person, FIRST), title="节点", due=dt.date(2026, 9, 1)
        )
    assert not Milestone.objects.exists()


@pytest.mark.parametrize("person", ["经信甲", "国土甲", "督查甲", "东区甲"])
def test_only_participants_send_parts(running, person):
    with pytest.raises(PermissionDenied):
        send_part(running, person=person)


def test_a_new_cycle_cannot_do_away_with_reports_already_owed(running):
    duty, lead = running.duty(FIRST), running.seat("经信甲", FIRST)
    with pytest.raises(UsageError, match="2026-04-20"):
        actions.set_cycle(
            duty=duty, place=lead, cadence="none", from_day=dt.date(2026, 3, 15), parts_day=5, report_day=10
        )
    actions.set_cycle(duty=duty, place=lead, cadence="none", from_day=clock.today(), parts_day=5, report_day=10)
    assert state(running, "2026-04-20").code == "overdue"


def test_participant_sends_for_its_own_unit_only(running):
    with pytest.raises(UsageError, match="本单位"):
        send_part(running, unit="jfq")


@pytest.mark.parametrize("person", ["发改甲", "督查甲", "经信乙"])
def test_only_the_lead_files_the_joint_report(running, person):
    with pytest.raises(PermissionDenied):
        send_report(running, person=person)


@pytest.mark.parametrize("person", ["经信甲", "发改甲", "经信乙"])
def test_only_the_supervisor_returns_extends_closes_and_issues(running, person):
    report, place = send_report(running), running.seat(person, FIRST)
    milestone = running.duty(FIRST).milestones.get()
    extension = actions.ask_extension(
        milestone=milestone, place=running.seat("经信甲", FIRST), new_due=dt.date(2026, 8, 31), reason="方案待会签"
    )
    for act in (
        lambda: actions.decide_report(report=report, adopt=False, place=place, version=report.version, note="补充"),
        lambda: actions.decide_extension(extension=extension, approve=True, place=place, version=1),
        lambda: actions.move_duty(duty=running.duty(FIRST), move="close", place=place, version=1, note="完成"),
        lambda: actions.issue_slip(
            duty=running.duty(FIRST), place=place, level=SlipLevel.objects.first(), reason="进度慢", due=None
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_supervisor_of_another_region_has_no_seat(town):
    person = town.people["督查甲"]
    person.organisation.region = "990200"
    person.organisation.save()
    assert not town.seat("督查甲", FIRST).seats


def test_after_the_merger_the_successor_sits_and_the_old_unit_does_not(town, business_day):
    article = "二.(二)"
    assert town.seat("国土甲", article).units and not town.seat("规自甲", article).units
    business_day.set("2026-06-01")
    assert not town.seat("国土甲", article).units
    assert [u.key for u in town.seat("规自甲", article).units] == ["gzj"]


def test_garrison_office_reports_nothing_and_the_lead_notes_the_contact(running):
    with pytest.raises(UsageError):
        actions.note_contact(
            duty=running.duty(FIRST), unit=running.units["fg"], period="2026-03", place=running.seat("经信甲", FIRST)
        )
    part = actions.note_contact(
        duty=running.duty(FIRST), unit=running.units["jfq"], period="2026-03", place=running.seat("经信甲", FIRST)
    )
    assert (part.get_state_display(), part.text) == ("联系已办", "")


# --- parts, reports, clocks


def test_parts_go_to_the_lead_and_to_nobody_else(running):
    send_part(running, text="走访三家企业")
    day = dt.date(2026, 4, 20)

    def texts(person):
        page = duty_page(running.duty(FIRST), running.people[person], day)
        return [line.part.text for period in page.periods for line in period.parts if line.readable and line.part]

    assert texts("经信甲") == texts("发改甲") == ["走访三家企业"]
    assert texts("督查甲") == texts("国土甲") == texts("东区甲") == []
    assert not duty_page(running.duty(FIRST), None, day).periods


def test_joint_report_is_assembled_with_no_report_and_no_progress_told_apart(running, business_day):
    names = Directory(REGION, clock.today())
    assert "未报送：市发改委。" in assembled(running.duty(FIRST), "2026-03", names)
    send_part(running, text="等待批复", no_progress=True)
    assert "市发改委：无进展。等待批复" in assembled(running.duty(FIRST), "2026-03", names)


def test_two_clocks(running, business_day):
    business_day.set("2026-04-08")
    page = duty_page(running.duty(FIRST), running.people["督查甲"], clock.today())
    march = next(line for line in page.periods if line.term.period == "2026-03")
    # 4–6 April 2026 are holidays: the parts' clock (5th) ended on the 7th, the lead's runs to the 10th
    assert (march.term.parts_due, march.term.report_due) == (dt.date(2026, 4, 7), dt.date(2026, 4, 10))
    assert march.missing and march.parts[0].filing.colour == "red"
    assert state(running, "2026-04-08").code == "due_soon"
    assert state(running, "2026-04-10").code == "due_soon"
    assert state(running, "2026-04-11").word == "逾期 1 天"


def test_a_late_part_does_not_make_the_lead_late(running, business_day):
    business_day.set("2026-04-09")
    send_report(running)
    assert state(running, "2026-04-20").code == "on_schedule"


def test_submitting_needs_words_even_for_no_progress(running):
    with pytest.raises(UsageError, match="写明原因"):
        send_report(running, text=" ", no_progress=True)
    assert not JointReport.objects.exists()


def test_report_runs_draft_submitted_returned_adopted(running, business_day):
    business_day.set("2026-04-09")
    report = send_report(running, submit=False)
    report = send_report(running, version=report.version)
    assert report.state == "submitted"
    supervisor = running.seat("督查甲", FIRST)
    with pytest.raises(UsageError, match="说明"):
        actions.decide_report(report=report, adopt=False, place=supervisor, version=report.version)
    actions.decide_report(report=report, adopt=False, place=supervisor, version=report.version, note="请补充数据")
    assert state(running, "2026-04-20").word == "进度滞后"
    business_day.set("2026-04-15")
    report = send_report(running, text="补充后", version=report.version)
    actions.decide_report(report=report, adopt=True, place=supervisor, version=report.version)
    report.refresh_from_db()
    assert (report.state, report.first_submitted_on, report.submitted_on) == (
        "adopted", dt.date(2026, 4, 9), dt.date(2026, 4, 15),
    )  # fmt: skip
    with pytest.raises(UsageError, match="不能"):
        send_report(running, version=report.version)


def test_late_report_is_yellow_afterwards(running, business_day):
    business_day.set("2026-04-15")
    send_report(running)
    assert state(running, "2026-04-20").word == "逾期后完成"


def test_board_looks_back_with_what_was_known_then(running, business_day):
    business_day.set("2026-04-15")
    send_report(running)
    assert state(running, "2026-04-12").code == "overdue"


# --- milestones, extensions, closing


def test_milestone_counts_only_when_another_person_accepts_it(town):
    lead = town.seat("经信甲", FIRST)
    milestone = actions.propose_milestone(duty=town.duty(FIRST), place=lead, title="节点", due=dt.date(2026, 4, 21))
    assert state(town, "2026-09-01").word == "未设节点"
    with transaction.atomic(), pytest.raises(PermissionDenied):
        actions.move_milestone(milestone=milestone, move="accept", place=lead, version=1)
    actions.move_milestone(milestone=milestone, move="accept", place=town.seat("督查甲", FIRST), version=1)
    assert state(town, "2026-09-01").code == "overdue"


def test_database_refuses_a_milestone_accepted_by_its_author(running):
    milestone = running.duty(FIRST).milestones.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.filter(pk=milestone.pk).update(accepted_by=milestone.set_by)


def test_extension_moves_the_date_from_its_decision_on(running, business_day):
    send_report(running)
    milestone = running.duty(FIRST).milestones.get()
    business_day.set("2026-07-02")
    extension = actions.ask_extension(
        milestone=milestone, place=running.seat("经信甲", FIRST), new_due=dt.date(2026, 8, 31), reason="方案待会签"
    )
    business_day.set("2026-07-06")
    actions.decide_extension(
        extension=extension,
        approve=True,
        place=running.seat("督查甲", FIRST),
        version=extension.version,
        note="同意一次",
    )
    milestone.refresh_from_db()
    assert (milestone.first_due, milestone.due) == (dt.date(2026, 6, 30), dt.date(2026, 8, 31))
    known = [situation_of(running.duty(FIRST), dt.date(2026, 7, day)).steps[0].due for day in (5, 6)]
    assert known == [dt.date(2026, 6, 30), dt.date(2026, 8, 31)]


def test_only_one_open_extension_for_a_milestone(running):
    lead, milestone = running.seat("经信甲", FIRST), running.duty(FIRST).milestones.get()
    for expected in (None, "待审批"):
        if expected is None:
            actions.ask_extension(milestone=milestone, place=lead, new_due=dt.date(2026, 8, 1), reason="会签")
        else:
            with pytest.raises(UsageError, match=expected):
                actions.ask_extension(milestone=milestone, place=lead, new_due=dt.date(2026, 9, 1), reason="会签")


def test_done_late_stays_yellow_until_struck_off(running, business_day):
    send_report(running)
    milestone = running.duty(FIRST).milestones.get()
    business_day.set("2026-07-03")
    actions.move_milestone(
        milestone=milestone, move="finish", place=running.seat("经信甲", FIRST), version=milestone.version,
        note="已印发", done_on=dt.date(2026, 7, 3),
    )  # fmt: skip
    for period in ("2026-04", "2026-05"):
        actions.save_report(
            duty=running.duty(FIRST), period=period, place=running.seat("经信甲", FIRST), version=0, text="推进",
            no_progress=False, behind=False, submit=True,
        )  # fmt: skip
    assert state(running, "2026-07-03").word == "逾期后完成"
    actions.move_duty(
        duty=running.duty(FIRST), move="close", place=running.seat("督查甲", FIRST), version=running.duty(FIRST).version,
        note="任务完成",
    )  # fmt: skip
    assert state(running, "2026-07-03").word == "已销号"
    with pytest.raises(UsageError, match="已销号"):
        send_part(running, period="2026-06")


def test_slip_is_numbered_replied_and_closed(running):
    supervisor, lead = running.seat("督查甲", FIRST), running.seat("经信甲", FIRST)
    level = SlipLevel.objects.get(code="slip")
    slips = [
        actions.issue_slip(duty=running.duty(FIRST), place=supervisor, level=level, reason="未按时报送", due=None)
        for _ in range(2)
    ]
    assert [slip.number for slip in slips] == ["督办单〔2026〕990100-1号", "督办单〔2026〕990100-2号"]
    assert slips[0].to_unit.key == "jx"
    actions.move_slip(slip=slips[0], move="reply", place=lead, version=1, note="已补报")
    actions.move_slip(slip=slips[0], move="close", place=supervisor, version=2)
    assert slips[0].state == "closed"


# --- transitions, colours, audit, locking


def test_each_step_leaves_a_transition_an_audit_row_and_a_colour_with_its_rule(running):
    before = AuditEvent.objects.count()
    send_report(running)
    step = Transition.objects.filter(workflow="report").get()
    assert (step.label, step.from_state, step.to_state, step.by) == (
        "报送", "draft", "submitted", running.people["经信甲"].user,
    )  # fmt: skip
    event = AuditEvent.objects.order_by("sequence").last()
    assert AuditEvent.objects.count() == before + 1 and event.action == "duties.report.submit"
    stored = StateOn.objects.first()
    assert (stored.word, stored.rule_version) == ("逾期后完成", RULE_VERSION)
    assert verify().reason is None


@pytest.mark.parametrize("model", [Transition, StateOn])
def test_the_log_of_moves_and_colours_is_only_ever_added_to(running, model):
    row = model.objects.first()
    for change in (lambda: model.objects.filter(pk=row.pk).update(on=dt.date(2020, 1, 1)), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert model.objects.filter(pk=row.pk, on=row.on).exists()


def test_change_and_audit_row_are_rolled_back_together(running, monkeypatch):
    audited = AuditEvent.objects.count()

    def broken(**_):
        raise RuntimeError("audit store is down")

    monkeypatch.setattr("luodi.service.duties.moves.audit", broken)
    with pytest.raises(RuntimeError):
        send_part(running)
    assert (Part.objects.count(), Transition.objects.filter(workflow="part").count()) == (0, 0)
    assert AuditEvent.objects.count() == audited


def test_stale_version_writes_nothing_and_brings_what_stands(running):
    mine = send_report(running, text="甲写的", submit=False)
    send_report(running, text="乙后写的", version=mine.version, submit=False)
    with pytest.raises(Conflict) as refusal:
        send_report(running, text="甲再写", version=mine.version)
    assert refusal.value.stored.text == "乙后写的"
    assert JointReport.objects.get().text == "乙后写的"


def test_a_second_first_save_is_a_conflict_not_a_second_report(running):
    send_report(running, text="先到", submit=False)
    with pytest.raises(Conflict):
        send_report(running, text="后到", submit=False)
    assert JointReport.objects.get().text == "先到"


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_one_wins(transactional_db, running):
    report = send_report(running)
    barrier, outcomes = Barrier(2), []

    def adopt(person):
        try:
            place, mine = running.seat(person, FIRST), JointReport.objects.get(pk=report.pk)
            barrier.wait(timeout=10)
            actions.decide_report(report=mine, adopt=person == "督查甲", place=place, version=mine.version, note="看过")
            outcomes.append("done")
        except Conflict:
            outcomes.append("conflict")
        finally:
            connection.close()

    threads = [Thread(target=adopt, args=(person,)) for person in ("督查甲", "督查乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict", "done"]
    assert Transition.objects.filter(workflow="report", record=report.pk).count() == 2
    assert verify().reason is None


def test_earlier_texts_are_kept(running):
    first = send_report(running, text="第一稿", submit=False)
    send_report(running, text="第二稿", version=first.version)
    texts = list(JointReport.objects.get().history.order_by("pgh_id").values_list("text", flat=True))
    assert texts[0] == "第一稿" and texts[-1] == "第二稿"


# --- goals


def observe(town, value="9", as_of="2026-04-15", person="经信甲", goal="建成基地"):
    found = town.goal(goal)
    return report_observation(
        goal=found, place=town.goal_seat(person, goal), as_of=dt.date.fromisoformat(as_of), basis="认定名单",
        measure=found.measures.first(), value=Decimal(value),
    )  # fmt: skip


def attest(town, observation, person="经信乙", goal="建成基地"):
    decide_observation(
        observation=observation, attest=True, place=town.goal_seat(person, goal), version=observation.version
    )


def test_a_reported_number_counts_once_another_person_attests_it(town):
    observation = observe(town)
    assert progress_of(town.goal("建成基地"), clock.today(), office=True).actual is None
    attest(town, observation)
    progress = progress_of(town.goal("建成基地"), clock.today(), office=False)
    assert (progress.actual.value, progress.gap) == (9, 1)


def test_reporter_may_not_attest_and_the_database_agrees(town):
    town.people["经信甲"].role = "leader"
    observation = Observation.objects.create(
        goal=town.goal("建成基地"), measure=town.goal("建成基地").measures.first(), value=9, as_of=clock.today(),
        basis="名单", unit_name="市经信委", reported_by=town.people["经信甲"].user, reported_on=clock.today(),
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        attest(town, observation, person="经信甲")
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.filter(pk=observation.pk).update(
            attested_by=observation.reported_by, attested_on=clock.today()
        )


@pytest.mark.parametrize("person", ["发改甲", "督查甲", "经信乙"])
def test_only_the_reporting_unit_reports(town, person):
    with pytest.raises(PermissionDenied):
        observe(town, person=person)


def test_unknown_base_gives_no_path_and_unknown_actual_no_gap(town):
    progress = progress_of(town.goal("建成基地"), clock.today(), office=False)
    assert (progress.path, progress.gap, progress.standing.word) == (None, None, "未填报")


def test_path_runs_straight_from_base_to_target(town):
    goal = town.goal("建成基地")
    set_measures(
        goal=goal, by=town.people["经信甲"].user, organisation="市经信委", ambiguity="Q1",
        measures=[
            {"code": "built", "label": "竣工", "base": None},
            {"code": "listed", "label": "列入名录", "base": Decimal(0), "base_on": dt.date(2026, 3, 1)},
        ],
    )  # fmt: skip
    goal = town.goal("建成基地")
    progress = progress_of(goal, dt.date(2026, 3, 1), office=False)
    assert progress.definition.measure.code == "listed" and not progress.definition.settled and progress.path == 0
    assert progress_of(goal, dt.date(2028, 12, 31), office=False).path == 10
    assert progress_of(goal, dt.date(2030, 1, 1), office=False).path == 10


def test_official_answer_changes_the_adopted_definition(town):
    from luodi.service.policies.models import AmbiguityAnswer

    test_path_runs_straight_from_base_to_target(town)
    AmbiguityAnswer.objects.create(
        policy_version=town.duty(FIRST).policy_version, ambiguity="Q1", option="built", paper="试答〔2026〕1号",
        effective_from=dt.date(2026, 4, 1), by=town.people["督查甲"].user,
    )  # fmt: skip
    definition = goals_of(town.duty(FIRST).policy, clock.today(), office=False)[0][0].definition
    assert (definition.measure.code, definition.settled) == ("built", True)
    assert "试答〔2026〕1号" in definition.note


def test_growth_goal_has_no_path(town):
    attest(town, observe(town, goal="产值", value="10.5"), goal="产值")
    progress = progress_of(town.goal("产值"), clock.today(), office=False)
    assert (progress.path, progress.standing.word) == (None, "推进中")


def test_later_day_is_not_reported_before_it_comes(town):
    with pytest.raises(UsageError, match="晚于业务日期"):
        observe(town, as_of="2026-05-01")


def test_an_older_number_does_not_hide_a_newer_one(town):
    attest(town, observe(town, value="9", as_of="2026-04-15"))
    attest(town, observe(town, value="7", as_of="2026-03-31"))
    progress = progress_of(town.goal("建成基地"), clock.today(), office=False)
    assert progress.actual.value == 9 and [o.value for o in progress.history] == [7, 9]
