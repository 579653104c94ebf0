"""Entering an order for a resident who asks in person, by telephone or on paper (R-O3): find, choose, done."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sidan.catalogue.queries import MenuFilter, menu_at
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to, is_fragment
from sidan.core.idempotency import once_per_form
from sidan.core.ids import format_number
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors, staff_page
from sidan.core.requests import actor_of
from sidan.orders import queries
from sidan.orders.enums import Urgency
from sidan.orders.forms.console import EnterForm, NewResidentForm
from sidan.orders.models import Order
from sidan.orders.operations import Contact, Wish, consent_entered, place_order_for
from sidan.orders.permissions import may_handle, require_any_entering
from sidan.people.enums import DISPATCHING_ROLES, ENTERING_ROLES
from sidan.people.models import Person
from sidan.people.operations import write_down_resident
from sidan.people.queries import resident_by_uuid, residents_found

SERVICES_SHOWN: Final = 12
TYPED: Final = 60
LATELY_SHOWN: Final = 3
"""Of what was asked for lately so many stand open below the services; the rest is folded."""


@require_safe
@staff_page(require_any_entering)
def find(request: HttpRequest) -> HttpResponse:
    """Find the resident by telephone or name."""
    text = request.GET.get("q", "")[:TYPED]
    found = residents_found(text=text if text.isprintable() else "")
    context = {"text": text, "people": found}
    piece = "orders/console/_residents.html"
    return render(request, piece if is_fragment(request) else "orders/console/enter_find.html", context)


@require_http_methods(AND_WRITES)
@staff_page(require_any_entering)
@once_per_form
def resident(request: HttpRequest) -> HttpResponse:
    """Write down a resident who is new, and go on with the order."""
    actor = actor_of(request)
    roots = actor.places_where(frozenset(ENTERING_ROLES))
    homes = queries.homes_to_enter(root_ids=roots)
    typed = request.GET.get("q", "")[:TYPED]
    known = {"phone" if typed[:1].isdigit() else "name": typed}
    form = NewResidentForm(request.POST if request.method == "POST" else None, homes=homes, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            person = _write_down(actor, form.cleaned_data)
        except REFUSALS as error:
            put_errors(form, error)
        else:
            onward = f"?{urlencode({'next': target})}" if (target := _begun_at(request)) else ""
            return go_to(request, reverse("orders:enter_for", args=[person.uuid]) + onward)
    return render(
        request, "orders/console/enter_resident.html", {"form": form}, status=422 if form.errors else 200
    )


def _write_down(actor: Actor, data: dict[str, Any]) -> Person:
    return write_down_resident(
        actor=actor, at=now(), name=data["name"], phone=data["phone"], home_place_id=data["home"].pk,
        address=data["address"],
    )  # fmt: skip


@require_http_methods(AND_WRITES)
@staff_page(require_any_entering)
@once_per_form
def enter(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose the service on the menu of the resident's place, the time, and place the order."""
    actor, at, person = actor_of(request), now(), resident_by_uuid(uuid=uuid)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EnterForm(*posted, at=at, person=person)
    if request.method == "POST" and form.is_valid() and form.wish is not None:
        try:
            consent = consent_entered(
                actor=actor, at=at, person=person, way=form.cleaned_data["consent"], picture=form.picture
            )
            order = place_order_for(actor=actor, at=at, wish=_wish(form), person=person, consent=consent)
        except REFUSALS as error:
            put_errors(form, error)
        else:
            number = format_number(order.number)
            messages.success(
                request,
                _("The order has arrived. Its number, to read out: %(number)s") % {"number": number},
            )
            return go_to(request, _after(request, order))
    lately = queries.asked_lately(person_id=person.pk, at=at)
    context = {
        "form": form, "person": person, "at": at, **_services(request, person),
        "asked_lately": [part for part in (lately[:LATELY_SHOWN], lately[LATELY_SHOWN:]) if part],
    }  # fmt: skip
    if is_fragment(request) and request.method == "GET":
        return render(request, "orders/console/_services.html", context)
    return render(request, "orders/console/enter.html", context, status=422 if form.errors else 200)


def _services(request: HttpRequest, person: Person) -> dict[str, Any]:
    """Return what is on the menu where the resident lives, narrowed by words."""
    words = request.GET.get("service_words", "")[:TYPED]
    if person.home_place_id is None:
        return {"cards": [], "total": 0, "service_words": words}
    menu = menu_at(
        place_id=person.home_place_id,
        today=business_date(now()),
        wanted=MenuFilter(words=words),
        limit=SERVICES_SHOWN,
    )
    return {"cards": menu.cards, "total": menu.total, "service_words": words}


def _wish(form: EnterForm) -> Wish:
    data: dict[str, Any] = form.cleaned_data
    begins, ends = form.wish or (now(), now())
    contact = Contact(name=data["name"], phone=data["phone"], address=data["address"])
    return Wish(
        project_uuid=data["service"], wished_from=begins, wished_to=ends, need=data["need"], contact=contact,
        is_private=form.is_to_be_private, organisation=form.organisation,
        urgency=Urgency.URGENT if data["is_urgent"] else Urgency.NORMAL,
    )  # fmt: skip


def _begun_at(request: HttpRequest) -> str:
    """Return the page of the console on which this order was begun, if the address names one."""
    target = request.GET.get("next", "")
    is_ours = target.startswith("/console/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if is_ours else ""


def _after(request: HttpRequest, order: Order) -> str:
    """Lead back to where the order was begun; else who decides about it to the order, others to the next."""
    if target := _begun_at(request):
        return f"{target}?placed={order.uuid}"
    actor = actor_of(request)
    if may_handle(actor=actor, order=order) or (actor.roles & DISPATCHING_ROLES and not order.is_private):
        return reverse("orders:queue_order", args=[order.uuid])
    return reverse("orders:enter")
