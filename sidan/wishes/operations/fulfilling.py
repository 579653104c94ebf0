"""A wish comes true."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.files.models import StoredFile
from sidan.orders.queries import put_into
from sidan.wishes.enums import WishState
from sidan.wishes.models import Fulfilment, Wish, WishOrder, WishOrderOver
from sidan.wishes.notices import tell_adopters, tell_staff, tell_wisher
from sidan.wishes.operations.door import moved_on, pass_door
from sidan.wishes.permissions import NotAdopter, adoption_of, may_handle


class NotAdoptedYet(Conflict):
    code = "wish_not_adopted"
    sentence = _("Nobody has adopted this wish yet.")


def require_fulfilling(*, actor: Actor, wish: Wish) -> None:
    """Let pass who adopted the wish, and the staff of its place: before a picture is stored. Raises NotAdopter."""
    if not may_handle(actor=actor, wish=wish) and adoption_of(actor=actor, wish=wish) is None:
        raise NotAdopter


def fulfil_wish(
    *, actor: Actor, at: datetime, wish: Wish, words: str = "", photo: StoredFile | None = None
) -> Wish:
    """Report that a wish came true: who adopted it, or the staff of its place.

    That fewer adopters than wished for were enough, staff alone say: the wish then comes true from the wall.

    Raises:
        NotAdopter, WishMovedOn
        NotAdoptedYet: it hangs on the wall without any adopter.
    """
    require_fulfilling(actor=actor, wish=wish)
    if wish.state == WishState.ON_WALL and not may_handle(actor=actor, wish=wish):
        raise moved_on(wish.state)
    with transaction.atomic():
        step = pass_door(wish=wish, actor=actor, at=at, verb="fulfil")
        if step.from_state == WishState.ON_WALL and not wish.adoptions.filter(released_at=None).exists():
            raise NotAdoptedYet
        Fulfilment.objects.create(wish=wish, words=words, photo=photo)
        tell_wisher(kind="wish_fulfilled", wish=wish, at=at)
        tell_staff(kind="wish_fulfilled_staff", wish=wish, at=at, but=actor.account_id)
        tell_adopters(kind="wish_fulfilled_staff", wish=wish, at=at, but=actor.account_id)
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
