"""What hours tell people: each change to whose hours they are (R-Z2), and to whom it is to decide."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.clock import business_date
from sidan.core.moments import date_words
from sidan.hours.models import Claim, Entry
from sidan.hours.permissions import AGREEING_ROLES
from sidan.hours.words import duration_words
from sidan.notify.enums import Topic
from sidan.notify.kinds import Facts, NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.people.queries import account_ids_of_persons, accounts_with_roles

SENTENCES: Final = {
    "hours_recorded": _("%(time)s of service are recorded for you: %(title)s, %(day)s."),
    "hours_waiting": _("%(time)s of “%(title)s”, %(day)s, count once a second person has agreed."),
    "hours_noticed": _("%(time)s of “%(title)s”, %(day)s, were written down late. They are shown to everybody first."),
    "hours_refused": _("%(time)s of “%(title)s”, %(day)s, are not recorded. Open it to read why."),
    "hours_disputed": _("Somebody objects to your %(time)s of “%(title)s”, %(day)s. The office looks into it."),
    "hours_upheld": _("The objection to your %(time)s of “%(title)s”, %(day)s, had no ground. The notice goes on."),
    "hours_corrected": _("Your hours for “%(title)s”, %(day)s, were corrected to %(time)s. Open it to read why."),
    "hours_taken_back": _("%(time)s of “%(title)s”, %(day)s, were taken back. Open it to read why."),
    "hours_to_agree": _("%(time)s of a volunteer wait for your word: %(title)s, %(day)s."),
    "hours_objected": _("Somebody objects to hours on public notice: %(title)s, %(day)s. Please look into it."),
}  # fmt: skip
TO_OFFICES: Final = frozenset({"hours_to_agree", "hours_objected"})
LATE: Final = NoticeKind(
    code="hours_late", icon="clock", goes_out=True, topic=Topic.OFFICE,
    sentence=_("Hours are recorded within ten working days. Times that wait longer for a word: %(number)s."),
)  # fmt: skip


def _spoken(facts: Facts) -> Facts:
    """Say the time and the day in the reader's language, the day as of when it was told."""
    try:
        day, told = (datetime.fromisoformat(str(facts[name])).date() for name in ("on", "told"))
        minutes = int(str(facts["minutes"]))
    except (KeyError, ValueError):
        return facts
    return {**facts, "day": date_words(day, today=told), "time": duration_words(minutes)}


def register() -> None:
    """Make the sentences known to the inbox."""
    register_kind(LATE)
    for code, sentence in SENTENCES.items():
        topic = Topic.OFFICE if code in TO_OFFICES else Topic.MINE
        register_kind(
            NoticeKind(code=code, sentence=sentence, icon="clock", goes_out=True, topic=topic, words=_spoken)
        )


def _facts(of: Entry | Claim, at: datetime) -> Facts:
    return {
        "title": of.occasion.title, "title_en": of.occasion.title_en, "on": of.day.isoformat(),
        "told": at.isoformat(), "minutes": str(of.minutes),
    }  # fmt: skip


def tell_person(*, kind: str, of: Entry | Claim, at: datetime) -> None:
    """Tell whose hours they are."""
    path = f"/hours/claims/{of.uuid}/" if isinstance(of, Claim) else f"/hours/{of.uuid}/"
    notify(
        account_ids=account_ids_of_persons(person_ids=[of.person_id]), kind=kind, facts=_facts(of, at), link=path,
        at=at,
    )  # fmt: skip


def tell_holder(*, kind: str, claim: Claim, at: datetime) -> None:
    """Tell who decides as a second person at the place that is asked, else at the nearest above it."""
    asked = deciders(claim.holder_id, claim.person_id, claim.told_by)
    notify(
        account_ids=asked,
        kind=kind,
        facts=_facts(claim, at),
        link=f"/console/hours/claims/{claim.uuid}/",
        at=at,
    )


def tell_of_late(*, account_id: int, number: int, at: datetime) -> None:
    """Tell somebody how many times wait for their word too long; once a day."""
    notify(
        account_ids=[account_id], kind=LATE.code, facts={"number": str(number)},
        link="/console/hours/claims/?chip=late", at=at, effect=f"hours-late:{business_date(at)}",
    )  # fmt: skip


def deciders(
    place_id: int, person_id: int, told_by: int | None, *, roles: frozenset[str] = AGREEING_ROLES
) -> list[int]:
    """Return who says a word about a time as a second person, at a place or nearest above it."""
    own = account_ids_of_persons(person_ids=[person_id])
    besides = own if told_by is None else [*own, told_by]
    return accounts_with_roles(place_id=place_id, roles=roles, besides=besides)
