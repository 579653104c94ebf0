"""What stands somewhere for a while, on the stage."""

from datetime import timedelta
from typing import Any

from sidan.core.clock import BUSINESS_ZONE, now
from sidan.places import operations
from sidan.places.models import PopUp
from sidan.places.operations import NewPopUp, Stop
from tests.cast import Cast


def build_pop_ups(cast: Cast, things: dict[str, Any]) -> None:
    """One that is coming; and when the next may be, as a form and as a program send it."""
    things["pop_up"] = announce(cast, "便民服务车").uuid
    begins = now().astimezone(BUSINESS_ZONE).replace(second=0, microsecond=0) + timedelta(days=3)
    for name, at in (("begins", begins), ("ends", begins + timedelta(hours=2))):
        things[f"pop_up_{name}"] = f"{at:%Y-%m-%dT%H:%M}"
        things[f"pop_up_{name}_exact"] = at.isoformat()


def announce(cast: Cast, name: str) -> PopUp:
    """Announce a bus with one stop."""
    at = now()
    begins, ends = at + timedelta(days=1), at + timedelta(days=1, hours=2)
    told = NewPopUp(
        kind="bus_route",
        name=name,
        begins=begins,
        ends=ends,
        spot="城北村",
        stops=[Stop("村口", begins, ends)],
    )
    return operations.announce_pop_up(actor=cast.manager.actor, at=at, place=cast.places.chengbei, told=told)
