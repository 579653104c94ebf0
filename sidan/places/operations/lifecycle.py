"""Opening, renaming, moving and closing a place: each one transaction, dated, kept in its history and audited."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from sidan.audit.operations import record
from sidan.core import clock
from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.core.events import publish
from sidan.core.pinyin import place_pinyin_of
from sidan.core.search import place_terms, search_terms
from sidan.places.enums import PlaceChangeKind, PlaceKind, PlaceState, Setting
from sidan.places.events import PlaceClosed, PlaceMoved, PlaceOpened, PlaceRenamed
from sidan.places.models import Division, Place, PlaceChange, PlaceLink
from sidan.places.operations.errors import (
    AlreadyThere,
    DayAhead,
    DayTooEarly,
    HasOpenChildren,
    IntoItself,
    NameTaken,
    NotOpen,
    OtherCounty,
    ParentClosed,
    SameName,
    WrongParent,
)
from sidan.places.operations.tree import (
    earliest_day_of_move,
    link_new_place,
    lock_tree,
    relink_moved_place,
    rewrite_paths,
)
from sidan.places.permissions import MayNotChangeRoots, check_may_edit, check_may_place_under
from sidan.places.policies import is_own_county, may_stand_under, short_name_of


@transaction.atomic
def open_place(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    name: str,
    parent_id: int | None,
    on: date | None = None,
    short_name: str = "",
    name_en: str = "",
    setting: str = Setting.OTHER,
    division_code: str | None = None,
    sort_code: str = "",
) -> Place:
    """Open a place under another from a day on (today unless said).

    Raises:
        WrongParent, ParentClosed, NameTaken: it cannot stand there.
        DayAhead, DayTooEarly: the day is to come, or its parent was not there yet.
        MayNotEditPlaces, MayNotChangeRoots: the actor does not manage the parent.
    """
    day = _day(on, at)
    lock_tree()
    parent = _open_parent(parent_id)
    check_may_place_under(actor=actor, parent=parent)
    _check_kind(kind=kind, parent=parent)
    _check_name_free(parent_id=parent_id, name=name)
    place = Place(
        kind=kind, setting=setting, state=PlaceState.OPEN, name=name, name_en=name_en, parent=parent,
        short_name=short_name or short_name_of(name), opened_on=day, division_id=_known_division(division_code),
        sort_code=sort_code or division_code or "", county=parent.county if parent else None,
    )  # fmt: skip
    _derive_words(place)
    place.save(force_insert=True)
    if is_own_county(kind=kind, parent_kind=parent.kind if parent else None):
        place.county = place
        place.save(update_fields=["county"])
    if parent is not None:
        _check_parent_was_there(parent=parent, day=day)
    link_new_place(place_id=place.pk, parent_id=parent_id, day=day)
    rewrite_paths(place_id=place.pk)
    place.refresh_from_db(fields=["path_names", "path_names_en"])
    _tell(
        actor, at, place, PlaceChangeKind.OPENED, day, after={"name": name, "kind": kind, "parent": parent_id}
    )
    publish(PlaceOpened(place_id=place.pk, on=day))
    return place


@transaction.atomic
def rename_place(
    *,
    actor: Actor,
    at: datetime,
    place_id: int,
    name: str,
    short_name: str = "",
    name_en: str = "",
    on: date | None = None,
) -> Place:
    """Give a place another name; what is shown of the places below follows.

    Raises:
        SameName, NameTaken, NotOpen, DayAhead, MayNotEditPlaces: it cannot be done.
    """
    day = _day(on, at)
    place = _open_place_for_update(place_id)
    check_may_edit(actor=actor, place=place)
    before = _names(place)
    place.name, place.name_en = name, name_en
    place.short_name = short_name or short_name_of(name)
    if _names(place) == before:
        raise SameName()
    if place.name != before["name"]:
        _check_name_free(parent_id=place.parent_id, name=name)
    _derive_words(place)
    place.save(update_fields=["name", "name_en", "short_name", "pinyin", "search"])
    rewrite_paths(place_id=place.pk)
    place.refresh_from_db(fields=["path_names", "path_names_en"])
    _tell(actor, at, place, PlaceChangeKind.RENAMED, day, before=before, after=_names(place))
    publish(PlaceRenamed(place_id=place.pk, on=day))
    return place


@transaction.atomic
def move_place(*, actor: Actor, at: datetime, place_id: int, parent_id: int, on: date | None = None) -> Place:
    """Let a place, with all below it, stand under another parent of the same county from a day on.

    Raises:
        AlreadyThere, IntoItself, WrongParent, OtherCounty, ParentClosed, NameTaken, NotOpen: it cannot stand there.
        DayAhead, DayTooEarly: the day is to come, or something it touches changed after it.
        MayNotEditPlaces: the actor must manage both where it stands and where it shall stand.
        MayNotChangeRoots: a root stays the root.
    """
    day = _day(on, at)
    lock_tree()
    place = _open_place_for_update(place_id)
    parent = _open_parent(parent_id)
    if place.parent is None or parent is None:
        raise MayNotChangeRoots()
    check_may_edit(actor=actor, place=place)
    check_may_edit(actor=actor, place=parent)
    old_parent_id = place.parent.pk
    _check_move(place=place, parent=parent, day=day)
    place.parent = parent
    place.save(update_fields=["parent"])
    relink_moved_place(place_id=place.pk, parent_id=parent.pk, day=day)
    rewrite_paths(place_id=place.pk)
    place.refresh_from_db(fields=["path_names", "path_names_en"])
    _tell(
        actor,
        at,
        place,
        PlaceChangeKind.MOVED,
        day,
        before={"parent": old_parent_id},
        after={"parent": parent_id},
    )
    publish(PlaceMoved(place_id=place.pk, from_parent_id=old_parent_id, to_parent_id=parent.pk, on=day))
    return place


@transaction.atomic
def close_place(*, actor: Actor, at: datetime, place_id: int, on: date | None = None) -> Place:
    """Close a place from a day on; it keeps its history, its orders and where it stood.

    Raises:
        HasOpenChildren, NotOpen, DayAhead, DayTooEarly, MayNotEditPlaces: it cannot be done.
    """
    day = _day(on, at)
    lock_tree()
    place = _open_place_for_update(place_id)
    check_may_edit(actor=actor, place=place)
    open_children = Place.objects.filter(parent=place).exclude(state=PlaceState.CLOSED).count()
    if open_children:
        raise HasOpenChildren(name=place.name, count=open_children)
    if place.opened_on is not None and day < place.opened_on:
        raise DayTooEarly(day=place.opened_on.isoformat())
    place.state, place.closed_on = PlaceState.CLOSED, day
    place.save(update_fields=["state", "closed_on"])
    _tell(actor, at, place, PlaceChangeKind.CLOSED, day, before={"state": "open"}, after={"state": "closed"})
    publish(PlaceClosed(place_id=place.pk, on=day))
    return place


def _day(on: date | None, at: datetime) -> date:
    today = clock.business_date(at)
    if on is not None and on > today:
        raise DayAhead(today=today.isoformat())
    return on or today


def _open_place_for_update(place_id: int) -> Place:
    place = Place.objects.select_for_update(of=("self",)).select_related("parent").filter(pk=place_id).first()
    if place is None:
        raise NotFound()
    if place.state == PlaceState.CLOSED:
        raise NotOpen(name=place.name)
    return place


def _open_parent(parent_id: int | None) -> Place | None:
    if parent_id is None:
        return None
    # Locked as well: it must not be closed while something is put under it.
    parent = (
        Place.objects.select_for_update(of=("self",)).select_related("county").filter(pk=parent_id).first()
    )
    if parent is None:
        raise NotFound()
    if parent.state == PlaceState.CLOSED:
        raise ParentClosed(name=parent.name)
    return parent


def _check_kind(*, kind: str, parent: Place | None) -> None:
    if not may_stand_under(kind=kind, parent_kind=parent.kind if parent else None):
        raise WrongParent(kind=PlaceKind(kind).label, parent=PlaceKind(parent.kind).label if parent else "")


def _check_name_free(*, parent_id: int | None, name: str) -> None:
    namesakes = Place.objects.filter(parent=parent_id, name=name).exclude(state=PlaceState.CLOSED)
    if namesakes.exists():
        raise NameTaken(name=name)


def _check_parent_was_there(*, parent: Place, day: date) -> None:
    if not PlaceLink.objects.filter(ancestor=parent, descendant=parent, during__contains=day).exists():
        raise DayTooEarly(day=parent.opened_on.isoformat() if parent.opened_on else "")


def _check_move(*, place: Place, parent: Place, day: date) -> None:
    if place.parent_id == parent.pk:
        raise AlreadyThere(name=place.name)
    if PlaceLink.objects.filter(ancestor=place, descendant=parent, during__upper_inf=True).exists():
        raise IntoItself()
    _check_kind(kind=place.kind, parent=parent)
    if place.kind != PlaceKind.CENTER and place.county_id != parent.county_id:
        raise OtherCounty()
    _check_name_free(parent_id=parent.pk, name=place.name)
    earliest = earliest_day_of_move(place_id=place.pk, parent_id=parent.pk)
    if earliest is not None and day < earliest:
        raise DayTooEarly(day=earliest.isoformat())


def _known_division(code: str | None) -> str | None:
    if code is not None and not Division.objects.filter(pk=code).exists():
        raise NotFound()
    return code


def _derive_words(place: Place) -> None:
    """Write by what a place is sorted and found: its names, their pinyin and initials."""
    place.pinyin = place_pinyin_of(place.short_name)
    place.search = sorted({*place_terms(place.name, place.short_name), *search_terms(place.name_en)})


def _names(place: Place) -> dict[str, str]:
    return {"name": place.name, "short_name": place.short_name, "name_en": place.name_en}


def _tell(
    actor: Actor,
    at: datetime,
    place: Place,
    kind: PlaceChangeKind,
    day: date,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any],
) -> None:
    """Append to the place's history and to the audit trail."""
    PlaceChange.objects.create(
        place=place, kind=kind, on=day, at=at, actor_id=actor.account_id, before=before or {}, after=after
    )
    record(
        actor=actor, at=at, verb=f"places.{kind.value}", subject=("place", place.pk),
        place_id=place.pk, county_id=place.county_id, on=day.isoformat(),
    )  # fmt: skip
