"""Accounts and roles in the console."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.htmx import go_to
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, list_view, query_of, rows_a_page
from sidan.core.pages import AND_WRITES, REFUSALS, act, put_errors
from sidan.core.phones import format_phone
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.people import operations, permissions, queries
from sidan.people.enums import GRANTING_ROLES, OPENING_ROLES, WORKING_ROLES, Role
from sidan.people.forms.staff import AccountForm, GrantForm
from sidan.people.models import Account, RoleGrant
from sidan.people.views.shared import Question, ask_or_act, places_below

EXPORT_CHUNK: Final = 500
COLUMNS: Final = (
    Column("name", _lazy("Name"), up="name", down="-name", is_fixed=True),
    Column("phone", _lazy("Phone")),
    Column("roles", _lazy("Roles")),
    Column("seen", _lazy("Last sign-in")),
    Column("state", _lazy("State")),
)


def _keeper(request: HttpRequest) -> Actor:
    """Return who looks after accounts somewhere."""
    actor = actor_of(request)
    permissions.require_any_account_role(actor=actor)
    return actor


def _wanted(request: HttpRequest) -> queries.AccountFilter:
    role, state = request.GET.get("role", ""), request.GET.get("state", "")
    return queries.AccountFilter(
        query=query_of(request),
        role=role if role in Role.values else "",
        state=state if state in {"open", "closed"} else "",
        # The list begins with those who work here; residents are found by searching.
        staff=not query_of(request),
    )


@require_safe
@keeps_views
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts of the own subtree."""
    actor, wanted = _keeper(request), _wanted(request)
    sort = asked_sort(request, columns=COLUMNS, default="name")
    page = queries.account_page_of(
        actor=actor, wanted=wanted, sort=sort, cursor=request.GET.get("cursor"), limit=rows_a_page(request)
    )
    roles = queries.roles_by_account(account_ids=[account.pk for account in page.items])
    states = [("open", pgettext("account", "Open")), ("closed", pgettext("account", "Closed"))]
    context = {
        "rows": [
            (account, queries.masked_sign_in_phone(account), roles.get(account.pk, []), _state_of(account))
            for account in page.items
        ],
        "next_cursor": page.next_cursor,
        "list": list_view(
            request, columns=COLUMNS, sort=sort, rows=queries.accounts(actor=actor, wanted=wanted)
        ),
        "query": wanted.query,
        "role_chips": filter_chips(
            request, name="role", choices=list(Role.choices), everything=_("Any role")
        ),
        "state_chips": filter_chips(request, name="state", choices=states, everything=_("Open and closed")),
        "is_filtered": bool(wanted.query or wanted.role or wanted.state),
        "may_open": bool(actor.roles & OPENING_ROLES),
    }
    return render(request, "people/accounts.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a table; phones stay masked, and that it was taken away is written down."""
    actor, wanted = _keeper(request), _wanted(request)

    def rows() -> Iterator[list[object]]:
        found = queries.accounts(actor=actor, wanted=wanted).order_by("id")
        for account in found.prefetch_related("grants__place").iterator(chunk_size=EXPORT_CHUNK):
            roles = [
                f"{grant.get_role_display()} ({grant.place.shown_short})"
                for grant in account.grants.all()
                if grant.ended_at is None
            ]
            yield [
                account.person.name, queries.masked_sign_in_phone(account), "; ".join(roles),
                pgettext("account", "Open") if account.is_active else pgettext("account", "Closed"),
                account.last_login or "",
            ]  # fmt: skip

    header = [_("Name"), _("Phone"), _("Roles"), _("State"), _("Last sign-in")]
    record(actor=actor, at=now(), verb="people.accounts_exported", subject=("accounts", None))
    return table_response(request, name="accounts", header=header, rows=rows())


@sensitive_post_parameters("password")
@require_http_methods(AND_WRITES)
def new_account(request: HttpRequest) -> HttpResponse:
    """Open an account for a colleague or a neighbour."""
    actor = _keeper(request)
    permissions.require_any_opening_role(actor=actor)
    form = AccountForm(request.POST or None, places=places_below(actor, OPENING_ROLES))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            account = operations.open_account(
                actor=actor, at=now(), phone=data["phone"], name=data["name"], home_place_id=data["place"].pk,
                password=data["password"],
            )  # fmt: skip
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The account is open. Grant a role next, if it is for staff."))
            return go_to(request, _page_of(account))
    context = {
        "form": form, "heading": _("New account"), "submit": _("Open the account"),
        "back_url": reverse("people:accounts"),
    }  # fmt: skip
    return render(request, "people/form.html", context, status=422 if form.is_bound and form.errors else 200)


@require_safe
def account(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One account with its roles, now and before."""
    actor = _keeper(request)
    return _account_page(request, actor, _found(actor, uuid), form=_grant_form(actor))


@require_POST
def show_phone(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same page with the whole phone; who looked is on record."""
    actor = _keeper(request)
    found = _found(actor, uuid)
    phone = operations.reveal_account_phone(actor=actor, at=now(), account_id=found.pk)
    return _account_page(request, actor, found, form=_grant_form(actor), shown_phone=format_phone(phone))


@require_POST
def grant(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Grant a role at a place."""
    actor = _keeper(request)
    found, form = _found(actor, uuid), _grant_form(actor, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        return act(
            request, url=_page_of(found), done=_("The role is granted."),
            write=lambda: operations.grant_role(
                actor=actor, at=now(), account_id=found.pk, role=data["role"], place_id=data["place"].pk
            ),
        )  # fmt: skip
    return _account_page(request, actor, found, form=form, status=422)


@require_http_methods(AND_WRITES)
def end_grant(request: HttpRequest, uuid: UUID, grant_uuid: UUID) -> HttpResponse:
    """End a role."""
    actor = _keeper(request)
    found = _found(actor, uuid)
    _require_granting(actor, found, grant_uuid)
    question = Question(
        _("End this role of %(name)s?") % {"name": found.person.name},
        _("It ends at once. It can be granted again."),
        _("Yes, end it"),
        danger=True,
    )
    return ask_or_act(
        request, question=question, back_url=_page_of(found), done=_("The role has ended."),
        write=lambda: operations.end_role(actor=actor, at=now(), grant_uuid=grant_uuid),
    )  # fmt: skip


@require_http_methods(AND_WRITES)
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Shut an account."""
    actor = _keeper(request)
    found = _in_hand(actor, uuid)
    question = Question(
        _("Close the account of %(name)s?") % {"name": found.person.name},
        _("They are signed out everywhere at once and cannot sign in. What they did stays on record."),
        _("Yes, close it"),
        danger=True,
    )
    return ask_or_act(
        request, question=question, back_url=_page_of(found), done=_("The account is closed."),
        write=lambda: operations.close_account(actor=actor, at=now(), account_id=found.pk),
    )  # fmt: skip


@require_http_methods(AND_WRITES)
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open a closed account again."""
    actor = _keeper(request)
    found = _in_hand(actor, uuid)
    question = Question(
        _("Open the account of %(name)s again?") % {"name": found.person.name},
        _("They can sign in again, with the roles that were not ended."),
        _("Yes, open it"),
    )
    return ask_or_act(
        request, question=question, back_url=_page_of(found), done=_("The account is open again."),
        write=lambda: operations.reopen_account(actor=actor, at=now(), account_id=found.pk),
    )  # fmt: skip


@require_http_methods(AND_WRITES)
def reset_totp(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the second factor off an account whose telephone was lost."""
    actor = _keeper(request)
    found = _in_hand(actor, uuid)
    question = Question(
        _("Take the second factor off the account of %(name)s?") % {"name": found.person.name},
        _("Make sure that it is really they who ask: call them back, or let them come in person."),
        _("Yes, take it off"),
        danger=True,
    )
    return ask_or_act(
        request, question=question, back_url=_page_of(found), done=_("The second factor is off."),
        write=lambda: operations.reset_totp(actor=actor, at=now(), account_id=found.pk),
    )  # fmt: skip


def _may_end(actor: Actor, grant: RoleGrant) -> bool:
    """Tell whether the actor is shown the way to end a grant: nobody ends their own."""
    return (
        grant.ended_at is None
        and grant.account_id != actor.account_id
        and permissions.may_grant(actor=actor, role=grant.role, place_id=grant.place_id)
    )


def _account_page(
    request: HttpRequest,
    actor: Actor,
    found: Account,
    *,
    form: GrantForm,
    shown_phone: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "account": found,
        "state": _state_of(found),
        "phone": shown_phone or queries.masked_sign_in_phone(found),
        "is_shown": bool(shown_phone),
        "grants": [(grant, _may_end(actor, grant)) for grant in queries.grants_of(account_id=found.pk)],
        "form": form if actor.roles & GRANTING_ROLES and found.pk != actor.account_id else None,
        "is_own": found.pk == actor.account_id,
        "has_totp": bool(found.totp_secret),
        "may_open": permissions.has_power_over_account(
            actor=actor,
            account_id=found.pk,
            place_id=found.person.home_place_id,
            roles=queries.roles_now(account_id=found.pk),
        ),
    }
    return render(request, "people/account.html", context, status=status)


def _grant_form(actor: Actor, data: Any = None) -> GrantForm:
    """Offer only what the actor may grant; the operation checks again."""
    is_security = Role.SECURITY_ADMIN in actor.roles
    roles = [(code, label) for code, label in Role.choices if is_security or code in WORKING_ROLES]
    return GrantForm(data, places=places_below(actor, GRANTING_ROLES), roles=roles)


def _found(actor: Actor, uuid: UUID) -> Account:
    found = queries.account_by_uuid(actor=actor, uuid=uuid)
    if found is None:
        raise NotFound
    return found


def _in_hand(actor: Actor, uuid: UUID) -> Account:
    """Return an account that the actor may close: who may not answer is not asked."""
    found = _found(actor, uuid)
    permissions.require_power_over_account(
        actor=actor,
        account_id=found.pk,
        place_id=found.person.home_place_id,
        roles=queries.roles_now(account_id=found.pk),
    )
    return found


def _require_granting(actor: Actor, account: Account, grant_uuid: UUID) -> None:
    """Ask only who may answer. Raises NotFound, MayNotGrant, NotForYourself."""
    held = next((held for held in queries.grants_of(account_id=account.pk) if held.uuid == grant_uuid), None)
    if held is None:
        raise NotFound
    permissions.require_granting(actor=actor, account_id=account.pk, role=held.role, place_id=held.place_id)


def _state_of(account: Account) -> str:
    return "open" if account.is_active else "closed"


def _page_of(account: Account) -> str:
    return reverse("people:account", args=[account.uuid])
