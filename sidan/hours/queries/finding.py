"""Lists of records and claims, and single ones, within the reader's scope."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from sidan.attendance.models import Interval
from sidan.core.actor import Actor
from sidan.core.search import search_q
from sidan.hours.enums import ClaimState
from sidan.hours.models import Claim, ClaimStep, Entry, Occasion
from sidan.hours.permissions import NoSuchRecord, require_reading
from sidan.hours.queries.late import late_claims
from sidan.people.enums import SERVING
from sidan.people.models import Person, TeamMember, Volunteer
from sidan.people.queries import rows_of_person
from sidan.places.queries import within

MOST_PEOPLE: Final = 500
"""A choice longer than this is none; the largest teams have a few dozen members."""
CLAIM_CHIPS: Final = ("", "late", "noticed", "disputed", "ended")


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What a list of records was asked for; empty parts filter nothing."""

    query: str = ""
    place_id: int | None = None
    team_id: int | None = None
    first: date | None = None
    last: date | None = None
    way: str = ""
    kind: str = ""
    """`counter`: what takes back. `late`: what came by a claim."""


def _shown(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    # With all of it in one statement PostgreSQL takes longer to plan a search by name than to answer it.
    known = rows.select_related("person", "team", "confirmed_by__person")
    return known.prefetch_related("occasion", "place", "countered_by").annotate(name_key=F("person__pinyin"))


def own_rows(*, actor: Actor) -> list[int]:
    """Return the rows by which the actor is known as a person: one, or several that were merged."""
    return rows_of_person(person_id=actor.person_id) if actor.person_id else []


def my_entries(*, actor: Actor, year: int | None = None) -> QuerySet[Entry]:
    """Return one's own records, of all rows that one has, with those that take back."""
    rows = _shown(Entry.unscoped.filter(person__in=own_rows(actor=actor))).select_related("note")
    return rows.filter(day__year=year) if year else rows


def entries_of_office(*, wanted: EntryFilter) -> QuerySet[Entry]:
    """Return the records in scope that fit."""
    rows = _shown(Entry.objects.all())
    if wanted.query:
        rows = rows.filter(search_q("person__search", wanted.query))
    if wanted.place_id:
        rows = rows.filter(within(field="place", root_ids=(wanted.place_id,)))
    rows = rows.filter(team=wanted.team_id) if wanted.team_id else rows
    rows = rows.filter(day__gte=wanted.first) if wanted.first else rows
    rows = rows.filter(day__lte=wanted.last) if wanted.last else rows
    rows = rows.filter(way=wanted.way) if wanted.way else rows
    kinds = {"counter": Q(counters__isnull=False), "late": Q(claim__isnull=False)}
    return rows.filter(kinds[wanted.kind]) if wanted.kind in kinds else rows


def minutes_in(*, rows: QuerySet[Entry]) -> int:
    """Return the sum of a list: records less what takes them back."""
    return int(rows.aggregate(sum=Sum("minutes"))["sum"] or 0)


def entry_by_uuid(*, uuid: UUID) -> Entry:
    """Find a record by its public id, within the scope. Raises NoSuchRecord."""
    rows = _shown(Entry.objects.filter(uuid=uuid))
    found = rows.select_related("occasion__lead", "occasion__cause").first()
    if found is None:
        raise NoSuchRecord
    return found


def own_entry(*, actor: Actor, uuid: UUID) -> Entry:
    """Find one of one's own records. Raises NoSuchRecord."""
    rows = my_entries(actor=actor).filter(uuid=uuid)
    found = rows.select_related("occasion__lead", "occasion__cause").first()
    if found is None:
        raise NoSuchRecord
    return found


def entry_to_read(*, actor: Actor, uuid: UUID) -> Entry:
    """Find one of one's own records, or one of one's office. Raises NoSuchRecord."""
    try:
        return own_entry(actor=actor, uuid=uuid)
    except NoSuchRecord:
        found = entry_by_uuid(uuid=uuid)
        require_reading(actor=actor, entry=found)
        return found


def history_of_entry(*, entry: Entry) -> list[Entry]:
    """Return the records of the same person and occasion, the first first, with what takes them back."""
    rows = Entry.unscoped.filter(occasion=entry.occasion_id, person=entry.person_id)
    return list(rows.select_related("note", "entered_by__person", "countered_by").order_by("id"))


def _claims(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    # As above: ten tables in one statement took PostgreSQL ten milliseconds to plan.
    known = rows.select_related("occasion", "person")
    besides = "occasion__lead", "occasion__cause", "place", "holder", "team", "confirmed_by__person"
    return known.prefetch_related(*besides).annotate(name_key=F("person__pinyin"))


def my_claims(*, actor: Actor) -> QuerySet[Claim]:
    """Return what waits of one's own hours, and what was refused."""
    own = Claim.objects.filter(person=actor.person_id or 0)
    return _claims(own.exclude(state=ClaimState.ENTERED)).order_by("-id")


def claims_of_office(
    *, at: datetime, chip: str = "", query: str = "", place_id: int | None = None
) -> QuerySet[Claim]:
    """Return the claims in scope behind a chip."""
    states = {
        "noticed": [ClaimState.NOTICED], "disputed": [ClaimState.DISPUTED],
        "ended": [ClaimState.ENTERED, ClaimState.REFUSED],
    }.get(chip, [ClaimState.WAITING])  # fmt: skip
    rows = (
        late_claims(Claim.objects.all(), at=at) if chip == "late" else Claim.objects.filter(state__in=states)
    )
    rows = _claims(rows)
    rows = rows.filter(within(field="holder", root_ids=(place_id,))) if place_id else rows
    return rows.filter(search_q("person__search", query)) if query else rows


def claim_counts(*, at: datetime, place_id: int | None = None) -> dict[str, int]:
    """Return how many claims wait for somebody; those that have ended grow with the years.

    What is late is not counted: with it on the page stand times that are no claims yet.
    """
    return {
        chip: claims_of_office(at=at, chip=chip, place_id=place_id).order_by().count()
        for chip in CLAIM_CHIPS if chip not in {"late", "ended"}
    }  # fmt: skip


def notices_public(*, county_id: int | None = None) -> QuerySet[Claim]:
    """Return what is on public notice, of a county or everywhere; whose it is is named in part only."""
    rows = Claim.unscoped.filter(state__in=[ClaimState.NOTICED, ClaimState.DISPUTED])
    return _claims(rows.filter(county=county_id) if county_id else rows)


def notices_to_end(*, at: datetime) -> list[int]:
    """Return the claims whose notice is over and to which nobody objects."""
    rows = Claim.unscoped.filter(state=ClaimState.NOTICED, public_until__lte=at)
    return list(rows.order_by("public_until").values_list("pk", flat=True))


def claim_by_uuid(*, uuid: UUID) -> Claim:
    """Find a claim by its public id, within the scope. Raises NoSuchRecord."""
    found = _claims(Claim.objects.filter(uuid=uuid)).first()
    if found is None:
        raise NoSuchRecord
    return found


def claim_history(*, claim: Claim) -> list[ClaimStep]:
    """Return the steps of a claim with their words."""
    return list(ClaimStep.objects.filter(claim=claim).select_related("note"))


def occasions_of_team(*, team_id: int, limit: int) -> list[Occasion]:
    """Return what a team did last: of it somebody may have forgotten to write a time down."""
    rows = Occasion.objects.filter(team=team_id).select_related("cause", "place")
    return list(rows.order_by("-day", "-id")[:limit])


def occasion_by_cause(*, uuid: UUID) -> Occasion:
    """Find an occasion by the public id of its cause; whoever asks checks the reader. Raises NoSuchRecord."""
    rows = Occasion.objects.select_related("cause", "place", "team", "lead")
    found = rows.filter(cause__uuid=uuid).first()
    if found is None:
        raise NoSuchRecord
    return found


def has_occasion(*, cause_id: int) -> bool:
    """Tell whether somebody has said what a cause was."""
    return Occasion.objects.filter(cause=cause_id).exists()


def people_for(*, occasion: Occasion) -> list[Person]:
    """Return of whom a time can be told: members of the team, else volunteers of the place."""
    serving = Volunteer.unscoped.filter(state__in=sorted(SERVING))
    if occasion.team_id is None:
        serving = serving.filter(place=occasion.place_id)
    else:
        members = TeamMember.objects.filter(team=occasion.team_id, left_on=None)
        serving = serving.filter(person__in=members.values("person"))
    rows = serving.select_related("person").order_by("person__pinyin", "person_id")
    return [volunteer.person for volunteer in rows[:MOST_PEOPLE]]


def unrecorded(*, limit: int) -> list[int]:
    """Return causes that are over, with proven times of volunteers of whom nothing was recorded: a safety net."""
    same: dict[str, Any] = {
        "occasion__cause": OuterRef("cause"), "person": OuterRef("person"), "during__overlap": OuterRef("during"),
    }  # fmt: skip
    entries, claims = Entry.unscoped.filter(**same), Claim.unscoped.filter(**same)
    serving = Volunteer.unscoped.filter(person=OuterRef("person"), state__in=sorted(SERVING))
    over = Occasion.objects.filter(cause=OuterRef("cause"))
    rows = Interval.objects.filter(Exists(over), Exists(serving), ~Exists(entries), ~Exists(claims))
    # Below a minute there is nothing to record, and such times would fill the list night after night.
    rows = rows.filter(during__endswith__gte=F("during__startswith") + timedelta(minutes=1))
    return _once(rows.order_by("id").values_list("cause_id", flat=True)[:limit])


def _once(ids: Collection[int]) -> list[int]:
    return list(dict.fromkeys(ids))
