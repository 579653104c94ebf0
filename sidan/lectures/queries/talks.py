"""Which talks there are, who lectures, and what belongs to a talk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from sidan.activities.enums import OVER
from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.core.search import search_q
from sidan.lectures.enums import IN_HAND, TalkState
from sidan.lectures.models import Given, Lecturer, Material, Talk, TalkPicture, TalkStep
from sidan.lectures.permissions import PUBLISHING_ROLES, WRITING_ROLES, NoSuchLecturer, NoSuchTalk
from sidan.places.models import Place
from sidan.places.queries import places_to_choose, within

CHIPS: Final[dict[str, frozenset[str]]] = {
    "": frozenset(IN_HAND | {TalkState.PUBLISHED}),
    "draft": frozenset({TalkState.DRAFT}),
    "review": frozenset({TalkState.REVIEW}),
    "published": frozenset({TalkState.PUBLISHED}),
    "dropped": frozenset({TalkState.DROPPED}),
}
"""The chips above the list of an office, and which states stand behind each."""


@dataclass(frozen=True, slots=True)
class TalkFilter:
    """What the reader chose above the list."""

    chip: str = ""
    place_id: int | None = None
    task: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class LecturerFilter:
    """What the reader chose above the list of those who lecture."""

    place_id: int | None = None
    task: str = ""
    text: str = ""


def _shown(rows: QuerySet[Talk]) -> QuerySet[Talk]:
    """Add what a row shows, by what it is sorted, and how often it was given."""
    return rows.select_related("place", "lecturer__person").annotate(
        place_key=F("place__path_names"), times=_times_given(talk=OuterRef("pk"))
    )


def _times_given(**of: Any) -> Coalesce:
    counted = (
        Given.objects.filter(activity__state__in=sorted(OVER), **of).order_by().values(*of)
        .annotate(count=Count("id")).values("count")
    )  # fmt: skip
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def desk(*, chosen: TalkFilter) -> QuerySet[Talk]:
    """Return the talks in scope behind a chip."""
    rows = _shown(Talk.objects.filter(state__in=sorted(CHIPS[chosen.chip])))
    return _narrowed(rows, chosen)


def _narrowed(rows: QuerySet[Talk], chosen: TalkFilter) -> QuerySet[Talk]:
    if chosen.place_id:
        rows = rows.filter(within(field="place", root_ids=(chosen.place_id,)))
    if chosen.task:
        rows = rows.filter(task=chosen.task)
    return rows.filter(search_q("search", chosen.text)) if chosen.text else rows


def desk_counts(*, chosen: TalkFilter) -> dict[str, int]:
    """Return how many stand behind each chip of what is in hand."""
    rows = desk(chosen=replace(chosen, chip="")).order_by().values("state").annotate(count=Count("id"))
    by_state = {row["state"]: row["count"] for row in rows}
    return {
        chip: sum(by_state.get(state, 0) for state in states)
        for chip, states in CHIPS.items()
        if states <= IN_HAND
    }


def published(*, near: Place | None, chosen: TalkFilter) -> QuerySet[Talk]:
    """Return the talks of a visitor's county that everybody reads."""
    rows = _shown(Talk.objects.filter(state=TalkState.PUBLISHED))
    if near is not None and near.county_id:
        rows = rows.filter(county=near.county_id)
    return _narrowed(rows, chosen)


def talks_to_give(*, county_id: int | None) -> list[Talk]:
    """Return what may be given in a county, by title."""
    return list(Talk.objects.filter(state=TalkState.PUBLISHED, county=county_id).order_by("title", "id"))


def talk_by_uuid(*, uuid: UUID) -> Talk:
    """Find a talk by its public id, within the scope. Raises NoSuchTalk."""
    found = _shown(Talk.objects.filter(uuid=uuid)).first()
    if found is None:
        raise NoSuchTalk
    return found


def materials_of(*, talk: Talk) -> list[Material]:
    """Return the films, slides, texts and leaflets of a talk."""
    return list(Material.objects.filter(talk=talk))


def material_by_uuid(*, talk: Talk, uuid: UUID) -> Material:
    """Find a material of a talk. Raises NotFound."""
    found = Material.objects.filter(talk=talk, uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def pictures_of(*, talk: Talk) -> list[TalkPicture]:
    """Return the pictures of a talk in their order."""
    return list(TalkPicture.objects.filter(talk=talk).select_related("file"))


def pictures_in_use(ids: Sequence[int]) -> list[int]:
    """Return which of some files are pictures of talks."""
    return list(TalkPicture.objects.filter(file__in=ids).values_list("file_id", flat=True))


def history(*, talk: Talk) -> list[TalkStep]:
    """Return the steps of a talk with who took them and their words."""
    return list(TalkStep.objects.filter(talk=talk).select_related("note", "actor__person"))


def submitted_by(*, talk: Talk) -> int | None:
    """Return the account that submitted it last."""
    step = TalkStep.objects.filter(talk=talk, verb="submit").order_by("-turn").first()
    return step.actor_id if step else None


def lecturers(*, chosen: LecturerFilter) -> QuerySet[Lecturer]:
    """Return who lectures, within the scope, with how often."""
    rows = Lecturer.objects.filter(ended_at=None).select_related("person", "place").annotate(
        name_key=F("person__pinyin"), place_key=F("place__path_names"), times=_times_given(lecturer=OuterRef("pk"))
    )  # fmt: skip
    if chosen.place_id:
        rows = rows.filter(within(field="place", root_ids=(chosen.place_id,)))
    if chosen.task:
        rows = rows.filter(tasks__contains=[chosen.task]) | rows.filter(tasks=[])
    return rows.filter(search_q("person__search", chosen.text)) if chosen.text else rows


def lecturer_by_uuid(*, uuid: UUID) -> Lecturer:
    """Find who lectures, within the scope. Raises NoSuchLecturer."""
    found = lecturers(chosen=LecturerFilter()).filter(uuid=uuid).first()
    if found is None:
        raise NoSuchLecturer
    return found


def lecturers_to_choose(*, county_id: int | None) -> list[Lecturer]:
    """Return who lectures in a county, by name."""
    rows = Lecturer.objects.filter(county=county_id, ended_at=None).select_related("person", "place")
    return list(rows.order_by("person__pinyin", "id"))


def places_to_write(*, actor: Actor) -> QuerySet[Place]:
    """Return the open places whose talks the actor keeps, in official order."""
    return places_to_choose(root_ids=actor.places_where(frozenset(WRITING_ROLES)))


def places_to_pass_on(*, actor: Actor) -> QuerySet[Place]:
    """Return the open places from which the actor passes talks on, in official order."""
    return places_to_choose(root_ids=actor.places_where(frozenset(PUBLISHING_ROLES)))
