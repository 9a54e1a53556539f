"""A person of an office, and kinds of work that only these tests know."""

import pytest

from integration.jobs import work
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.jobs.kinds import KINDS


@pytest.fixture
def officer(db) -> Membership:
    user = User.objects.create(username="officer")
    office = Organisation.objects.create(name="经办处", side="government")
    return Membership.objects.create(user=user, organisation=office, role="lead_officer")


@pytest.fixture(autouse=True)
def kinds():
    before = dict(KINDS)
    work.register()
    yield
    KINDS.clear()
    KINDS.update(before)
