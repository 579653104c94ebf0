"""A resident asks (点单), or somebody asks for them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.catalogue.enums import ProjectState
from sidan.catalogue.models import Project
from sidan.core.actor import Actor
from sidan.core.crypto import encrypt_text
from sidan.core.danger import numbers_to_call
from sidan.core.errors import Conflict, FieldProblem, Forbidden, Invalid, NotFound
from sidan.core.events import publish
from sidan.core.ids import order_number, uuid7
from sidan.core.numbers import separate_numbers
from sidan.core.phones import BadPhone, normalise_phone
from sidan.core.search import search_terms
from sidan.core.transactions import act
from sidan.orders.enums import Channel, Urgency
from sidan.orders.events import OrderMoved
from sidan.orders.models import Order, OrderConsent
from sidan.orders.notices import tell_dispatchers
from sidan.orders.operations.clock import CLOCKWORK
from sidan.orders.operations.consents import Consent, check_consent
from sidan.orders.operations.room import told_when_full
from sidan.orders.permissions import require_entering
from sidan.orders.policies import BadWish, Sealed, check_wish, seal
from sidan.orders.queries.route import keeping_place
from sidan.people.models import Person
from sidan.people.operations.organisations import require_organisation
from sidan.people.policies import NO_ORGANISATION, Organisation

TRIES_OF_A_NUMBER = 4


class OrganisationInTheOpen(Invalid):
    code = "organisation_in_the_open"
    sentence = _("A private order cannot stand in an organisation's name. Please leave one of the two out.")


class SignInToOrder(Forbidden):
    code = "sign_in_to_order"
    sentence = _("Please sign in first; then your address and telephone are filled in.")


class HomeUnknown(Invalid):
    code = "home_unknown"
    sentence = _("Please say first in which village or community you live; then we know who comes.")


class ServiceNotOffered(NotFound):
    code = "service_not_offered"
    sentence = _("This service is not offered where you live at present.")


class WishRefused(Invalid):
    """The wished time cannot be; the `reason` is one of the codes of `policies.BadWish`."""

    code = "wish_refused"
    sentence = _("The wished time must lie ahead, within 90 days, and end after it begins.")


class NumberTaken(Conflict):
    code = "number_taken"
    sentence = _("The order could not get a number just now. Please send it again.")


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call and where to go; empty parts are filled from the person's file."""

    name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted and when."""

    project_uuid: UUID
    wished_from: datetime
    wished_to: datetime
    need: str = ""
    contact: Contact = Contact()
    urgency: str = Urgency.NORMAL
    is_private: bool = False
    """Seen by those who handle it only; some kinds of service always are."""
    organisation: Organisation = NO_ORGANISATION
    """In whose name, if not the resident's own; the contact is who asks for it."""


COLUMNS = ", ".join(str(field.column) for field in Order._meta.concrete_fields)
PLACE = f"""
WITH wanted AS (
    SELECT project.id, project.title, project.title_en, project.category_id, project.place_id, project.mode,
           project.people_needed, origin.county_id AS county_id
    FROM catalogue_project project JOIN places_place origin ON origin.id = %(origin)s
    JOIN catalogue_category kind ON kind.code = project.category_id
    WHERE project.uuid = %(project)s AND project.state = 'published'
      AND (%(keeper)s::bigint IS NOT NULL OR NOT kind.is_private)
      AND EXISTS (SELECT 1 FROM places_placelink link WHERE link.ancestor_id = project.area_id
                  AND link.descendant_id = origin.id AND upper_inf(link.during))
), placed AS (
    INSERT INTO orders_order (uuid, number, project_id, category_id, requester_id, placed_by_id, channel,
        origin_place_id, county_id, holder_place_id, mode, urgency, people_needed, wished_from, wished_to,
        state, state_since, turn, created_at, is_private, keeper_place_id, organisation_kind, organisation_name)
    SELECT %(uuid)s, free.number, wanted.id, wanted.category_id, %(requester)s, %(account)s, %(channel)s,
        %(origin)s, wanted.county_id, wanted.place_id, wanted.mode, %(urgency)s, wanted.people_needed,
        %(wished_from)s, %(wished_to)s, 'submitted', %(at)s, 1, %(at)s,
        %(keeper)s::bigint IS NOT NULL, %(keeper)s::bigint, %(organisation_kind)s, %(organisation_name)s
    FROM wanted, (SELECT number FROM unnest(%(numbers)s::text[]) WITH ORDINALITY AS candidate(number, nth)
                  WHERE NOT EXISTS (SELECT 1 FROM orders_order taken WHERE taken.number = candidate.number)
                  ORDER BY nth LIMIT 1) AS free
    RETURNING {COLUMNS}
), words AS (
    INSERT INTO orders_ordertext (order_id, need, search, numbers, contact_name, contact_phone, address,
                                  sealed)
    SELECT id, %(need)s, %(search)s, %(hidden)s, %(contact_name)s, %(contact_phone)s, %(address)s, %(sealed)s
    FROM placed
), step AS (
    INSERT INTO orders_orderstep (uuid, order_id, turn, machine, verb, from_state, to_state, actor_id, place_id,
                                  county_id, reason_code, at)
    SELECT %(step)s, id, 1, 'order', 'submit', '', 'submitted', %(account)s, holder_place_id, county_id, '', %(at)s
    FROM placed RETURNING id
)
SELECT wanted.title, wanted.title_en, step.id, placed.* FROM placed, step, wanted
"""


def place_order(*, actor: Actor, at: datetime, wish: Wish, channel: str = Channel.PORTAL) -> Order:
    """Place an order for oneself, from where one lives.

    Any published project whose area covers the origin can be ordered, also from last month's printed menu. The place
    whose library holds the project holds the order.

    Raises:
        SignInToOrder, HomeUnknown, ServiceNotOffered, WishRefused, MonthFull, BadPhone, NumberTaken;
        OrganisationRefused, OrganisationInTheOpen.
    """
    if actor.account_id is None or actor.person_id is None:
        raise SignInToOrder
    if actor.home_place_id is None:
        raise HomeUnknown
    return _place(
        actor=actor,
        at=at,
        wish=wish,
        channel=channel,
        person_id=actor.person_id,
        origin_id=actor.home_place_id,
    )


def place_order_for(
    *, actor: Actor, at: datetime, wish: Wish, person: Person, consent: Consent,
    channel: str = Channel.ON_BEHALF,
) -> Order:  # fmt: skip
    """Enter an order for a resident who asked in person, on paper or by telephone (R-O3); counted apart by channel.

    How they agreed is kept beside it.

    Args:
        channel: how the asking reached us; another one where staff only carry on what the resident asked for
            themselves, which nobody calls back about.

    Raises:
        MayNotEnter: the person does not live below the actor's place.
        ConsentMissing, ConsentPaperMissing; and all that `place_order` raises.
    """
    if actor.account_id is None:
        raise SignInToOrder
    if person.home_place_id is None:
        raise HomeUnknown
    require_entering(actor=actor, place_id=person.home_place_id, county_id=person.county_id)
    check_consent(consent)
    with act():
        order = _place(
            actor=actor,
            at=at,
            wish=wish,
            channel=channel,
            person_id=person.pk,
            origin_id=person.home_place_id,
        )
        OrderConsent.objects.create(
            order=order, way=consent.way, paper=consent.paper, by_id=actor.account_id, at=at
        )
    return order


def _place(*, actor: Actor, at: datetime, wish: Wish, channel: str, person_id: int, origin_id: int) -> Order:
    try:
        check_wish(wished_from=wish.wished_from, wished_to=wish.wished_to, at=at)
    except BadWish as bad:
        raise WishRefused(reason=bad.code) from bad
    require_organisation(wish.organisation)
    wish = replace(wish, contact=callable_contact(wish.contact))
    values = {
        "origin": origin_id, "project": wish.project_uuid, "uuid": uuid7(), "step": uuid7(), "at": at,
        "requester": person_id, "account": actor.account_id, "channel": channel, "urgency": _urgency(wish),
        "wished_from": wish.wished_from, "wished_to": wish.wished_to,
        "numbers": [order_number() for _try in range(TRIES_OF_A_NUMBER)],
        "organisation_kind": wish.organisation.kind, "organisation_name": wish.organisation.name,
    }  # fmt: skip
    with told_when_full(begins=wish.wished_from), act():
        placed = _written(wish, values)
        order = _order(placed[0], placed[1], placed[3:])
        record(
            actor=actor, at=at, verb="order.submit", subject=("order", order.pk),
            place_id=order.holder_place_id, county_id=order.county_id, channel=channel,
        )  # fmt: skip
        CLOCKWORK.tell(order, step_id=placed[2], at=at)
        kind = "order_danger" if order.urgency == Urgency.DANGER else "order_submitted"
        tell_dispatchers(kind=kind, order=order, at=at)
        publish(_event(order, placed[2], at))
    return order


def _written(wish: Wish, values: dict[str, Any]) -> Sequence[Any]:
    """Write order, words and step in one statement, which passes over a service whose orders are always private.

    Raises:
        ServiceNotOffered.
        OrganisationInTheOpen: it is private, and yet in an organisation's name.
    """
    placed = None if wish.is_private else _insert({**values, **_words(wish), "keeper": None})
    if placed is None:
        keeper_id = _keeper(wish)
        if keeper_id and wish.organisation:
            raise OrganisationInTheOpen
        placed = _insert({**values, **_sealed_words(wish), "keeper": keeper_id}) if keeper_id else None
    if placed is None:
        raise ServiceNotOffered
    return placed


def _insert(values: dict[str, Any]) -> Sequence[Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(PLACE, values)
        row: Sequence[Any] | None = cursor.fetchone()
        return row


def _keeper(wish: Wish) -> int | None:
    """Return who will keep a private order; nothing where the order need not be private, or nothing is offered."""
    projects = Project.objects.filter(uuid=wish.project_uuid, state=ProjectState.PUBLISHED)
    found = projects.values_list("place_id", "category__is_private").first()
    if found is None or not (wish.is_private or found[1]):
        return None
    return keeping_place(place_id=found[0])


def _urgency(wish: Wish) -> str:
    """Return how urgent it is; words of danger weigh more than what was ticked. They are never a reason to refuse."""
    return Urgency.DANGER if numbers_to_call(wish.need) else wish.urgency


def callable_contact(contact: Contact) -> Contact:
    """Return the contact with its number in the form that is kept: the volunteers call it before they come."""
    if not contact.phone:
        return contact
    try:
        return replace(contact, phone=normalise_phone(contact.phone))
    except BadPhone as bad:
        raise BadPhone(errors=[FieldProblem("/contact/phone", bad.sentence)]) from bad


def _order(title: str, title_en: str, values: Sequence[Any]) -> Order:
    """Make the order of what the statement returned: to read it again would cost as much as to write it."""
    order = Order.from_db("default", [field.attname for field in Order._meta.concrete_fields], values)
    names = ("id", "title", "title_en")
    order.project = Project.from_db("default", names, (order.project_id, title, title_en))
    return order


def _words(wish: Wish) -> dict[str, Any]:
    """Prepare the erasable text: numbers taken out and encrypted, the rest searchable."""
    separated = separate_numbers(wish.need)
    return {
        "need": separated.text,
        "search": search_terms(separated.text),
        "hidden": _hidden(json.dumps(separated.numbers) if separated.numbers else "", "numbers"),
        "contact_name": wish.contact.name,
        "contact_phone": _hidden(wish.contact.phone, "contact_phone"),
        "address": _hidden(wish.contact.address, "address"),
        "sealed": None,
    }


def _sealed_words(wish: Wish) -> dict[str, Any]:
    """Prepare the text of a private order: whole in one encrypted column, nothing of it to be found by words."""
    sealed = seal(Sealed(need=wish.need, name=wish.contact.name))
    return {
        **_words(replace(wish, need="", contact=replace(wish.contact, name=""))),
        "sealed": _hidden(sealed, "sealed"),
    }


def _hidden(value: str, column: str) -> bytes:
    return encrypt_text(value=value, purpose=f"orders.text.{column}") if value else b""


def _event(order: Order, step_id: int, at: datetime) -> OrderMoved:
    return OrderMoved(
        order_id=order.pk, step_id=step_id, verb="submit", from_state="", to_state=order.state,
        origin_place_id=order.origin_place_id, county_id=order.county_id, team_id=None, at=at,
    )  # fmt: skip
