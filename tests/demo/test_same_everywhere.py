"""The same seed and day give the same county, on every machine."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import DATABASE
from tests.database import ROOT, settings_environment
from tests.demo.fingerprint import TODAY, fingerprint

CONTENT = {
    "places.place", "people.person", "people.team", "people.directorship", "catalogue.menu", "catalogue.project",
    "files.storedfile", "orders.order", "orders.orderstep", "orders.opencall", "orders.orderhandover",
    "notify.notice", "mediation.case", "wishes.wish", "needs.need", "needs.survey", "bookings.room",
    "bookings.booking", "activities.activity", "places.popup", "plans.plan", "rotas.rota",
    "rotas.watch", "rotas.duty", "rotas.swap",
}  # fmt: skip


def _elsewhere(folder: Path, seed: str) -> dict[str, str]:
    """Load the county in another process, whose sets and dictionaries of words have another order."""
    environment = {
        **os.environ, **settings_environment(), "DATABASE_URL": DATABASE.app_url,
        "DATABASE_OWNER_URL": DATABASE.owner_url,
        "DJANGO_SETTINGS_MODULE": "config.settings", "SIDAN_DATA": str(folder), "PYTHONHASHSEED": seed,
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo.fingerprint"], cwd=ROOT, env=environment, capture_output=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    told: dict[str, str] = json.loads(done.stdout)
    return told


@pytest.mark.django_db
def test_two_machines_get_the_same_county(tmp_path: Path) -> None:
    one, other = _elsewhere(tmp_path / "one", "1"), _elsewhere(tmp_path / "other", "2")
    assert set(one) >= CONTENT
    assert {table for table in one if one[table] != other.get(table)} == set()


@pytest.mark.django_db
def test_another_day_moves_the_orders_along() -> None:
    # All that was done lies in the year before: nothing that is told of a year may ask for this one's.
    one, other = fingerprint(today=TODAY), fingerprint(today=date(2027, 1, 2))
    assert one["people.teamcategory"] == other["people.teamcategory"]
    assert one["orders.order"] != other["orders.order"]
