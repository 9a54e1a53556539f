import os
from pathlib import Path

import pytest
from hypothesis import settings

CORPUS = Path(os.environ.get("LUODI_CORPUS") or Path(__file__).parents[2] / "shared" / "corpus")
NO_CORPUS = "not run: no corpus"

settings.register_profile("luodi", deadline=None)  # speed is measured in bench/, never asserted
settings.load_profile("luodi")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test fails, except where the corpus is absent")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.skipped and item.config.getoption("--no-skips"):
        reason = str(call.excinfo.value) if call.excinfo else ""
        if NO_CORPUS not in reason:
            report.outcome, report.longrepr = "failed", f"skipped under --all: {reason}"
    return report


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of official texts, which stay outside the repository."""
    if not (CORPUS / "dev").is_dir():
        pytest.skip(f"{NO_CORPUS} at {CORPUS} (set LUODI_CORPUS)")
    return CORPUS


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let tests that commit empty the audit table afterwards; the append-only test switches the guard on again."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER audit_no_truncate")
