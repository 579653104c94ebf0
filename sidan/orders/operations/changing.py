"""A wish is changed before a team has taken it: another time, more people, other words or another telephone."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Invalid
from sidan.core.numbers import SeparatedText, rejoin_numbers, separate_numbers
from sidan.core.search import search_terms
from sidan.core.transactions import act
from sidan.orders.enums import LIVE_CALL, AnswerState, AssignmentState, Urgency
from sidan.orders.models import CallAnswer, Order, OrderChange, OrderText
from sidan.orders.notices import tell_dispatchers, tell_leader, tell_resident
from sidan.orders.operations.danger import hear_danger
from sidan.orders.operations.door import own_move, pass_door
from sidan.orders.operations.placing import Contact, WishRefused, callable_contact
from sidan.orders.operations.room import told_when_full
from sidan.orders.operations.seen import require_wish_seen
from sidan.orders.permissions import require_changing
from sidan.orders.policies import MOST_PEOPLE, BadWish, Sealed, check_wish, seal, unseal
from sidan.orders.queries.page import whole_need


class NothingChanged(Invalid):
    code = "nothing_changed"
    sentence = _("Nothing is different from before.")


class PeopleRefused(Invalid):
    code = "people_refused"
    sentence = _("One to %(most)s people can come to one order.")


AS_IT_IS = Contact()


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different; None, and an empty part of the contact, stay as they are."""

    window: tuple[datetime, datetime] | None = None
    people_needed: int | None = None
    need: str | None = None
    contact: Contact = AS_IT_IS


def change_order(
    *, actor: Actor, at: datetime, order: Order, change: Change, words: str = "", seen: int | None = None
) -> Order:
    """Change what was wished, before a team accepted it; a step keeps how it was, and those concerned are told.

    `seen` is the turn at which the actor read the wish: what somebody else changed since then is not written over.

    Raises:
        NotYourOrder, WishChanged, OrderMovedOn, WishRefused, MonthFull, PeopleRefused, BadPhone, NothingChanged.
    """
    require_changing(actor=actor, order=order)
    require_wish_seen(order=order, seen=seen)
    change = _only_different(order, replace(change, contact=callable_contact(change.contact)), at)
    begins = change.window[0] if change.window else order.wished_from
    with told_when_full(begins=begins), act():
        text = OrderText.objects.get(order=order)
        parts = _changed_parts(order, text, change)
        if change.window is None and change.people_needed is None and not parts:
            raise NothingChanged
        step_id = pass_door(order=order, actor=actor, at=at, moves=[own_move(order, "change")], words=words)
        OrderChange.objects.create(
            step_id=step_id,
            wished_from_before=order.wished_from if change.window else None,
            wished_to_before=order.wished_to if change.window else None,
            people_before=order.people_needed if change.people_needed else None,
            need_changed=bool(parts & {"need", "sealed"}),
            contact_changed=bool(parts & {"contact_name", "contact_phone", "address"}),
        )
        _write(order, text, change, parts)
        need = whole_need(text) if parts & {"need", "sealed"} else ""
        hear_danger(actor=actor, at=at, order=order, words=f"{need}\n{words}")
        _tell(actor, order, at)
    return order


def _only_different(order: Order, change: Change, at: datetime) -> Change:
    """Drop what is as it was; check what is not."""
    window, people = change.window, change.people_needed
    if window == (order.wished_from, order.wished_to):
        window = None
    if window is not None:
        try:
            check_wish(wished_from=window[0], wished_to=window[1], at=at)
        except BadWish as bad:
            raise WishRefused(reason=bad.code) from bad
    if people is not None and not 1 <= people <= MOST_PEOPLE:
        raise PeopleRefused(most=MOST_PEOPLE)
    return replace(change, window=window, people_needed=None if people == order.people_needed else people)


def _changed_parts(order: Order, text: OrderText, change: Change) -> set[str]:
    """Put the new words into the text, unsaved, and name the columns that are different now.

    What the order itself does not say stands in the person's file: to repeat that is no change.
    """
    parts: set[str] = set()
    person = order.requester
    known = {"contact_name": person.name, "contact_phone": person.contact_phone, "address": person.address}
    if order.is_private:
        parts, change = _put_sealed(text, change, person.name)
    elif change.need is not None and _put_need(text, change.need):
        parts = {"need", "search", "numbers"}
    for part, column in (("name", "contact_name"), ("phone", "contact_phone"), ("address", "address")):
        value = getattr(change.contact, part)
        if value and value != (getattr(text, column) or known[column]):
            setattr(text, column, value)
            parts.add(column)
    return parts


def _put_sealed(text: OrderText, change: Change, known_name: str) -> tuple[set[str], Change]:
    """Write need and name of a private order anew, where they are different; return what is left to change."""
    before = unseal(text.sealed or "")
    need = before.need if change.need is None else change.need
    name = change.contact.name if change.contact.name not in {"", before.name or known_name} else before.name
    left = replace(change, contact=replace(change.contact, name=""))
    if (need, name) == (before.need, before.name):
        return set(), left
    text.sealed = seal(Sealed(need=need, name=name))
    return {"sealed"}, left


def _put_need(text: OrderText, need: str) -> bool:
    """Write the need anew. Whoever sees it with stand-ins for its numbers leaves those numbers as they are."""
    numbers = tuple(json.loads(text.numbers)) if text.numbers else ()
    before = rejoin_numbers(SeparatedText(text=text.need, numbers=numbers))
    after = rejoin_numbers(SeparatedText(text=need, numbers=numbers))
    if after == before:
        return False
    separated = separate_numbers(after)
    text.need, text.search = separated.text, search_terms(separated.text)
    text.numbers = json.dumps(separated.numbers) if separated.numbers else ""
    return True


def _write(order: Order, text: OrderText, change: Change, parts: set[str]) -> None:
    # The turn that the door took guards the row; the guard in the database lets these columns change.
    if change.window is not None:
        order.wished_from, order.wished_to = change.window
    if change.people_needed is not None:
        order.people_needed = change.people_needed
    order.save(update_fields=["wished_from", "wished_to", "people_needed"])
    if parts:
        text.save(update_fields=sorted(parts))


def _tell(actor: Actor, order: Order, at: datetime) -> None:
    """Tell the office, the team that was asked and those that offered; and the resident, where somebody else did it."""
    kind = "order_danger" if order.urgency == Urgency.DANGER else "order_changed"
    tell_dispatchers(kind=kind, order=order, at=at)
    asked = order.assignments.filter(state=AssignmentState.OFFERED).values_list("team", flat=True)
    # Whoever is picked has the order at once: those that offered read what they would have now.
    offered = CallAnswer.objects.filter(
        call__order=order, call__state__in=sorted(LIVE_CALL), state=AnswerState.APPLIED
    ).values_list("team", flat=True)
    for team_id in sorted({*asked, *offered}):
        tell_leader(team_id=team_id, kind="order_changed_for_team", order=order, at=at)
    if order.requester_id != actor.person_id:
        tell_resident(kind="order_changed_for_you", order=order, at=at)
