"""Who calls back, who decides whether a review counts, who answers: never somebody of the team that served."""

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.orders.enums import HAD_ASSIGNMENT
from sidan.orders.models import Assignment, Order, Review
from sidan.orders.permissions import may_see_contact, takes_part
from sidan.people.enums import DISPATCHING_ROLES, ENTERING_ROLES, MANAGING_ROLES, ORDER_STAFF_ROLES
from sidan.people.permissions import holds_role_over
from sidan.places.models import Place
from sidan.reviews.enums import CallState
from sidan.reviews.models import CallBack


class NotReviewStaff(Forbidden):
    code = "not_review_staff"
    sentence = _("These pages are for those who look after orders at a place.")


class NotYourCall(Forbidden):
    code = "not_your_call"
    sentence = _("Residents are called back by the staff of their place, or of one above it.")


class NotOutside(Forbidden):
    code = "not_outside_the_team"
    sentence = _(
        "You belong to the team of this order or entered its review. Please leave this to a colleague."
    )


class NotYoursToJudge(Forbidden):
    code = "not_yours_to_judge"
    sentence = _("Only those who decide about orders at this place, or at one above it, may do this.")


class MayNotSetReviews(Forbidden):
    code = "may_not_set_reviews"
    sentence = _("Only managers and directors of the center may change how its reviews are looked after.")


class NoSuchThing(NotFound):
    code = "review_thing_not_found"
    sentence = _("This is not here, or it is not yours to see.")


def require_staff(*, actor: Actor) -> None:
    if not actor.roles & ORDER_STAFF_ROLES:
        raise NotReviewStaff


def require_calling_role(*, actor: Actor) -> None:
    """Open the list of call-backs; for which order, `require_calling` decides."""
    if not actor.roles & ENTERING_ROLES:
        raise NotReviewStaff


def require_judging_role(*, actor: Actor) -> None:
    """Open the lists of what is to be decided; about which order, `require_judging` decides."""
    if not actor.roles & DISPATCHING_ROLES:
        raise NotReviewStaff


def is_outside(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor has nothing to do with who served the order, nor with what was said of it."""
    served = Assignment.objects.filter(order=order, state__in=HAD_ASSIGNMENT)
    if takes_part(actor=actor, assignments=served):
        return False
    return not Review.objects.filter(order=order, by=actor.account_id or 0).exists()


def require_calling(*, actor: Actor, order: Order) -> None:
    if not holds_role_over(
        actor=actor, roles=ENTERING_ROLES, place_id=order.origin_place_id, county_id=order.county_id
    ):
        raise NotYourCall
    if not is_outside(actor=actor, order=order):
        raise NotOutside


def may_look_to_call(*, actor: Actor, call_back: CallBack) -> bool:
    """Tell whether who may call is shown whom: for as long as the call is to be made, or the order is open again."""
    return call_back.state == CallState.WAITING or may_see_contact(actor=actor, order=call_back.order)


def may_judge(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor decides about what was said of orders that arose here."""
    return holds_role_over(
        actor=actor, roles=DISPATCHING_ROLES, place_id=order.origin_place_id, county_id=order.county_id
    )


def require_judging(*, actor: Actor, order: Order) -> None:
    """Let pass who decides here and is no party to the order."""
    require_answering(actor=actor, order=order)
    if not is_outside(actor=actor, order=order):
        raise NotOutside


def require_answering(*, actor: Actor, order: Order) -> None:
    """Let pass who decides here: to a resident also somebody of the team may answer."""
    if not may_judge(actor=actor, order=order):
        raise NotYoursToJudge


def may_set(*, actor: Actor, place: Place) -> bool:
    """Tell whether the actor manages the center or something above it."""
    return actor is SYSTEM or holds_role_over(actor=actor, roles=MANAGING_ROLES, place_id=place.pk)


def require_setting(*, actor: Actor, place: Place) -> None:
    if not may_set(actor=actor, place=place):
        raise MayNotSetReviews
