"""The order that is open beside the queue: what it is about, the one next act, and how it went."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.danger import numbers_to_call
from sidan.core.errors import DomainError, Invalid, NotFound
from sidan.core.htmx import go_to, is_fragment, page_or_piece, with_toast, with_trigger
from sidan.core.idempotency import once_per_form
from sidan.core.ids import read_uuid
from sidan.core.pages import REFUSALS, staff_page
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.enums import (
    CANCELLABLE,
    CHANGEABLE,
    ENDED,
    MERGEABLE,
    TO_DISPATCH,
    OrderState,
)
from sidan.orders.forms.console import CallForm, CannotForm, QueueSearch, RefuseForm, WordsForm
from sidan.orders.forms.splitting import SplitForm
from sidan.orders.models import Order, Visit
from sidan.orders.operations.standing import moved_on
from sidan.orders.permissions import (
    may_change_for_resident,
    may_enter_for,
    may_handle,
    may_see_contact,
    may_tell_code,
    require_handling,
    require_order_staff,
    why_not,
)
from sidan.orders.queries import PartShare
from sidan.orders.states import UNTRIED
from sidan.orders.telling import steps_of, whom_staff_call, with_calls
from sidan.orders.views.asked import asked_context
from sidan.orders.views.not_written import refused_context
from sidan.orders.views.parts import form_to_take, part_pressed, parts_context
from sidan.orders.views.pointing import point_context
from sidan.orders.views.routes import hand_over_context
from sidan.orders.views.shared import calls_posted, tell_and_go, tell_whom_to_call, words_posted
from sidan.orders.views.times import times_of_order, who_was_there
from sidan.people.models import Team

PAGE: Final = "orders/console/order.html"
PIECE: Final = "orders/console/_order.html"
WITHOUT_TEAM: Final = frozenset({OrderState.SUBMITTED, OrderState.REFUSED})
"""No visit has ever been agreed on."""
Act = Callable[[Actor, datetime, Order], object]


class WordsRefused(Invalid):
    """An act is not done without the words that were meant to stand beside it."""

    code = "words_refused"
    sentence = _("Nothing was done yet. What was added: %(why)s")

    def __init__(self, form: Form) -> None:
        super().__init__(why=" ".join(map(str, form.errors.get("words", ()))))
        self.form = form


@require_safe
@staff_page(require_order_staff)
def order(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One order: the drawer of the queue, or a page of its own."""
    return order_shown(request, queries.order_by_uuid(uuid=uuid))


@require_safe
@staff_page(require_order_staff)
def teams(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The teams that fit, narrowed by words while one types; without a script a page with them."""
    found = queries.order_by_uuid(uuid=uuid)
    require_handling(actor=actor_of(request), order=found)
    if not is_fragment(request):
        return order_shown(request, found)
    return render(request, "orders/console/_teams.html", _team_context(request, found))


@require_POST
@staff_page(require_order_staff)
def contact(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show name, address and telephone in clear; the look is written down (R-Z10)."""
    found = queries.order_by_uuid(uuid=uuid)
    shown = operations.look_at_contact(actor=actor_of(request), at=now(), order=found)
    context = {"contact": shown, "order": found}
    if not is_fragment(request):
        context |= order_context(request, found)
    return page_or_piece(request, page=PAGE, piece="orders/portal/_contact.html", context=context)


@require_POST
@staff_page(require_order_staff)
@once_per_form
def admit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the order in (受理). Whoever clears the new ones goes on to the next; others go on to dispatch this one."""
    goes_on = QueueSearch(request.GET).told().get("chip") == "to_admit"
    return act_on(
        request, uuid, _admit, done=gettext("Admitted."), event="sidan:acted" if goes_on else "sidan:changed"
    )


@require_POST
@staff_page(require_order_staff)
@once_per_form
def refuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Do not admit, with a reason."""
    done = gettext("Not admitted. The resident has been told why.")
    form = RefuseForm(request.POST)
    return _explained(request, uuid, form, operations.refuse_order, name="refuse_form", done=done)


@require_POST
@staff_page(require_order_staff)
@once_per_form
def cannot(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say that no team can do it, with a reason."""
    done = gettext("Written down that nobody can do it. The resident has been told why.")
    form = CannotForm(request.POST)
    return _explained(request, uuid, form, operations.say_cannot, name="cannot_form", done=done)


def _explained(
    request: HttpRequest, uuid: UUID, form: RefuseForm, verb: Callable[..., Order], *, name: str, done: str
) -> HttpResponse:
    """Do what needs a reason; what was typed stays where one is missing."""
    if not form.is_valid():
        more: dict[str, Any] = {name: form}
        return order_shown(request, queries.order_by_uuid(uuid=uuid), status=422, **more)
    data = form.cleaned_data

    def write(actor: Actor, at: datetime, found: Order) -> object:
        return verb(actor=actor, at=at, order=found, reason=data["reason"], words=data["words"])

    return act_on(request, uuid, write, done=done)


@require_POST
@staff_page(require_order_staff)
@once_per_form
def dispatch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Offer the order to a team (派单)."""
    team = team_pressed(request.POST.get("team", ""))

    def write(actor: Actor, at: datetime, found: Order) -> object:
        part = part_pressed(request, found)
        return operations.dispatch_order(
            actor=actor, at=at, order=found, team=team, part=part, words=words_of(request)
        )

    return act_on(request, uuid, write, done=gettext("Offered to %(team)s.") % {"team": team.shown_name})


@require_POST
@staff_page(require_order_staff)
@once_per_form
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take an unanswered offer back, to dispatch the order anew."""

    def write(actor: Actor, at: datetime, found: Order) -> object:
        part = part_pressed(request, found)
        return operations.withdraw_offer(actor=actor, at=at, order=found, part=part, words=words_of(request))

    return act_on(request, uuid, write, done=gettext("The offer was taken back."), event="sidan:changed")


@require_POST
@staff_page(require_order_staff)
@once_per_form
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Close what nobody reviewed, or what cannot be done."""

    def write(actor: Actor, at: datetime, found: Order) -> object:
        return operations.close_order(actor=actor, at=at, order=found, words=words_of(request))

    return act_on(request, uuid, write, done=gettext("Closed."))


@require_POST
@staff_page(require_order_staff)
@once_per_form
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open a closed order again."""

    def write(actor: Actor, at: datetime, found: Order) -> object:
        return operations.reopen_order(actor=actor, at=at, order=found, words=words_of(request))

    return act_on(request, uuid, write, done=gettext("Opened again."), event="sidan:changed")


@require_POST
@staff_page(require_order_staff)
@once_per_form
def merge(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put the order together with another one of the same person for the same."""
    chosen = request.POST.get("into", "")

    def write(actor: Actor, at: datetime, found: Order) -> object:
        into = queries.alike_by_uuid(order=found, uuid=chosen)
        return operations.merge_order(actor=actor, at=at, order=found, into=into, words=words_of(request))

    return act_on(
        request, uuid, write, done=gettext("Put together. The resident has been told which order goes on.")
    )


def order_shown(
    request: HttpRequest, found: Order, *, status: int = 200, problem: str = "", **more: Any
) -> HttpResponse:
    """Show the order; what was `said` just now stands nowhere on the page, and may speak of danger to life."""
    context = {**order_context(request, found), **more, "problem": problem}
    context["calls"] = with_calls(context["calls"], said=context.get("said", ""))
    return page_or_piece(request, page=PAGE, piece=PIECE, context=context, status=status)


def order_context(request: HttpRequest, found: Order) -> dict[str, Any]:
    actor, said = actor_of(request), queries.last_review(order=found)
    handles = may_handle(actor=actor, order=found)
    shares = queries.parts_of(order=found)
    assignment = None if shares else queries.live_assignment(order=found)
    visit = queries.live_visit(assignment=assignment) if assignment else None
    visits, told = [share.visit for share in shares] or [visit], _visits_told(found)
    operations.count_left([share.part for share in shares] or [found])
    context: dict[str, Any] = {
        "order": found,
        "need": queries.words_for(reader=actor, order=found, words=found.text.need),
        "handles": handles,
        "may_look": may_see_contact(actor=actor, order=found),
        "assignment": assignment,
        "visit": visit,
        "members": queries.named_members(assignment=assignment) if assignment else [],
        "steps": steps_of(found, reader=actor),
        "reports": queries.visit_reports(order=found, reader=actor),
        "photos": queries.visit_photos(order=found),
        "review": said,
        "calls": whom_staff_call(found, review=said),
        "review_words": queries.review_words(review=said, order=found, reader=actor),
        "refuse_form": RefuseForm(),
        "words_form": WordsForm(),
        "back": urlencode(QueueSearch(request.GET).told()),
        **_for_resident(found, shares, may=handles or may_change_for_resident(actor=actor, order=found)),
        "may_tell_code": any(each and each.is_ahead for each in visits)
        and may_tell_code(actor=actor, order=found),
        "serves_here": why_not(actor=actor, order=found),
        "to_judge": times_of_order(actor=actor, order=found, shares=shares),
        "were_there": who_was_there(actor=actor, visits=told),
        **refused_context(actor=actor, visits=told),
        **point_context(actor=actor, order=found),
        "review_until": _review_until(found),
        "may_review": found.state == OrderState.DONE and may_enter_for(actor=actor, order=found),
        **_alike_context(found, handles=handles),
        **hand_over_context(actor=actor, order=found),
    }
    if handles and assignment:
        context["take_form"] = form_to_take(assignment)
    if shares:
        context |= parts_context(found, shares, handles=handles, areas=areas)
    elif handles and found.state in TO_DISPATCH:
        context |= _team_context(request, found) | {"split_form": SplitForm(order=found)}
        if found.state in UNTRIED:
            context["cannot_form"] = CannotForm()
        if not found.is_private:
            context["call_form"] = CallForm(areas=areas(found))
    return context | asked_context(found, reader=actor) | ({} if shares else _call_context(found))


def _for_resident(found: Order, shares: list[PartShare], *, may: bool) -> dict[str, bool]:
    """Tell what may be done about the wish for a resident who calls; what is done in a part is not cancelled."""
    is_done = any(each.part.state == OrderState.DONE for each in shares)
    return {
        "may_change": may and found.state in CHANGEABLE,
        "may_cancel_for": may and found.state in CANCELLABLE and not is_done,
    }


def _review_until(found: Order) -> datetime | None:
    """Return until when the order waits for its resident's word; before that no close is offered."""
    until = queries.review_until(order=found)
    return until if until is not None and now() < until else None


def _alike_context(found: Order, *, handles: bool) -> dict[str, Any]:
    """Gather what the same person asked for of the same kind, and what was put together."""
    return {
        "merge": queries.merge_of(order=found),
        "merged": queries.merged_into(order=found),
        "alike": None if found.state in ENDED else queries.alike_told(order=found),
        "may_merge": handles and found.state in MERGEABLE,
    }


def _visits_told(found: Order) -> list[Visit]:
    """Return the visits of which times may come later: also of an order that has ended."""
    return [] if found.state in WITHOUT_TEAM else queries.visits_of_order(order=found)


def _call_context(found: Order) -> dict[str, Any]:
    """Gather the open call of an order, and who has offered, best fit first."""
    live = queries.live_call(order=found) if found.state == OrderState.DISPATCHED else None
    if live is None:
        return {}
    return {"call": live, "offers": queries.offers_of(call=live, order=found)}


def areas(found: Order) -> list[tuple[str, str]]:
    """Return whose teams may be asked openly, as a form's choices."""
    return [(str(place.uuid), place.shown_short) for place in queries.areas_to_call(order=found)]


def _team_context(request: HttpRequest, found: Order) -> dict[str, Any]:
    text = request.GET.get("team", "")[:60]
    return {
        "order": found,
        "team_text": text,
        "proposals": queries.proposed_teams(order=found, text=text),
        "back": urlencode(QueueSearch(request.GET).told()),
    }


def act_on(
    request: HttpRequest, uuid: UUID, write: Act, *, done: str, event: str = "sidan:acted"
) -> HttpResponse:
    """Do one act on an order as its page showed it, and tell how it went and how the order stands now."""
    found = queries.order_by_uuid(uuid=uuid)
    try:
        _require_turn(request, found)
        write(actor_of(request), now(), found)
    except WordsRefused as refusal:
        # The form holds what was typed: it is shown whether or not the page asks for pieces.
        told = {"said": words_posted(request), "words_form": refusal.form}
        return order_shown(request, found, status=422, problem=str(refusal), **told)
    except REFUSALS as refusal:
        return refused(request, uuid, refusal)
    if not is_fragment(request):
        messages.success(request, done)
        if found.state in ENDED:
            # Of one that goes on the page itself says whom to call.
            tell_whom_to_call(request)
        return go_to(request, _page_url(request, uuid))
    said = words_posted(request)
    response = order_shown(request, queries.order_by_uuid(uuid=uuid), said=said)
    with_toast(response, sentence=done)
    # Who is to call first stays with the order, and is not led on to the next one.
    return with_trigger(response, event="sidan:changed" if numbers_to_call(said) else event, id=str(uuid))


def refused(request: HttpRequest, uuid: UUID, refusal: DomainError) -> HttpResponse:
    """Say who was faster, or what is wrong, above the order as it stands now; first whom to call by what was sent."""
    if not is_fragment(request):
        return tell_and_go(request, url=_page_url(request, uuid), error=refusal)
    calls = calls_posted(request)
    problem = format_html("{} {}", calls, refusal) if calls else str(refusal)
    response = order_shown(request, queries.order_by_uuid(uuid=uuid), status=422, problem=problem)
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


def words_of(request: HttpRequest) -> str:
    """Return the word that was added to an act, if any. Raises WordsRefused."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        raise WordsRefused(form)
    return str(form.cleaned_data["words"])


def team_pressed(text: str) -> Team:
    """Return the team whose button was pressed. Raises NotFound."""
    wanted = read_uuid(text)
    team = Team.objects.filter(uuid=wanted).first() if wanted else None
    if team is None:
        raise NotFound
    return team
