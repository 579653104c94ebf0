"""Looking at what is masked: allowed to few, and every look is written down (R-Z10)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.audit.queries import has_done, has_done_lately
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Forbidden
from sidan.files.models import StoredFile
from sidan.orders.looks import LOOK_AT_CODE, showing_code
from sidan.orders.models import Order, OrderConsent
from sidan.orders.permissions import may_see_contact, require_telling_code
from sidan.orders.queries import DoorCode, door_codes
from sidan.orders.queries.page import FullContact, full_contact

LOOK_AT_CONTACT: Final = "order.look_contact"
LOOK_AT_PAPER: Final = "order.look_paper"

LOOK_HOLDS: Final = timedelta(days=1)
"""Who writes down a call has opened whom to call within this time: nobody calls a number they have not seen."""


class ContactHidden(Forbidden):
    code = "contact_hidden"
    sentence = _("Address and telephone are shown only to those who handle this order, until it ends.")


def look_at_contact(*, actor: Actor, at: datetime, order: Order) -> FullContact:
    """Show address, telephone and the need in clear, and record who looked. Raises ContactHidden."""
    if not may_see_contact(actor=actor, order=order):
        raise ContactHidden
    if order.requester_id != actor.person_id:
        record(
            actor=actor, at=at, verb=LOOK_AT_CONTACT, subject=("order", order.pk),
            place_id=order.holder_place_id, county_id=order.county_id,
        )  # fmt: skip
    return full_contact(order=order)


class LookFirst(Conflict):
    code = "call_back_look_first"
    sentence = _("Please open whom to call first, and write down how it went after the call.")


def require_looked(*, actor: Actor, at: datetime, order: Order, verb: str = LOOK_AT_CONTACT) -> None:
    """Refuse what is told of a call by who did not open the contact within `LOOK_HOLDS`, by the verb of that look.

    Raises:
        LookFirst
    """
    subject, since = ("order", order.pk), at - LOOK_HOLDS
    if not has_done(account_id=actor.account_id or 0, verb=verb, subject=subject, since=since, until=at):
        raise LookFirst


def write_paper_down(actor: Actor, file: StoredFile, at: datetime) -> None:
    """Record who looked at the signed paper of an order; `files` has asked whether they may."""
    for told in OrderConsent.objects.filter(paper=file).select_related("order"):
        if told.order.requester_id != actor.person_id:
            record(
                actor=actor, at=at, verb=LOOK_AT_PAPER, subject=("order", told.order_id),
                place_id=told.order.holder_place_id, county_id=told.order.county_id,
            )  # fmt: skip


class NoCodeToTell(Conflict):
    code = "no_code_to_tell"
    sentence = _("There is no code now: it is shown while a visit is ahead or under way.")


def look_at_code(*, actor: Actor, at: datetime, order: Order) -> list[DoorCode]:
    """Return the present code of each visit, to be read out to a resident on the telephone; the look is recorded.

    Raises:
        NotYourQueue: the order is held elsewhere.
        ServesHere: the actor serves it.
        NoCodeToTell: no visit is ahead or under way.
    """
    require_telling_code(actor=actor, order=order)
    codes = door_codes(order=order, at=at)
    if not codes:
        raise NoCodeToTell
    record(
        actor=actor, at=at, verb=LOOK_AT_CODE, subject=("order", order.pk),
        place_id=order.holder_place_id, county_id=order.county_id,
    )  # fmt: skip
    return codes


def reading_of_code(*, actor: Actor, order: Order) -> Callable[[datetime, datetime], bool] | None:
    """Return how to tell whether who enters the code of the door could read it away from the door.

    It stands on the page of whose order it is; or it was shown in the office, or behind a code on paper that they gave
    out or opened. None where nobody is signed in.
    """
    account_id = actor.account_id
    if account_id is None:
        return None
    if order.requester_id == actor.person_id:
        return lambda _since, _until: True
    return lambda since, until: has_done_lately(
        account_id=account_id, lasting=showing_code(), subject=("order", order.pk), since=since, until=until
    )
