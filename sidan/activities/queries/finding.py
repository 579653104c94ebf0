"""Questions about activities, and about the days that have a name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Lower

from sidan.activities.enums import COMING, IN_HAND, ActivityState, NamedDayKind
from sidan.activities.models import (
    Activity,
    ActivityChange,
    ActivityNote,
    ActivityStep,
    ActivityText,
    NamedDay,
)
from sidan.activities.permissions import ANNOUNCING_HERE, RUNNING_ROLES, NoSuchActivity
from sidan.activities.policies import days_within
from sidan.bookings.enums import RoomState
from sidan.bookings.models import Room
from sidan.core.actor import Actor
from sidan.core.clock import business_date, midnight
from sidan.core.search import search_q
from sidan.people.enums import HOLDING_ROLES, MANAGING_ROLES
from sidan.people.models import Person
from sidan.places.models import Place
from sidan.places.queries import ids_within, places_to_choose, within

MOST_CHOICES: Final = 300
"""Of teams, people and rooms in a list to choose from."""


def named_days() -> list[tuple[NamedDayKind, list[NamedDay]]]:
    """Return the days with a name that are kept now, by their kinds and in the order of the year."""
    kept = list(NamedDay.objects.filter(is_active=True))
    return [(kind, [named for named in kept if named.kind == kind]) for kind in NamedDayKind]


def shown_rows(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Add what a row shows, and by what it is sorted."""
    return rows.select_related("place", "team", "lead", "booking__room").annotate(
        begins_key=Lower("during"), place_key=F("place__path_names")
    )


# --- the portal ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a visitor looks for among what comes."""

    at: datetime
    when: str = ""
    place_id: int | None = None
    county_id: int | None = None
    kind: str = ""
    audience: str = ""
    text: str = ""


def coming(*, wanted: Wanted) -> QuerySet[Activity]:
    """Return what is announced and not over, by when it begins."""
    rows = shown_rows(Activity.objects.filter(state__in=sorted(COMING), during__endswith__gt=wanted.at))
    days = days_within(when=wanted.when, today=business_date(wanted.at))
    if days is not None:
        rows = rows.filter(during__overlap=(midnight(days[0]), midnight(days[1])))
    return narrowed(rows, wanted=wanted).filter(search_q("search", wanted.text))


def narrowed(rows: QuerySet[Activity], *, wanted: Wanted) -> QuerySet[Activity]:
    """Keep what is of a place or below it, of a kind, and for whom one looks."""
    if wanted.county_id:
        rows = rows.filter(county=wanted.county_id)
    if wanted.place_id and wanted.place_id != wanted.county_id:
        rows = rows.filter(within(field="place", root_ids=(wanted.place_id,)))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.audience:
        # Who is looked for, or everybody.
        rows = rows.filter(Q(audience__contains=[wanted.audience]) | Q(audience=[]))
    return rows


def next_coming(*, wanted: Wanted, most: int) -> list[Activity]:
    """Return the first of what comes."""
    return list(coming(wanted=wanted).order_by(Lower("during"), "id")[:most])


def activity_by_uuid(*, uuid: UUID) -> Activity:
    """Find an activity by its public id, within the scope, with its rule. Raises NoSuchActivity."""
    found = shown_rows(Activity.objects.filter(uuid=uuid)).select_related("series").first()
    if found is None:
        raise NoSuchActivity
    return found


def text_of(*, activity: Activity) -> ActivityText | None:
    """Return what it is about, and what to bring."""
    return ActivityText.objects.filter(activity=activity).first()


def why_cancelled(*, activity: Activity) -> str:
    """Return the words with which it was called off: everybody reads them."""
    if activity.state != ActivityState.CANCELLED:
        return ""
    note = ActivityNote.objects.filter(step__activity=activity, step__verb="cancel").first()
    return str(note.words) if note else ""


# --- the office ---------------------------------------------------------------------------------------------------

CHIPS: Final[dict[str, frozenset[str]]] = {
    "": frozenset(IN_HAND),
    "draft": frozenset({ActivityState.DRAFT}),
    "review": frozenset({ActivityState.REVIEW}),
    "coming": frozenset({ActivityState.ANNOUNCED, ActivityState.OPEN}),
    "running": frozenset({ActivityState.RUNNING}),
    "ended": frozenset({ActivityState.ENDED}),
    "filed": frozenset({ActivityState.FILED}),
    "off": frozenset({ActivityState.CANCELLED, ActivityState.DROPPED}),
}
"""The chips above the list of an office, and which states stand behind each."""


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """What the reader chose above the list."""

    chip: str = ""
    place_id: int | None = None
    kind: str = ""
    task: str = ""
    text: str = ""


def desk(*, chosen: ActivityFilter) -> QuerySet[Activity]:
    """Return the activities in scope behind a chip."""
    rows = shown_rows(Activity.objects.filter(state__in=sorted(CHIPS[chosen.chip])))
    if chosen.text:
        rows = rows.filter(search_q("search", chosen.text))
    if chosen.place_id:
        rows = rows.filter(within(field="place", root_ids=(chosen.place_id,)))
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.task:
        rows = rows.filter(task=chosen.task)
    return rows


def found_in_office(*, text: str, most: int) -> list[Activity]:
    """Return the first of what is in hand and fits some words."""
    return list(desk(chosen=ActivityFilter(text=text)).order_by(Lower("during"), "id")[:most])


def desk_counts(*, chosen: ActivityFilter) -> dict[str, int]:
    """Return how many stand behind each chip of what is in hand; the others grow with the years."""
    rows = desk(chosen=replace(chosen, chip="")).order_by().values("state").annotate(count=Count("id"))
    by_state = {row["state"]: row["count"] for row in rows}
    return {
        chip: sum(by_state.get(state, 0) for state in states)
        for chip, states in CHIPS.items()
        if states <= IN_HAND
    }


def history(*, activity: Activity) -> list[ActivityStep]:
    """Return the steps of an activity with who took them, their words, and what was changed."""
    rows = ActivityStep.objects.filter(activity=activity)
    return list(rows.select_related("note", "change", "actor__person"))


def changes_of(*, activity: Activity) -> list[ActivityChange]:
    """Return when and where it was to be before each change, and after it: what everybody may know of its history."""
    return list(ActivityChange.objects.filter(step__activity=activity).order_by("step__turn"))


def submitted_by(*, activity: Activity) -> int | None:
    """Return the account that submitted it last."""
    step = ActivityStep.objects.filter(activity=activity, verb="submit").order_by("-turn").first()
    return step.actor_id if step else None


def places_to_run(*, actor: Actor) -> QuerySet[Place]:
    """Return the open places whose activities the actor prepares, in official order."""
    return places_to_choose(root_ids=actor.places_where(frozenset(RUNNING_ROLES)))


def places_to_announce(*, actor: Actor) -> QuerySet[Place]:
    """Return the open places whose activities the actor announces, in official order (`may_announce`)."""
    return places_to_choose(
        root_ids=actor.places_where(frozenset(MANAGING_ROLES)),
        alone=actor.places_kept(frozenset(HOLDING_ROLES)),
    )


def leads_to_choose(*, actor: Actor) -> list[Person]:
    """Return who works at the places whose activities the actor prepares, oneself first."""
    below = ids_within(root_ids=actor.places_where(frozenset(RUNNING_ROLES)))
    held = Q(account__grants__role__in=sorted(ANNOUNCING_HERE), account__grants__ended_at=None)
    found = Person.objects.filter(held, account__grants__place__in=below).distinct()
    others = found.exclude(pk=actor.person_id or 0).order_by("pinyin", "id")[:MOST_CHOICES]
    return [*Person.unscoped.filter(pk=actor.person_id or 0), *others]


def rooms_to_choose(*, actor: Actor) -> list[Room]:
    """Return the open rooms that the actor may hold, by place and name."""
    below = ids_within(root_ids=actor.places_where(frozenset(RUNNING_ROLES)))
    rows = Room.objects.select_related("place").filter(state=RoomState.OPEN, place__in=below)
    return list(rows.order_by("place__sort_code", "name", "id")[:MOST_CHOICES])


# --- the clock ----------------------------------------------------------------------------------------------------


def due_activities(*, at: datetime, most: int) -> Sequence[int]:
    """Return what the clock moves now, of every county; what has waited longest first."""
    is_due = (
        Q(state=ActivityState.ANNOUNCED) & (Q(signup_from=None) | Q(signup_from__lte=at) | Q(begins_key__lte=at))
        | Q(state=ActivityState.OPEN, begins_key__lte=at)
        | Q(state=ActivityState.RUNNING, during__endswith__lte=at)
    )  # fmt: skip
    rows = Activity.unscoped.annotate(begins_key=Lower("during")).filter(is_due)
    return list(rows.order_by("begins_key", "id").values_list("pk", flat=True)[:most])
