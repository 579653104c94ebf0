"""One terminal of the demo village that waits to be set up, by a code that the demo tells at every start."""

from datetime import datetime, timedelta
from typing import Final

from sidan.kiosk import operations
from sidan.kiosk.queries import waits_for_setup
from sidan.people.enums import Role
from sidan.people.queries import actor_for_account
from sidan.web.demo.people import People

SETUP_CODE: Final = "20260734"
LASTS: Final = timedelta(days=365)


def make_terminal(*, people: People, now: datetime) -> None:
    """Let the practitioner of the village have a terminal in the hall."""
    keeper = people.by_role[Role.PRACTITIONER]
    actor, home = actor_for_account(keeper.pk), keeper.person.home_place
    if actor is not None and home is not None:
        operations.invite_terminal(
            actor=actor, at=now, place=home, name="村文明实践站大厅", code=SETUP_CODE, lasts=LASTS
        )


def demo_terminal(*, at: datetime) -> str:
    """Return the code by which a browser becomes the demo's terminal; nothing once one has."""
    return SETUP_CODE if waits_for_setup(code=SETUP_CODE, at=at) else ""
