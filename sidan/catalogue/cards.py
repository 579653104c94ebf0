"""The cards of services in finished words, which `catalogue/_service_card.html` puts down: the menu and the home."""

from collections.abc import Iterable
from functools import partial
from typing import Final
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from sidan.catalogue.enums import Mode
from sidan.catalogue.queries import MenuCard
from sidan.core.assets import icon_svg
from sidan.core.stencil import Stencil, joined

_CARD: Final = Stencil(
    "catalogue/_service_card.html",
    holes=("uuid", "url", "order_url", "title", "team", "mode", "duration", "category", "icon", "photo_url"),
)
_NOBODY: Final = UUID(int=0)


def service_cards(cards: Iterable[MenuCard]) -> SafeString:
    """Return the cards as one piece of a page."""
    url, photo_url = _Address("catalogue:service"), _Address("files:thumb")
    try:
        order_url = _Address("orders:place")
    except NoReverseMatch:
        # Where nobody can order, the button leads to the service.
        order_url = url
    modes = {str(mode): str(word) for mode, word in Mode.choices}
    fill = partial(_filled, url=url, order_url=order_url, photo_url=photo_url, modes=modes)
    return joined(fill(card) for card in cards)


class _Address:
    """A page's address with a hole for the thing's id: made once, because making one for each card costs more."""

    def __init__(self, name: str) -> None:
        self._head, self._tail = reverse(name, args=[_NOBODY]).split(str(_NOBODY))

    def of(self, uuid: UUID) -> str:
        return f"{self._head}{uuid}{self._tail}"


def _filled(
    card: MenuCard, *, url: _Address, order_url: _Address, photo_url: _Address, modes: dict[str, str]
) -> str:
    row = {
        "uuid": str(card.uuid),
        "url": url.of(card.uuid),
        "order_url": order_url.of(card.uuid),
        "title": card.title,
        "team": card.team,
        "mode": modes[card.mode],
        "duration": ngettext("about %(minutes)s minute", "about %(minutes)s minutes", card.minutes)
        % {"minutes": card.minutes},
        "category": card.category,
        "icon": icon_svg(card.icon),
        "photo_url": photo_url.of(card.photo) if card.photo else "",
    }
    return _CARD.fill(row, has_photo=card.photo is not None, is_full=card.is_full)
