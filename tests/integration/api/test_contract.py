"""Generated calls: whatever is sent, the answer is as the schema says."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from integration.award_city import SLUG, add_unit
from luodi.service.accounts.models import User
from luodi.service.awards.actions import determine, evaluate_region
from luodi.service.awards.models import EvaluationRun
from luodi.service.wsgi import application

OPERATIONS = 14
EXAMPLES = 25
PHASES = [Phase.generate]  # nothing is kept to replay, and what fails is small enough as it came
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]


@pytest.fixture
def one_connection():
    """Calls stay on the test's own connection, as with Django's test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _calls(mode, headers: dict | None = None, run: str = "") -> int:
    """Generated calls of every operation; returns how many operations there are."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    called = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        called += 1

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            deadline=None,
            database=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def call(case):
            if "slug" in (case.path_parameters or {}) and mode is GenerationMode.POSITIVE:
                case.path_parameters["slug"] = SLUG
            if run and "run" in (case.path_parameters or {}) and mode is GenerationMode.POSITIVE:
                case.path_parameters["run"] = run
            if isinstance(case.body, dict) and "policy" in case.body and mode is GenerationMode.POSITIVE:
                case.body["policy"] = SLUG
            case.call_and_validate(checks=CHECKS, headers=headers)

        call()
    return called


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_answers_are_as_the_schema_says(city, one_connection, mode):
    evaluate_region(by=None, version=city.version)
    assert _calls(mode) == OPERATIONS


@pytest.fixture
def officer(city, sign_in) -> dict[str, str]:
    """The headers of an officer: the session of the pages and the token of their forms. There is a determination."""
    evaluate_region(by=None, version=city.version)
    client = sign_in("lead_officer")
    person = User.objects.get(username__startswith="lead_officer")
    office = person.memberships.get().organisation
    determine(by=person, organisation=office, unit=add_unit(city, 1), version=city.version)
    client.get("/entitled/")
    token = client.cookies["csrftoken"].value
    cookie = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
    return {"Cookie": cookie, "X-CSRFToken": token}


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_answers_to_an_officer_are_as_the_schema_says(officer, one_connection, mode):
    assert _calls(mode, officer, str(EvaluationRun.objects.get().pk)) == OPERATIONS
