"""The ground every test stands on: settings, database, order, and what counts as passed.

All of it is made when this file is imported, before any other conftest, so that a test module may import models
at its top. Every process (the controller of xdist and each of its workers) holds the shared server while it lives.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import django
import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

from ops.postgres import running_database
from ops.words import compile_catalogues
from tests.database import ROOT, TestDatabase, database_of_this_process, settings_environment

IN_CI = os.environ.get("CI", "") not in {"", "0", "false"}
_ground = ExitStack()


def _prepare() -> TestDatabase:
    """Start or join the server and load the settings; the database itself is made when the first test needs it."""
    folder = Path(os.environ.get("SIDAN_TEST_DATA", "") or ROOT / "var" / "test")
    database = database_of_this_process(_ground.enter_context(running_database(folder, durable=False)))
    data = Path(tempfile.mkdtemp(prefix="sidan-test-"))
    _ground.callback(shutil.rmtree, data, ignore_errors=True)
    given = {
        **settings_environment(),
        "SIDAN_DATA": str(data),
        "DATABASE_URL": database.app_url,
        "DATABASE_OWNER_URL": database.owner_url,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    if "PYTEST_XDIST_WORKER" not in os.environ:
        compile_catalogues()
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django.setup()
    # Processes that a test starts, and the workers of xdist, must not inherit this process's database and keys.
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value
    return database


DATABASE = _prepare()
atexit.register(_ground.close)

hypothesis.settings.register_profile("dev", deadline=None, max_examples=40)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=150, print_blob=True)
hypothesis.settings.register_profile("deep", deadline=None, max_examples=1500, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "dev"))


def _fresh_clone(_self: TransactionTestCase) -> None:
    """After a test with real transactions: a new clone, because append-only tables cannot be emptied."""
    connections.close_all()
    DATABASE.drop()
    DATABASE.create()


TransactionTestCase._fixture_teardown = _fresh_clone  # type: ignore[attr-defined] # Django offers no other door


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Give this process its own clone of the migrated template; replaces pytest-django's way of making one."""
    DATABASE.drop()
    DATABASE.create()
    yield
    connections.close_all()
    DATABASE.drop()


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """A test that was not run proves nothing: in CI a skip is a failure. An expected failure is not a skip."""
    if IN_CI and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn skips of tests into failures in CI."""
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn skips of whole modules into failures in CI."""
    report = yield
    _fail_if_skipped(report)
    return report


pytest_plugins = ["tests.cast"]
