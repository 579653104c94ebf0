"""An order opened by its code: for residents without an account, on any telephone, for half an hour."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.pages import AND_WRITES, REFUSALS, act, put_errors
from sidan.core.phones import mask_phone
from sidan.core.requests import asker_of
from sidan.core.scope import Scope, scoped
from sidan.desk import operations, queries
from sidan.desk.forms import ClaimForm, OrderCodeForm, PhoneForm
from sidan.orders.enums import OrderState, ReviewChannel
from sidan.orders.models import Order
from sidan.orders.operations import review_order_by_code
from sidan.orders.queries import door_code, door_codes, last_review, visit_reports
from sidan.orders.saying import ReviewForm
from sidan.orders.telling import call_now, steps_of, where_it_stands, whom_to_call
from sidan.orders.words import NEXT
from sidan.people.access import address_of, enter_session
from sidan.people.devices import mark_of
from sidan.people.operations import register_known, request_code

KEY = "order_by_code"


@require_http_methods(AND_WRITES)
def code(request: HttpRequest) -> HttpResponse:
    """I have a code: number and code from the paper."""
    initial = {"number": request.GET.get("number", "")[:20]}
    form = OrderCodeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            opened = operations.open_by_code(
                actor=asker_of(request), at=now(), number=data["number"], digits=data["code"],
                address=address_of(request),
            )  # fmt: skip
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            request.session[KEY] = [opened.pk, int(now().timestamp())]
            return go_to(request, reverse("desk:code_order"))
    return render(request, "desk/code.html", {"form": form}, status=422 if form.errors else 200)


def opened_order(request: HttpRequest) -> Order | None:
    """Return the order that this browser opened by its code, as long as that holds."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    opened_at = datetime.fromtimestamp(kept[1], UTC)
    return queries.order_of_code(code_id=kept[0], opened_at=opened_at, at=now())


def _reader(found: Order) -> Actor:
    """Return who reads: the resident of this order, without an account and without any right."""
    return Actor(account_id=None, person_id=found.requester_id)


@require_safe
def order(request: HttpRequest) -> HttpResponse:
    """Where my order stands, and what happened."""
    found = opened_order(request)
    if found is None:
        return go_to(request, reverse("desk:code"))
    with scoped(Scope(person_id=found.requester_id)):
        return _page(request, found, ReviewForm())


def _page(request: HttpRequest, found: Order, form: ReviewForm) -> HttpResponse:
    reader, at = _reader(found), now()
    context = {
        "order": found,
        "calls": whom_to_call(found, review=last_review(order=found)),
        "stands": where_it_stands(found, at=at),
        "next_step": NEXT.get(found.state, ""),
        "codes": door_codes(order=found, at=at),
        "steps": steps_of(found, reader=reader),
        "reports": visit_reports(order=found, reader=reader),
        "form": form if found.state == OrderState.DONE else None,
    }
    return render(request, "desk/code_order.html", context, status=422 if form.errors else 200)


@require_GET
def door(request: HttpRequest) -> HttpResponse:
    """The digits for the door alone, fetched anew; once the visit or the half hour is over the page is loaded again."""
    found = opened_order(request)
    each = None
    if found is not None:
        with scoped(Scope(person_id=found.requester_id)):
            each = door_code(order=found, at=now(), part=request.GET.get("part", ""))
    if each is None:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = {"each": each, "fresh_url": request.path, "page_url": reverse("desk:code_order")}
    return render(request, "orders/portal/_code.html", context)


@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """Say how it was, by the code on the paper."""
    found = opened_order(request)
    if found is None:
        return go_to(request, reverse("desk:code"))
    form = ReviewForm(request.POST)
    is_whole = form.is_valid()
    with scoped(Scope(person_id=found.requester_id)):
        if found.state == OrderState.DONE and not is_whole:
            return _page(request, found, form)
        if found.state != OrderState.DONE and (calls := call_now(form.words_heard)):
            messages.error(request, calls)
        return act(
            request, url=reverse("desk:code_order"), done=_("Thank you. Your word helps the next one."),
            write=lambda: review_order_by_code(
                at=now(), order=found, said=form.said(), channel=ReviewChannel.PAPER, device=mark_of(request)
            ),
        )  # fmt: skip


@require_http_methods(AND_WRITES)
def claim(request: HttpRequest) -> HttpResponse:
    """Take the order into an account of one's own, proven by the telephone that the office knows."""
    found = opened_order(request)
    if found is None:
        return go_to(request, reverse("desk:code"))
    known = mask_phone(str(found.requester.contact_phone or ""))
    if request.method == "POST" and "code" in request.POST and "again" not in request.POST:
        return _take(request, found, known)
    form = PhoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["phone"]
        try:
            request_code(actor=asker_of(request), at=now(), phone=number, address=address_of(request))
        except REFUSALS as refusal:
            put_errors(form, refusal, field="phone")
        else:
            return _claim_page(request, ClaimForm(initial={"phone": number}), known)
    return _claim_page(request, form, known)


def _take(request: HttpRequest, found: Order, known: str) -> HttpResponse:
    form = ClaimForm(request.POST)
    if form.is_valid():
        at = now()
        try:
            account = register_known(
                actor=asker_of(request), at=at, person_id=found.requester_id, **form.cleaned_data
            )
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            request.session.pop(KEY, None)
            enter_session(request, account_id=account.pk, at=at)
            return go_to(request, reverse("orders:order", args=[found.number]))
    return _claim_page(request, form, known)


def _claim_page(request: HttpRequest, form: PhoneForm, known: str) -> HttpResponse:
    words = _("Send me a code") if not isinstance(form, ClaimForm) else _("Keep it in my account")
    context = {"form": form, "known": known, "submit": words}
    return render(request, "desk/claim.html", context, status=422 if form.errors else 200)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close it: the next person at this device sees nothing."""
    request.session.pop(KEY, None)
    return go_to(request, "/")
