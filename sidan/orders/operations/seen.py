"""Who decides about a wish has read it as it is: a page that has lain open does not decide about another one."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Conflict
from sidan.orders.enums import WishPart
from sidan.orders.models import Order
from sidan.orders.queries import changed_since


class WishChanged(Conflict):
    code = "wish_changed"
    sentence = _("This order was changed in the meantime (%(what)s). Look again and decide.")

    def __init__(self, parts: Sequence[WishPart]) -> None:
        super().__init__(
            what=" · ".join(str(part.label) for part in parts), parts=[part.value for part in parts]
        )
        self.parts = parts


def require_wish_seen(*, order: Order, seen: int | None) -> None:
    """Refuse to decide about a wish that was changed since it was read at the turn `seen`; without one, nothing.

    Other turns do not matter: an order that was admitted meanwhile asks for the same. What is changed after this
    question takes a turn, which the door notices.

    Raises:
        WishChanged: with what is different, in words.
    """
    if seen is None or seen >= order.turn:
        return
    different = changed_since(order=order, turn=seen)
    if different:
        raise WishChanged([part for part in WishPart if part in different])
