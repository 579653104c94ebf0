"""Between two teams: asked and taken, asked and kept, asked of our team, asked of the office, taken back (R-O7)."""

from datetime import datetime, timedelta
from typing import Final

from sidan.catalogue.queries import teams_for
from sidan.orders.enums import Reason
from sidan.orders.models import Order, TakeOver
from sidan.orders.operations import accept_take_over, ask_take_over, decline_take_over, take_back_order
from sidan.people.enums import Role
from sidan.people.models import Team
from sidan.web.demo.tales.cast import Cast, again, held

STANDS: Final = timedelta(days=3)
"""How long a request stands: those that nobody has answered are still open when the demo is started."""
BUSY: Final = "明天队里三个人都去镇上帮忙，去不了，能不能请你们接一下？"
NO_TOOLS: Final = "我们的电推剪送修了，这几天没法上门。"
ALSO_BUSY: Final = "我们这两天也排满了，下周才有空。"


def tell_who_took_over(cast: Cast) -> None:
    """Tell each of the five where the county is large enough for a second team."""
    at = cast.day(0, 9)
    if (order := cast.order("passed_on")) is not None:
        asked = _ask(cast, order, at, to=_other(order), words=BUSY)
        accept_take_over(actor=cast.leader_of(asked.to_team or asked.from_team), at=_soon(at), asked=asked)
    if (order := cast.order("kept")) is not None:
        asked = _ask(cast, order, at, to=_other(order), words=NO_TOOLS)
        answering = cast.leader_of(asked.to_team or asked.from_team)
        decline_take_over(
            actor=answering, at=_soon(at), asked=asked, reason=Reason.NO_PEOPLE, words=ALSO_BUSY
        )
    if (order := cast.order("asked_of_us")) is not None:
        _ask(cast, order, cast.day(0, 17), to=cast.people.crews[0].team, words=BUSY)
    if (order := cast.order("asked_of_office")) is not None:
        _ask(cast, order, cast.day(0, 16), to=None, words=NO_TOOLS)
    if (order := cast.order("taken_back")) is not None:
        _ask(cast, order, at, to=None, words=NO_TOOLS)
        take_back_order(actor=cast.actor(Role.DISPATCHER), at=_soon(at), order=again(order))


def _ask(cast: Cast, order: Order, at: datetime, *, to: Team | None, words: str) -> TakeOver:
    share = held(order)
    return ask_take_over(
        actor=cast.leader_of(share.team), at=at, assignment=share, to_team=to, until=at + STANDS,
        reason=Reason.NO_PEOPLE, words=words,
    )  # fmt: skip


def _other(order: Order) -> Team:
    """Return a second team that serves the same there; `begun` has looked that there is one."""
    teams = teams_for(category=order.category_id, place_id=order.origin_place_id)
    return teams.exclude(pk=held(order).team_id)[:1].get()


def _soon(at: datetime) -> datetime:
    return at + timedelta(hours=2)
