"""The times of those who helped at activities, for the page of what stands out: of the places that one works for."""

from collections.abc import Collection
from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from sidan.activities.models import Activity, Gathering
from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.odd_times import Served, TimesOf
from sidan.attendance.queries import STANDS
from sidan.core.language import shown
from sidan.core.scope import current_scope
from sidan.places.queries import scope_condition


def _goings() -> QuerySet[Mark]:
    # Not all that one may read: what is announced, everybody reads.
    ours = scope_condition(current_scope(), place="place", county="county")
    held = Gathering.objects.filter(activity__in=Activity.unscoped.filter(ours).order_by().values("pk"))
    return Mark.objects.filter(STANDS, cause__in=held.values("helpers"), direction=Direction.OUT)


def _team() -> Subquery:
    return Subquery(Gathering.objects.filter(helpers=OuterRef("cause")).values("activity__team")[:1])


def _served(keys: Collection[int]) -> dict[int, Served]:
    causes = dict(Mark.objects.filter(pk__in=keys).values_list("pk", "cause"))
    rows = Gathering.objects.filter(helpers__in=set(causes.values())).values_list(
        "helpers", "activity__title", "activity__title_en", "activity__uuid"
    )
    held = {
        cause: Served(
            shown(title, title_en), shown(title, title_en), reverse("activities:activity", args=[uuid])
        )
        for cause, title, title_en, uuid in rows
    }
    return {pk: held[cause] for pk, cause in causes.items() if cause in held}


TIMES_OF_HELPERS: Final = TimesOf(goings=_goings, team=_team, served=_served)
