"""The door: signing in by password or code, the second factor, registering, signing out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sidan.core.clock import now
from sidan.core.errors import DomainError, Invalid
from sidan.core.htmx import go_to
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors, safe_next
from sidan.core.requests import asker_of
from sidan.people import access, devices, operations
from sidan.people.enums import STAFF_ROLES
from sidan.people.forms.doors import (
    AskForCodeForm,
    CodeSignInForm,
    PasswordSignInForm,
    RegisterForm,
    TotpForm,
)
from sidan.people.queries import actor_for_account
from sidan.people.views.shared import homes_near


@sensitive_post_parameters("password")
@require_http_methods(AND_WRITES)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by phone number and password."""
    was_idle = request.session.pop(access.IDLE_KEY, None)
    if asker_of(request).is_signed_in and request.method != "POST":
        return redirect(_home_of(request))
    form = PasswordSignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            signed_in = operations.sign_in_with_password(
                actor=asker_of(request), at=now(), phone=data["phone"], password=data["password"],
                address=access.address_of(request),
            )  # fmt: skip
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            return _enter(request, signed_in)
    context = {"form": form, "next": safe_next(request, ""), "was_idle": was_idle, "tab": "password"}
    return render(request, "people/sign_in.html", context, status=_status(form))


@require_http_methods(AND_WRITES)
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Sign in by a code: first the number, then the code that came; both on one address."""
    if request.method == "POST" and "code" in request.POST and "again" not in request.POST:
        return _take_code(request)
    form = AskForCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.request_code(
                actor=asker_of(request), at=now(), phone=form.cleaned_data["phone"],
                address=access.address_of(request),
            )  # fmt: skip
        except DomainError as refusal:
            put_errors(form, refusal)
        else:
            return _code_page(request, CodeSignInForm(initial={"phone": form.cleaned_data["phone"]}))
    context = {"form": form, "next": safe_next(request, ""), "tab": "code"}
    return render(request, "people/sign_in.html", context, status=_status(form))


def _take_code(request: HttpRequest) -> HttpResponse:
    form = CodeSignInForm(request.POST)
    if form.is_valid():
        try:
            signed_in = operations.sign_in_with_code(actor=asker_of(request), at=now(), **form.cleaned_data)
        except operations.PhoneNotRegistered as refusal:
            messages.info(request, str(refusal))
            known = {"phone": form.cleaned_data["phone"], "code": form.cleaned_data["code"]}
            return _register_page(
                request, RegisterForm(initial=known, places=homes_near(request)), asked=True
            )
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            return _enter(request, signed_in)
    return _code_page(request, form)


@require_http_methods(AND_WRITES)
def sign_in_totp(request: HttpRequest) -> HttpResponse:
    """Take the second factor of who has shown the first."""
    at = now()
    account_id = access.pending_account(request, at=at)
    if account_id is None:
        return redirect("people:sign_in")
    form = TotpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            operations.use_totp(account_id=account_id, at=at, code=code, address=access.address_of(request))
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            operations.note_sign_in(actor=asker_of(request), at=at, account_id=account_id)
            return _open(request, account_id)
    context = {"form": form, "next": safe_next(request, "")}
    return render(request, "people/sign_in_totp.html", context, status=_status(form))


@sensitive_post_parameters("password")
@require_http_methods(AND_WRITES)
def register(request: HttpRequest) -> HttpResponse:
    """Register oneself: a code proves the telephone, then a name and where one lives."""
    places = homes_near(request)
    if request.method != "POST":
        return _register_page(request, AskForCodeForm(), asked=False)
    if "name" not in request.POST or "again" in request.POST:
        return _send_code_to_register(request)
    form = RegisterForm(request.POST, places=places)
    if form.is_valid():
        data = form.cleaned_data
        try:
            account = operations.register_resident(
                actor=asker_of(request), at=now(), phone=data["phone"], code=data["code"], name=data["name"],
                home_place_id=data["place"].pk, password=data["password"],
            )  # fmt: skip
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("Welcome, %(name)s. You can order now.") % {"name": data["name"]})
            return _open(request, account.pk)
    return _register_page(request, form, asked=True)


def _send_code_to_register(request: HttpRequest) -> HttpResponse:
    form = AskForCodeForm(request.POST)
    if form.is_valid():
        phone = form.cleaned_data["phone"]
        try:
            operations.request_code(
                actor=asker_of(request), at=now(), phone=phone, address=access.address_of(request)
            )
        except DomainError as refusal:
            put_errors(form, refusal)
        else:
            filled = RegisterForm(initial={"phone": phone}, places=homes_near(request))
            return _register_page(request, filled, asked=True)
    return _register_page(request, form, asked=False)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; the session is gone on this device and in the database."""
    operations.note_sign_out(actor=asker_of(request), at=now())
    access.leave_session(request)
    messages.success(request, _("You are signed out."))
    return go_to(request, "/")


def _enter(request: HttpRequest, signed_in: operations.SignedIn) -> HttpResponse:
    if signed_in.needs_totp:
        access.await_second_factor(request, account_id=signed_in.account_id, at=now())
        onward = safe_next(request, "")
        return redirect(reverse("people:sign_in_totp") + (f"?next={onward}" if onward else ""))
    return _open(request, signed_in.account_id)


def _open(request: HttpRequest, account_id: int) -> HttpResponse:
    at, mark = now(), devices.mark_of(request) or devices.new_mark()
    access.enter_session(request, account_id=account_id, at=at)
    operations.note_device(at=at, account_id=account_id, mark=mark)
    response = go_to(request, safe_next(request, _home_for(account_id)))
    devices.leave_mark(response, mark=mark)
    return response


def _home_for(account_id: int) -> str:
    actor = actor_for_account(account_id)
    return "/console/" if actor and (actor.roles & STAFF_ROLES or actor.led_team_ids) else "/"


def _home_of(request: HttpRequest) -> str:
    return safe_next(request, _home_for(asker_of(request).account_id or 0))


def _code_page(request: HttpRequest, form: CodeSignInForm) -> HttpResponse:
    context = {"form": form, "next": safe_next(request, ""), "minutes": operations.CODE_MINUTES}
    return render(request, "people/sign_in_code.html", context, status=_status(form))


def _register_page(request: HttpRequest, form: AskForCodeForm | RegisterForm, *, asked: bool) -> HttpResponse:
    context = {"form": form, "asked": asked, "next": safe_next(request, "")}
    return render(request, "people/register.html", context, status=_status(form))


def _status(form: AskForCodeForm | CodeSignInForm | PasswordSignInForm | RegisterForm | TotpForm) -> int:
    """Return 422 for a form that was refused, so that a program sees what a person reads."""
    return Invalid.status if form.is_bound and form.errors else 200
