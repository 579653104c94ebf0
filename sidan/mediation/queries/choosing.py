"""Whom a case is handed to, and where one is opened."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Q

from sidan.mediation.models import Case
from sidan.mediation.permissions import MEDIATING_ROLES, directors_above
from sidan.people.enums import Skill, VolunteerState
from sidan.people.models import Person, RoleGrant
from sidan.places.models import Place, PlaceLink
from sidan.places.queries import places_to_choose

MOST: Final = 200


def places_to_open(*, root_ids: Iterable[int]) -> list[Place]:
    """Return the villages, communities and institutes at or below one's office."""
    return list(places_to_choose(root_ids=root_ids, kinds=["institute", "station"]))


def mediators_for(*, case: Case) -> list[Person]:
    """Return who can lead the case instead: staff with such a role and volunteers of law, at the director's place or
    below, all with an account. Without a director it is the place of the case."""
    nearest = directors_above(place_id=case.place_id).order_by("depth").values_list("ancestor", flat=True)
    below = PlaceLink.objects.filter(ancestor=nearest.first() or case.place_id, during__upper_inf=True)
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
