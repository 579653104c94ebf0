"""What lectures tell people."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.activities.models import Activity
from sidan.core.moments import month_words
from sidan.lectures.models import Given, PassedOn, Talk
from sidan.lectures.permissions import PUBLISHING_ROLES, WRITING_ROLES
from sidan.notify.enums import Topic
from sidan.notify.kinds import Facts, NoticeKind, register_kind, with_when
from sidan.notify.operations import notify
from sidan.people.queries import account_ids_of_persons, accounts_below, accounts_with_roles
from sidan.places.models import Place

SENTENCES: Final = {
    "talk_submitted": _(
        "The talk “%(title)s” of %(place)s waits to be read. Please look it over and publish it."
    ),
    "talk_sent_back": _("The talk “%(title)s” of %(place)s was sent back. Open it to read why."),
    "talk_published": _("The talk “%(title)s” of %(place)s is published: it can be given now."),
    "talk_passed_on": _("%(place)s passes the talk “%(title)s” on, to be given in %(month)s."),
}


TO_LECTURERS: Final = {
    "lecture_cancelled": _(
        "“%(title)s” of %(place)s, %(when)s, where you speak, is called off. Open it to read why."
    ),
    "lecture_moved": _("“%(title)s” of %(place)s, where you speak, is now: %(when)s, %(venue)s."),
}


def _spoken(facts: Facts) -> Facts:
    """Say the month in the reader's language."""
    if "month" not in facts:
        return facts
    return {**facts, "month": month_words(date.fromisoformat(str(facts["month"])))}


def register() -> None:
    """Make the sentences known to the inbox."""
    for code, sentence in SENTENCES.items():
        register_kind(
            NoticeKind(
                code=code,
                sentence=sentence,
                icon="presentation",
                goes_out=True,
                topic=Topic.OFFICE,
                words=_spoken,
            )
        )
    for code, sentence in TO_LECTURERS.items():
        register_kind(
            NoticeKind(
                code=code, sentence=sentence, icon="presentation", goes_out=True, topic=Topic.TEAM, words=with_when
            )
        )  # fmt: skip


def tell_readers(*, talk: Talk, at: datetime, but: int | None) -> None:
    """Tell those who read and publish it."""
    accounts = accounts_with_roles(
        place_id=talk.place_id, roles=PUBLISHING_ROLES, besides=[but] if but else []
    )
    _tell(accounts, "talk_submitted", talk, at, but=but)


def tell_writer(*, kind: str, talk: Talk, at: datetime, but: int | None) -> None:
    """Tell who wrote it what became of it."""
    _tell(account_ids_of_persons(person_ids=[talk.created_by_id]), kind, talk, at, but=but)


def tell_below(*, passed: PassedOn, at: datetime) -> None:
    """Tell those who keep talks at every place below what is passed on to them."""
    accounts = accounts_below(place_id=passed.place_id, roles=WRITING_ROLES)
    facts = {**_facts(passed.talk), **_named(passed.place), "month": passed.month.isoformat()}
    link = f"/console/talks/passed-on/{passed.uuid}/"
    notify(account_ids=accounts, kind="talk_passed_on", facts=facts, link=link, at=at)


def tell_lecturers(*, kind: str, activity: Activity, at: datetime) -> None:
    """Tell those who lecture at an activity what becomes of it; but not who answers for it or prepared it."""
    rows = Given.objects.filter(activity=activity, lecturer__ended_at=None, lecturer__isnull=False)
    named = rows.exclude(lecturer__person__in=[activity.lead_id, activity.created_by_id or activity.lead_id])
    persons = named.order_by("id").values_list("lecturer__person", flat=True)
    facts = {
        "title": activity.title, "title_en": activity.title_en or activity.title, **_named(activity.place),
        "venue": activity.venue, "begins": activity.span.begins.isoformat(), "told": at.isoformat(),
    }  # fmt: skip
    accounts = account_ids_of_persons(person_ids=list(dict.fromkeys(persons)))
    notify(account_ids=accounts, kind=kind, facts=facts, link=f"/activities/{activity.uuid}/", at=at)


def _named(place: Place) -> dict[str, str]:
    return {"place": place.short_name, "place_en": place.name_en or place.short_name}


def _facts(talk: Talk) -> dict[str, str]:
    return {"title": talk.title, "title_en": talk.title_en or talk.title}


def _tell(accounts: Iterable[int], kind: str, talk: Talk, at: datetime, *, but: int | None) -> None:
    told = [account for account in accounts if account != but]
    link = f"/console/talks/{talk.uuid}/"
    notify(account_ids=told, kind=kind, facts={**_facts(talk), **_named(talk.place)}, link=link, at=at)
