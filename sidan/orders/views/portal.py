"""The resident's pages: order, follow, cancel, review."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from sidan.catalogue.enums import Mode, ProjectState
from sidan.catalogue.models import Project
from sidan.catalogue.queries import project_page, rooms_of
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.pagination import keyset_page
from sidan.core.requests import actor_of
from sidan.orders import queries
from sidan.orders.enums import CANCELLABLE, CHANGEABLE, AssignmentState, OrderState
from sidan.orders.forms.portal import CancelForm, OrderForm, Private
from sidan.orders.models import Order
from sidan.orders.operations import Contact, Wish, cancel_order, count_left, place_order, review_order
from sidan.orders.operations.placing import ServiceNotOffered
from sidan.orders.permissions import require_cancelling, require_own
from sidan.orders.saying import ReviewForm
from sidan.orders.telling import cancelled_stands, stands_of, steps_of, whom_to_call
from sidan.orders.views.pointing import point_context
from sidan.orders.views.shared import tell_and_go, tell_whom_to_call
from sidan.orders.views.times import times_of_order
from sidan.orders.words import CALLED_STANDS, NEXT
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.people.queries import OwnContact, own_contact
from sidan.places.queries import place_of, stands_within

PAGE_SIZE = 20


@require_http_methods(AND_WRITES)
@once_per_form
def place(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Order a service: the time, what is filled in already, and one button."""
    actor, at = actor_of(request), now()
    if actor.home_place_id is None:
        return render(request, "orders/portal/home_needed.html", {"project_uuid": uuid})
    project = _offered(uuid, actor.home_place_id)
    known = own_contact(person_id=actor.person_id or 0)
    form = OrderForm(
        request.POST if request.method == "POST" else None,
        at=at,
        at_home="yes" if project.mode == Mode.AT_HOME else "no",
        private=Private.ALWAYS if project.category.is_private else Private.CHOOSES,
        initial={"name": known.name, "phone": known.phone, "address": known.address},
    )
    if request.method == "POST" and form.is_valid() and form.wish is not None:
        try:
            order = place_order(actor=actor, at=at, wish=_wish(project, form, known))
        except REFUSALS as error:
            put_errors(form, error)
        else:
            return go_to(request, reverse("orders:placed", args=[order.number]))
    context = {
        "form": form,
        "project": project,
        "home": place_of(place_id=actor.home_place_id),
        "rooms": rooms_of(project=project, today=business_date(at)),
        "asked": queries.asked_told(person_id=actor.person_id or 0, category=project.category_id, at=at),
    }
    return render(request, "orders/portal/place.html", context, status=422 if form.errors else 200)


def _offered(uuid: UUID, home_place_id: int) -> Project:
    """Return a published service that covers one's home. Raises ServiceNotOffered."""
    project = project_page(uuid=uuid)
    if project is None or project.state != ProjectState.PUBLISHED:
        raise ServiceNotOffered
    if not stands_within(place_id=home_place_id, root_ids=(project.area_id,)):
        raise ServiceNotOffered
    return project


def _wish(project: Project, form: OrderForm, known: OwnContact) -> Wish:
    data: dict[str, Any] = form.cleaned_data
    begins, ends = form.wish or (now(), now())
    contact = Contact(
        name=data["name"] if data["name"] != known.name else "",
        # Written down with the order even if it is the known one: the file may hold no contact phone.
        phone=data["phone"],
        address=data.get("address", "") if data.get("address") != known.address else "",
    )
    return Wish(
        project_uuid=project.uuid, wished_from=begins, wished_to=ends, need=data["need"], contact=contact,
        is_private=form.is_to_be_private, organisation=form.organisation,
    )  # fmt: skip


@require_safe
def placed(request: HttpRequest, number: str) -> HttpResponse:
    """Say that it arrived, with the number to read out and what happens next."""
    order = _own(request, number)
    return render(request, "orders/portal/placed.html", {"order": order, "next": NEXT.get(order.state, "")})


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My orders: what waits for my word first, then the newest."""
    actor = actor_of(request)
    person_id = actor.person_id or 0
    cursor = request.GET.get("cursor", "")
    rows = queries.my_orders(person_id=person_id).exclude(state=OrderState.DONE)
    page = keyset_page(rows=rows, sort="-id", cursor=cursor or None, limit=PAGE_SIZE)
    waiting = [] if cursor else list(queries.my_waiting_orders(person_id=person_id))
    count_left(waiting)
    context = {
        "page": page,
        "waiting": waiting,
        "has_tasks": bool(actor.team_ids),
    }
    return render(request, "orders/portal/mine.html", context)


@require_safe
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order; who is not its resident is shown the way to the page of their own."""
    actor = actor_of(request)
    found = queries.order_by_number(number=number)
    if found.requester_id != actor.person_id:
        return _signpost(request, actor, found)
    return _order_page(request, found, review=ReviewForm())


def _order_page(request: HttpRequest, found: Order, *, review: ReviewForm) -> HttpResponse:
    actor, said = actor_of(request), queries.last_review(order=found)
    merge = queries.merge_of(order=found)
    call = queries.live_call(order=found) if found.state == OrderState.DISPATCHED else None
    shares = queries.parts_of(order=found)
    assignment = None if call or shares else queries.live_assignment(order=found)
    visit = queries.live_visit(assignment=assignment) if assignment else None
    context = {
        "order": found,
        "call": call,
        "assignment": assignment,
        "visit": visit,
        "members": queries.named_members(assignment=assignment) if assignment else [],
        "shares": shares,
        "codes": queries.door_codes(order=found, at=now())
        if shares
        else queries.codes_for(visits=[visit] if visit else [], at=now()),
        "stands": str(CALLED_STANDS)
        if call
        else cancelled_stands(found, merge=merge)
        or stands_of(found, assignment=assignment, visit=visit, at=now(), shares=shares),
        "merge": merge,
        "next": NEXT.get(found.state, ""),
        "steps": steps_of(found, reader=actor),
        "photos": queries.visit_photos(order=found),
        "reports": queries.visit_reports(order=found, reader=actor),
        "review": said,
        "review_words": queries.review_words(review=said, order=found, reader=actor),
        "calls": whom_to_call(found, review=said),
        "review_form": review if found.state == OrderState.DONE else None,
        "may_cancel": found.state in CANCELLABLE
        and not any(each.part.state == OrderState.DONE for each in shares),
        "may_change": found.state in CHANGEABLE and all(each.is_free for each in shares),
        "office": place_of(place_id=found.holder_place_id),
        "to_judge": times_of_order(actor=actor, order=found, shares=shares),
        "looks": queries.looks_at(order=found, reader=actor),
        **point_context(actor=actor, order=found),
    }
    return render(request, "orders/portal/order.html", context, status=422 if review.errors else 200)


def _signpost(request: HttpRequest, actor: Actor, found: Order) -> HttpResponse:
    """Show those who have to do with an order, but did not ask for it, where their own page of it is."""
    task = found.assignments.filter(
        state__in=[AssignmentState.ACCEPTED, AssignmentState.FINISHED],
        members__person=actor.person_id,
        members__removed_at=None,
    ).first()
    leads = found.assignments.filter(team__in=actor.led_team_ids or (0,)).exists()
    context = {
        "order": found,
        "task": task,
        "leads": leads,
        "handles": bool(actor.roles & ORDER_STAFF_ROLES),
        "may_cancel": found.placed_by_id == actor.account_id and found.state in CANCELLABLE,
    }
    return render(request, "orders/portal/signpost.html", context)


@require_GET
def code(request: HttpRequest, number: str) -> HttpResponse:
    """The code alone, fetched anew each minute; once the visit is over the page is loaded again."""
    found = _own(request, number)
    each = queries.door_code(order=found, at=now(), part=request.GET.get("part", ""))
    if each is None:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = {
        "each": each,
        "fresh_url": request.path,
        "page_url": reverse("orders:order", args=[found.number]),
    }
    return render(request, "orders/portal/_code.html", context)


@require_http_methods(AND_WRITES)
@once_per_form
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Ask once, naming what will be cancelled, and cancel."""
    actor = actor_of(request)
    found = queries.order_by_number(number=number)
    require_cancelling(actor=actor, order=found)
    here = reverse("orders:order", args=[found.number])
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            cancel_order(actor=actor, at=now(), order=found, reason=data["reason"], words=data["words"])
        except REFUSALS as error:
            return tell_and_go(request, url=here, error=error)
        messages.success(request, _("The order was cancelled. Everybody who was to come has been told."))
        tell_whom_to_call(request)
        return go_to(request, here)
    context = {"form": form, "order": found, "here": here, "still": found.state in CANCELLABLE}
    return render(request, "orders/portal/cancel.html", context, status=422 if form.errors else 200)


@require_POST
@once_per_form
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Say how it was."""
    actor = actor_of(request)
    found = _own(request, number)
    form = ReviewForm(request.POST)
    here = reverse("orders:order", args=[found.number])
    if found.state == OrderState.DONE and not form.is_valid():
        return _order_page(request, found, review=form)
    form.is_valid()
    data = form.cleaned_data
    try:
        review_order(
            actor=actor, at=now(), order=found, outcome=data.get("outcome", ""), stars=data.get("stars"),
            words=data.get("words", ""), wish=data.get("wish", ""),
        )  # fmt: skip
    except REFUSALS as error:
        return tell_and_go(request, url=here, error=error)
    messages.success(request, _("Thank you. Your word helps the next one."))
    return go_to(request, here)


def _own(request: HttpRequest, number: str) -> Order:
    """Return one's own order; another's is refused, or not there at all. Raises NotFound, NotYourOrder."""
    found = queries.order_by_number(number=number)
    require_own(actor=actor_of(request), order=found)
    return found
