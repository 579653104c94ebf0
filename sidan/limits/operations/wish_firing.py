"""What the clock of a wish does when it is time: each moment once, as those of orders do."""

from datetime import datetime
from functools import partial

from django.db import transaction

from sidan.core.errors import DomainError
from sidan.limits.enums import TO_OFFICE, AtEnd, AtHalf
from sidan.limits.models import WishFiring, WishTimer
from sidan.limits.notices import tell_of_wish, tell_person_of_wish
from sidan.limits.operations.taking import OF_WISHES, Trail, fire_moment, take
from sidan.limits.permissions import can_see_to_wish
from sidan.wishes.models import Wish
from sidan.wishes.operations import pass_up_wish


def fire_wish_timer(*, at: datetime, timer_id: int) -> WishFiring:
    """Do what the limit of an answer says for the moment that has come.

    Raises:
        NotDue: there is nothing to do, or not now; who asks regularly needs to do nothing about it.
    """
    with transaction.atomic():
        take(of=OF_WISHES, timer_id=timer_id, at=at)
        timer = WishTimer.objects.select_related("limit", "acts_by").get(pk=timer_id)
        wish = Wish.unscoped.select_related("place", "holder").get(pk=timer.wish_id)
        return fire_moment(
            firings=WishFiring, timer=timer, at=at, at_half=partial(_at_half, timer, wish, at),
            at_end=partial(_at_end, timer, wish, at), when_late=partial(_tell, timer, wish, at),
            trail=partial(_trail_of, wish),
        )  # fmt: skip


def _trail_of(wish: Wish) -> Trail:
    return Trail(("wish", wish.pk), wish.holder_id, wish.county_id, of="wish_")


def _at_half(timer: WishTimer, wish: Wish, at: datetime) -> str:
    """Remind the office: of a wish it is the one who must act."""
    if timer.acting.at_half != AtHalf.NOBODY:
        tell_of_wish(kind="limit_wish_half", timer=timer, wish=wish, at=at)
    return timer.acting.at_half


def _at_end(timer: WishTimer, wish: Wish, at: datetime) -> str:
    """Carry out what the limit says; where it is not possible, those who must know are told instead."""
    if timer.acting.at_end == AtEnd.UP:
        try:
            # Those who were late read it in the history of the wish; who answers now is told.
            pass_up_wish(at=at, wish=wish)
        except DomainError:
            return _tell(timer, wish, at)
        return AtEnd.UP
    return _tell(timer, wish, at)


def _tell(timer: WishTimer, wish: Wish, at: datetime) -> str:
    """Tell the person whom the limit names, or those who must answer; return which."""
    named = timer.acting.at_end == AtEnd.TO_PERSON
    if named and can_see_to_wish(account_id=timer.acting.person_id, wish=wish):
        tell_person_of_wish(kind="limit_wish_end", timer=timer, wish=wish, at=at)
        return AtEnd.TO_PERSON
    tell_of_wish(kind="limit_wish_end", timer=timer, wish=wish, at=at)
    return TO_OFFICE if named else AtEnd.REMIND
