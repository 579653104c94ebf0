"""What people are told at each step, and who is told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sidan.core.ids import format_number
from sidan.notify.enums import Topic
from sidan.notify.kinds import Facts, NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.orders.models import Order
from sidan.people.enums import DISPATCHING_ROLES, HOLDING_ROLES
from sidan.people.models import Team
from sidan.people.queries import (
    account_ids_of_persons,
    accounts_with_roles,
    leader_account_ids,
    leader_accounts_of,
)
from sidan.places.models import Place

SENTENCES: Final = {
    "order_submitted": _("New order %(number)s: %(title)s"),
    "order_danger": _("Danger to life in the words of order %(number)s: %(title)s. Please act now."),
    "order_admitted": _("Your order %(number)s was admitted; we are finding a team."),
    "order_refused": _("Your order %(number)s could not be admitted. Open it to read why."),
    "order_offered": _("Order %(number)s, %(title)s, is offered to your team. Please answer."),
    "order_dispatched": _("Your order %(number)s was offered to %(team)s; they will answer soon."),
    "order_called": _("Who can take order %(number)s, %(title)s? Look at the open calls."),
    "order_called_to_resident": _("Your order %(number)s was put before all teams of the area."),
    "order_claimed": _("%(team)s took order %(number)s, which was called openly."),
    "order_applied": _("%(team)s would take order %(number)s. Please choose when you are ready."),
    "order_offer_taken_back": _("%(team)s took its offer for order %(number)s back."),
    "order_last_offer_taken_back": _(
        "%(team)s took its offer for order %(number)s back; there is no other. Please find another way."
    ),
    "order_to_choose": _(
        "The call for order %(number)s is over. Please choose one of the teams that offered."
    ),
    "order_call_ended": _("No team answered the call for order %(number)s. Please find another way."),
    "order_picked": _("Your team was chosen for order %(number)s, %(title)s. Please call the resident."),
    "order_passed_over": _("Order %(number)s has gone another way. Thank you for offering to help!"),
    "order_withdrawn": _("The offer of order %(number)s was withdrawn."),
    "order_declined": _("%(team)s declined order %(number)s. Please find another team."),
    "order_accepted": _("%(team)s has taken your order %(number)s and will call you."),
    "order_scheduled": _("The time for order %(number)s is agreed. Open it to see when."),
    "order_named": _("You are named for order %(number)s: %(title)s"),
    "order_done": _("Order %(number)s is done. Please say how it was."),
    "order_goes_on": _(
        "The first part of order %(number)s is done; the team will call you for the next visit."
    ),
    "order_released": _("%(team)s gave order %(number)s back. Please find another team."),
    "order_released_to_resident": _(
        "%(team)s cannot come for order %(number)s after all. We ask another team."
    ),
    "take_over_asked": _("%(team)s asks your team to take over order %(number)s, %(title)s. Please answer."),
    "take_over_asked_of_office": _(
        "%(team)s asks the office to take order %(number)s back. Please find another way."
    ),
    "take_over_withdrawn": _("%(team)s no longer asks you to take over order %(number)s."),
    "take_over_withdrawn_of_office": _("%(team)s keeps order %(number)s after all."),
    "take_over_declined": _(
        "Nobody takes over order %(number)s: it stays with your team. Open it to read why."
    ),
    "take_over_expired": _("Nobody answered in time about order %(number)s: it stays with your team."),
    "order_taken_over": _("%(team)s took order %(number)s over."),
    "order_taken_over_of_office": _("%(team)s took order %(number)s over."),
    "order_taken_over_to_resident": _("%(team)s now has your order %(number)s and will call you."),
    "order_taken_back": _("The office took order %(number)s back. Thank you for telling in time."),
    "order_taken_from_team": _(
        "The office took order %(number)s back from your team. Another one is looked for."
    ),
    "order_time_over": _(
        "The time for order %(number)s was over: it is no longer with your team, and another one is looked for."
    ),
    "order_of_dissolved_team": _(
        "Your team is dissolved: order %(number)s is no longer with it, and another one is looked for."
    ),
    "order_back_from_dissolved": _(
        "%(team)s is dissolved: order %(number)s, which it had or was offered, waits for another team."
    ),
    "order_under_way_of_dissolved": _(
        "%(team)s is dissolved while its people are at the resident's for order %(number)s. They finish and report it;"
        " please look after it."
    ),
    "order_no_longer_yours": _("You need not go for order %(number)s any more: %(title)s"),
    "order_handed_back": _(
        "Order %(number)s, %(title)s, could not be done: somebody of your team handed it back."
    ),
    "order_split": _("Your order %(number)s will be done by several teams, each its part."),
    "order_part_done": _("A part of your order %(number)s is done; the others follow."),
    "order_part_failed": _("A part of order %(number)s could not be done. The office finds another way."),
    "order_part_left_out": _("A part of your order %(number)s is left out. Open it to read why."),
    "order_failed": _("Order %(number)s could not be done. Open it to read why."),
    "order_failed_to_office": _("%(team)s could not do order %(number)s. Please find another way."),
    "order_changed": _("The wish of order %(number)s was changed. Please look at it again."),
    "order_changed_for_team": _("The wish of order %(number)s was changed. Please look at it again."),
    "order_changed_for_you": _(
        "Your order %(number)s was changed as you asked. Open it to see how it stands."
    ),
    "order_cancelled": _("Order %(number)s was cancelled."),
    "order_cancelled_to_office": _("Order %(number)s was cancelled; nothing is to be done any more."),
    "order_cancelled_for_you": _(
        "Your order %(number)s was cancelled by the office, as you asked. If that is not so, please call us."
    ),
    "order_not_wanted": _(
        "Called back, the resident says that order %(number)s, %(title)s, is not wanted, but somebody is there already."
        " Please ask them."
    ),
    "order_not_wanted_to_office": _(
        "Called back, the resident says that order %(number)s, %(title)s, is not wanted, but somebody is there already."
        " Please ask them."
    ),
    "order_was_there": _(
        "Somebody of %(team)s was there for order %(number)s, %(title)s, before the visit was called off: a telephone"
        " sent it later, and the code of the door proves it. Open it to see when."
    ),
    "order_merged": _("Your order %(number)s was put together with order %(into)s, which asks for the same."),
    "order_reviewed": _("Order %(number)s was reviewed."),
    "order_closed": _("Order %(number)s was closed."),
    "order_reopened": _("Order %(number)s was opened again."),
    "order_reopened_to_office": _("Order %(number)s was opened again. Please find a team for it."),
    "order_time_refused": _(
        "A time that your telephone sent for order %(number)s could not be written. Open it to read why."
    ),
    "order_time_refused_to_leader": _(
        "A time that a telephone sent for order %(number)s could not be written. Please look what is right."
    ),
    "order_digits_do_not_fit": _(
        "A telephone has sent digits of the door for order %(number)s again and again that do not fit. Please ask who"
        " was there."
    ),
    "order_passed_up": _("Your order %(number)s was passed on to %(place)s, which can do more."),
    "order_sent_down": _("Your order %(number)s was handed to %(place)s, which is nearer to you."),
    "order_received": _("%(place)s hands order %(number)s over to you: %(title)s"),
    "order_help_asked": _("%(place)s asks for your help with order %(number)s: %(title)s"),
}

AT_ONCE: Final = frozenset({"order_danger"})
"""What also leaves the house by every channel that is switched on, at night too: nobody may find it in the inbox
tomorrow."""
TO_RESIDENTS: Final = frozenset(
    {
        "order_admitted", "order_refused", "order_dispatched", "order_called_to_resident", "order_accepted",
        "order_scheduled", "order_done", "order_goes_on", "order_released_to_resident", "order_failed",
        "order_split", "order_part_done", "order_part_failed", "order_part_left_out", "order_changed_for_you",
        "order_cancelled_for_you", "order_merged", "order_reopened", "order_passed_up", "order_sent_down",
        "order_taken_over_to_resident",
    }
)  # fmt: skip
TO_TEAMS: Final = frozenset(
    {
        "order_offered", "order_called", "order_picked", "order_passed_over", "order_withdrawn", "order_named",
        "order_cancelled", "order_not_wanted", "take_over_asked", "take_over_withdrawn", "take_over_declined",
        "take_over_expired", "order_taken_over", "order_taken_back", "order_time_over", "order_no_longer_yours",
        "order_handed_back", "order_of_dissolved_team", "order_changed_for_team", "order_taken_from_team",
    }
)  # fmt: skip
TO_OFFICES: Final = AT_ONCE | {
    "order_submitted", "order_claimed", "order_applied", "order_offer_taken_back",
    "order_last_offer_taken_back", "order_to_choose", "order_call_ended", "order_declined",
    "order_released", "order_back_from_dissolved", "order_under_way_of_dissolved", "order_changed", "order_received",
    "order_help_asked", "take_over_asked_of_office", "take_over_withdrawn_of_office", "order_cancelled_to_office",
    "order_failed_to_office", "order_reopened_to_office", "order_taken_over_of_office", "order_not_wanted_to_office",
    "order_was_there",
}  # fmt: skip
TOPICS: Final = {
    **dict.fromkeys(TO_RESIDENTS, Topic.MINE),
    **dict.fromkeys(TO_TEAMS, Topic.TEAM),
    **dict.fromkeys(TO_OFFICES, Topic.OFFICE),
}
"""What is also sent, to whom it is what; the others are read in the inbox."""
LINKS: Final = {
    "order_called": "/console/board/calls/",
    "order_no_longer_yours": "/tasks/",
    "order_of_dissolved_team": "/tasks/",
    "order_taken_from_team": "/console/board/",
    "order_handed_back": "/console/board/",
    "take_over_asked": "/console/board/",
    "take_over_withdrawn": "/console/board/",
    "order_time_refused": "/tasks/not-written/",
    "order_time_refused_to_leader": "/tasks/not-written/",
}
"""Where a notice leads whose reader does not see the order yet, or no more; all others lead to the order."""


def register() -> None:
    """Make the sentences known to the inbox."""
    for kind, sentence in SENTENCES.items():
        at_once = kind in AT_ONCE
        register_kind(
            NoticeKind(
                code=kind, sentence=sentence, icon="siren" if at_once else "bell", goes_out=kind in TOPICS,
                topic=TOPICS.get(kind, Topic.OTHER), is_urgent=at_once, words=spoken,
            )
        )  # fmt: skip


def spoken(facts: Facts) -> Facts:
    """Say numbers of orders as they are read out; of a private order a message tells that it is one, and no more.

    Messages leave the house.
    """
    told = {**facts, "title": facts.get("title") or gettext("Private order")}
    return told | {name: format_number(str(facts[name])) for name in ("number", "into") if name in facts}


def of_team(team: Team) -> dict[str, str]:
    """Return the facts that name a team to readers of both languages."""
    return {"team": team.name, "team_en": team.name_en}


def of_place(place: Place) -> dict[str, str]:
    """Return the facts that name a place to readers of both languages."""
    return {"place": place.short_name, "place_en": place.name_en}


def _facts(order: Order, more: dict[str, str]) -> dict[str, str]:
    return {"number": order.number, "title": order.title, "title_en": order.title_en, **more}


def tell_accounts(*, account_ids: Iterable[int], kind: str, order: Order, at: datetime, **more: str) -> None:
    """Put one notice in each inbox; the link leads to the order by its number, whoever reads it."""
    ids = sorted(set(account_ids))
    if ids:
        link = LINKS.get(kind, f"/orders/{order.number}/")
        notify(account_ids=ids, kind=kind, facts=_facts(order, more), link=link, at=at)


def tell_resident(*, kind: str, order: Order, at: datetime, **more: str) -> None:
    tell_accounts(
        account_ids=account_ids_of_persons(person_ids=[order.requester_id]),
        kind=kind,
        order=order,
        at=at,
        **more,
    )


def tell_dispatchers(*, kind: str, order: Order, at: datetime, **more: str) -> None:
    """Tell those who must act at the holder, or at the nearest place above that has somebody."""
    accounts = office_in_danger(order=order) if kind in AT_ONCE else office_of(order=order)
    tell_accounts(account_ids=accounts, kind=kind, order=order, at=at, **more)


def office_of(*, order: Order) -> list[int]:
    """Return the accounts of those whose turn it is: who decides where the order is held, or nearest above it."""
    place_id = order.keeper_place_id or order.holder_place_id
    here = HOLDING_ROLES if place_id == order.holder_place_id else ()
    return accounts_with_roles(place_id=place_id, roles=DISPATCHING_ROLES, here=here)


def office_in_danger(*, order: Order) -> list[int]:
    """Return whom to tell of danger to life: whose turn it is, and who decides above a station.

    One person alone may not look in time. What is private stays with its keeper, whoever else could act.
    """
    if order.is_private:
        return office_of(order=order)
    above = accounts_with_roles(place_id=order.holder_place_id, roles=DISPATCHING_ROLES)
    return sorted({*office_of(order=order), *above})


def tell_helpers(*, place_id: int, kind: str, order: Order, at: datetime, **more: str) -> None:
    """Tell those who decide at a place that does not hold the order, or at the nearest above that has somebody."""
    accounts = accounts_with_roles(place_id=place_id, roles=DISPATCHING_ROLES)
    tell_accounts(account_ids=accounts, kind=kind, order=order, at=at, **more)


def tell_helpers_of_danger(*, place_id: int, order: Order, at: datetime) -> None:
    """Tell them of danger to life as well: whoever was told as the order's own office is not told twice."""
    accounts = accounts_with_roles(place_id=place_id, roles=DISPATCHING_ROLES)
    others = set(accounts) - set(office_in_danger(order=order))
    tell_accounts(account_ids=others, kind="order_danger", order=order, at=at)


def tell_leader(*, team_id: int, kind: str, order: Order, at: datetime, **more: str) -> None:
    tell_accounts(account_ids=leader_account_ids(team_id=team_id), kind=kind, order=order, at=at, **more)


def tell_leaders(*, team_ids: Iterable[int], kind: str, order: Order, at: datetime, **more: str) -> None:
    """Tell the leaders of many teams in one go."""
    accounts = leader_accounts_of(team_ids=list(team_ids))
    tell_accounts(account_ids=accounts, kind=kind, order=order, at=at, **more)


def tell_persons(*, person_ids: Iterable[int], kind: str, order: Order, at: datetime, **more: str) -> None:
    accounts = account_ids_of_persons(person_ids=list(person_ids))
    tell_accounts(account_ids=accounts, kind=kind, order=order, at=at, **more)
