"""What activities tell people."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import LIVE, Way
from sidan.activities.models import Activity, Enrolment
from sidan.activities.permissions import RUNNING_ROLES
from sidan.activities.queries.enrolments import to_be_called
from sidan.notify.enums import Topic
from sidan.notify.kinds import NoticeKind, register_kind, with_when
from sidan.notify.operations import notify
from sidan.people.enums import HOLDING_ROLES, MANAGING_ROLES
from sidan.people.queries import account_ids_of_persons, accounts_with_roles, leader_account_ids

SENTENCES: Final = {
    "activity_submitted": _("“%(title)s” of %(place)s, %(when)s, is ready to be announced. Please read it."),
    "activity_sent_back": _("“%(title)s” of %(place)s was sent back to be changed. Open it to read why."),
    "activity_announced": _("“%(title)s” of %(place)s is announced: %(when)s."),
    "activity_changed": _("“%(title)s” of %(place)s was changed. It is now: %(when)s, %(venue)s."),
    "activity_changed_for_team": _("“%(title)s” of %(place)s was changed. It is now: %(when)s, %(venue)s."),
    "activity_cancelled": _("“%(title)s” of %(place)s, %(when)s, is called off. Open it to read why."),
    "activity_cancelled_for_team": _(
        "“%(title)s” of %(place)s, %(when)s, is called off. Open it to read why."
    ),
    "activity_room_lost": _(
        "The room for “%(title)s” of %(place)s, %(when)s, is gone. Please find another one."
    ),
    "activity_to_call": _(
        "“%(title)s” of %(place)s, %(when)s, was moved or called off. Please call those without an account: %(number)s."
    ),
    "enrolment_made": _("%(person)s has a place at “%(title)s” (%(post)s), %(when)s, %(venue)s."),
    "enrolment_queued": _("%(person)s stands in line for “%(title)s” (%(post)s), %(when)s."),
    "enrolment_moved_up": _(
        "A place got free: %(person)s comes to “%(title)s” (%(post)s), %(when)s, %(venue)s."
    ),
    "enrolment_shifted": _("At “%(title)s”, %(when)s, %(person)s now has a place here: %(post)s."),
    "enrolment_withdrawn": _("%(person)s is signed off from “%(title)s”, %(when)s."),
    "enrolment_refused": _("%(person)s cannot come to “%(title)s”, %(when)s. Open it to read why."),
    "enrolment_missed": _(
        "The place wrote down that %(person)s was not at “%(title)s”, %(when)s. Open it to answer."
    ),
    "enrolment_upheld": _(
        "Your answer was read. That %(person)s was not at “%(title)s” stays; why, you read here."
    ),
    "enrolment_excused": _("That %(person)s was not at “%(title)s” is taken back."),
    "absence_answered": _("%(person)s answered about not being at “%(title)s”, %(when)s."),
    "enrolment_reminder": _("Soon: “%(title)s” (%(post)s), %(when)s, %(venue)s. %(person)s comes."),
}
TO_OFFICES: Final = frozenset(
    {"activity_submitted", "activity_sent_back", "activity_room_lost", "activity_to_call", "absence_answered"}
)
TO_FOLLOWERS: Final = {
    "announce": "activity_announced",
    "announce_own": "activity_announced",
    "change": "activity_changed_for_team",
    "cancel": "activity_cancelled_for_team",
}
TO_ALL_WHO_COME: Final = {
    "activity_changed_for_team": "activity_changed",
    "activity_cancelled_for_team": "activity_cancelled",
}
TOPICS: Final = {
    **dict.fromkeys(TO_OFFICES, Topic.OFFICE),
    **dict.fromkeys(TO_FOLLOWERS.values(), Topic.TEAM),
}
"""To whom it is what; all others are of those who come."""
TO_PEOPLE: Final = {
    "enrol": "enrolment_made",
    "queue": "enrolment_queued",
    "move_up": "enrolment_moved_up",
    "shift": "enrolment_shifted",
    "withdraw": "enrolment_withdrawn",
    "refuse": "enrolment_refused",
    "miss": "enrolment_missed",
    "uphold": "enrolment_upheld",
    "excuse": "enrolment_excused",
}


def register() -> None:
    """Make the sentences known to the inbox."""
    for code, sentence in SENTENCES.items():
        topic = TOPICS.get(code, Topic.MINE)
        register_kind(
            NoticeKind(
                code=code, sentence=sentence, icon="calendar-heart", goes_out=True, topic=topic, words=with_when
            )
        )  # fmt: skip


def tell_followers(*, kind: str, activity: Activity, at: datetime, but: int | None) -> None:
    """Tell who answers for it, who prepared it, the leader of the team; and of a change everybody who signed up."""
    persons = [activity.lead_id, *([activity.created_by_id] if activity.created_by_id else [])]
    leaders = leader_account_ids(team_id=activity.team_id) if activity.team_id else []
    answering = [*account_ids_of_persons(person_ids=persons), *leaders]
    link = f"/activities/{activity.uuid}/"
    _tell(answering, kind, activity, at, but=but, link=link)
    if kind in TO_ALL_WHO_COME:
        signed_up = account_ids_of_persons(person_ids=_signed_up(activity))
        coming = [account for account in signed_up if account not in answering]
        _tell(coming, TO_ALL_WHO_COME[kind], activity, at, but=but, link=link)


def tell_who_calls(*, activity: Activity, at: datetime) -> None:
    """Tell those who run activities at the place whom no message reaches: they are called, by the list it leads to."""
    coming = Enrolment.unscoped.filter(activity=activity, state__in=sorted(LIVE))
    number = to_be_called(coming).count()
    if number:
        accounts = accounts_with_roles(place_id=activity.place_id, roles=RUNNING_ROLES)
        link = f"{_desk_link(activity)}people/?chip=call"
        _tell(accounts, "activity_to_call", activity, at, but=None, link=link, number=str(number))


def tell_announcers(*, activity: Activity, at: datetime, but: int | None) -> None:
    """Tell those who announce at the place, else at the nearest place above."""
    besides = [but] if but else []
    accounts = accounts_with_roles(
        place_id=activity.place_id, roles=MANAGING_ROLES, here=HOLDING_ROLES, besides=besides
    )
    _tell(accounts, "activity_submitted", activity, at, but=but, link=_desk_link(activity))


def tell_makers(*, activity: Activity, at: datetime, but: int | None) -> None:
    """Tell who prepared it that it comes back."""
    persons = [activity.created_by_id] if activity.created_by_id else []
    accounts = account_ids_of_persons(person_ids=persons)
    _tell(accounts, "activity_sent_back", activity, at, but=but, link=_desk_link(activity))


def tell_of_lost_room(*, activity: Activity, at: datetime) -> None:
    """Tell those who run activities at the place, else at the nearest place above."""
    accounts = accounts_with_roles(place_id=activity.place_id, roles=RUNNING_ROLES)
    _tell(accounts, "activity_room_lost", activity, at, but=None, link=_desk_link(activity))


def tell_person(*, kind: str, enrolment: Enrolment, at: datetime, but: int | None) -> None:
    """Tell who is signed up, and who of the family signed them up."""
    accounts = account_ids_of_persons(person_ids=_told_of(enrolment))
    link = f"/my/activities/{enrolment.uuid}/"
    _tell(accounts, kind, enrolment.activity, at, but=but, link=link, **_of_person(enrolment))


def tell_lead(*, enrolment: Enrolment, at: datetime, but: int | None) -> None:
    """Tell who answers for the activity that somebody answered."""
    accounts = account_ids_of_persons(person_ids=[enrolment.activity.lead_id])
    link = f"/console/enrolments/{enrolment.uuid}/"
    _tell(accounts, "absence_answered", enrolment.activity, at, but=but, link=link, **_of_person(enrolment))


def _of_person(enrolment: Enrolment) -> dict[str, str]:
    return {"person": enrolment.person.name, "post": enrolment.post.name}


def _told_of(enrolment: Enrolment) -> list[int]:
    """Return the persons who hear of an enrolment."""
    by = enrolment.entered_by_id if enrolment.way == Way.FAMILY else None
    return [enrolment.person_id, *([by] if by else [])]


def _signed_up(activity: Activity) -> list[int]:
    rows = Enrolment.unscoped.filter(activity=activity, state__in=sorted(LIVE))
    return [person for row in rows.order_by("id") for person in _told_of(row)]


def _desk_link(activity: Activity) -> str:
    return f"/console/activities/{activity.uuid}/"


def _tell(
    accounts: Iterable[int], kind: str, activity: Activity, at: datetime, *, but: int | None, link: str,
    **more: str,
) -> None:  # fmt: skip
    facts = {
        "title": activity.title, "title_en": activity.title_en, "place": activity.place.short_name,
        "place_en": activity.place.name_en, "venue": activity.venue,
        "begins": activity.span.begins.isoformat(), "told": at.isoformat(), **more,
    }  # fmt: skip
    told = [account for account in dict.fromkeys(accounts) if account != but]
    notify(account_ids=told, kind=kind, facts=facts, link=link, at=at)
