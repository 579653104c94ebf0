"""Who may do what to people, teams and accounts. Each predicate answers with nothing or raises with a reason."""

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Forbidden, NotSignedIn
from sidan.people.enums import (
    ACCOUNT_ROLES,
    ADMIN_ROLES,
    ENTERING_ROLES,
    MANAGING_ROLES,
    OPENING_ROLES,
    ORDER_STAFF_ROLES,
    PEOPLE_ROLES,
    WORKING_ROLES,
    Role,
)
from sidan.people.models import Team, Volunteer
from sidan.places.queries import stands_within


class NotYourPeople(Forbidden):
    code = "not_your_people"
    sentence = _("Only the managers and directors of this place, or of one above it, may do this.")


class NotYourVolunteer(Forbidden):
    code = "not_your_volunteer"
    sentence = _("Only staff of this volunteer's place, or of one above it, may see or change this.")


class NotYourResidents(Forbidden):
    code = "not_your_residents"
    sentence = _("You may write down only residents of your own place.")


class NotYourTeamToRun(Forbidden):
    code = "not_your_team_to_run"
    sentence = _("Only the team's leader, or the managers and directors of its place, may do this.")


class NotYourAccounts(Forbidden):
    code = "not_your_accounts"
    sentence = _("Accounts are looked after by the administrators and managers of their place.")


class NotYoursToOpen(Forbidden):
    code = "not_yours_to_open"
    sentence = _(
        "Accounts are opened and closed by the system administrator and the managers of their place. "
        "The security administrator grants and ends roles."
    )


class MayNotGrant(Forbidden):
    code = "may_not_grant"
    sentence = _(
        "You may not grant or end this role here. The security administrator may; "
        "managers may grant working roles within their own area."
    )


class NotForYourself(Forbidden):
    code = "not_for_yourself"
    sentence = _("Nobody changes the roles of their own account. Please ask another administrator.")


class NotForAdministrators(Forbidden):
    code = "not_for_administrators"
    sentence = _("Only the system administrator may do this to an account with a managing role.")


class AdministrationInTwoHands(Forbidden):
    """GB/T 22239, level 3: no administrator can put another one out, or in, alone."""

    code = "administration_in_two_hands"
    sentence = _(
        "This is an administrator's account: nobody does this to it alone. "
        "The security administrator ends the administrating role first."
    )


def is_system(actor: Actor) -> bool:
    """Tell whether a command or a job acts, which was started by somebody who runs the machine."""
    return actor is SYSTEM


def holds_role_over(
    *, actor: Actor, roles: frozenset[str], place_id: int, county_id: int | None = None
) -> bool:
    """Tell whether one of the roles was granted at the place or above it, today.

    A grant at the center of the place's own county, where that is told, is answered without asking the database.
    """
    roots = actor.places_where(roles)
    return (county_id is not None and county_id in roots) or stands_within(place_id=place_id, root_ids=roots)


def require_signed_in(*, actor: Actor) -> tuple[int, int]:
    """Return the ids of the actor's account and person."""
    if actor.account_id is None or actor.person_id is None:
        raise NotSignedIn
    return actor.account_id, actor.person_id


def may_manage_people(*, actor: Actor, place_id: int) -> bool:
    """Tell whether the actor approves volunteers and runs teams of a place."""
    return is_system(actor) or holds_role_over(actor=actor, roles=MANAGING_ROLES, place_id=place_id)


def require_managing(*, actor: Actor, place_id: int) -> None:
    if not may_manage_people(actor=actor, place_id=place_id):
        raise NotYourPeople


def require_entering_people(*, actor: Actor, place_id: int) -> None:
    """Practitioners enter the volunteers of their own place; a manager approves them."""
    if not is_system(actor) and not holds_role_over(actor=actor, roles=PEOPLE_ROLES, place_id=place_id):
        raise NotYourVolunteer


def require_people_role(*, actor: Actor) -> None:
    """Open the roll of volunteers; what it shows is bound to the actor's own subtree."""
    if not actor.roles & PEOPLE_ROLES:
        raise NotYourPeople


def require_managing_role(*, actor: Actor) -> None:
    """Open what managers and directors do somewhere; the operation checks the place."""
    if not actor.roles & MANAGING_ROLES:
        raise NotYourPeople


def may_open_teams(*, actor: Actor) -> bool:
    """Tell who opens teams from the inside: staff with rows of a subtree, and whoever belongs to a team."""
    return bool(actor.roles & ORDER_STAFF_ROLES or actor.team_ids)


def require_team_work(*, actor: Actor) -> None:
    """Let pass who opens teams from the inside. Raises NotYourTeamToRun."""
    if not may_open_teams(actor=actor):
        raise NotYourTeamToRun


def require_writing_residents(*, actor: Actor, place_id: int) -> None:
    """Whoever enters orders for residents also writes down those who are new (R-O3)."""
    if not holds_role_over(actor=actor, roles=ENTERING_ROLES, place_id=place_id):
        raise NotYourResidents


def may_see_volunteer_contact(*, actor: Actor, volunteer: Volunteer) -> bool:
    """Tell whether the whole telephone number may be shown: to oneself and to staff of the place (R-Z10)."""
    return volunteer.person_id == actor.person_id or holds_role_over(
        actor=actor, roles=PEOPLE_ROLES, place_id=volunteer.place_id
    )


def require_volunteer_contact(*, actor: Actor, volunteer: Volunteer) -> None:
    if not may_see_volunteer_contact(actor=actor, volunteer=volunteer):
        raise NotYourVolunteer


def may_run_team(*, actor: Actor, team: Team) -> bool:
    """Tell whether the actor names members and edits the words of a team."""
    return team.pk in actor.led_team_ids or may_manage_people(actor=actor, place_id=team.place_id)


def require_running_team(*, actor: Actor, team: Team) -> None:
    if not may_run_team(actor=actor, team=team):
        raise NotYourTeamToRun


def may_look_after_accounts(*, actor: Actor, place_id: int | None) -> bool:
    """Tell whether the actor sees the accounts of people of a place; without a place, only the system."""
    if is_system(actor):
        return True
    return place_id is not None and holds_role_over(actor=actor, roles=ACCOUNT_ROLES, place_id=place_id)


def require_accounts(*, actor: Actor, place_id: int | None) -> None:
    if not may_look_after_accounts(actor=actor, place_id=place_id):
        raise NotYourAccounts


def require_opening(*, actor: Actor, place_id: int | None) -> None:
    """Opening and closing is not in the hand that grants every role.

    Raises:
        NotYourAccounts: none of the actor's places.
        NotYoursToOpen: the actor sees the account, as security administrator.
    """
    require_accounts(actor=actor, place_id=place_id)
    if is_system(actor):
        return
    if place_id is None or not holds_role_over(actor=actor, roles=OPENING_ROLES, place_id=place_id):
        raise NotYoursToOpen


def require_any_opening_role(*, actor: Actor) -> None:
    """Open the form of a new account; the operation checks the place."""
    require_any_account_role(actor=actor)
    if not actor.roles & OPENING_ROLES:
        raise NotYoursToOpen


def require_any_account_role(*, actor: Actor) -> None:
    """Open the list of accounts; what it shows is bound to the actor's own subtree."""
    if not actor.roles & ACCOUNT_ROLES:
        raise NotYourAccounts


def may_grant(*, actor: Actor, role: str, place_id: int) -> bool:
    """Tell whether the actor may grant or end a role at a place.

    The security administrator may grant any role within its own subtree; a manager only working roles (no further
    managers, supervisors or administrators).
    """
    if is_system(actor):
        return True
    if holds_role_over(actor=actor, roles=frozenset({Role.SECURITY_ADMIN}), place_id=place_id):
        return True
    is_manager = holds_role_over(actor=actor, roles=frozenset({Role.MANAGER}), place_id=place_id)
    return is_manager and role in WORKING_ROLES


def require_granting(*, actor: Actor, account_id: int, role: str, place_id: int) -> None:
    """Refuse a grant to oneself first: the reason must not depend on what else one may."""
    if account_id == actor.account_id:
        raise NotForYourself
    if not may_grant(actor=actor, role=role, place_id=place_id):
        raise MayNotGrant


def require_power_over_account(
    *, actor: Actor, account_id: int, place_id: int | None, roles: frozenset[str]
) -> None:
    """Let an account be closed, opened again, or freed of its second factor only by who may.

    Refused are one's own account, an administrator's, and a manager's hand on accounts that stand above or beside it.

    Raises:
        NotYourAccounts, NotYoursToOpen, NotForYourself, AdministrationInTwoHands, NotForAdministrators.
    """
    require_opening(actor=actor, place_id=place_id)
    if account_id == actor.account_id:
        raise NotForYourself
    if is_system(actor):
        return
    if roles & ADMIN_ROLES:
        raise AdministrationInTwoHands
    if roles & {Role.MANAGER, Role.SUPERVISOR} and Role.SYSTEM_ADMIN not in actor.roles:
        raise NotForAdministrators


def has_power_over_account(
    *, actor: Actor, account_id: int, place_id: int | None, roles: frozenset[str]
) -> bool:
    """Tell the same without an error."""
    try:
        require_power_over_account(actor=actor, account_id=account_id, place_id=place_id, roles=roles)
    except Forbidden:
        return False
    return True
