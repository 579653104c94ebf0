"""Roles: granted at a place, holding for its subtree, ended and never deleted."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from psycopg.errors import ExclusionViolation

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid, NotFound
from sidan.core.events import publish
from sidan.people.enums import Role
from sidan.people.events import RolesChanged
from sidan.people.models import Account, RoleGrant
from sidan.people.operations.persons import find_place
from sidan.people.permissions import require_granting


class UnknownRole(Invalid):
    code = "unknown_role"
    sentence = _("There is no such role.")


class RoleHeldAlready(Conflict):
    code = "role_held_already"
    sentence = _("This account holds this role at this place already.")


class RoleEndedAlready(Conflict):
    code = "role_ended_already"
    sentence = _("This role has ended already.")


class AdministrationsApart(Conflict):
    """GB/T 22239, level 3: three administrations in three hands."""

    code = "administrations_apart"
    sentence = _(
        "One account cannot hold two of the three administrations (system, security, audit). "
        "End the other one first, or grant this one to somebody else."
    )


class AccountIsClosed(Conflict):
    code = "account_is_closed"
    sentence = _("This account is closed. Open it again first.")


@transaction.atomic
def grant_role(*, actor: Actor, at: datetime, account_id: int, role: str, place_id: int) -> RoleGrant:
    """Grant a role at a place.

    Raises:
        NotForYourself, MayNotGrant, UnknownRole, RoleHeldAlready, AdministrationsApart, AccountIsClosed, NotFound.
    """
    if role not in Role.values:
        raise UnknownRole
    require_granting(actor=actor, account_id=account_id, role=role, place_id=place_id)
    place = find_place(place_id=place_id)
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise NotFound
    if not account.is_active:
        raise AccountIsClosed
    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(
                account=account, role=role, place=place, granted_at=at, granted_by_id=actor.account_id
            )
    except IntegrityError as exc:
        # The database is asked, not the rows read before: it also answers two who grant at the same moment.
        raise (
            AdministrationsApart if isinstance(exc.__cause__, ExclusionViolation) else RoleHeldAlready
        ) from None
    record(
        actor=actor, at=at, verb="role.granted", subject=("account", account_id), place_id=place_id,
        county_id=place.county_id, role=role, grant=grant.pk,
    )  # fmt: skip
    publish(RolesChanged(account_id=account_id, at=at))
    return grant


@transaction.atomic
def end_role(*, actor: Actor, at: datetime, grant_uuid: UUID) -> RoleGrant:
    """End a role; it stays on record.

    Raises:
        NotForYourself, MayNotGrant, RoleEndedAlready, NotFound.
    """
    grant = (
        RoleGrant.objects.select_for_update(of=("self",))
        .select_related("place")
        .filter(uuid=grant_uuid)
        .first()
    )
    if grant is None:
        raise NotFound
    require_granting(actor=actor, account_id=grant.account_id, role=grant.role, place_id=grant.place_id)
    if grant.ended_at is not None:
        raise RoleEndedAlready
    grant.ended_at, grant.ended_by_id = at, actor.account_id
    grant.save(update_fields=["ended_at", "ended_by"])
    record(
        actor=actor, at=at, verb="role.ended", subject=("account", grant.account_id), place_id=grant.place_id,
        county_id=grant.place.county_id, role=grant.role, grant=grant.pk,
    )  # fmt: skip
    publish(RolesChanged(account_id=grant.account_id, at=at))
    return grant
