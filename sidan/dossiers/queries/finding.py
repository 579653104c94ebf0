"""Which activities stand in the ledger, what each lacks, and where words are found in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import and_, or_
from typing import Final

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from sidan.activities.enums import OVER, STANDING, TOLD, ActivityState
from sidan.activities.models import Activity, ActivityText, Enrolment, Gathering, HeadCount
from sidan.activities.permissions import RUNNING_ROLES
from sidan.activities.policies import DOOR_AFTER
from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.queries import STANDS, UNSAID
from sidan.core.actor import Actor
from sidan.core.clock import midnight
from sidan.core.search import query_terms, search_q
from sidan.dossiers.enums import Part
from sidan.dossiers.models import Minutes, MinutesText, NewsText, Photo
from sidan.dossiers.queries.holding import standing_news
from sidan.hours.enums import ASKED
from sidan.hours.models import Claim
from sidan.lectures.models import Given
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
MOST_WORDS: Final = 6
"""So many of what is typed into the search are looked for."""


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
    """Return what is whole with its door shut, or over for some days: of every county, the oldest first."""
    rows = Activity.unscoped.filter(state=ActivityState.ENDED)
    whole = Q(*(condition for part, condition in _there().items() if part != Part.NOTICE))
    rows = rows.filter(Q(state_since__lte=at - timedelta(days=days)) | whole & _door_shut(at))
    return list(rows.order_by("state_since", "id").values_list("pk", flat=True)[:most])


def is_door_shut(*, activity: Activity, at: datetime) -> bool:
    """Tell whether nobody comes or goes any more, and no time or claim waits for a second person."""
    return Activity.unscoped.filter(_door_shut(at), pk=activity.pk).exists()


def _door_shut(at: datetime) -> Q:
    gathering = Gathering.objects.filter(activity=OuterRef(OuterRef("pk")))
    guests = Q(cause__in=gathering.values("guests"), direction=Direction.IN)
    causes = Q(cause__in=gathering.values("helpers")) | guests
    claimed = Claim.unscoped.filter(occasion__cause__in=gathering.values("helpers"), state__in=sorted(ASKED))
    is_over = Q(during__endswith__lt=at - DOOR_AFTER)
    return is_over & ~Q(Exists(Mark.objects.filter(UNSAID).filter(causes))) & ~Q(Exists(claimed))


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
    """Return the condition that each of some words stands in the ledger of an activity, be it in another part.

    In minutes, captions and the name of who answers for it only where the actor keeps the ledger: who watches reads
    them veiled, and must not find by asking what is veiled.
    """
    each = [one for one in words.split() if query_terms(one)][:MOST_WORDS]
    if not each:
        return Q(pk__in=[])
    is_kept = within(field="place", root_ids=actor.places_where(frozenset(RUNNING_ROLES)))
    return reduce(and_, (_told(one) | is_kept & _kept(one) for one in each))


def _told(word: str) -> Q:
    """Return where a word is that everybody at the ledger reads: activity, notice, plan, talk, team, news."""
    news = NewsText.objects.filter(search_q("search", word), news__withdrawn_at=None)
    about = ActivityText.objects.filter(Q(about__icontains=word) | Q(about_en__icontains=word))
    lines = [Q(**{f"line__{name}__icontains": word}) for name in ("theme", "lecturer", "venue", "answers")]
    planned = PlanHeld.objects.filter(reduce(or_, lines) | search_q("plan__search", word))
    talk = Q(talk__title__icontains=word) | Q(talk__title_en__icontains=word)
    given = Given.objects.filter(talk | search_q("lecturer__person__search", word))
    return (
        search_q("search", word)
        | search_q("team__search", word)
        | Q(pk__in=news.values("news__activity"))
        | Q(pk__in=about.values("activity"))
        | Q(pk__in=planned.values("activity"))
        | Q(pk__in=given.values("activity"))
    )


def _kept(word: str) -> Q:
    """Return where a word is that only who keeps the ledger reads as it was written."""
    latest = Minutes.objects.filter(
        activity=OuterRef("minutes__activity"), version__gt=OuterRef("minutes__version")
    )
    minutes = MinutesText.objects.filter(search_q("search", word), ~Exists(latest))
    photos = Photo.objects.filter(search_q("search", word), removed_at=None)
    return (
        Q(pk__in=minutes.values("minutes__activity"))
        | Q(pk__in=photos.values("activity"))
        | search_q("lead__search", word)
    )
