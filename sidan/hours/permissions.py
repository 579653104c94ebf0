"""Who agrees to hours, who corrects them, and who reads them; each with a reason that a person can read."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.hours.models import Claim, Entry, Occasion
from sidan.people.enums import MANAGING_ROLES, PEOPLE_ROLES
from sidan.people.models import Team
from sidan.people.permissions import holds_role_over
from sidan.people.queries import rows_of_person

AGREEING_ROLES: Final = MANAGING_ROLES
CORRECTING_ROLES: Final = MANAGING_ROLES
READING_ROLES: Final = PEOPLE_ROLES


class NoSuchRecord(NotFound):
    code = "no_such_hours"
    sentence = _("This record of hours is not here, or it is not yours to see.")


class NotYourHours(Forbidden):
    code = "not_your_hours"
    sentence = _("Hours are looked after by the practitioners, directors and managers of a place.")


class NotYoursToAgree(Forbidden):
    code = "not_yours_to_agree"
    sentence = _(
        "This is agreed to by the manager or director of the place that is asked, or of one above it."
    )


class NotYourOwnHours(Forbidden):
    """Nobody is the second person for their own time (R-Z2)."""

    code = "not_your_own_hours"
    sentence = _("These are your own hours, or you told them yourself. Somebody else has to say so.")


class NotYoursToCorrect(Forbidden):
    code = "not_yours_to_correct"
    sentence = _("Hours are corrected by the manager or director of their place, or of one above it.")


class NotYoursToTell(Forbidden):
    code = "not_yours_to_tell"
    sentence = _("Late times are told by the leader of the team, or by those who work at the place.")


def require_reading(*, actor: Actor, entry: Entry) -> None:
    """Let pass whose hours they are, and the offices of their place. Raises NoSuchRecord."""
    if actor.person_id == entry.person_id:
        return
    if not holds_role_over(actor=actor, roles=READING_ROLES, place_id=entry.place_id):
        raise NoSuchRecord


def may_read_claim(*, actor: Actor, claim: Claim) -> bool:
    """Tell whether the actor reads whose time waits, and the words said about it: whose it is, and the offices."""
    own = actor.person_id == claim.person_id
    places = {claim.place_id, claim.holder_id}
    return own or any(holds_role_over(actor=actor, roles=READING_ROLES, place_id=place) for place in places)


def may_read_team(*, actor: Actor, team: Team) -> bool:
    """Tell whether the actor reads the hours of a team: its leader, and the offices of its place."""
    if team.pk in actor.led_team_ids:
        return True
    return holds_role_over(actor=actor, roles=READING_ROLES, place_id=team.place_id)


def require_office(*, actor: Actor) -> None:
    """Let pass who reads the hours of a place. Raises NotYourHours."""
    if not actor.roles & READING_ROLES:
        raise NotYourHours


def may_agree(*, actor: Actor, claim: Claim) -> bool:
    """Tell whether the actor decides for the place that is asked, and is a second person."""
    if _is_told_by(actor, claim):
        return False
    return holds_role_over(actor=actor, roles=AGREEING_ROLES, place_id=claim.holder_id)


def require_agreeing(*, actor: Actor, claim: Claim) -> None:
    """Let pass who decides about a claim. Raises NotYourOwnHours, NotYoursToAgree."""
    if _is_told_by(actor, claim) or actor.person_id in rows_of_person(person_id=claim.person_id):
        raise NotYourOwnHours
    if not holds_role_over(actor=actor, roles=AGREEING_ROLES, place_id=claim.holder_id):
        raise NotYoursToAgree


def _is_told_by(actor: Actor, claim: Claim) -> bool:
    return actor.person_id == claim.person_id or actor.account_id == claim.told_by


def may_correct(*, actor: Actor, entry: Entry) -> bool:
    """Tell whether the actor takes a record back, or says it right."""
    return actor.person_id != entry.person_id and holds_role_over(
        actor=actor, roles=CORRECTING_ROLES, place_id=entry.place_id
    )


def require_correcting(*, actor: Actor, entry: Entry) -> None:
    """Let pass who corrects a record. Raises NotYourOwnHours, NotYoursToCorrect."""
    if actor.person_id == entry.person_id:
        raise NotYourOwnHours
    if not holds_role_over(actor=actor, roles=CORRECTING_ROLES, place_id=entry.place_id):
        raise NotYoursToCorrect


def require_telling(*, actor: Actor, occasion: Occasion) -> None:
    """Let pass who tells a time that nobody wrote down. Raises NotYoursToTell."""
    if occasion.team_id is not None and occasion.team_id in actor.led_team_ids:
        return
    if not holds_role_over(actor=actor, roles=READING_ROLES, place_id=occasion.place_id):
        raise NotYoursToTell
