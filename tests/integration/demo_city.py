"""The demo itself, loaded once for the tests of a module that look at it, and rolled back after them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Path]:
    """Government, population, accounts and policies of both demo cities; gives the folder of the account listing."""
    from luodi.service.demo import load

    patch = pytest.MonkeyPatch()
    home = tmp_path_factory.mktemp("home")
    patch.setenv("LUODI_HOME", str(home))
    patch.setattr(load, "_later", lambda module, name: None)
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        load.load_demo()
        yield home
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
    patch.undo()
