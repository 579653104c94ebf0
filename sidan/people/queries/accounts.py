"""Accounts of a subtree, for those who look after them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from sidan.core.actor import Actor
from sidan.core.pagination import Page, keyset_page
from sidan.core.phones import mask_phone
from sidan.core.search import search_q
from sidan.people.enums import ACCOUNT_ROLES
from sidan.people.models import Account, ApiToken, EmailCode, RoleGrant
from sidan.people.permissions import is_system
from sidan.people.queries.finding import of_phone
from sidan.places.queries import within

SORTS = {"name": "name_key", "-name": "-name_key", "newest": "-id"}


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """What a list of accounts was asked for; `state` is open or closed."""

    query: str = ""
    role: str = ""
    state: str = ""
    staff: bool = False
    """Only accounts that hold some role now."""


def accounts(*, actor: Actor, wanted: AccountFilter) -> QuerySet[Account]:
    """Return the accounts in the subtrees the actor looks after: by home place, or by a role held there."""
    rows = Account.objects.select_related("person", "person__home_place")
    rows = rows.annotate(name_key=F("person__pinyin"))
    now_held = RoleGrant.objects.filter(account=OuterRef("pk"), ended_at=None)
    if not is_system(actor):
        roots = actor.places_where(ACCOUNT_ROLES)
        held_here = now_held.filter(within(field="place", root_ids=roots))
        rows = rows.filter(within(field="person__home_place", root_ids=roots) | Exists(held_here))
    if wanted.role:
        rows = rows.filter(Exists(now_held.filter(role=wanted.role)))
    elif wanted.staff:
        rows = rows.filter(Exists(now_held))
    if wanted.state:
        rows = rows.filter(is_active=wanted.state != "closed")
    if wanted.query:
        rows = rows.filter(search_q("person__search", wanted.query) | of_phone("phone_hash", wanted.query))
    return rows


def account_page_of(
    *, actor: Actor, wanted: AccountFilter, sort: str = "name", cursor: str | None = None, limit: int = 50
) -> Page[Account]:
    """Return a page of accounts."""
    rows = accounts(actor=actor, wanted=wanted)
    return keyset_page(rows=rows, sort=SORTS.get(sort, "name_key"), cursor=cursor, limit=limit)


def account_by_uuid(*, actor: Actor, uuid: UUID) -> Account | None:
    """Find an account the actor looks after."""
    return accounts(actor=actor, wanted=AccountFilter()).filter(uuid=uuid).first()


def own_account(*, account_id: int) -> Account:
    """Return one's own account with the person."""
    return Account.objects.select_related("person", "person__home_place").get(pk=account_id)


def email_code_waiting(*, account_id: int, at: datetime) -> EmailCode | None:
    """Return the last code that was sent to an address of an account's own, if it is good still."""
    last = EmailCode.objects.filter(account=account_id).order_by("-sent_at", "-id").first()
    return last if last is not None and last.used_at is None and last.expires_at > at else None


def grants_of(*, account_id: int) -> list[RoleGrant]:
    """Return all grants of an account, those in force first."""
    rows = RoleGrant.objects.filter(account=account_id).select_related("place", "granted_by__person")
    return list(rows.order_by(F("ended_at").desc(nulls_first=True), "-granted_at"))


def roles_now(*, account_id: int) -> frozenset[str]:
    """Return the codes of the roles an account holds, wherever."""
    held = RoleGrant.objects.filter(account=account_id, ended_at=None)
    return frozenset(held.values_list("role", flat=True))


def roles_by_account(*, account_ids: list[int]) -> dict[int, list[RoleGrant]]:
    """Return the roles in force of the accounts of a page: one query."""
    found: dict[int, list[RoleGrant]] = {}
    rows = RoleGrant.objects.filter(account__in=account_ids, ended_at=None).select_related("place")
    for row in rows.order_by("id"):
        found.setdefault(row.account_id, []).append(row)
    return found


def tokens_of(*, account_id: int, at: datetime) -> list[ApiToken]:
    """Return the account's tokens that are good now."""
    rows = ApiToken.objects.filter(account=account_id, revoked_at=None, expires_at__gt=at)
    return list(rows.order_by("-created_at"))


def masked_sign_in_phone(account: Account) -> str:
    """Return the sign-in phone as lists and pages show it."""
    return mask_phone(str(account.phone))
