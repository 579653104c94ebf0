"""My page: who I am here, how I read, how I sign in, and my offer to serve."""

from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.core.clock import now
from sidan.core.emails import mask_email
from sidan.core.htmx import go_to
from sidan.core.pages import AND_WRITES, REFUSALS, act, put_errors, safe_next
from sidan.core.requests import actor_of
from sidan.notify.channels import sends_to
from sidan.notify.enums import Address
from sidan.people import access, operations, queries
from sidan.people.enums import STAFF_ROLES, TOTP_ROLES
from sidan.people.forms.doors import ConfirmTotpForm, TotpForm
from sidan.people.forms.own import ContactForm, LookForm, PasswordForm, VolunteerSelfForm
from sidan.people.permissions import require_signed_in
from sidan.people.views.shared import Question, ask_or_act, homes_near


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Everything that is mine, in one place."""
    actor = actor_of(request)
    account_id, person_id = require_signed_in(actor=actor)
    account = queries.own_account(account_id=account_id)
    context = {
        "account": account,
        "email": mask_email(account.email),
        "grants": [grant for grant in queries.grants_of(account_id=account_id) if grant.ended_at is None],
        "volunteer": queries.volunteer_of_person(person_id=actor.person_id),
        "memberships": queries.teams_of_person(person_id=person_id),
        "is_staff": bool(actor.roles & STAFF_ROLES) or bool(actor.led_team_ids),
        "sends_email": sends_to(Address.EMAIL),
    }
    return render(request, "people/me.html", context)


@require_http_methods(AND_WRITES)
def settings_page(request: HttpRequest) -> HttpResponse:
    """Language, large print, colours: kept with the account, so every device of mine reads so."""
    actor = actor_of(request)
    account_id, _person_id = require_signed_in(actor=actor)
    account = queries.own_account(account_id=account_id)
    initial = {
        "language": account.language, "size": "large" if account.large_print else "normal", "theme": account.theme,
    }  # fmt: skip
    form = LookForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        operations.choose_look(
            actor=actor, language=data["language"], large_print=data["size"] == "large", theme=data["theme"]
        )
        messages.success(request, _("The changes are kept."))
        response = go_to(request, request.path)
        # What this device had chosen for itself would win over what was just set.
        for cookie in (settings.LANGUAGE_COOKIE_NAME, "sidan_size", "sidan_theme"):
            response.delete_cookie(cookie, samesite="Lax")
        return response
    context = {
        "form": form, "account": account, "has_password": account.has_usable_password(),
        "tokens": queries.tokens_of(account_id=account.pk, at=now()),
        "may_have_totp": bool(actor.roles & STAFF_ROLES) or bool(account.totp_secret),
    }  # fmt: skip
    return render(request, "people/settings.html", context)


@require_http_methods(AND_WRITES)
def contact(request: HttpRequest) -> HttpResponse:
    """My name, contact phone, address and place."""
    actor = actor_of(request)
    account_id, _person_id = require_signed_in(actor=actor)
    person = queries.own_account(account_id=account_id).person
    places = homes_near(request, near=person.home_place)
    initial = {
        "name": person.name, "contact_phone": person.contact_phone, "address": person.address,
        "place": person.home_place.uuid if person.home_place else None,
    }  # fmt: skip
    form = ContactForm(request.POST or None, initial=initial, places=places)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            operations.edit_own_contact(
                actor=actor, at=now(), name=data["name"], contact_phone=data["contact_phone"],
                address=data["address"], home_place_id=data["place"].pk,
            )  # fmt: skip
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The changes are kept."))
            return go_to(request, safe_next(request, "/me/"))
    return _form_page(request, form, heading=_("My details"), submit=_("Keep"))


@sensitive_post_parameters()
@require_http_methods(AND_WRITES)
def password(request: HttpRequest) -> HttpResponse:
    """Change my password, or choose my first."""
    actor = actor_of(request)
    account_id, _person_id = require_signed_in(actor=actor)
    account = queries.own_account(account_id=account_id)
    form = PasswordForm(request.POST or None, has_password=account.has_usable_password())
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_password(actor=actor, at=now(), **form.cleaned_data)
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            # The change ended every session; this one goes on.
            access.enter_session(request, account_id=account.pk, at=now())
            messages.success(request, _("The new password is set. Other devices are signed out."))
            return go_to(request, "/me/settings/")
    return _form_page(
        request, form, heading=_("Password"), submit=_("Set the password"), back="/me/settings/"
    )


@require_http_methods(AND_WRITES)
def totp(request: HttpRequest) -> HttpResponse:
    """Set up the second factor with an authenticator app."""
    actor = actor_of(request)
    account_id, _person_id = require_signed_in(actor=actor)
    if queries.own_account(account_id=account_id).totp_secret:
        return render(request, "people/totp_set.html", {"form": TotpForm()})
    form = ConfirmTotpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.confirm_totp(actor=actor, at=now(), **form.cleaned_data)
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("Two factors protect your account from now on."))
            return go_to(request, "/me/settings/")
    return _totp_page(request, form)


def _totp_page(request: HttpRequest, form: ConfirmTotpForm) -> HttpResponse:
    actor = actor_of(request)
    kept = form.data.get("secret", "") if form.is_bound and "secret" not in form.errors else ""
    offer = operations.totp_offer_of(actor=actor, secret=kept) if kept else operations.offer_totp(actor=actor)
    form.initial["secret"] = offer.secret
    picture = segno.make(offer.address, error="m").svg_inline(scale=5, border=3, dark="#000", light="#fff")
    spoken = " ".join(offer.secret[start : start + 4] for start in range(0, len(offer.secret), 4))
    is_compulsory = settings.REQUIRE_TOTP and bool(actor.roles & TOTP_ROLES)
    context = {"form": form, "picture": picture, "secret": spoken, "is_compulsory": is_compulsory}
    return render(request, "people/totp.html", context)


@require_POST
def remove_totp(request: HttpRequest) -> HttpResponse:
    """Take the second factor off, with a last code from it."""
    form = TotpForm(request.POST)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    return act(
        request,
        url="/me/totp/",
        done=_("The second factor is off."),
        write=lambda: operations.remove_own_totp(
            actor=actor_of(request), at=now(), code=code, address=access.address_of(request)
        ),
    )


@require_POST
def revoke_token(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End a token of mine."""
    return act(
        request,
        url="/me/settings/",
        done=_("The token is revoked."),
        write=lambda: operations.revoke_token(actor=actor_of(request), at=now(), uuid=uuid),
    )


@require_http_methods(AND_WRITES)
def volunteer(request: HttpRequest) -> HttpResponse:
    """Offer to serve, or change what I offer."""
    actor = actor_of(request)
    present = queries.volunteer_of_person(person_id=actor.person_id)
    is_new = present is None or present.state == "left"
    initial: dict[str, Any] = {}
    if present is not None:
        initial = {"place": present.place.uuid, "skills": present.skills, "free_time": present.free_time}
    form = VolunteerSelfForm(request.POST or None, initial=initial, places=homes_near(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {"place_id": data["place"].pk, "skills": data["skills"], "free_time": data["free_time"]}
        try:
            if present is None or is_new:
                operations.apply_as_volunteer(actor=actor, at=now(), **given)
            else:
                operations.edit_volunteer(actor=actor, at=now(), uuid=present.uuid, **given)
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(
                request,
                _("Thank you. Your station will look at it soon.") if is_new else _("The changes are kept."),
            )
            return go_to(request, "/me/")
    heading = _("Become a volunteer") if is_new else _("My offer to serve")
    return _form_page(request, form, heading=heading, submit=_("Send") if is_new else _("Keep"))


@require_http_methods(AND_WRITES)
def pause(request: HttpRequest) -> HttpResponse:
    """Rest from serving for a while."""
    question = Question(
        _("Take a rest?"), _("You will not be asked to serve until you come back."), _("Yes, take a rest")
    )
    return _own_step(request, question, _("You are resting now."), operations.pause_volunteer)


@require_http_methods(AND_WRITES)
def resume(request: HttpRequest) -> HttpResponse:
    """Serve again after a rest."""
    question = Question(_("Serve again?"), _("Your teams can ask you to serve again."), _("Yes"))
    return _own_step(request, question, _("Welcome back."), operations.resume_volunteer)


@require_http_methods(AND_WRITES)
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the roll of volunteers."""
    question = Question(
        _("Leave the roll of volunteers?"),
        _("Your hours and what you did stay on record. You may apply again at any time."),
        _("Yes, leave"),
        danger=True,
    )
    return _own_step(
        request, question, _("You have left the roll. Thank you."), operations.leave_as_volunteer
    )


def _own_step(request: HttpRequest, question: Question, done: str, door: Any) -> HttpResponse:
    actor = actor_of(request)
    present = queries.volunteer_of_person(person_id=actor.person_id)
    if present is None:
        return redirect("people:become_volunteer")
    return ask_or_act(
        request, question=question, back_url="/me/", done=done,
        write=lambda: door(actor=actor, at=now(), uuid=present.uuid),
    )  # fmt: skip


def _form_page(
    request: HttpRequest, form: Any, *, heading: str, submit: str, back: str = "/me/"
) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit": submit, "back_url": back}
    return render(
        request, "people/own_form.html", context, status=422 if form.is_bound and form.errors else 200
    )
