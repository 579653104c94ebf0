"""Who may do what at the stalls of a fair."""

from django.utils.translation import gettext_lazy as _

from sidan.activities.permissions import may_run, require_desk, require_running
from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.fairs.enums import THERE
from sidan.fairs.models import Stallholder
from sidan.orders.permissions import require_any_team, require_leading
from sidan.people.enums import MANAGING_ROLES
from sidan.people.permissions import holds_role_over

__all__ = [
    "NoSuchStall", "NoSuchStallholder", "NotYourKinds", "NotYoursToCount", "is_of_own_team", "may_count",
    "may_keep_kinds", "may_run", "require_any_team", "require_desk", "require_keeping_kinds", "require_leading",
    "require_running",
]  # fmt: skip


class NoSuchStall(NotFound):
    code = "no_such_stall"
    sentence = _("This stall is not here any more, or its fair is not announced yet.")


class NoSuchStallholder(NotFound):
    code = "no_such_stallholder"
    sentence = _("Nobody asks for a stall or has one here.")


class NotYourKinds(Forbidden):
    code = "not_your_kinds"
    sentence = _(
        "The kinds of services at fairs are looked after by the managers and directors of the county."
    )


class NotYoursToCount(Forbidden):
    code = "not_yours_to_count"
    sentence = _(
        "Whom a stall serves is counted by the leader of its team and by the place that holds the fair."
    )


def may_keep_kinds(*, actor: Actor, county_id: int) -> bool:
    """Tell whether the actor adds kinds of services to those of a county, and puts them aside."""
    return holds_role_over(actor=actor, roles=MANAGING_ROLES, place_id=county_id, county_id=county_id)


def require_keeping_kinds(*, actor: Actor, county_id: int) -> None:
    """Let pass who looks after the kinds of a county. Raises NotYourKinds."""
    if not may_keep_kinds(actor=actor, county_id=county_id):
        raise NotYourKinds


def is_of_own_team(*, actor: Actor, holder: Stallholder | None) -> bool:
    """Tell whether the actor speaks for the team that has a stall."""
    return holder is not None and holder.team_id is not None and holder.team_id in actor.led_team_ids


def may_count(*, actor: Actor, holder: Stallholder | None, place_id: int, county_id: int | None) -> bool:
    """Tell whether the actor counts whom a stall serves: the leader of the team that stands there, or the place."""
    if holder is not None and holder.state in THERE and is_of_own_team(actor=actor, holder=holder):
        return True
    return may_run(actor=actor, place_id=place_id, county_id=county_id)
