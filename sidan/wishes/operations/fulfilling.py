"""A wish comes true."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.files.models import StoredFile
from sidan.orders.queries import put_into
from sidan.wishes.enums import ENDED, WishState
from sidan.wishes.models import Adoption, Fulfilment, Wish, WishOrder, WishOrderOver
from sidan.wishes.notices import tell_adopters, tell_staff, tell_wisher
from sidan.wishes.operations.door import moved_on, pass_door, require_no_visit_to_come
from sidan.wishes.permissions import NotAdopter, adoption_of, may_handle
from sidan.wishes.queries import comes_true_with


class NotAdoptedYet(Conflict):
    code = "wish_not_adopted"
    sentence = _("Nobody has adopted this wish yet.")


class ShareToldAlready(Conflict):
    code = "wish_share_told_already"
    sentence = _(
        "You have told us of your share already. Thank you! "
        "The wish comes true when all have, or when the office says so."
    )


def require_fulfilling(*, actor: Actor, wish: Wish) -> None:
    """Let pass who adopted the wish, and the staff of its place: before a picture is stored. Raises NotAdopter."""
    if not may_handle(actor=actor, wish=wish) and adoption_of(actor=actor, wish=wish) is None:
        raise NotAdopter


def fulfil_wish(
    *, actor: Actor, at: datetime, wish: Wish, words: str = "", photo: StoredFile | None = None
) -> Wish:
    """Report that a wish came true: the staff of its place, or who adopted it.

    Of several adopters each speaks for their own share: it comes true with the last of as many as it takes. That
    fewer were enough, staff alone say: the wish then comes true with shares still open, or from the wall. While
    somebody is to come for it, the last share is kept like the others, and staff say afterwards that it came true.

    Raises:
        NotAdopter, WishMovedOn
        ShareToldAlready: this adopter did so before.
        NotAdoptedYet: it hangs on the wall without any adopter.
        WishHasOpenOrder: staff say so while somebody is to come still, or looked for.
    """
    with transaction.atomic():
        # Locked before the shares are counted: of two who tell of theirs at once, one is the last.
        if not may_handle(actor=actor, wish=wish):
            wish.refresh_from_db(fields=["state", "turn"], from_queryset=Wish.unscoped.select_for_update())
            adoption = _untold_share(actor, wish)
            adoption.share_told_at = at
            adoption.save(update_fields=["share_told_at"])
            if not comes_true_with(adoption=adoption, wish=wish):
                return _share_told(actor=actor, at=at, wish=wish, words=words, photo=photo)
        return _came_true(actor=actor, at=at, wish=wish, words=words, photo=photo)


def _untold_share(actor: Actor, wish: Wish) -> Adoption:
    found = adoption_of(actor=actor, wish=wish)
    if found is None:
        raise NotAdopter
    if wish.state in ENDED:
        raise moved_on(wish.state)
    if found.share_told_at is not None:
        raise ShareToldAlready
    return found


def _share_told(*, actor: Actor, at: datetime, wish: Wish, words: str, photo: StoredFile | None) -> Wish:
    if photo is not None:
        # The form with a picture is that of the last one: somebody gave theirs back since it was shown.
        raise moved_on(wish.state)
    pass_door(wish=wish, actor=actor, at=at, verb="share", words=words)
    tell_wisher(kind="wish_share", wish=wish, at=at)
    tell_staff(kind="wish_share_staff", wish=wish, at=at, but=actor.account_id)
    return wish


def _came_true(*, actor: Actor, at: datetime, wish: Wish, words: str, photo: StoredFile | None) -> Wish:
    step = pass_door(wish=wish, actor=actor, at=at, verb="fulfil")
    if step.from_state == WishState.ON_WALL and not wish.adoptions.filter(released_at=None).exists():
        raise NotAdoptedYet
    require_no_visit_to_come(wish=wish)
    Fulfilment.objects.create(wish=wish, words=words, photo=photo)
    tell_wisher(kind="wish_fulfilled", wish=wish, at=at)
    tell_staff(kind="wish_fulfilled_staff", wish=wish, at=at, but=actor.account_id)
    tell_adopters(kind="wish_fulfilled_adopters", wish=wish, at=at, but=actor.account_id)
    return wish


def tell_of_order_over(*, at: datetime, order_id: int, step_id: int) -> None:
    """Ask the offices of the wishes what follows, now that an order for them is over; once for each step of the order.

    An order may go on in place of others that were merged into it, and so for several wishes. Without a wish behind it,
    or with one that ended meanwhile, nothing happens.
    """
    links = WishOrder.objects.filter(order__in=put_into(order_id=order_id), wish__state=WishState.IN_HAND)
    for link in links.order_by("wish", "pk").distinct("wish"):
        with transaction.atomic():
            _row, is_new = WishOrderOver.objects.get_or_create(
                step_id=step_id, link=link, defaults={"at": at}
            )
            if is_new:
                wish = Wish.unscoped.select_related("place").get(pk=link.wish_id)
                tell_staff(kind="wish_order_over", wish=wish, at=at)
