"""Who may do what to an order. Each predicate answers with nothing or raises with a reason a person can read."""

from dataclasses import replace
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Forbidden
from sidan.core.scope import scope_of, scoped
from sidan.files.models import StoredFile
from sidan.orders.enums import ENDED, HAD_ASSIGNMENT, LIVE_ASSIGNMENT
from sidan.orders.models import Assignment, Order, OrderConsent, Visit
from sidan.people.access import scope_for
from sidan.people.enums import (
    DISPATCHING_ROLES,
    ENTERING_ROLES,
    FIGURE_ROLES,
    HOLDING_ROLES,
    ORDER_STAFF_ROLES,
)
from sidan.people.permissions import holds_role_over
from sidan.places.enums import INSIDE_COUNTY, PlaceKind

CONSENT_PAPER: Final = "consent_paper"
"""The purpose under which pictures of signed papers are stored."""
VISIT_PHOTO: Final = "visit_photo"
BELOW_CENTER: Final = INSIDE_COUNTY - {PlaceKind.CENTER}
MOST_PHOTOS: Final = 5
"""Of one visit."""
"""The purpose under which pictures of a visit are stored."""


class NotYourOrder(Forbidden):
    code = "not_your_order"
    sentence = _("This is another person's order.")


class NotYourQueue(Forbidden):
    code = "not_your_queue"
    sentence = _("Only the place that holds this order, or one above it, may decide this.")


class NotOrderStaff(Forbidden):
    code = "not_order_staff"
    sentence = _("The queue is open to those who look after orders at a place.")


class LeadsNoTeam(Forbidden):
    code = "leads_no_team"
    sentence = _("The board is open to those who lead a team.")


class NotYourTeam(Forbidden):
    code = "not_your_team"
    sentence = _("Only the leader of the team may do this.")


class NotNamedForVisit(Forbidden):
    code = "not_named_for_visit"
    sentence = _("Only the volunteers named for this visit, or their leader, may do this.")


class MayNotJudgeTime(Forbidden):
    code = "may_not_judge_time"
    sentence = _(
        "Only the leader, the resident, and somebody of the office may confirm the times of a visit; not a resident or"
        " somebody of the office who is of the team."
    )


class ServesHere(Forbidden):
    code = "serves_this_order"
    sentence = _(
        "You belong to the team of this order or are named for it. The resident can do this, or somebody else of the"
        " office: a visit is proven by two sides."
    )


class MayNotEnter(Forbidden):
    code = "may_not_enter_for_others"
    sentence = _("You may enter orders only for people of your own place.")


class MayNotSeeFigures(Forbidden):
    code = "may_not_see_figures"
    sentence = _("Figures are open to supervisors, managers, directors and dispatchers.")


def may_handle(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor decides about the order: at the place that holds it or above; a private one at its keeper.

    A station's practitioner decides about what the station itself holds, and about nothing else (ADR 0035).
    """
    holds = order.holder_place_id in actor.places_kept(HOLDING_ROLES)
    if order.is_private:
        keeps = order.keeper_place_id in actor.places_kept(DISPATCHING_ROLES)
        return keeps or (holds and order.keeper_place_id == order.holder_place_id)
    return holds or holds_role_over(
        actor=actor, roles=DISPATCHING_ROLES, place_id=order.holder_place_id, county_id=order.county_id
    )


def decides_somewhere(actor: Actor) -> bool:
    """Tell whether there is a place about whose orders the actor decides."""
    return bool(actor.roles & DISPATCHING_ROLES or actor.places_kept(HOLDING_ROLES))


def sees_what_others_hold(actor: Actor) -> bool:
    """Tell whether more is in sight than what waits for the actor: what other places hold for one's own people.

    Orders stay within their county, so whoever decides for all of it, or only looks on from there, sees nothing else.
    """
    deciding = DISPATCHING_ROLES if decides_somewhere(actor) else ORDER_STAFF_ROLES
    staff = [grant for grant in actor.grants if grant.role in ORDER_STAFF_ROLES]
    whole = {each.place_id for each in staff if each.role in deciding and each.kind not in BELOW_CENTER}
    return any(each.place_id not in whole and each.county_id not in whole for each in staff)


def require_handling(*, actor: Actor, order: Order) -> None:
    if not may_handle(actor=actor, order=order):
        raise NotYourQueue


def may_hand_over(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor passes the order up or asks for help: who decides about it.

    The time limits act as SYSTEM, which no request ever is.
    """
    return actor is SYSTEM or may_handle(actor=actor, order=order)


def require_handing_over(*, actor: Actor, order: Order) -> None:
    if not may_hand_over(actor=actor, order=order):
        raise NotYourQueue


def require_own(*, actor: Actor, order: Order) -> None:
    if actor.person_id is None or order.requester_id != actor.person_id:
        raise NotYourOrder


def require_cancelling(*, actor: Actor, order: Order) -> None:
    """The resident cancels; whoever entered the order for a resident may do it in their name."""
    if order.requester_id != actor.person_id and order.placed_by_id != actor.account_id:
        raise NotYourOrder


def require_changing(*, actor: Actor, order: Order) -> None:
    """The resident, whoever entered the order for them, and staff who may enter orders where they live."""
    if _asked(actor, order):
        return
    if actor.account_id is not None and order.placed_by_id == actor.account_id:
        return
    if may_change_for_resident(actor=actor, order=order):
        return
    raise NotYourOrder


def may_pin(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor may keep where the door is: the resident, and staff there who do not serve (R-Z2)."""
    return may_unpin(actor=actor, order=order) and (
        _asked(actor, order) or not serves(actor=actor, order=order)
    )


def may_unpin(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor may remove where the door is: also who serves, for the resident may ask them to."""
    return _asked(actor, order) or may_change_for_resident(actor=actor, order=order)


def require_pinning(*, actor: Actor, order: Order) -> None:
    require_unpinning(actor=actor, order=order)
    if not may_pin(actor=actor, order=order):
        raise ServesHere


def require_unpinning(*, actor: Actor, order: Order) -> None:
    if not may_unpin(actor=actor, order=order):
        raise NotYourOrder


def _asked(actor: Actor, order: Order) -> bool:
    return actor.person_id is not None and order.requester_id == actor.person_id


def may_change_for_resident(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor looks after people where the order arose, or decides about it where it is held."""
    return may_handle(actor=actor, order=order) or may_enter_for(actor=actor, order=order)


def may_enter_for(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor writes down what people say where the order arose; of a private one who handles it."""
    if order.is_private:
        return may_handle(actor=actor, order=order)
    return holds_role_over(
        actor=actor, roles=ENTERING_ROLES, place_id=order.origin_place_id, county_id=order.county_id
    )


def require_leading(*, actor: Actor, team_id: int) -> None:
    if team_id not in actor.led_team_ids:
        raise NotYourTeam


def is_named(*, actor: Actor, assignment: Assignment) -> bool:
    return assignment.members.filter(person=actor.person_id, removed_at=None).exists()


def require_serving(*, actor: Actor, assignment: Assignment) -> None:
    """Members named for the assignment, or the leader of the team."""
    if assignment.team_id in actor.led_team_ids:
        return
    if actor.person_id is None or not is_named(actor=actor, assignment=assignment):
        raise NotNamedForVisit


def takes_part(*, actor: Actor, assignments: QuerySet[Assignment]) -> bool:
    """Tell whether the actor belongs to one of the teams, or is or was named for one of the shares."""
    teams = {*actor.team_ids, *actor.led_team_ids}
    mine = Q(team__in=teams) | Q(members__person=actor.person_id or 0)
    return assignments.filter(mine).exists()


def serves(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor is of a team that has the order or is asked to take it, or named for it."""
    live = Assignment.objects.filter(order=order, state__in=sorted(LIVE_ASSIGNMENT))
    return takes_part(actor=actor, assignments=live)


def has_served(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor serves the order, or did in a round before: of a team that had it, or named then."""
    share = Assignment.objects.filter(order=order, state__in=sorted(LIVE_ASSIGNMENT | HAD_ASSIGNMENT))
    return takes_part(actor=actor, assignments=share)


def may_read_times(*, actor: Actor, visit: Visit) -> bool:
    """Tell whether the actor reads which times of a visit wait for a word: who may say it, and who is named."""
    return (
        visit.assignment.team_id in actor.led_team_ids
        or is_named(actor=actor, assignment=visit.assignment)
        or _asked(actor, visit.assignment.order)
        or looks_after(actor=actor, order=visit.assignment.order)
    )


def require_reading_times(*, actor: Actor, visit: Visit) -> None:
    if not may_read_times(actor=actor, visit=visit):
        raise MayNotJudgeTime


def may_judge_time(*, actor: Actor, visit: Visit) -> bool:
    """Tell whether the actor may confirm times of a visit: who leads, who asked for it, the office outside the team.

    No teammate: two who came together would prove each other's times. Nor who asked for it and is of the team, the
    leader either: one person is not both sides. That nobody confirms their own, nor what they wrote themselves, is
    seen to in `attendance`.
    """
    order, assignment = visit.assignment.order, visit.assignment
    has_asked = _asked(actor, order)
    if assignment.team_id in actor.led_team_ids:
        return not has_asked
    if not has_asked and not looks_after(actor=actor, order=order):
        return False
    return not takes_part(actor=actor, assignments=Assignment.objects.filter(pk=assignment.pk))


def require_judging_time(*, actor: Actor, visit: Visit) -> None:
    if not may_judge_time(actor=actor, visit=visit):
        raise MayNotJudgeTime


def may_tell_code(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor may read the code of the door out on the telephone.

    Who works where the order is held, or where the resident lives: that is whom a neighbour calls. Not who serves:
    they would hold both sides of the proof (R-Z2).
    """
    return looks_after(actor=actor, order=order) and not serves(actor=actor, order=order)


def require_telling_code(*, actor: Actor, order: Order) -> None:
    if not looks_after(actor=actor, order=order):
        raise NotYourQueue
    if serves(actor=actor, order=order):
        raise ServesHere


def why_not(*, actor: Actor, order: Order) -> str:
    """Return the sentence for who looks after an order that they serve themselves; else nothing."""
    mixed = looks_after(actor=actor, order=order) and serves(actor=actor, order=order)
    return str(ServesHere.sentence) if mixed else ""


def looks_after(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor enters orders where this one is held or arose; of a private one who decides about it."""
    if order.is_private:
        return may_handle(actor=actor, order=order)
    return any(
        holds_role_over(actor=actor, roles=ENTERING_ROLES, place_id=place_id, county_id=order.county_id)
        for place_id in (order.holder_place_id, order.origin_place_id)
    )


def require_entering(*, actor: Actor, place_id: int, county_id: int | None) -> None:
    if not holds_role_over(actor=actor, roles=ENTERING_ROLES, place_id=place_id, county_id=county_id):
        raise MayNotEnter


def require_order_staff(*, actor: Actor) -> None:
    if not actor.roles & ORDER_STAFF_ROLES:
        raise NotOrderStaff


def require_dispatching(*, actor: Actor) -> None:
    if not actor.roles & DISPATCHING_ROLES:
        raise NotOrderStaff


def require_any_entering(*, actor: Actor) -> None:
    """Open the pages on which orders are entered; for whom, `require_entering` decides."""
    if not actor.roles & ENTERING_ROLES:
        raise MayNotEnter


def require_any_team(*, actor: Actor) -> None:
    if not actor.led_team_ids:
        raise LeadsNoTeam


def require_figures(*, actor: Actor) -> None:
    if not actor.roles & FIGURE_ROLES:
        raise MayNotSeeFigures


def may_see_contact(*, actor: Actor, order: Order) -> bool:
    """Address and telephone: the resident; those who handle it; the team that accepted it, until it ends (R-Z10).

    A team that has reported keeps it until the order is closed, for it may be called back; once the order was opened
    again, who did the round before does not.
    """
    if _asked(actor, order):
        return True
    if order.state in ENDED:
        return False
    if looks_after(actor=actor, order=order):
        return True
    if not actor.team_ids:
        return False
    for assignment in order.assignments.filter(Assignment.taken_q(), team__in=actor.team_ids):
        if assignment.team_id in actor.led_team_ids or is_named(actor=actor, assignment=assignment):
            return True
    return False


def may_read_all_parts(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor reads every part of an order that was split: who asked for it, and who looks after it.

    A team reads its own part. Whoever is of a team and sees the order in another way, too, reads all of it.
    """
    if _asked(actor, order):
        return True
    if order.is_private:
        return may_handle(actor=actor, order=order)
    scope = scope_of(actor, staff_roles=ORDER_STAFF_ROLES, keeping_roles=DISPATCHING_ROLES)
    with scoped(replace(scope, team_ids=())):
        return Order.objects.filter(pk=order.pk).exists()


def is_live(assignment: Assignment) -> bool:
    return assignment.state in LIVE_ASSIGNMENT


def may_see_visit_photo(actor: Actor, file: StoredFile) -> bool:
    """Whoever may see the order may see the pictures of its visits: the same scope as every other read."""
    if not actor.is_signed_in:
        return False
    with scoped(scope_for(actor)):
        return Order.objects.filter(assignments__visits__photos__file=file).exists()


def may_see_paper(*, actor: Actor, order: Order) -> bool:
    """Tell whether the signed paper is shown: as the contact is, but to no team (R-Z10)."""
    return _asked(actor, order) or (order.state not in ENDED and looks_after(actor=actor, order=order))


def may_see_consent_paper(actor: Actor, file: StoredFile) -> bool:
    """The resident who signed, and until the order ends those who look after it."""
    told = OrderConsent.objects.filter(paper=file).select_related("order")
    return any(may_see_paper(actor=actor, order=each.order) for each in told)
