"""A team takes back what it offered in a call, before anybody is chosen.

The row of the order is locked first, as wherever a call is answered or decided: who is chosen at the same moment is
told so, and who chooses at the same moment is told that the offer does not stand any more.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Conflict
from sidan.core.transactions import act
from sidan.orders.enums import LIVE_CALL, AnswerState, CallState
from sidan.orders.models import CallAnswer, OpenCall, Order
from sidan.orders.notices import of_team, tell_dispatchers
from sidan.orders.operations.calling import CallOver, has_offers, lock_call, stop_calling
from sidan.orders.permissions import require_leading
from sidan.people.models import Team


class ChosenAlready(Conflict):
    code = "chosen_already"
    sentence = _(
        "%(team)s was chosen already and has this order. What you cannot do, please give back on the board."
    )


class NoOfferStands(Conflict):
    code = "no_offer_stands"
    sentence = _("No offer of %(team)s stands here: it was taken back already, or never made.")


def take_offer_back(*, actor: Actor, at: datetime, call: OpenCall, team: Team) -> CallAnswer:
    """Take the team's offer back (撤回报名) while nobody is chosen; as long as the call is open it may offer anew.

    When the time of the call is over and this was the last offer, nothing is left to choose from: the call ends.

    Raises:
        NotYourTeam, ChosenAlready, CallOver, NoOfferStands.
    """
    require_leading(actor=actor, team_id=team.pk)
    with act():
        order, call = lock_call(call)
        offer = _standing_offer(call, team)
        drop_offer(actor, at, order, call, offer)
    return offer


def drop_offer(actor: Actor, at: datetime, order: Order, call: OpenCall, offer: CallAnswer) -> None:
    """Write that an offer stands no more, and tell those who may have meant to choose it; the order is locked."""
    offer.state, offer.taken_back_at = AnswerState.TAKEN_BACK, at
    offer.taken_back_by_id = actor.account_id
    offer.save(update_fields=["state", "taken_back_at", "taken_back_by"])
    record(
        actor=actor, at=at, verb="order.take_offer_back", subject=("order", order.pk),
        place_id=order.holder_place_id, county_id=order.county_id, team=offer.team_id,
    )  # fmt: skip
    _tell_and_go_on(call, order, offer.team, at)


def _standing_offer(call: OpenCall, team: Team) -> CallAnswer:
    answers = call.answers.filter(team=team)
    if answers.filter(state=AnswerState.WON).exists():
        raise ChosenAlready(team=team.shown_name)
    if call.state not in LIVE_CALL:
        raise CallOver
    offer = answers.filter(state=AnswerState.APPLIED).first()
    if offer is None:
        raise NoOfferStands(team=team.shown_name)
    return offer


def _tell_and_go_on(call: OpenCall, order: Order, team: Team, at: datetime) -> None:
    """Tell those who read of the offer; without any other one they have nothing to wait for when time is over."""
    kind = "order_offer_taken_back"
    if call.state == CallState.CHOOSING and not has_offers(call):
        stop_calling(SYSTEM, at, call, order, "")
        kind = "order_last_offer_taken_back"
    tell_dispatchers(kind=kind, order=order, at=at, **of_team(team))
