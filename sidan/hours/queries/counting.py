"""Adding up: what a person has of a day, and the totals of a month or year that the database keeps."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, OuterRef, Sum
from django.db.models.functions import ExtractYear, Sign

from sidan.attendance.models import Interval
from sidan.core.clock import midnight
from sidan.hours.enums import LIVE, Subject
from sidan.hours.models import Claim, Entry, Standing, Total
from sidan.people.enums import SERVING
from sidan.people.models import Person, Volunteer
from sidan.people.queries import kept_rows


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """What was served in a month, or in a year where it is its first day's."""

    month: date
    minutes: int
    records: int


@dataclass(frozen=True, slots=True)
class MemberTotal:
    """What one person served for a team."""

    person_id: int
    name: str
    minutes: int
    records: int


def minutes_of_day(*, person_id: int, day: date) -> int:
    """Return what a person has of a day: recorded and not taken back, or waiting. The caller holds their lock."""
    recorded = Entry.unscoped.filter(person=person_id, day=day).aggregate(sum=Sum("minutes"))["sum"]
    waiting = Claim.unscoped.filter(person=person_id, day=day, state__in=sorted(LIVE))
    return int(recorded or 0) + int(waiting.aggregate(sum=Sum("minutes"))["sum"] or 0)


def recorded_times(
    *, occasion_ids: Collection[int]
) -> defaultdict[tuple[int, int], list[tuple[datetime, datetime]]]:
    """Return from when to when persons have been recorded for occasions, or have claimed, whatever became of it."""
    found = defaultdict[tuple[int, int], list[tuple[datetime, datetime]]](list)
    entries = Entry.unscoped.filter(occasion__in=occasion_ids, counters=None)
    for rows in (entries, Claim.unscoped.filter(occasion__in=occasion_ids)):
        for occasion_id, person_id, during in rows.values_list("occasion_id", "person_id", "during"):
            found[occasion_id, person_id].append((during.lower, during.upper))
    return found


def time_of(*, entry: Entry) -> DateTimeTZRange:
    """Return the time of which a record is a part: from coming to going, or of what was told late the day."""
    proven = Interval.objects.filter(
        cause=entry.occasion.cause_id, person=entry.person_id, during__contains=entry.during
    )
    found = proven.values_list("during", flat=True).first()
    return found or DateTimeTZRange(midnight(entry.day), midnight(entry.day + timedelta(days=2)))


def stands_at(*, person_id: int, begins: datetime, ends: datetime) -> bool:
    """Tell whether a person has a record that stands for a part of a time."""
    return Standing.objects.filter(person=person_id, during__overlap=DateTimeTZRange(begins, ends)).exists()


def has_time_at(*, person_id: int, begins: datetime, ends: datetime, cause_id: int) -> bool:
    """Tell whether a part of a time is a person's already: recorded, claimed, or proven and not recorded yet."""
    if stands_at(person_id=person_id, begins=begins, ends=ends):
        return True
    during = DateTimeTZRange(begins, ends)
    recorded = Entry.unscoped.filter(
        occasion__cause=OuterRef("cause"), person=person_id, during__overlap=OuterRef("during")
    )
    proven = Interval.objects.filter(~Exists(recorded), person=person_id, during__overlap=during)
    if proven.exclude(cause=cause_id).exists():
        return True
    return Claim.unscoped.filter(
        person=person_id, during__overlap=during, state__in=[state.value for state in LIVE]
    ).exists()


def serving_among(*, person_ids: Collection[int]) -> set[int]:
    """Return who of some persons is registered as a volunteer and has not left (Order 67, art. 19)."""
    rows = Volunteer.unscoped.filter(person__in=person_ids)
    rows = rows.filter(state__in=sorted(SERVING))
    return set(rows.values_list("person_id", flat=True))


def totals_of(*, subject: Subject, ids: Sequence[int], year: int) -> list[MonthTotal]:
    """Return the months of a year in which a person (all rows of them), or a team, served."""
    rows = Total.objects.filter(subject=subject, subject_id__in=ids, month__year=year).values("month")
    summed = rows.annotate(minutes=Sum("minutes"), records=Sum("records")).order_by("month")
    return [MonthTotal(row["month"], row["minutes"], row["records"]) for row in summed]


def totals_by_member(*, team_id: int, year: int) -> list[MemberTotal]:
    """Return what each member, also one who has left, served for a team in a year; the most first.

    A person whose rows were merged once, with what was recorded for any of them.
    """
    rows = Entry.unscoped.filter(team=team_id, day__gte=date(year, 1, 1), day__lte=date(year, 12, 31))
    summed = rows.order_by().values_list("person_id")
    told = list(summed.annotate(all_minutes=Sum("minutes"), all_records=Sum(Sign("minutes"))))
    kept = kept_rows(person_ids=[pk for pk, _minutes, _records in told])
    minutes, records = Counter[int](), Counter[int]()
    for pk, sum_of_minutes, sum_of_signs in told:
        minutes[kept[pk]] += sum_of_minutes
        records[kept[pk]] += int(sum_of_signs)
    people = Person.unscoped.filter(pk__in=set(kept.values())).order_by("pinyin", "id")
    totals = [
        MemberTotal(pk, name, minutes[pk], records[pk]) for pk, name in people.values_list("pk", "name")
    ]
    return sorted(totals, key=lambda total: -total.minutes)


def years_of(*, subject: Subject, ids: Sequence[int]) -> list[MonthTotal]:
    """Return the totals of each year, the newest first."""
    rows = Total.objects.filter(subject=subject, subject_id__in=ids).annotate(year=ExtractYear("month"))
    summed = rows.values("year").annotate(all_minutes=Sum("minutes"), all_records=Sum("records"))
    return [
        MonthTotal(date(row["year"], 1, 1), row["all_minutes"], row["all_records"])
        for row in summed.order_by("-year")
    ]
