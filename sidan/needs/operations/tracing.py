"""Tracing each need to what came of it, and taking a wrong link back: both are appended."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sidan.catalogue.models import Project
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.core.transactions import draw_number
from sidan.needs.enums import TraceKind
from sidan.needs.models import Need, NeedTrace
from sidan.needs.operations.joining import counted_with, head_of, leave_trail, settle, wait_for_county
from sidan.needs.permissions import require_deciding
from sidan.orders.models import Order


class NothingTold(Invalid):
    code = "nothing_told"
    sentence = _("Please fill in one of the three.")


class PrivateOrder(Invalid):
    code = "need_not_traced_to_private"
    sentence = _("A need is not linked to a private order: all who work here read what came of it.")


class TracedAlready(Conflict):
    code = "need_traced_already"
    sentence = _("This is linked already.")


def trace_to_order(*, actor: Actor, at: datetime, need: Need, order: Order) -> NeedTrace:
    """Say that this order was placed because of the need. Raises NotYourNeeds, PrivateOrder, TracedAlready."""
    if order.is_private:
        raise PrivateOrder
    return _trace(actor, at, need, NeedTrace(need=need, kind=TraceKind.ORDER, order=order))


def trace_to_project(*, actor: Actor, at: datetime, need: Need, project: Project) -> NeedTrace:
    """Say that this service answers the need. Raises NotYourNeeds, TracedAlready."""
    return _trace(actor, at, need, NeedTrace(need=need, kind=TraceKind.PROJECT, project=project))


def answer_need(*, actor: Actor, at: datetime, need: Need, answer: str) -> NeedTrace:
    """Answer a need in words. Raises NotYourNeeds, Invalid (no words)."""
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
            told = NeedTrace.objects.filter(counted_with(head_id))
            if (
                trace.kind != TraceKind.ANSWER
                and told.filter(order=trace.order, project=trace.project).exists()
            ):
                raise TracedAlready
            trace.save(force_insert=True)
            settle(head_id)
            leave_trail(need, actor, at, "trace", kind=str(trace.kind))
    except IntegrityError:
        raise TracedAlready from None
    return trace
