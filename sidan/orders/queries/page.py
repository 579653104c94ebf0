"""Everything one page of an order shows."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Final, TypedDict
from uuid import UUID

from django.db.models import F
from django.utils.translation import pgettext

from sidan.audit.queries import Look, who_looked
from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.core.language import shown
from sidan.core.numbers import SeparatedText, rejoin_numbers, separate_numbers
from sidan.core.scope import current_scope, scoped
from sidan.orders.enums import Channel, OrderState
from sidan.orders.models import (
    Assignment,
    AssignmentMember,
    Order,
    OrderChange,
    OrderConsent,
    OrderNote,
    OrderStep,
    OrderText,
    Review,
    ReviewText,
    VisitPhoto,
    VisitReport,
    WorkPart,
)
from sidan.orders.permissions import may_see_contact
from sidan.orders.policies import unseal, veiled
from sidan.people.models import Person, Team


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of the history: what happened, when, with which team, and the words beside it."""

    at: datetime
    verb: str
    state: str
    team_name: str
    reason_code: str
    words: str
    place_name: str = ""
    """Who was handed the order, or asked to help."""
    from_place_name: str = ""
    """Who handed it on, or asked."""
    change: OrderChange | None = None
    """How the wish was before, of a step that changed it."""
    part: str = ""
    """Of an order that was split: which part moved."""
    is_by_resident: bool = True
    """Whose order it is did it."""


@dataclass(frozen=True, slots=True)
class FullContact:
    """What only those who may see it are shown."""

    name: str
    phone: str
    address: str
    need: str
    notes: list[str]
    entered_by: str = ""
    """Through whom to reach a resident without telephone: who entered the order for them."""


Written = Callable[..., list[str]]
"""Returns by `order` what an app above keeps of words about it, whole."""
_written: Final[dict[str, Written]] = {}


def register_written(app: str, written: Written) -> None:
    """Let who looks at an order's contact read an app's words with numbers, too: those that its resident reads."""
    _written[app] = written


class Known(TypedDict):
    """What `veiled` hides of a resident."""

    known: tuple[str, ...]
    addresses: tuple[str, ...]


def words_for(*, reader: Actor, order: Order, words: str) -> str:
    """Return free words of an order as a reader may see them; of several words ask `reading_of` once."""
    return reading_of(reader=reader, order=order)(words)


def reading_of(*, reader: Actor, order: Order) -> Callable[[str], str]:
    """Return how a reader reads the free words of an order: whole, without numbers, or veiled.

    Whole for the resident they are about. Who may see the contact sees no numbers but with it, where each look is
    recorded. From all others, as a supervisor, a team that was only asked, or anybody once it has ended, names and
    house numbers are hidden as well (R-Z10).
    """
    if reader.person_id is not None and order.requester_id == reader.person_id:
        return lambda words: words
    veil = cache(lambda: None if may_see_contact(actor=reader, order=order) else known_of(order=order))

    def read(words: str) -> str:
        known = veil() if words else None
        return separate_numbers(words).text if known is None else veiled(words, **known)

    return read


def known_of(*, order: Order) -> Known:
    """Return what the order itself knows of its resident, to be hidden in free words."""
    text, person = getattr(order, "text", None), order.requester
    names = [text.contact_name, unseal(text.sealed or "").name] if text else []
    return Known(
        known=tuple(filter(None, (*names, person.name))),
        addresses=tuple(filter(None, (text.address if text else "", person.address))),
    )


def need_for_team(*, reader: Actor, order: Order) -> str:
    """Return what was written about an order as its team's card shows it: veiled until the team has taken it.

    Whatever office the reader holds beside: on the card they are of the team.
    """
    need = order.text.need
    if not need or may_see_contact(actor=reader, order=order):
        return need
    return veiled(need, **known_of(order=order))


def timeline(*, order: Order, reader: Actor) -> list[TimelineEntry]:
    """The order's own steps from the first to the last, in words' material: four queries at most."""
    rows_of_steps = OrderStep.objects.filter(order=order, machine="order").order_by("turn")
    beside = ("note", "change", "handover__from_place", "handover__to_place")
    steps = list(rows_of_steps.select_related(*beside).annotate(by=F("actor__person_id")))
    rows = Team.objects.filter(pk__in={step.team_id for step in steps if step.team_id})
    teams = {pk: shown(name, name_en) for pk, name, name_en in rows.values_list("pk", "name", "name_en")}
    part_ids = {step.part_id for step in steps if step.part_id}
    parts = WorkPart.objects.select_related("category").in_bulk(part_ids) if part_ids else {}
    read = reading_of(reader=reader, order=order)
    return [
        TimelineEntry(
            at=step.at, verb=step.verb, state=step.to_state, team_name=teams.get(step.team_id or 0, ""),
            reason_code=step.reason_code,
            words=read(step.note.words) if hasattr(step, "note") else "",
            place_name=step.handover.to_place.shown_short if hasattr(step, "handover") else "",
            from_place_name=step.handover.from_place.shown_short if hasattr(step, "handover") else "",
            change=getattr(step, "change", None),
            part=parts[step.part_id].shown_title if step.part_id else "",
            is_by_resident=step.by == order.requester_id,
        )
        for step in steps
    ]  # fmt: skip


def was_cancelled_for(*, order: Order) -> bool:
    """Tell whether an order was cancelled by another one than its resident; one that was merged was not cancelled."""
    rows = OrderStep.objects.filter(order=order, machine="order", verb="cancel")
    return order.state == OrderState.CANCELLED and rows.exclude(actor__person=order.requester_id).exists()


def full_contact(*, order: Order) -> FullContact:
    """Read the contact in clear; the caller has checked `may_see_contact` and records the look (R-Z10)."""
    text = OrderText.objects.get(order=order)
    person = order.requester
    phone = text.contact_phone or person.contact_phone or ""
    return FullContact(
        name=unseal(text.sealed or "").name or text.contact_name or person.name,
        phone=phone,
        address=text.address or person.address or "",
        need=whole_need(text),
        notes=_words_with_numbers(order),
        entered_by="" if phone else _entered_by(order),
    )


def _entered_by(order: Order) -> str:
    if order.channel != Channel.ON_BEHALF or order.placed_by is None:
        return ""
    return order.placed_by.person.name


def has_telephone(*, order: Order) -> bool:
    """Tell whether anybody can be called about an order: with it, or in the resident's file."""
    text = OrderText.objects.filter(order=order).first()
    return bool((text and text.contact_phone) or order.requester.contact_phone)


def whole_need(text: OrderText) -> str:
    """Return what was written about an order, with its numbers; of a private one what was sealed."""
    if text.sealed:
        return unseal(text.sealed).need
    numbers = tuple(json.loads(text.numbers)) if text.numbers else ()
    return rejoin_numbers(SeparatedText(text=text.need, numbers=numbers))


def _words_with_numbers(order: Order) -> list[str]:
    """All other free words of an order in which numbers are masked elsewhere."""
    reviews = ReviewText.objects.filter(review__order=order).order_by("review")
    written = [
        *OrderNote.objects.filter(step__order=order).order_by("step").values_list("words", flat=True),
        *VisitReport.objects.filter(visit__assignment__order=order).values_list("words", flat=True),
        *(words for said in reviews.values_list("words", "wish") for words in said),
        *(words for told in _written.values() for words in told(order=order)),
    ]
    return [words for words in written if words and separate_numbers(words).numbers]


def looks_at(*, order: Order, reader: Actor) -> list[Look]:
    """Return who looked at the contact or the door's code, in any app; for the resident (R-Z10), for others nobody."""
    if reader.person_id is None or order.requester_id != reader.person_id:
        return []
    return who_looked(subject=("order", order.pk))


def last_review(*, order: Order) -> Review | None:
    """The newest review; its words are read by `review_words`."""
    return Review.objects.filter(order=order).select_related("text").order_by("-id").first()


def review_words(*, review: Review | None, order: Order, reader: Actor) -> str:
    """The words of a review, if there are any."""
    if review is None or not hasattr(review, "text"):
        return ""
    return words_for(reader=reader, order=order, words=review.text.words)


def visit_photos(*, order: Order, team_ids: Collection[int] | None = None) -> list[UUID]:
    """The pictures of all visits of an order, or of some teams', oldest visit first, by the id of the stored file."""
    rows = VisitPhoto.objects.filter(visit__assignment__order=order).order_by("visit", "position", "id")
    if team_ids is not None:
        rows = rows.filter(visit__assignment__team__in=team_ids)
    return list(rows.values_list("file__uuid", flat=True))


def photos_in_use(file_ids: Sequence[int]) -> list[int]:
    """Which of some stored pictures belong to a visit: the others may be removed as orphans."""
    return list(VisitPhoto.objects.filter(file__in=file_ids).values_list("file_id", flat=True))


def papers_in_use(file_ids: Sequence[int]) -> list[int]:
    """Which of some stored pictures show a signed paper."""
    rows = OrderConsent.objects.filter(paper__in=file_ids).values_list("paper_id", flat=True)
    return [pk for pk in rows if pk is not None]


def consents_of(*, order: Order) -> list[OrderConsent]:
    """How the resident agreed to an order that somebody entered, with who heard it and the paper."""
    return list(order.consents.select_related("by__person", "paper"))


def consents_shown(*, order: Order, reader: Actor) -> list[OrderConsent]:
    """The same for the resident and for staff who may see the order; a team needs none of it.

    Raises:
        NotFound: to the reader there is no such order here.
    """
    own = reader.person_id is not None and order.requester_id == reader.person_id
    with scoped(replace(current_scope(), person_id=None, team_ids=())):
        if not own and not Order.objects.filter(pk=order.pk).exists():
            raise NotFound
    return consents_of(order=order)


@dataclass(frozen=True, slots=True)
class NamedMember:
    """A volunteer named for an assignment."""

    person_id: int
    uuid: UUID
    name: str


def member_names(*, person_ids: Collection[int]) -> str:
    """Return the names of some who are at a visit, as a sentence lists them."""
    return pgettext("between names", ", ").join(names_of(person_ids=person_ids).values())


def names_of(*, person_ids: Collection[int]) -> dict[int, str]:
    """Return the names of some who are or were at a visit, by person: one query."""
    return dict(Person.unscoped.filter(pk__in=person_ids).order_by("pk").values_list("pk", "name"))


def named_members(*, assignment: Assignment) -> list[NamedMember]:
    """Who goes, in the order of naming."""
    return members_named(assignment_ids=[assignment.pk]).get(assignment.pk, [])


def members_named(*, assignment_ids: Collection[int]) -> dict[int, list[NamedMember]]:
    """Who goes for each of some assignments, in the order of naming: one query."""
    rows = AssignmentMember.objects.filter(assignment__in=assignment_ids, removed_at=None)
    found: dict[int, list[NamedMember]] = {}
    told = rows.order_by("named_at", "id").values_list(
        "assignment_id", "person_id", "person__uuid", "person__name"
    )
    for assignment_id, person_id, uuid, name in told:
        found.setdefault(assignment_id, []).append(NamedMember(person_id, uuid, name))
    return found
