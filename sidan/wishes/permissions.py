"""Who may do what to a wish."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.files.models import StoredFile
from sidan.orders.permissions import may_see_consent_paper
from sidan.people.enums import DISPATCHING_ROLES, ENTERING_ROLES, ORDER_STAFF_ROLES, Role
from sidan.people.permissions import holds_role_over
from sidan.wishes.enums import ENDED, WishState
from sidan.wishes.models import Adoption, Fulfilment, Wish, WishConsent

HANDLING_ROLES: Final = DISPATCHING_ROLES | {Role.PRACTITIONER}
WISH_PHOTO: Final = "wish_photo"
WISH_PAPER: Final = "wish_consent_paper"


class NoSuchWish(NotFound):
    code = "no_such_wish"
    sentence = _("This wish is not here, or it is not yours to see.")


class NotYourWish(Forbidden):
    code = "not_your_wish"
    sentence = _("This is another person's wish.")


class NotYourWishesDesk(Forbidden):
    code = "not_your_wishes_desk"
    sentence = _("Wishes are answered by the staff of their place, or of one above it.")


class NotWishStaff(Forbidden):
    code = "not_wish_staff"
    sentence = _("These pages are for those who look after wishes at a place.")


class NotAdopter(Forbidden):
    code = "not_adopter"
    sentence = _("Only who adopted this wish may do this.")


def _holds(actor: Actor, roles: frozenset[str], wish: Wish) -> bool:
    return holds_role_over(actor=actor, roles=roles, place_id=wish.place_id, county_id=wish.county_id)


def may_handle(*, actor: Actor, wish: Wish) -> bool:
    """Tell whether the actor answers this wish: staff of its place or above."""
    return _holds(actor, frozenset(HANDLING_ROLES), wish)


def may_read_words(*, actor: Actor, wish: Wish) -> bool:
    """Tell whether what the person wrote is shown: to themselves, and to those who handle or enter wishes there."""
    is_own = actor.person_id is not None and wish.wisher_id == actor.person_id
    return is_own or _holds(actor, frozenset(ENTERING_ROLES), wish)


def require_handling(*, actor: Actor, wish: Wish) -> None:
    if not may_handle(actor=actor, wish=wish):
        raise NotYourWishesDesk


def require_desk(*, actor: Actor) -> None:
    """Open the pages of staff; which wishes are on them, the scope says."""
    if not actor.roles & ORDER_STAFF_ROLES:
        raise NotWishStaff


def require_entering(*, actor: Actor) -> None:
    if not actor.roles & ENTERING_ROLES:
        raise NotWishStaff


def require_own(*, actor: Actor, wish: Wish) -> None:
    if actor.person_id is None or wish.wisher_id != actor.person_id:
        raise NotYourWish


def adoption_of(*, actor: Actor, wish: Wish) -> Adoption | None:
    """Return the adoption that the actor speaks for: one's own, or one's team's if one leads it."""
    for one in wish.adoptions.filter(released_at=None):
        if one.team_id in actor.led_team_ids or (one.team_id is None and one.person_id == actor.person_id):
            return one
    return None


def may_see_wish_photo(actor: Actor, file: StoredFile) -> bool:
    """Show a picture to everybody once staff put it on the wall; before that to those who have to do with the wish."""
    told = Fulfilment.objects.filter(photo=file).select_related("wish").first()
    if told is None:
        return False
    if told.photo_shown_at is not None and told.wish.state == WishState.FULFILLED:
        return True
    wish = told.wish
    return (
        may_read_words(actor=actor, wish=wish)
        or (actor.person_id is not None and wish.wisher_id == actor.person_id)
        or adoption_of(actor=actor, wish=wish) is not None
    )


def may_see_wish_paper(actor: Actor, file: StoredFile) -> bool:
    """Show a signed paper to who signed it, and until the wish ends to who reads such words at its place.

    With an order made of it, it is shown as long as that order's own rule shows it.
    """
    told = WishConsent.objects.filter(paper=file).select_related("wish").first()
    is_theirs = told is not None and (
        (actor.person_id is not None and told.wish.wisher_id == actor.person_id)
        or (told.wish.state not in ENDED and may_read_words(actor=actor, wish=told.wish))
    )
    return is_theirs or may_see_consent_paper(actor, file)
