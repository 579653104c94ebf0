"""Granting and ending roles: who may, where, and what one hand may not hold."""

import pytest

from sidan.audit.models import AuditEntry
from sidan.core.actor import SYSTEM
from sidan.core.errors import NotFound
from sidan.core.ids import uuid7
from sidan.people import operations
from sidan.people.enums import ADMIN_ROLES, WORKING_ROLES, Role
from sidan.people.models import RoleGrant
from sidan.people.permissions import MayNotGrant, NotForYourself
from sidan.places.models import Place
from tests.cast import Cast, Someone
from tests.factories import AT


def grant(by: Someone, to: Someone, role: str, place: Place) -> RoleGrant:
    return operations.grant_role(
        actor=by.actor, at=AT, account_id=to.account.pk, role=role, place_id=place.pk
    )


def test_a_role_holds_for_the_subtree_from_the_next_request_on(cast: Cast) -> None:
    grant(cast.security_admin, cast.zhou, "dispatcher", cast.places.changning)
    (held,) = cast.zhou.actor.grants
    assert (held.role, held.place_id) == ("dispatcher", cast.places.changning.pk)
    entry = AuditEntry.objects.filter(verb="role.granted").order_by("-id")[0]
    assert entry.facts["role"] == "dispatcher"
    assert entry.actor_id == cast.security_admin.account.pk


@pytest.mark.parametrize("role", sorted(Role.values))
def test_the_security_administrator_grants_every_role_in_the_own_subtree_only(cast: Cast, role: str) -> None:
    grant(cast.security_admin, cast.zhou, role, cast.places.datong)
    for place in (cast.places.city, cast.places.other_center):
        with pytest.raises(MayNotGrant):
            grant(cast.security_admin, cast.zhou, role, place)


@pytest.mark.parametrize("role", sorted(Role.values))
def test_a_manager_grants_working_roles_and_none_that_stands_beside_or_above(cast: Cast, role: str) -> None:
    if role in WORKING_ROLES:
        grant(cast.manager, cast.zhou, role, cast.places.chengbei)
    else:
        with pytest.raises(MayNotGrant):
            grant(cast.manager, cast.zhou, role, cast.places.chengbei)


def test_nobody_grants_to_oneself(cast: Cast) -> None:
    with pytest.raises(NotForYourself):
        grant(cast.security_admin, cast.security_admin, "dispatcher", cast.places.center)


@pytest.mark.parametrize(
    "who",
    ["mallory", "zhou", "leader", "dispatcher", "director", "supervisor", "system_admin", "audit_admin"],
)
def test_nobody_else_grants_anything_here(cast: Cast, who: str) -> None:
    with pytest.raises(MayNotGrant):
        grant(getattr(cast, who), cast.volunteer, "volunteer", cast.places.chengbei)


@pytest.mark.parametrize("first", sorted(ADMIN_ROLES))
@pytest.mark.parametrize("second", sorted(ADMIN_ROLES))
def test_three_administrations_stay_in_three_hands(cast: Cast, first: str, second: str) -> None:
    grant(cast.security_admin, cast.zhou, first, cast.places.center)
    if first == second:
        grant(cast.security_admin, cast.zhou, second, cast.places.changning)
        return
    with pytest.raises(operations.AdministrationsApart):
        grant(cast.security_admin, cast.zhou, second, cast.places.changning)
    assert cast.zhou.actor.roles == {first}


def test_when_one_administration_ends_another_may_begin(cast: Cast) -> None:
    held = grant(cast.security_admin, cast.zhou, "system_admin", cast.places.center)
    operations.end_role(actor=cast.security_admin.actor, at=AT, grant_uuid=held.uuid)
    grant(cast.security_admin, cast.zhou, "audit_admin", cast.places.center)
    assert cast.zhou.actor.roles == {"audit_admin"}


def test_the_same_role_at_the_same_place_is_held_once(cast: Cast) -> None:
    grant(cast.manager, cast.zhou, "operator", cast.places.changning)
    with pytest.raises(operations.RoleHeldAlready):
        grant(cast.manager, cast.zhou, "operator", cast.places.changning)


def test_an_ended_role_stays_on_record_and_ends_once(cast: Cast) -> None:
    held = grant(cast.manager, cast.zhou, "operator", cast.places.changning)
    operations.end_role(actor=cast.manager.actor, at=AT, grant_uuid=held.uuid)
    assert cast.zhou.actor.grants == ()
    held.refresh_from_db()
    assert (held.ended_at, held.ended_by_id) == (AT, cast.manager.account.pk)
    with pytest.raises(operations.RoleEndedAlready):
        operations.end_role(actor=cast.manager.actor, at=AT, grant_uuid=held.uuid)


def test_a_manager_ends_no_role_it_could_not_grant(cast: Cast) -> None:
    held = RoleGrant.objects.get(account=cast.security_admin.account)
    with pytest.raises(MayNotGrant):
        operations.end_role(actor=cast.manager.actor, at=AT, grant_uuid=held.uuid)
    own = RoleGrant.objects.get(account=cast.manager.account)
    with pytest.raises(NotForYourself):
        operations.end_role(actor=cast.manager.actor, at=AT, grant_uuid=own.uuid)


def test_what_is_not_there_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        operations.end_role(actor=SYSTEM, at=AT, grant_uuid=uuid7())
    with pytest.raises(NotFound):
        operations.grant_role(
            actor=SYSTEM, at=AT, account_id=10**9, role="operator", place_id=cast.places.center.pk
        )
    with pytest.raises(operations.UnknownRole):
        operations.grant_role(actor=SYSTEM, at=AT, account_id=1, role="king", place_id=cast.places.center.pk)


def test_a_closed_account_is_granted_nothing(cast: Cast) -> None:
    operations.close_account(actor=cast.manager.actor, at=AT, account_id=cast.zhou.account.pk)
    with pytest.raises(operations.AccountIsClosed):
        grant(cast.manager, cast.zhou, "operator", cast.places.center)
