"""An order told in sentences: where it stands, and what happened. For the pages of this app and of those above."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from sidan.core.actor import Actor
from sidan.core.badges import ToldStep
from sidan.core.clock import now
from sidan.core.danger import NUMBERS, numbers_to_call
from sidan.core.language import shown
from sidan.core.moments import when_words
from sidan.orders import queries
from sidan.orders.enums import ENDED, OrderState, Reason, Urgency, WishPart
from sidan.orders.models import Assignment, Order, OrderChange, OrderMerge, Review, Visit
from sidan.orders.queries import PartShare, TimelineEntry, timeline
from sidan.orders.queries.page import whole_need
from sidan.orders.words import (
    CALLED_STANDS,
    CANCELLED_FOR_STANDS,
    MERGED_STANDS,
    SPLIT_STANDS,
    EmergencyCall,
    calls_for,
    calls_of,
    stands_words,
    step_words,
    step_words_for,
)


def reason_words(code: str) -> str:
    """Return a reason in words; of a step that needed none, nothing."""
    return str(Reason(code).label) if code in Reason.values else ""


def change_words(change: OrderChange | None) -> list[str]:
    """Return what was changed about a wish, in words; of a step that changed none, nothing."""
    if change is None:
        return []
    told = []
    if change.wished_from_before:
        before = when_words(change.wished_from_before, now=now())
        told.append(_("another time (before: %(before)s)") % {"before": before})
    if change.people_before:
        told.append(_("another number of people (before: %(before)s)") % {"before": change.people_before})
    if change.need_changed:
        told.append(str(WishPart.NEED.label))
    if change.contact_changed:
        told.append(str(WishPart.CONTACT.label))
    return told


def told_steps(entries: Iterable[TimelineEntry]) -> list[ToldStep]:
    """Return the history in plain words, newest first."""
    told = []
    for entry in entries:
        words = step_words if entry.is_by_resident else step_words_for
        sentence, icon = words(verb=entry.verb, team=entry.team_name, place=entry.place_name)
        notes = [entry.part, reason_words(entry.reason_code), *change_words(entry.change), entry.words]
        note = " · ".join(each for each in notes if each)
        told.append(ToldStep(sentence=sentence, at=entry.at, icon=icon, note=note))
    return told[::-1]


def steps_of(order: Order, *, reader: Actor) -> list[ToldStep]:
    """Read and tell the history of an order, as a reader may see it."""
    return told_steps(timeline(order=order, reader=reader))


def stands_of(
    order: Order, *, assignment: Assignment | None, visit: Visit | None, at: datetime,
    shares: Sequence[PartShare] = (),
) -> str:  # fmt: skip
    """Say in one sentence to the resident where an order stands; who does which part is read beside it."""
    if shares and order.state in SPLIT_STANDS:
        return str(SPLIT_STANDS[order.state])
    team = shown(assignment.team.name, assignment.team.name_en) if assignment else ""
    when = when_words(visit.planned_from, now=at) if visit else ""
    return stands_words(state=order.state, team=team, when=when)


def cancelled_stands(order: Order, *, merge: OrderMerge | None) -> str:
    """Say how an order ended that is cancelled, though not by its resident; of any other, nothing."""
    if merge is not None:
        return str(MERGED_STANDS)
    return str(CANCELLED_FOR_STANDS) if queries.was_cancelled_for(order=order) else ""


def where_it_stands(order: Order, *, at: datetime) -> str:
    """Read who has an order, and say where it stands."""
    if ended := cancelled_stands(order, merge=queries.merge_of(order=order)):
        return ended
    if order.state == OrderState.DISPATCHED and queries.live_call(order=order):
        return str(CALLED_STANDS)
    if shares := queries.parts_of(order=order):
        return stands_of(order, assignment=None, visit=None, at=at, shares=shares)
    assignment = queries.live_assignment(order=order)
    visit = queries.live_visit(assignment=assignment) if assignment else None
    return stands_of(order, assignment=assignment, visit=visit, at=at)


def whom_to_call(order: Order, *, review: Review | None) -> list[EmergencyCall]:
    """Return whom to call at once by the words of an order, and by its last review while nobody has taken it up since.

    For the pages of the resident: their own, and the one behind the code on the paper.
    """
    return calls_for(_said(order, review))


def whom_staff_call(order: Order, *, review: Review | None) -> list[EmergencyCall]:
    """Return the same for those who decide about an open order or come for it: by what others said of it, too.

    They read numbers only: the words stand where they were said. Where nobody knows which, it is any of them.
    """
    numbers = set(numbers_to_call(_said(order, review)))
    if order.urgency == Urgency.DANGER and order.state not in ENDED:
        numbers |= set(order.calls_heard.split())
        numbers = numbers or set(NUMBERS)
    return calls_of(number for number in NUMBERS if number in numbers)


def with_calls(calls: list[EmergencyCall], *, said: str) -> list[EmergencyCall]:
    """Return whom to call by what was said just now as well."""
    numbers = {call.number for call in calls} | set(numbers_to_call(said))
    return calls_of(number for number in NUMBERS if number in numbers)


def call_at_once(words: str) -> str:
    """Say to staff and volunteers whom to call by words they wrote down just now; of calm words, nothing.

    For pages that come after an act by which the order is out of their sight.
    """
    return _calls(words, _("The words speak of danger to life. Make sure that help has been called."))


def call_now(words: str) -> str:
    """Say to residents whom to call by words of theirs that a page does not show again; of calm words, nothing."""
    return _calls(words, _("Is somebody in danger? Call now. Do not wait for a volunteer."))


def _calls(words: str, told: str) -> str:
    calls = calls_for(words)
    if not calls:
        return ""
    links = [(call.number, call.number, call.who) for call in calls]
    return format_html(
        "{} {}", told, format_html_join(" ", '<a class="text-link" href="tel:{}">{} {}</a>', links)
    )


def _said(order: Order, review: Review | None) -> str:
    said: list[str] = []
    if order.urgency == Urgency.DANGER and order.state not in ENDED:
        said.append(whole_need(order.text))
    if review and hasattr(review, "text") and order.state in {OrderState.CLOSED, OrderState.REOPENED}:
        said += [review.text.words, review.text.wish]
    return "\n".join(said)
