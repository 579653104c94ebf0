"""Tracing each need to what came of it, and taking a wrong link back: both are appended."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Value
from django.utils.translation import gettext_lazy as _

from sidan.catalogue.models import Project
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.core.transactions import draw_number
from sidan.needs.enums import TraceKind
from sidan.needs.models import Need, NeedTrace, NeedTraceEnd
from sidan.needs.operations.joining import counted_with, head_of, leave_trail, settle, wait_for_county
from sidan.needs.permissions import NoSuchTrace, require_deciding
from sidan.orders.models import Order, OrderMerge
from sidan.orders.queries import put_into


class NothingTold(Invalid):
    code = "nothing_told"
    sentence = _("Please fill in one of the three.")


class PrivateOrder(Invalid):
    code = "need_not_traced_to_private"
    sentence = _("A need is not linked to a private order: all who work here read what came of it.")


class TracedAlready(Conflict):
    code = "need_traced_already"
    sentence = _("This is linked already.")


class AnsweredAlready(Conflict):
    code = "need_answered_already"
    sentence = _("This answer stands there already.")


class NothingCameOfOrder(Conflict):
    code = "nothing_came_of_order"
    sentence = _("This order ended without a service: nothing came of it for the need.")


class TakenBackAlready(Conflict):
    code = "trace_taken_back_already"
    sentence = _("This link was taken back already.")


def trace_to_order(*, actor: Actor, at: datetime, need: Need, order: Order) -> NeedTrace:
    """Say that this order was placed because of the need.

    Raises:
        NotYourNeeds, PrivateOrder, TracedAlready
        NothingCameOfOrder: it was refused, cancelled or closed, and never done before; nor was what it was merged into.
    """
    require_deciding(actor=actor, place_id=need.place_id)
    if order.is_private:
        raise PrivateOrder
    with transaction.atomic():
        # The orders' rows go before the county's lock, as where an order ends and `settle_after_order` waits.
        way = Order.unscoped.filter(OrderMerge.way_on(Value(order.pk)))
        list(way.select_for_update(of=("self",)).order_by("pk"))
        if not NeedTrace.came_of(order.pk).exists():
            raise NothingCameOfOrder
        return _trace(actor, at, need, NeedTrace(need=need, kind=TraceKind.ORDER, order=order))


def trace_to_project(*, actor: Actor, at: datetime, need: Need, project: Project) -> NeedTrace:
    """Say that this service answers the need. Raises NotYourNeeds, TracedAlready."""
    return _trace(actor, at, need, NeedTrace(need=need, kind=TraceKind.PROJECT, project=project))


def answer_need(*, actor: Actor, at: datetime, need: Need, answer: str) -> NeedTrace:
    """Answer a need in words. Raises NotYourNeeds, Invalid (no words), AnsweredAlready."""
    if not answer.strip():
        raise Invalid
    return _trace(actor, at, need, NeedTrace(need=need, kind=TraceKind.ANSWER, answer=answer))


def _trace(actor: Actor, at: datetime, need: Need, trace: NeedTrace) -> NeedTrace:
    require_deciding(actor=actor, place_id=need.place_id)
    trace.by_id, trace.at = actor.account_id, at
    try:
        with transaction.atomic():
            draw_number()
            wait_for_county(need)
            head_id = head_of(need)
            if _leading_there(trace).filter(counted_with(head_id), end=None).exists():
                raise AnsweredAlready if trace.kind == TraceKind.ANSWER else TracedAlready
            if trace.kind != TraceKind.ANSWER:
                same = NeedTrace.objects.filter(need=need, order=trace.order, project=trace.project)
                trace.turn = same.count()
            trace.save(force_insert=True)
            settle(head_id, at)
            leave_trail(need, actor, at, "trace", kind=str(trace.kind))
    except IntegrityError:
        raise TracedAlready from None
    return trace


def _leading_there(trace: NeedTrace) -> QuerySet[NeedTrace]:
    """Return all links to the same service, or to orders that go on as the same one, or the same answers."""
    if trace.kind == TraceKind.ANSWER:
        return NeedTrace.objects.filter(kind=TraceKind.ANSWER, answer=trace.answer)
    if trace.project_id:
        return NeedTrace.objects.filter(project=trace.project_id)
    links = NeedTrace.objects.alias(goal=OrderMerge.goes_on_as("order_id"))
    return links.filter(goal=OrderMerge.goes_on_as(Value(trace.order_id)))


def take_trace_back(*, actor: Actor, at: datetime, need: Need, trace_uuid: UUID) -> Need:
    """Say that a need did not lead there, which people read once: all links to the same are taken back, of the needs
    that are counted with it, too. All rows stay.

    Raises:
        NotYourNeeds
        NoSuchTrace: nothing of this need, nor of those counted with it, was linked so.
        TakenBackAlready
    """
    require_deciding(actor=actor, place_id=need.place_id)
    with transaction.atomic():
        draw_number()
        wait_for_county(need)
        head_id = head_of(need)
        trace = NeedTrace.objects.filter(counted_with(head_id), uuid=trace_uuid).first()
        if trace is None:
            raise NoSuchTrace
        links = NeedTrace.objects.filter(counted_with(head_id), end=None).annotate(goal=NeedTrace.leads_to())
        goals = {link.pk: link.goal for link in links}
        if trace.pk not in goals:
            raise TakenBackAlready
        same = [pk for pk, goal in goals.items() if goal == goals[trace.pk]]
        NeedTraceEnd.objects.bulk_create(
            NeedTraceEnd(trace_id=pk, by_id=actor.account_id, at=at) for pk in same
        )
        settle(head_id, at)
        leave_trail(need, actor, at, "untrace", kind=trace.kind)
    return need


def settle_after_order(*, at: datetime, order_id: int) -> None:
    """Look again whether something came of the needs that led to an order, or to one that was merged into it.

    It is over now, or was opened again, or goes on in place of another one.
    """
    rows = (
        Need.unscoped.filter(traces__order__in=put_into(order_id=order_id))
        .order_by("county_id", "pk")
        .distinct()
    )
    for need in rows:
        wait_for_county(need)
        settle(head_of(need), at)
