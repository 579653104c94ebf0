"""Who is told that something was said: the other parties, never what was said."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sidan.notify.enums import Topic
from sidan.notify.kinds import NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.orders.enums import WITH_TEAM, OrderState
from sidan.orders.models import Assignment, AssignmentMember, Order
from sidan.orders.notices import office_in_danger, office_of, spoken
from sidan.people.enums import TeamState
from sidan.people.queries import account_ids_of_persons, leader_accounts_of
from sidan.talk.enums import Side
from sidan.talk.models import Message

HAS_TEAM: Final = WITH_TEAM | {OrderState.DONE}
SENTENCES: Final = {
    "talk_message": _("Somebody wrote to you about order %(number)s, %(title)s."),
    "talk_message_to_office": _(
        "Please read the new message about order %(number)s, %(title)s: it waits for the office."
    ),
    "talk_danger": _("Danger to life in a message about order %(number)s, %(title)s. Please act now."),
    "talk_report": _("A message about order %(number)s was reported. Please look at it."),
}


def register() -> None:
    """Make the sentences known to the inbox."""
    for code, sentence in SENTENCES.items():
        topic = Topic.TALK if code == "talk_message" else Topic.OFFICE
        at_once = code == "talk_danger"
        register_kind(
            NoticeKind(
                code=code, sentence=sentence, icon="siren" if at_once else "message-circle", goes_out=True,
                topic=topic, is_urgent=at_once, words=spoken,
            )
        )  # fmt: skip


def tell_of_message(*, message: Message, order: Order, at: datetime) -> None:
    """Tell the others: resident and team tell each other, and the office where one of them is not there.

    While nobody is on the way, as where a part could not be done, a team that has reported hears it beside the office;
    so do those who see the visit of a dissolved team through.
    """
    resident = {*account_ids_of_persons(person_ids=[order.requester_id])}
    team = _team(order)
    told, is_missing = resident | team, False
    if message.side == Side.RESIDENT:
        told, is_missing = team, not (team and order.state in HAS_TEAM) or _is_gone(order)
    elif message.side == Side.TEAM:
        # Who has no account is called by the office.
        told, is_missing = resident, not resident
    told.discard(message.author_id)
    office = {*office_of(order=order)} - told - {message.author_id} if is_missing else set()
    # What waits for an office is another thing than what was written to oneself, and is switched off by itself.
    for accounts, kind in ((told, "talk_message"), (office, "talk_message_to_office")):
        _tell(accounts, kind, order, at, effect=f"talk:{message.pk}")


def tell_of_danger(*, message: Message, order: Order, at: datetime) -> None:
    """Tell the office that holds the order, whoever wrote: it is sent at once, at night too."""
    told = set(office_in_danger(order=order)) - {message.author_id}
    _tell(told, "talk_danger", order, at, effect=f"talk-danger:{message.pk}")


def tell_of_report(*, order: Order, at: datetime) -> None:
    """Tell the office that holds the order."""
    _tell(office_of(order=order), "talk_report", order, at)


def _team(order: Order) -> set[int]:
    """Return the leader and the named members of whoever has taken the order, or has reported it as done.

    Those alone whom `seat_of` lets in: of a dissolved team who is named for what it has still.
    """
    held = order.assignments.filter(Assignment.taken_q())
    lasting = held.exclude(team__state=TeamState.DISSOLVED)
    leaders = leader_accounts_of(team_ids=lasting.values_list("team_id", flat=True))
    members = Q(person__memberships__team=F("assignment__team"), person__memberships__left_on=None)
    allowed = members | Assignment.seen_through_q("assignment__")
    named = AssignmentMember.objects.filter(allowed, assignment__in=held, removed_at=None)
    return {*leaders, *account_ids_of_persons(person_ids=list(named.values_list("person_id", flat=True)))}


def _is_gone(order: Order) -> bool:
    """Tell whether a team that has taken the order is dissolved: the office looks after what it left."""
    return order.assignments.filter(Assignment.taken_q(), team__state=TeamState.DISSOLVED).exists()


def _tell(accounts: Iterable[int], kind: str, order: Order, at: datetime, effect: str = "") -> None:
    notify(
        account_ids=sorted(accounts),
        kind=kind,
        facts={"number": order.number, "title": order.title, "title_en": order.title_en},
        link=f"/talk/{order.number}/",
        at=at,
        effect=effect,
    )
