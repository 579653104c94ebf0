"""My e-mail address: asked for, confirmed by a code, taken away."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sidan.core.clock import now
from sidan.core.errors import DomainError, Invalid
from sidan.core.htmx import go_to
from sidan.core.pages import AND_WRITES, REFUSALS, act, put_errors
from sidan.core.requests import actor_of
from sidan.people import operations, queries
from sidan.people.forms.own import EmailCodeForm, EmailForm
from sidan.people.permissions import require_signed_in


@require_http_methods(AND_WRITES)
def email(request: HttpRequest) -> HttpResponse:
    """The address, a box to have a code sent to another, and one for the code; all on one address."""
    if request.method == "POST" and "code" in request.POST:
        return _confirm(request)
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.request_email_code(actor=actor_of(request), at=now(), email=form.cleaned_data["email"])
        except DomainError as refusal:
            # Also that this installation sends no e-mail.
            put_errors(form, refusal)
        else:
            return go_to(request, request.path)
    return _page(request, ask=form, code=EmailCodeForm())


def _confirm(request: HttpRequest) -> HttpResponse:
    form = EmailCodeForm(request.POST)
    if form.is_valid():
        try:
            operations.confirm_email(actor=actor_of(request), at=now(), code=form.cleaned_data["code"])
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The address is confirmed. Messages are also sent to it."))
            return go_to(request, request.path)
    return _page(request, ask=EmailForm(), code=form)


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take the address away."""
    return act(
        request,
        url=reverse("people:email"),
        done=_("The address is taken away. Nothing is sent by e-mail any more."),
        write=lambda: operations.remove_email(actor=actor_of(request), at=now()),
    )


def _page(request: HttpRequest, *, ask: Form, code: Form) -> HttpResponse:
    account_id, _person_id = require_signed_in(actor=actor_of(request))
    waiting = queries.email_code_waiting(account_id=account_id, at=now())
    if waiting is None and code.is_bound:
        # Its own box is gone with the code that ran out.
        for sentence in code.errors.get("code", ()):
            messages.error(request, str(sentence))
    if waiting is not None and not ask.is_bound:
        # A new code goes to the same address with one tap.
        ask = EmailForm(initial={"email": waiting.email})
    context = {
        "email": queries.own_account(account_id=account_id).email,
        "waiting": waiting.email if waiting else "",
        "ask": ask,
        "code": code,
        "minutes": operations.CODE_MINUTES,
    }
    is_refused = any(form.is_bound and form.errors for form in (ask, code))
    return render(request, "people/email.html", context, status=Invalid.status if is_refused else 200)
