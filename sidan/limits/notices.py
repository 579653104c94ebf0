"""What people are told by a clock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from sidan.core.moments import dated_words
from sidan.limits.enums import Step
from sidan.limits.models import Running, Timer, WishTimer
from sidan.limits.words import step_words
from sidan.notify.enums import Topic
from sidan.notify.kinds import NoticeKind, register_kind
from sidan.orders.enums import LIVE_ASSIGNMENT
from sidan.orders.models import Order
from sidan.orders.notices import (
    spoken,
    tell_accounts,
    tell_dispatchers,
    tell_helpers,
    tell_leader,
    tell_resident,
)
from sidan.orders.queries import open_call_of, teams_to_remind
from sidan.wishes import notices as wish_notices
from sidan.wishes.models import Wish

SENTENCES: Final = {
    "limit_half": _("Half of the time is over for order %(number)s: “%(step)s” by %(due)s."),
    "limit_half_for_team": _("Half of the time is over for order %(number)s: “%(step)s” by %(due)s."),
    "limit_end": _("The time is over for order %(number)s: “%(step)s” by %(due)s."),
    "limit_end_for_team": _("The time is over for order %(number)s: “%(step)s” by %(due)s."),
    "limit_returned": _("Nobody answered the offer of order %(number)s in time. It waits for another team."),
    "limit_taken_back": _(
        "“%(step)s” was over %(due)s: order %(number)s was taken back from its team and waits for another one."
    ),
    "limit_see_to_it": _("Please see to order %(number)s: the time for “%(step)s” was over %(due)s."),
    "limit_wish_half": _("Half of the time to answer a wish of %(place)s is over: by %(due)s."),
    "limit_wish_end": _("The time to answer a wish of %(place)s was over %(due)s. Please see to it."),
    "limit_review_half": _("Order %(number)s is done. Please say how it was by %(due)s."),
}
TOPICS: Final = {
    "limit_half_for_team": Topic.TEAM, "limit_end_for_team": Topic.TEAM, "limit_review_half": Topic.MINE,
}  # fmt: skip
"""To whom it is what; all others wait for an office."""


def _words(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Turn the code of the step, the moment and what an order is into words of the reader's language."""
    told = dict(spoken(facts))
    if told.get("step") in Step.values:
        told["step"] = step_words(step=told["step"], nth=told.get("part"))
    try:
        due = datetime.fromisoformat(str(told.get("due", "")))
    except ValueError:
        return told
    return {**told, "due": dated_words(due)}


def register() -> None:
    """Make the sentences known to the inbox."""
    for kind, sentence in SENTENCES.items():
        told = NoticeKind(
            code=kind, sentence=sentence, icon="alarm-clock", words=_words, goes_out=True,
            topic=TOPICS.get(kind, Topic.OFFICE),
        )  # fmt: skip
        register_kind(told)


def _facts(timer: Running) -> dict[str, Any]:
    """Which step of which part, by its number: what a part is called is nothing to be kept in messages."""
    facts: dict[str, Any] = {"step": timer.effect, "due": timer.due_at.isoformat()}
    return facts | {"part": timer.nth} if isinstance(timer, Timer) and timer.nth else facts


def tell_who_acts(*, kind: str, timer: Timer, order: Order, at: datetime) -> None:
    """Tell whoever is expected to take the step: the office, the team's leader, or the resident."""
    if timer.effect in {Step.ADMIT, Step.DISPATCH}:
        tell_office(kind=kind, timer=timer, order=order, at=at)
    elif timer.effect == Step.REVIEW:
        tell_resident(kind="limit_review_half", order=order, at=at, **_facts(timer))
    else:
        shares = order.assignments.filter(state__in=sorted(LIVE_ASSIGNMENT), part=timer.part)
        teams = shares.values_list("team_id", flat=True)
        for team_id in [*teams, *_called(timer, order)]:
            tell_leader(team_id=team_id, kind=f"{kind}_for_team", order=order, at=at, **_facts(timer))


def _called(timer: Timer, order: Order) -> list[int]:
    """Return the teams that an open call waits for; none where the order is not called."""
    call = open_call_of(order=order, part=timer.part) if timer.effect == Step.ACCEPT else None
    return teams_to_remind(call=call, order=order) if call is not None else []


def tell_office(*, kind: str, timer: Running, order: Order, at: datetime) -> None:
    """Tell those who decide at the place that holds the order."""
    tell_dispatchers(kind=kind, order=order, at=at, **_facts(timer))


def tell_office_above(*, place_id: int, timer: Running, order: Order, at: datetime) -> None:
    """Tell those who decide above the place that holds the order."""
    tell_helpers(place_id=place_id, kind="limit_see_to_it", order=order, at=at, **_facts(timer))


def tell_person(*, kind: str, timer: Running, order: Order, at: datetime) -> None:
    """Tell the person whom the limit names; the notice leads to the order."""
    if timer.acting.person_id is not None:
        tell_accounts(account_ids=[timer.acting.person_id], kind=kind, order=order, at=at, **_facts(timer))


def tell_of_wish(*, kind: str, timer: WishTimer, wish: Wish, at: datetime) -> None:
    """Tell those who must answer a wish."""
    wish_notices.tell_staff(kind=kind, wish=wish, at=at, facts=_facts(timer))


def tell_person_of_wish(*, kind: str, timer: WishTimer, wish: Wish, at: datetime) -> None:
    """Tell the person whom the limit names; the notice leads to the wish."""
    if timer.acting.person_id is not None:
        told = [timer.acting.person_id]
        wish_notices.tell_accounts(account_ids=told, kind=kind, wish=wish, at=at, facts=_facts(timer))
