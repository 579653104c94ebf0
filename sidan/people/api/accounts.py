"""Accounts and roles over the API, for those who look after them."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from ninja.decorators import decorate_view

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.pagination import DEFAULT_LIMIT
from sidan.core.requests import actor_of
from sidan.people import operations, permissions, queries
from sidan.people.api.shared import Cursor, Limit, Words, place_of
from sidan.people.enums import Role
from sidan.people.models import Account
from sidan.people.schemas import AccountIn, AccountOut, AccountPageOut, GrantIn, PhoneOut, RoleOut

router = Router(tags=["accounts"])


@router.get("", response=AccountPageOut, summary="Accounts by name, phone and role")
def list_accounts(
    request: HttpRequest,
    q: Words = "",
    role: Role | None = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> AccountPageOut:
    """Return the accounts of the subtrees one looks after, by name."""
    actor = _keeper(request)
    wanted = queries.AccountFilter(query=q, role=role or "")
    page = queries.account_page_of(actor=actor, wanted=wanted, cursor=cursor, limit=limit)
    roles = queries.roles_by_account(account_ids=[account.pk for account in page.items])
    items = [AccountOut.of(account, roles.get(account.pk, [])) for account in page.items]
    return AccountPageOut(items=items, next_cursor=page.next_cursor)


@router.post("", response={201: AccountOut}, summary="Open an account")
@decorate_view(idempotent)
def open_account(request: HttpRequest, payload: AccountIn) -> Status[AccountOut]:
    """Open an account for a colleague or a neighbour; roles are granted afterwards."""
    actor = _keeper(request)
    account = operations.open_account(
        actor=actor, at=now(), phone=payload.phone, name=payload.name, home_place_id=place_of(payload.place_id).pk,
        password=payload.password,
    )  # fmt: skip
    return Status(201, _told(actor, account.uuid))


@router.get("/{uuid:account_id}", response=AccountOut, summary="One account with its roles")
def get_account(request: HttpRequest, account_id: UUID) -> AccountOut:
    """Return an account one looks after, with its roles, ended ones too."""
    return _told(_keeper(request), account_id)


@router.post("/{uuid:account_id}/roles", response={201: RoleOut}, summary="Grant a role at a place")
def grant_role(request: HttpRequest, account_id: UUID, payload: GrantIn) -> Status[RoleOut]:
    """Grant a role; it holds for the place and all below it."""
    actor = _keeper(request)
    grant = operations.grant_role(
        actor=actor, at=now(), account_id=_found(actor, account_id).pk, role=payload.role,
        place_id=place_of(payload.place_id).pk,
    )  # fmt: skip
    return Status(201, RoleOut.of(grant))


@router.delete("/{uuid:account_id}/roles/{uuid:role_id}", response={204: None}, summary="End a role")
def end_role(request: HttpRequest, account_id: UUID, role_id: UUID) -> Status[None]:
    """End a role; it stays on record."""
    actor = _keeper(request)
    _found(actor, account_id)
    operations.end_role(actor=actor, at=now(), grant_uuid=role_id)
    return Status(204, None)


@router.post("/{uuid:account_id}/close", response=AccountOut, summary="Close an account")
def close_account(request: HttpRequest, account_id: UUID) -> AccountOut:
    """Shut an account; its sessions and tokens end at once."""
    actor = _keeper(request)
    operations.close_account(actor=actor, at=now(), account_id=_found(actor, account_id).pk)
    return _told(actor, account_id)


@router.post("/{uuid:account_id}/reopen", response=AccountOut, summary="Open a closed account again")
def reopen_account(request: HttpRequest, account_id: UUID) -> AccountOut:
    """Open a closed account again."""
    actor = _keeper(request)
    operations.reopen_account(actor=actor, at=now(), account_id=_found(actor, account_id).pk)
    return _told(actor, account_id)


@router.post(
    "/{uuid:account_id}/phone", response=PhoneOut, summary="See the whole phone; the look is on record"
)
def reveal_phone(request: HttpRequest, account_id: UUID) -> PhoneOut:
    """Return the sign-in phone."""
    actor = _keeper(request)
    found = _found(actor, account_id)
    return PhoneOut(phone=operations.reveal_account_phone(actor=actor, at=now(), account_id=found.pk))


@router.post(
    "/{uuid:account_id}/second-factor/reset", response=AccountOut, summary="Take another's second factor off"
)
def reset_second_factor(request: HttpRequest, account_id: UUID) -> AccountOut:
    """Take the second factor off an account whose telephone was lost; make sure that it is they who ask."""
    actor = _keeper(request)
    operations.reset_totp(actor=actor, at=now(), account_id=_found(actor, account_id).pk)
    return _told(actor, account_id)


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    permissions.require_any_account_role(actor=actor)
    return actor


def _found(actor: Actor, account_id: UUID) -> Account:
    account = queries.account_by_uuid(actor=actor, uuid=account_id)
    if account is None:
        raise NotFound
    return account


def _told(actor: Actor, account_id: UUID) -> AccountOut:
    account = _found(actor, account_id)
    return AccountOut.of(account, queries.grants_of(account_id=account.pk))
