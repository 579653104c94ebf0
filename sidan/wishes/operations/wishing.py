"""Making a wish, for oneself or for somebody who asked, and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.danger import numbers_to_call
from sidan.core.errors import Conflict, FieldProblem, Forbidden, Invalid, NotSignedIn, TooMany
from sidan.core.phones import normalise_phone
from sidan.orders.enums import Urgency
from sidan.orders.operations import Consent, check_consent
from sidan.orders.operations.consents import ConsentPaperMissing
from sidan.people.enums import ENTERING_ROLES
from sidan.people.models import Person
from sidan.people.permissions import holds_role_over
from sidan.places.models import Place
from sidan.places.queries import place_of
from sidan.wishes.enums import WAITING, WishChannel
from sidan.wishes.models import Wish, WishConsent, WishText
from sidan.wishes.notices import tell_staff, tell_wisher
from sidan.wishes.operations.door import append_step, pass_door, require_no_open_order
from sidan.wishes.permissions import require_own
from sidan.wishes.queries import answering_place, papers_in_use

MOST_WAITING: Final = 5
FURTHEST: Final = timedelta(days=366)


class HomeUnknown(Invalid):
    code = "wish_home_unknown"
    sentence = _("Please say first in which village or community you live; then we know who reads your wish.")


class WishTooFar(Invalid):
    code = "wish_too_far"
    sentence = _("Please choose a day from today on, within a year.")


class TooManyWishes(TooMany):
    code = "too_many_wishes"
    sentence = _("There are %(limit)s wishes waiting already. Please let us answer these first.")


class NotYourResident(Forbidden):
    code = "not_your_resident"
    sentence = _("You may enter wishes only for people of your own place.")


@dataclass(frozen=True, slots=True)
class NewWish:
    """What is wished; contact parts that are empty are taken from the person's file when somebody looks."""

    words: str
    for_whom: str
    wished_by: date | None = None
    contact_name: str = ""
    contact_phone: str = ""


def make_wish(*, actor: Actor, at: datetime, told: NewWish, channel: str = WishChannel.PORTAL) -> Wish:
    """Make a wish for oneself or one's own, where one lives.

    Raises:
        NotSignedIn, HomeUnknown, WishTooFar, BadPhone
        TooManyWishes: too many of this person wait for an answer.
    """
    if actor.account_id is None or actor.person_id is None:
        raise NotSignedIn
    place = place_of(place_id=actor.home_place_id) if actor.home_place_id else None
    return _make(actor, at, told, channel, actor.person_id, place)


def make_wish_for(*, actor: Actor, at: datetime, told: NewWish, person: Person, consent: Consent) -> Wish:
    """Enter a wish for a resident who told it in person, on paper or by telephone; how they agreed is kept beside it.

    Raises:
        NotYourResident, HomeUnknown, WishTooFar, BadPhone, TooManyWishes
        ConsentMissing, ConsentPaperMissing: also where the paper is another wish's.
    """
    if actor.account_id is None:
        raise NotSignedIn
    if person.home_place_id is None:
        raise HomeUnknown
    if not holds_role_over(actor=actor, roles=ENTERING_ROLES, place_id=person.home_place_id):
        raise NotYourResident
    check_consent(consent)
    if consent.paper is not None and papers_in_use([consent.paper.pk]):
        raise ConsentPaperMissing(errors=[FieldProblem("/paper", ConsentPaperMissing.sentence)])
    place = place_of(place_id=person.home_place_id)
    with transaction.atomic():
        wish = _make(actor, at, told, WishChannel.ON_BEHALF, person.pk, place)
        WishConsent.objects.create(
            wish=wish, way=consent.way, paper=consent.paper, by_id=actor.account_id, at=at
        )
    return wish


def _make(
    actor: Actor, at: datetime, told: NewWish, channel: str, person_id: int, place: Place | None
) -> Wish:
    if place is None or actor.account_id is None:
        raise HomeUnknown
    today = business_date(at)
    if told.wished_by is not None and not today <= told.wished_by <= today + FURTHEST:
        raise WishTooFar
    phone = normalise_phone(told.contact_phone) if told.contact_phone else ""
    urgency = Urgency.DANGER if numbers_to_call(told.words) else Urgency.NORMAL
    with transaction.atomic():
        # The person's row is the lock: two sendings at once cannot both be the last that is allowed.
        Person.unscoped.select_for_update().get(pk=person_id)
        if Wish.unscoped.filter(wisher=person_id, state__in=sorted(WAITING)).count() >= MOST_WAITING:
            raise TooManyWishes(limit=MOST_WAITING)
        wish = Wish.unscoped.create(
            wisher_id=person_id, entered_by_id=actor.account_id, channel=channel, place=place,
            county_id=place.county_id, holder_id=answering_place(place_id=place.pk), urgency=urgency,
            for_whom=told.for_whom, wished_by=told.wished_by, state_since=at, created_at=at,
        )  # fmt: skip
        WishText.objects.create(
            wish=wish, words=told.words, contact_name=told.contact_name, contact_phone=phone
        )
        append_step(wish=wish, actor=actor, at=at, verb="submit", from_state="")
        kind = "wish_danger" if urgency == Urgency.DANGER else "wish_submitted"
        tell_staff(kind=kind, wish=wish, at=at, but=actor.account_id)
        if channel == WishChannel.ON_BEHALF:
            tell_wisher(kind="wish_entered", wish=wish, at=at)
    return wish


class WishBelongsToAdopter(Conflict):
    code = "wish_has_adopters"
    sentence = _("Somebody has adopted this wish already. Please call the office.")


def withdraw_wish(*, actor: Actor, at: datetime, wish: Wish) -> Wish:
    """Take one's wish back while nobody has adopted it, and its orders have ended.

    Raises:
        NotYourWish, WishMovedOn, WishBelongsToAdopter, WishHasOpenOrder
    """
    require_own(actor=actor, wish=wish)
    with transaction.atomic():
        pass_door(wish=wish, actor=actor, at=at, verb="withdraw")
        if wish.adoptions.filter(released_at=None).exists():
            raise WishBelongsToAdopter
        require_no_open_order(wish=wish)
    return wish
