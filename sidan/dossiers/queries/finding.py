"""Which activities stand in the ledger, what each lacks, and where words are found in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from sidan.activities.enums import OVER, STANDING, TOLD, ActivityState
from sidan.activities.models import Activity, ActivityText, Enrolment, Gathering, HeadCount
from sidan.activities.permissions import RUNNING_ROLES
from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.queries import STANDS
from sidan.core.actor import Actor
from sidan.core.clock import midnight
from sidan.core.search import query_terms, search_q
from sidan.dossiers.enums import Part
from sidan.dossiers.models import Minutes, MinutesText, NewsText, Photo
from sidan.dossiers.queries.holding import standing_news
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.models import Place
from sidan.places.queries import ids_within, places_to_choose, within
from sidan.plans.models import PlanHeld

CHIPS: Final[dict[str, frozenset[str]]] = {
    "": frozenset(OVER),
    "open": frozenset({ActivityState.ENDED}),
    "filed": frozenset({ActivityState.FILED}),
}
"""The chips above the ledger, and which states stand behind each."""


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What the reader chose above the list."""

    chip: str = ""
    month: date | None = None
    """Its first day."""
    place_id: int | None = None
    kind: str = ""
    task: str = ""
    lacking: str = ""
    text: str = ""


def ledger(*, actor: Actor, chosen: LedgerFilter) -> QuerySet[Activity]:
    """Return the activities in scope that are over, each with which parts of its ledger are there (`has_…`)."""
    rows = Activity.objects.filter(state__in=sorted(CHIPS[chosen.chip])).select_related(
        "place", "team", "lead"
    )
    rows = rows.annotate(begins_key=Lower("during"), place_key=F("place__path_names"))
    if chosen.month:
        rows = rows.filter(_in_month(chosen.month))
    if chosen.place_id:
        rows = rows.filter(within(field="place", root_ids=(chosen.place_id,)))
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.task:
        rows = rows.filter(task=chosen.task)
    if chosen.text:
        rows = rows.filter(_said(chosen.text, actor=actor))
    rows = rows.annotate(
        **{
            f"has_{part.value}": ExpressionWrapper(condition, output_field=BooleanField())
            for part, condition in _there().items()
        }
    )
    return rows.filter(**{f"has_{chosen.lacking}": False}) if chosen.lacking else rows


def month_of(*, place: Place, month: date) -> QuerySet[Activity]:
    """Return what a place and all below it held in a month, in the order of its days."""
    rows = Activity.objects.filter(state__in=sorted(OVER)).annotate(begins_key=Lower("during"))
    rows = rows.filter(_in_month(month), within(field="place", root_ids=(place.pk,)))
    return rows.select_related("place", "team", "lead", "text").order_by("begins_key", "id")


def kept_among(*, actor: Actor, place_ids: Collection[int]) -> set[int]:
    """Return at which of some places the actor keeps the ledger; at the others they watch."""
    below = ids_within(root_ids=actor.places_where(frozenset(RUNNING_ROLES)))
    return set(below.filter(descendant__in=place_ids).values_list("descendant_id", flat=True))


def places_with_ledger(*, actor: Actor) -> QuerySet[Place]:
    """Return the open places whose ledger the actor reads, in official order."""
    return places_to_choose(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES)))


def due_to_be_filed(*, at: datetime, days: int, most: int) -> Sequence[int]:
    """Return what is over and whole, or over for some days: of every county, the oldest first."""
    rows = Activity.unscoped.filter(state=ActivityState.ENDED)
    whole = Q(*(condition for part, condition in _there().items() if part != Part.NOTICE))
    rows = rows.filter(Q(state_since__lte=at - timedelta(days=days)) | whole)
    return list(rows.order_by("state_since", "id").values_list("pk", flat=True)[:most])


def _in_month(month: date) -> Q:
    following = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    return Q(begins_key__gte=midnight(month), begins_key__lt=midnight(following))


def _there() -> dict[Part, Q]:
    """Return for each part the condition that an activity has it: as `completeness_of` says it of one."""
    here = OuterRef("pk")
    gathering = Gathering.objects.filter(activity=OuterRef(here))
    came = Exists(
        Mark.objects.filter(STANDS, direction=Direction.IN).filter(
            Q(cause__in=gathering.values("helpers")) | Q(cause__in=gathering.values("guests"))
        )
    )
    signed_up = Exists(Enrolment.unscoped.filter(activity=here, state__in=sorted(STANDING)))
    heads = Exists(HeadCount.objects.filter(activity=here, replaced_by=None))
    return {
        Part.PLAN: Q(Exists(PlanHeld.objects.filter(activity=here))) | Q(series__isnull=False),
        Part.NOTICE: Q(state__in=sorted(TOLD)),
        Part.LIST: Q(signed_up) | Q(came),
        Part.PHOTOS: Q(Exists(Photo.objects.filter(activity=here, removed_at=None))),
        Part.MINUTES: Q(Exists(Minutes.objects.filter(activity=here))),
        Part.NUMBERS: Q(came) | Q(heads),
        Part.NEWS: Q(Exists(standing_news().filter(activity=here))),
    }


def _said(words: str, *, actor: Actor) -> Q:
    """Return the condition that words stand somewhere in the ledger of an activity.

    In minutes and captions only where the actor keeps the ledger: who watches reads them veiled, and must not find by
    asking what is veiled.
    """
    if not query_terms(words):
        return Q(pk__in=[])
    is_kept = within(field="place", root_ids=actor.places_where(frozenset(RUNNING_ROLES)))
    latest = Minutes.objects.filter(
        activity=OuterRef("minutes__activity"), version__gt=OuterRef("minutes__version")
    )
    minutes = MinutesText.objects.filter(search_q("search", words), ~Exists(latest))
    photos = Photo.objects.filter(search_q("search", words), removed_at=None)
    news = NewsText.objects.filter(search_q("search", words), news__withdrawn_at=None)
    about = ActivityText.objects.filter(Q(about__icontains=words) | Q(about_en__icontains=words))
    planned = PlanHeld.objects.filter(Q(line__theme__icontains=words) | search_q("plan__search", words))
    return (
        search_q("search", words)
        | Q(pk__in=news.values("news__activity"))
        | Q(pk__in=about.values("activity"))
        | Q(pk__in=planned.values("activity"))
        | is_kept & (Q(pk__in=minutes.values("minutes__activity")) | Q(pk__in=photos.values("activity")))
    )
