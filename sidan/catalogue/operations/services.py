"""What a team serves, and where: the list that teams for an order are drawn from."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sidan.audit.operations import record
from sidan.catalogue import permissions
from sidan.catalogue.models import Category, TeamService
from sidan.catalogue.operations.errors import CategoryRetired, TooManyItems
from sidan.catalogue.operations.projects import require_same_county
from sidan.core.actor import Actor
from sidan.people.models import Team
from sidan.places.models import Place

MAX_SERVICES = 200


def set_team_services(
    *, actor: Actor, at: datetime, team: Team, services: Sequence[tuple[Category, Place]]
) -> None:
    """Make this exactly what the team serves: kinds of service (with all below them) and areas.

    What is already there stays as it is, also under a kind retired since.

    Raises:
        NotYourTeamToSet, CategoryRetired, AreaElsewhere, TooManyItems
    """
    permissions.require_team_services(actor=actor, team=team)
    if len(services) > MAX_SERVICES:
        raise TooManyItems(limit=MAX_SERVICES)
    wanted = {(category.pk, area.pk): (category, area) for category, area in services}
    with transaction.atomic():
        Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
        present = {
            (category, area): pk
            for pk, category, area in team.services.values_list("pk", "category_id", "area_id")
        }
        added = [wanted[key] for key in wanted if key not in present]
        removed = [pk for key, pk in present.items() if key not in wanted]
        for category, area in added:
            if not category.is_active:
                raise CategoryRetired(category=category.name)
            require_same_county(place=team.place, area=area)
        TeamService.objects.filter(pk__in=removed).delete()
        TeamService.objects.bulk_create(
            TeamService(team=team, category=category, area=area) for category, area in added
        )
        record(
            actor=actor, at=at, verb="team.services", subject=("team", team.pk),
            place_id=team.place_id, county_id=team.county_id, added=len(added), removed=len(removed),
        )  # fmt: skip
