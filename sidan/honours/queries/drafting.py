"""What a certificate would say now: which records, which unit, and every word in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Conflict, Invalid
from sidan.honours.enums import MOST_LISTED, MOST_RECORDS, Detail, Extent
from sidan.honours.policies import ContentSum, Pair, Wanted, sums_by_content
from sidan.honours.words import label_in_both
from sidan.hours.models import Entry
from sidan.people.enums import Sex
from sidan.people.models import Person, Volunteer
from sidan.people.queries import rows_of_person
from sidan.places.models import Place

KNOWN_SEXES: Final = frozenset({Sex.MALE, Sex.FEMALE})


class NothingToSay(Conflict):
    code = "nothing_to_certify"
    sentence = _(
        "No hours are recorded for that time that count. Hours that wait for a word are not certified."
    )


class SeveralCounties(Conflict):
    """A certificate is of the unit that recorded the hours, and no county recorded those of another."""

    code = "several_counties"
    sentence = _("These hours were recorded in several counties. Please choose one of them.")


class TooLongAList(Invalid):
    code = "too_long_a_list"
    sentence = _(
        "%(number)s services are too many to be listed one by one. Choose a shorter time, or leave the list out."
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """A certificate before it is issued."""

    person: Person
    place: Place
    county: Place | None
    first: date
    last: date
    entries: Sequence[Entry]
    wanted: Wanted

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)


def _standing(person_id: int) -> QuerySet[Entry]:
    """Return the records that stand of a person, in whichever of their rows; whoever asks checks the reader."""
    return Entry.unscoped.filter(person__in=rows_of_person(person_id=person_id), standing__isnull=False)


def counties_served(*, person_id: int) -> list[Place]:
    """Return the counties in which a person has hours."""
    counties = _standing(person_id).order_by().values("county").distinct()
    return list(Place.objects.filter(pk__in=counties).order_by("sort_code", "id"))


def years_served(*, person_id: int) -> list[int]:
    """Return the years in which a person has hours, the newest first."""
    return [day.year for day in _standing(person_id).dates("day", "year", order="DESC")]


def draft_of(*, person: Person, wanted: Wanted, today: date) -> Draft:
    """Return what a certificate would be of.

    Raises:
        NothingToSay: no record that stands fits; also where there are more than any certificate is of.
        SeveralCounties, TooLongAList
    """
    rows = _fitting(person.pk, wanted).select_related("occasion", "place", "county", "team")
    entries = list(rows.order_by("day", "id")[: MOST_RECORDS + 1])
    if not entries or len(entries) > MOST_RECORDS:
        raise NothingToSay
    if len({entry.county_id for entry in entries}) > 1:
        raise SeveralCounties
    listed = len(_services(entries)) if Detail.SERVICES in wanted.details else 0
    if listed > MOST_LISTED:
        raise TooLongAList(number=listed)
    one, places = entries[0], {entry.place_id for entry in entries}
    return Draft(
        person=person, county=one.county, place=one.place if len(places) == 1 or one.county is None else one.county,
        first=wanted.first or one.day, last=_last(wanted, today, entries),
        entries=entries, wanted=wanted,
    )  # fmt: skip


def _last(wanted: Wanted, today: date, entries: Sequence[Entry]) -> date:
    """Return the last day that is certified: no certificate speaks of days to come."""
    latest = entries[-1].day
    return min(wanted.last, max(today, latest)) if wanted.last else latest


def _fitting(person_id: int, wanted: Wanted) -> QuerySet[Entry]:
    rows = _standing(person_id)
    if wanted.extent == Extent.RECORD:
        rows = rows.filter(uuid=wanted.record) if wanted.record else rows.none()
    rows = rows.filter(day__gte=wanted.first) if wanted.first else rows
    rows = rows.filter(day__lte=wanted.last) if wanted.last else rows
    return rows.filter(county__uuid=wanted.county) if wanted.county else rows


def facts_of(*, draft: Draft, number: str = "", code: str = "", on: date) -> dict[str, Any]:
    """Return all that a certificate says, as data: numbers, days, and words in both languages.

    Name, time, content and unit are always there (Order 67, art. 15); the rest is the volunteer's choice.
    """
    facts: dict[str, Any] = {
        "number": number,
        "code": code,
        "name": draft.person.name,
        "first": draft.first.isoformat(),
        "last": draft.last.isoformat(),
        "minutes": draft.minutes,
        "records": len(draft.entries),
        "unit": _pair(draft.place.path_names or draft.place.name, draft.place.path_names_en or draft.place.name_en),
        "contents": sums_by_content(_content(entry) for entry in draft.entries),
        "issued_on": on.isoformat(),
    }  # fmt: skip
    return facts | _chosen(draft)


def _chosen(draft: Draft) -> dict[str, Any]:
    chosen, facts = set(draft.wanted.details), dict[str, Any]()
    if Detail.SEX in chosen and draft.person.sex in KNOWN_SEXES:
        facts["sex"] = label_in_both(Sex(draft.person.sex).label)
    if Detail.VOLUNTEER_NUMBER in chosen:
        volunteer = Volunteer.unscoped.filter(person=draft.person).first()
        facts["volunteer_number"] = volunteer.number if volunteer else ""
    if Detail.TEAMS in chosen:
        teams = {entry.team.pk: entry.team for entry in draft.entries if entry.team}
        facts["teams"] = [_pair(team.name, team.name_en) for team in teams.values()]
    if Detail.SERVICES in chosen:
        facts["services"] = _services(draft.entries)
    return facts


def _services(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return each service once: several records of one occasion and day stand with their sum."""
    told: dict[tuple[date, int], dict[str, Any]] = {}
    for entry in entries:
        known = told.setdefault((entry.day, entry.occasion_id), _service(entry) | {"minutes": 0})
        known["minutes"] += entry.minutes
    return list(told.values())


def _service(entry: Entry) -> dict[str, Any]:
    title = _pair(entry.occasion.title, entry.occasion.title_en)
    place = _pair(entry.place.name, entry.place.name_en)
    return {"day": entry.day.isoformat(), "minutes": entry.minutes, "place": place, **title}


def _content(entry: Entry) -> ContentSum:
    words = _pair(entry.occasion.content, entry.occasion.content_en)
    return ContentSum(**words, minutes=entry.minutes)


def _pair(chinese: str, english: str) -> Pair:
    return Pair(zh=chinese, en=english or chinese)
