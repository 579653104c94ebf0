"""The dispatcher's queue: a list, the order that is open beside it, and the one next act."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.audit.operations import record
from sidan.catalogue.queries import category_tree
from sidan.core.actor import Actor
from sidan.core.clock import BUSINESS_ZONE, now
from sidan.core.errors import DomainError, NotFound
from sidan.core.htmx import go_to, is_fragment, page_or_piece, with_toast, with_trigger
from sidan.core.idempotency import once_per_form
from sidan.core.pagination import keyset_page
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.enums import TO_DISPATCH
from sidan.orders.forms.console import QueueSearch, RefuseForm, WordsForm
from sidan.orders.models import Order
from sidan.orders.operations.door import moved_on
from sidan.orders.permissions import may_handle, may_see_contact, require_handling, require_order_staff
from sidan.orders.views.shared import Refusal, steps_of
from sidan.orders.views.staff import Chip, csv_file, staff_page
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.people.models import Team
from sidan.places.queries import place_by_uuid

PAGE: Final = "orders/console/order.html"
PIECE: Final = "orders/console/_order.html"
CHIP_WORDS: Final[Mapping[str, str | Promise]] = {
    "": _("Waiting for us"),
    "to_admit": _("To admit"),
    "to_dispatch": _("To dispatch"),
    "offered": _("Offered, not yet taken"),
    "returned": _("Handed back"),
    "with_team": _("With a team"),
    "to_review": _("To be reviewed"),
    "ended": _("Ended"),
}
Act = Callable[[Actor, datetime, Order], object]


@require_safe
@staff_page(require_order_staff)
def queue(request: HttpRequest) -> HttpResponse:
    """The queue, longest waiting first; what has ended, latest first."""
    actor, search = actor_of(request), QueueSearch(request.GET)
    told = search.told()
    chosen = _chosen(told)
    rows = queries.queue(chosen=chosen)
    cursor = search.cleaned_data.get("cursor") or None
    roots = actor.places_where(frozenset(ORDER_STAFF_ROLES))
    context = {
        "page": keyset_page(rows=rows, sort=_sort(chosen.chip), cursor=cursor),
        "filters": _chips(told, queries.queue_counts(chosen=chosen)),
        "categories": category_tree(),
        "places": queries.places_to_filter(root_ids=roots),
        "told": told,
        "back": urlencode(told),
        "live_url": f"{settings.LIVE_URL}queue",
        "row_url": _row_url(told),
    }
    return render(request, "orders/console/queue.html", context)


@require_safe
@staff_page(require_order_staff)
def order(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One order: the drawer of the queue, or a page of its own."""
    return _shown(request, queries.order_by_uuid(uuid=uuid))


@require_safe
@staff_page(require_order_staff)
def row(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The row of one order as it is now; struck through where it no longer belongs into this list."""
    told = QueueSearch(request.GET).told()
    found = queries.queue_row(uuid=uuid)
    is_gone = found.state not in queries.states_of(told.get("chip", ""))
    context = {"order": found, "is_gone": is_gone, "back": urlencode(told)}
    return render(request, "orders/console/_row.html", context)


@require_safe
@staff_page(require_order_staff)
def teams(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The teams that fit, narrowed by words while one types; without a script a page with them."""
    found = queries.order_by_uuid(uuid=uuid)
    require_handling(actor=actor_of(request), order=found)
    if not is_fragment(request):
        return _shown(request, found)
    return render(request, "orders/console/_teams.html", _team_context(request, found))


@require_POST
@staff_page(require_order_staff)
def contact(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show name, address and telephone in clear; the look is written down (R-Z10)."""
    found = queries.order_by_uuid(uuid=uuid)
    shown = operations.look_at_contact(actor=actor_of(request), at=now(), order=found)
    context = {"contact": shown, "order": found}
    if not is_fragment(request):
        context |= _order_context(request, found)
    return page_or_piece(request, page=PAGE, piece="orders/portal/_contact.html", context=context)


@require_POST
@staff_page(require_order_staff)
@once_per_form
def admit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the order in (受理). Whoever clears the new ones goes on to the next; others go on to dispatch this one."""
    goes_on = QueueSearch(request.GET).told().get("chip") == "to_admit"
    return _act(
        request, uuid, _admit, done=gettext("Admitted."), event="sidan:acted" if goes_on else "sidan:changed"
    )


@require_POST
@staff_page(require_order_staff)
@once_per_form
def refuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Do not admit, with a reason."""
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _shown(request, queries.order_by_uuid(uuid=uuid), status=422, refuse_form=form)
    data = form.cleaned_data

    def write(actor: Actor, at: datetime, found: Order) -> object:
        return operations.refuse_order(
            actor=actor, at=at, order=found, reason=data["reason"], words=data["words"]
        )

    return _act(request, uuid, write, done=gettext("Not admitted. The resident has been told why."))


@require_POST
@staff_page(require_order_staff)
@once_per_form
def dispatch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Offer the order to a team (派单)."""
    team = _team(request.POST.get("team", ""))

    def write(actor: Actor, at: datetime, found: Order) -> object:
        return operations.dispatch_order(actor=actor, at=at, order=found, team=team, words=_words(request))

    return _act(request, uuid, write, done=gettext("Offered to %(team)s.") % {"team": team.shown_name})


@require_POST
@staff_page(require_order_staff)
@once_per_form
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take an unanswered offer back, to dispatch the order anew."""

    def write(actor: Actor, at: datetime, found: Order) -> object:
        return operations.withdraw_offer(actor=actor, at=at, order=found, words=_words(request))

    return _act(request, uuid, write, done=gettext("The offer was taken back."), event="sidan:changed")


@require_POST
@staff_page(require_order_staff)
@once_per_form
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Close what nobody reviewed, or what cannot be done."""

    def write(actor: Actor, at: datetime, found: Order) -> object:
        return operations.close_order(actor=actor, at=at, order=found, words=_words(request))

    return _act(request, uuid, write, done=gettext("Closed."))


@require_POST
@staff_page(require_order_staff)
@once_per_form
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open a closed order again."""

    def write(actor: Actor, at: datetime, found: Order) -> object:
        return operations.reopen_order(actor=actor, at=at, order=found, words=_words(request))

    return _act(request, uuid, write, done=gettext("Opened again."), event="sidan:changed")


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The filtered queue as a table: no names, telephones or addresses; that it was taken out is written down."""
    return _export(request)


@staff_page(require_order_staff)
def _export(request: HttpRequest) -> Any:
    told, actor = QueueSearch(request.GET).told(), actor_of(request)
    chosen = _chosen(told)
    sort = _sort(chosen.chip)
    rows = queries.queue(chosen=chosen).order_by(sort, f"{'-' if sort[0] == '-' else ''}id")
    record(
        actor=actor, at=now(), verb="orders.exported", subject=("queue", None), chip=chosen.chip,
        category=chosen.category, filter_place=chosen.place_id,
    )  # fmt: skip
    return csv_file(name="orders.csv", rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Order]) -> Iterator[list[object]]:
    yield [
        gettext("Number"), gettext("Service"), gettext("Category"), gettext("Place"), gettext("Held by"),
        gettext("State"), gettext("Since"), gettext("Placed"), gettext("Team"), gettext("Entered by"),
    ]  # fmt: skip
    for each in rows:
        yield [
            each.number, each.shown_title, each.category.shown_name, each.origin_place.name,
            each.holder_place.name, each.get_state_display(), _local(each.state_since), _local(each.created_at),
            getattr(each, "team_name", "") or "", each.get_channel_display(),
        ]  # fmt: skip


def _local(at: datetime) -> str:
    return f"{at.astimezone(BUSINESS_ZONE):%Y-%m-%d %H:%M}"


def _chosen(told: dict[str, str]) -> queries.QueueFilter:
    place = place_by_uuid(uuid=told["place"]) if "place" in told else None
    return queries.QueueFilter(
        chip=told.get("chip", ""),
        category=told.get("category", ""),
        place_id=place.pk if place else None,
        text=told.get("q", ""),
    )


def _sort(chip: str) -> str:
    return "-state_since" if chip == "ended" else "state_since"


def _chips(told: dict[str, str], counts: dict[str, int]) -> list[Chip]:
    others = {name: value for name, value in told.items() if name != "chip"}
    all_counts = {"": sum(counts[chip] for chip in queries.WAITING), **counts}
    return [
        Chip(
            label=label,
            url=f"{reverse('orders:queue')}?{urlencode(others | ({'chip': chip} if chip else {}))}",
            active=told.get("chip", "") == chip,
            count=all_counts[chip],
            urgent=chip == "returned",
        )
        for chip, label in CHIP_WORDS.items()
    ]


def _row_url(told: dict[str, str]) -> str:
    """Return the address of a row with {id} where its id goes, as the script of the queue fills it in."""
    nobody = UUID(int=0)
    url = reverse("orders:queue_row", args=[nobody]).replace(str(nobody), "{id}")
    return f"{url}?{urlencode(told)}"


def _shown(
    request: HttpRequest, found: Order, *, status: int = 200, problem: str = "", **forms: Form
) -> HttpResponse:
    context = {**_order_context(request, found), **forms, "problem": problem}
    return page_or_piece(request, page=PAGE, piece=PIECE, context=context, status=status)


def _order_context(request: HttpRequest, found: Order) -> dict[str, Any]:
    actor = actor_of(request)
    handles = may_handle(actor=actor, order=found)
    assignment = queries.live_assignment(order=found)
    context: dict[str, Any] = {
        "order": found,
        "handles": handles,
        "may_look": may_see_contact(actor=actor, order=found),
        "assignment": assignment,
        "visit": queries.live_visit(assignment=assignment) if assignment else None,
        "members": queries.named_members(assignment=assignment) if assignment else [],
        "steps": steps_of(found),
        "reports": queries.visit_reports(order=found),
        "photos": queries.visit_photos(order=found),
        "review": queries.last_review(order=found),
        "refuse_form": RefuseForm(),
        "words_form": WordsForm(),
        "back": urlencode(QueueSearch(request.GET).told()),
    }
    if handles and found.state in TO_DISPATCH:
        context |= _team_context(request, found)
    return context


def _team_context(request: HttpRequest, found: Order) -> dict[str, Any]:
    text = request.GET.get("team", "")[:60]
    return {
        "order": found,
        "team_text": text,
        "proposals": queries.proposed_teams(order=found, text=text),
        "back": urlencode(QueueSearch(request.GET).told()),
    }


def _act(
    request: HttpRequest, uuid: UUID, write: Act, *, done: str, event: str = "sidan:acted"
) -> HttpResponse:
    """Do one act on an order as its page showed it, and tell how it went and how the order stands now."""
    found = queries.order_by_uuid(uuid=uuid)
    try:
        _require_turn(request, found)
        write(actor_of(request), now(), found)
    except Refusal as refusal:
        return _refused(request, uuid, refusal)
    if not is_fragment(request):
        messages.success(request, done)
        return go_to(request, _page_url(request, uuid))
    response = _shown(request, queries.order_by_uuid(uuid=uuid))
    with_toast(response, sentence=done)
    return with_trigger(response, event=event, id=str(uuid))


def _refused(request: HttpRequest, uuid: UUID, refusal: DomainError) -> HttpResponse:
    """Say who was faster, or what is wrong, above the order as it stands now."""
    if not is_fragment(request):
        messages.error(request, str(refusal))
        return go_to(request, _page_url(request, uuid))
    response = _shown(request, queries.order_by_uuid(uuid=uuid), status=422, problem=str(refusal))
    return with_trigger(response, event="sidan:changed", id=str(uuid))


def _require_turn(request: HttpRequest, found: Order) -> None:
    """Refuse to act on what somebody read before another turn was taken. Raises OrderMovedOn."""
    turn = request.POST.get("turn", "")
    if turn and turn != str(found.turn):
        raise moved_on(found.state)


def _page_url(request: HttpRequest, uuid: UUID) -> str:
    told = urlencode(QueueSearch(request.GET).told())
    return reverse("orders:queue_order", args=[uuid]) + (f"?{told}" if told else "")


def _admit(actor: Actor, at: datetime, found: Order) -> object:
    return operations.admit_order(actor=actor, at=at, order=found)


def _words(request: HttpRequest) -> str:
    form = WordsForm(request.POST)
    return str(form.cleaned_data["words"]) if form.is_valid() else ""


def _team(text: str) -> Team:
    """Return the team whose button was pressed. Raises NotFound."""
    try:
        team = Team.objects.filter(uuid=UUID(text)).first()
    except ValueError:
        team = None
    if team is None:
        raise NotFound
    return team
