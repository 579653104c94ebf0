"""Who may do what with rotas."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.people.enums import ENTERING_ROLES, ORDER_STAFF_ROLES, PEOPLE_ROLES
from sidan.people.permissions import holds_role_over
from sidan.rotas.models import Duty, Member, Rota, Swap, Watch

RUNNING_ROLES: Final = PEOPLE_ROLES
"""Who plans: the managers, directors and practitioners of a place."""


class NoSuchRota(NotFound):
    code = "no_such_rota"
    sentence = _("This rota is not here, or it is not yours to see.")


class NoSuchWatch(NotFound):
    code = "no_such_watch"
    sentence = _("This shift is not here, or it is not yours to see.")


class NoSuchDuty(NotFound):
    code = "no_such_duty"
    sentence = _("This turn is not here, or it is not yours to see.")


class NoSuchSwap(NotFound):
    code = "no_such_swap"
    sentence = _("This swap is not here, or it is not yours to see.")


class NotYourRotas(Forbidden):
    code = "not_your_rotas"
    sentence = _(
        "Rotas are run by the managers, directors and practitioners of their place, or of one above it."
    )


class NotRotaStaff(Forbidden):
    code = "not_rota_staff"
    sentence = _("These pages are for those who work at a place.")


class NotYourDuty(Forbidden):
    code = "not_your_duty"
    sentence = _("This is another person's turn.")


class NotYourSwap(Forbidden):
    code = "not_your_swap"
    sentence = _("Somebody else is asked here.")


class NotOfRota(Forbidden):
    code = "not_of_rota"
    sentence = _(
        "Only who takes turns in this rota may take a shift of it. Please ask the office to put you in."
    )


def may_run(*, actor: Actor, thing: Rota | Watch | Duty | Swap) -> bool:
    """Tell whether the actor plans the rotas of a place."""
    return holds_role_over(
        actor=actor, roles=RUNNING_ROLES, place_id=thing.place_id, county_id=thing.county_id
    )


def sees_names(*, actor: Actor, thing: Rota | Watch | Duty) -> bool:
    """Tell whether the actor works at the place: who only watches reads names in part (R-Z10)."""
    return holds_role_over(
        actor=actor, roles=ENTERING_ROLES, place_id=thing.place_id, county_id=thing.county_id
    )


def require_running(*, actor: Actor, thing: Rota | Watch | Duty | Swap) -> None:
    """Let pass who plans. Raises NotYourRotas."""
    if not may_run(actor=actor, thing=thing):
        raise NotYourRotas


def require_desk(*, actor: Actor) -> None:
    """Open the pages of staff; which rotas are on them, the scope says. Raises NotRotaStaff."""
    if not actor.roles & ORDER_STAFF_ROLES:
        raise NotRotaStaff


def is_own(*, actor: Actor, duty: Duty) -> bool:
    return actor.person_id is not None and duty.person_id == actor.person_id


def require_own(*, actor: Actor, duty: Duty) -> None:
    """Let pass whose turn it is. Raises NotYourDuty."""
    if not is_own(actor=actor, duty=duty):
        raise NotYourDuty


def is_of_rota(*, person_id: int | None, rota_id: int) -> bool:
    """Tell whether somebody takes turns in a rota now."""
    return Member.objects.filter(rota=rota_id, person=person_id or 0, left_at=None).exists()
