"""Entering an order for a resident who asks in person, by telephone or on paper (R-O3): find, choose, done."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
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
from sidan.orders.forms.console import EnterForm, NewResidentForm
from sidan.orders.operations import Contact, Wish, place_order_for
from sidan.orders.permissions import require_any_entering
from sidan.people.enums import DISPATCHING_ROLES, ENTERING_ROLES
from sidan.people.models import Person
from sidan.people.operations import write_down_resident

SERVICES_SHOWN: Final = 12
TYPED: Final = 60


@require_safe
@staff_page(require_any_entering)
def find(request: HttpRequest) -> HttpResponse:
    """Find the resident by telephone or name."""
    text = request.GET.get("q", "")[:TYPED]
    found = queries.residents_found(text=text) if text.isprintable() else []
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
            return go_to(request, reverse("orders:enter_for", args=[person.uuid]))
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
    actor, at, person = actor_of(request), now(), queries.resident_by_uuid(uuid=uuid)
    form = EnterForm(request.POST if request.method == "POST" else None, at=at, person=person)
    if request.method == "POST" and form.is_valid() and form.wish is not None:
        try:
            order = place_order_for(actor=actor, at=at, wish=_wish(form), person=person)
        except REFUSALS as error:
            put_errors(form, error)
        else:
            number = format_number(order.number)
            messages.success(
                request,
                _("The order has arrived. Its number, to read out: %(number)s") % {"number": number},
            )
            return go_to(request, _after(actor, order.uuid))
    context = {"form": form, "person": person, "at": at, **_services(request, person)}
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
        project_uuid=data["service"], wished_from=begins, wished_to=ends, need=data["need"], contact=contact
    )


def _after(actor: Actor, order_uuid: UUID) -> str:
    """Lead dispatchers to the order, everybody else to the next resident."""
    if actor.roles & DISPATCHING_ROLES:
        return reverse("orders:queue_order", args=[order_uuid])
    return reverse("orders:enter")
