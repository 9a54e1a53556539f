"""Queued with its cause, done once whatever happens to the worker, parked when hopeless, seen by its own people."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection, transaction

from integration.jobs import work
from luodi import clock
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.audit.models import AuditEvent
from luodi.service.jobs.actions import MOST_TRIES, Running, queue, run
from luodi.service.jobs.models import Job

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def asked(officer, function, **given) -> Job:
    return queue(function, by=officer.user, organisation=officer.organisation, about="甲", **given)


def queued() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return cursor.fetchone()[0]


def test_a_job_stands_or_falls_with_its_cause(officer):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        asked(officer, work.slow, name="乙", seconds=0)
        raise ZeroDivisionError
    assert (Job.objects.count(), queued(), AuditEvent.objects.count()) == (0, 0, 0)
    job = asked(officer, work.slow, name="乙", seconds=0)
    assert (Job.objects.count(), queued()) == (1, 1)
    assert AuditEvent.objects.get().action == "jobs.queued" and job.title == "慢慢做：甲"


def test_done_once_however_often_it_is_taken(officer):
    job = asked(officer, work.slow, name="乙", seconds=0)
    assert run(str(job.pk)) and run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.percent, job.message, job.outcome_address) == ("done", 100, "乙已建立", "/")
    assert Organisation.objects.filter(name="乙").count() == 1


def test_what_another_worker_finished_first_is_taken_back(officer, monkeypatch):
    job = asked(officer, work.slow, name="乙", seconds=0)
    told = []

    def other_was_faster(self, percent, message):
        told.append(percent)
        Job.objects.filter(pk=job.pk).update(state="done", message="别的进程做完")

    monkeypatch.setattr(Running, "progress", other_was_faster)
    with transaction.atomic():
        assert run(str(job.pk)) and told
    assert not Organisation.objects.filter(name="乙").exists()


def test_work_stands_on_the_day_of_its_cause(officer, monkeypatch):
    seen = []
    monkeypatch.setattr(Running, "progress", lambda self, percent, message: seen.append(clock.today()))
    with clock.standing_on(dt.date(2020, 10, 15)):
        job = asked(officer, work.slow, name="乙", seconds=0)
    run(str(job.pk))
    assert set(seen) == {dt.date(2020, 10, 15)}


def test_refused_content_is_told_at_once_and_leaves_nothing(officer):
    job = asked(officer, work.refused, name="乙")
    assert run(str(job.pk))
    job.refresh_from_db()
    assert job.state == "refused" and "第 3 行" in job.message and job.tries == 1
    assert not Organisation.objects.filter(name="乙").exists()


def test_a_poison_job_is_parked_after_five_tries_and_can_be_queued_again(officer, client):
    job = asked(officer, work.poison, name="乙")
    for number in range(1, MOST_TRIES + 1):
        assert run(str(job.pk)) == (number == MOST_TRIES)
        job.refresh_from_db()
        assert (job.tries, job.state) == (number, "parked" if number == MOST_TRIES else "waiting")
        assert job.error_number and job.error_number in job.message
    assert not Organisation.objects.filter(name="乙").exists()
    assert AuditEvent.objects.filter(action="jobs.parked").count() == 1
    client.force_login(officer.user, backend=BACKEND)
    page = client.get(job.get_absolute_url()).content.decode()
    assert "已搁置" in page and job.error_number in page and "重新排队" in page
    client.post(f"{job.get_absolute_url()}again/")
    job.refresh_from_db()
    assert (job.state, job.tries) == ("waiting", 0) and queued() == 2


def test_a_job_that_kills_its_worker_is_parked_too(officer):
    job = asked(officer, work.slow, name="乙", seconds=0)
    Job.objects.filter(pk=job.pk).update(state="running", tries=MOST_TRIES)
    assert run(str(job.pk))
    job.refresh_from_db()
    assert job.state == "parked" and "中断" in job.message


def test_pages_show_progress_without_script_to_its_own_people_only(officer, client):
    job = asked(officer, work.slow, name="乙", seconds=0)
    Job.objects.filter(pk=job.pk).update(state="running", percent=40, message="正在核算")
    client.force_login(officer.user, backend=BACKEND)
    page = client.get(job.get_absolute_url())
    assert page.headers["Refresh"] and "40%" in page.content.decode() and "正在核算" in page.content.decode()
    assert "Refresh" not in client.get(f"{job.get_absolute_url()}?still=1").headers
    run(str(job.pk))
    page = client.get(job.get_absolute_url())
    assert "Refresh" not in page.headers and "看结果" in page.content.decode()
    assert job.title in client.get("/jobs/").content.decode()
    stranger = User.objects.create(username="stranger")
    other = Organisation.objects.create(name="别的处", side="government")
    Membership.objects.create(user=stranger, organisation=other, role="lead_officer")
    client.force_login(stranger, backend=BACKEND)
    assert client.get(job.get_absolute_url()).status_code == 404
    assert job.title not in client.get("/jobs/").content.decode()


@pytest.fixture
def worker():
    """Start workers of the test's own database; those still alive are stopped afterwards."""
    started: list[subprocess.Popen] = []
    where = connection.settings_dict
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://{where['USER']}@/{where['NAME']}?host={where['HOST']}",
        "PYTHONPATH": "tests",
    }

    def start() -> subprocess.Popen:
        started.append(subprocess.Popen([sys.executable, "-m", "integration.jobs.work"], env=environment))
        return started[-1]

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=30)


def until(condition, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, list(Job.objects.values())
        time.sleep(0.1)


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_its_job_to_the_next(officer, worker):
    """The first worker is killed in the middle; the second does the work, and its effect is there once."""
    job = asked(officer, work.slow, name="乙", seconds=4)
    first = worker()
    until(lambda: Job.objects.get().percent >= 10)
    assert not Organisation.objects.filter(name="乙").exists(), "nothing half written is seen"
    first.send_signal(signal.SIGKILL)
    first.wait()
    worker()
    until(lambda: Job.objects.get().state == "done")
    assert Organisation.objects.filter(name="乙").count() == 1 and Job.objects.get().tries == 2
    job.refresh_from_db()
    assert job.percent == 100
