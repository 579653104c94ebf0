"""Whom a case is handed to, where one is opened, and who answers for it."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Q

from sidan.mediation.models import Case
from sidan.mediation.permissions import MEDIATING_ROLES
from sidan.people.enums import Role, Skill, VolunteerState
from sidan.people.models import Person, RoleGrant
from sidan.places.models import Place, PlaceLink

MOST: Final = 200


def places_to_open(*, root_ids: Iterable[int]) -> list[Place]:
    """Return the villages, communities and institutes at or below one's office."""
    rows = Place.objects.filter(
        links_up__ancestor__in=list(root_ids), links_up__during__upper_inf=True, kind__in=["institute", "station"]
    )  # fmt: skip
    return list(rows.exclude(state="closed").order_by("sort_code", "id").distinct())


def director_place_of(*, place: Place) -> Place:
    """Return the nearest place, from this one up, that has a director's account; without any, the place itself."""
    held = RoleGrant.objects.filter(role=Role.DIRECTOR, ended_at=None, account__is_active=True)
    links = PlaceLink.objects.filter(
        descendant=place, during__upper_inf=True, ancestor__in=held.values("place")
    )
    nearest = links.select_related("ancestor").order_by("depth").first()
    return nearest.ancestor if nearest is not None else place


def mediators_for(*, case: Case) -> list[Person]:
    """Return who can lead the case instead: staff with such a role and volunteers of law, at the director's place or
    below, all with an account."""
    below = PlaceLink.objects.filter(ancestor=case.director_place_id, during__upper_inf=True)
    staff = RoleGrant.objects.filter(
        role__in=sorted(MEDIATING_ROLES), ended_at=None, place__in=below.values("descendant")
    )
    law = Q(
        volunteer__state=VolunteerState.ACTIVE,
        volunteer__skills__contains=[Skill.LAW],
        volunteer__place__in=below.values("descendant"),
    )
    # Names of colleagues, chosen by who may hand over: the scope of residents does not hold here.
    rows = Person.unscoped.filter(
        Q(account__in=staff.values("account")) | law, account__is_active=True
    ).exclude(pk=case.mediator_id)
    return list(rows.order_by("pinyin", "id").distinct()[:MOST])
