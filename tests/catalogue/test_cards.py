"""The cards of services: rendered once, filled in many times, and saying what a card must say."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from sidan.catalogue import cards as module
from sidan.catalogue.cards import service_cards
from sidan.catalogue.queries import MenuCard
from sidan.core.stencil import Stencil

CARD = MenuCard(
    uuid=UUID(int=7),
    title='Hair <b> & "100%s"',
    summary="",
    mode="at_home",
    minutes=45,
    people=2,
    icon="scissors",
    category="Hair {0}",
    team="Team 'One' \\1",
    photo=None,
)


def test_words_of_staff_are_escaped_wherever_they_stand() -> None:
    html = service_cards([CARD])
    assert html.count("Hair &lt;b&gt; &amp; &quot;100%s&quot;") == 2
    assert "Team &#x27;One&#x27; \\1" in html
    assert "<b>" not in html
    assert f'href="{reverse("catalogue:service", args=[CARD.uuid])}"' in html
    assert f'href="{reverse("orders:place", args=[CARD.uuid])}"' in html


def test_each_reader_has_the_own_language() -> None:
    with translation.override("en"):
        english = service_cards([CARD, replace(CARD, minutes=1)])
    with translation.override("zh-hans"):
        chinese = service_cards([CARD])
    assert "At home · about 45 minutes" in english
    assert "about 1 minute<" in english
    assert "minutes" not in chinese
    assert "45" in chinese


def test_a_service_with_a_picture_shows_it_and_one_without_its_icon() -> None:
    photo = UUID(int=8)
    with_picture, without = service_cards([replace(CARD, photo=photo)]), service_cards([CARD])
    assert f'src="{reverse("files:thumb", args=[photo])}"' in with_picture
    assert "<svg" not in with_picture
    assert "#scissors" in without
    assert "<img" not in without


def test_a_filled_card_is_the_rendered_template() -> None:
    holes = ("uuid", "url", "order_url", "title", "team", "mode", "duration", "category", "icon", "photo_url")
    row = {name: f"{name} 100 %s {{0}} <b>&\"'" for name in holes}
    stencil = Stencil("catalogue/_service_card.html", holes=holes)
    for has_photo in (True, False):
        rendered = get_template("catalogue/_service_card.html").render({"row": row, "has_photo": has_photo})
        assert stencil.fill(row, has_photo=has_photo) == rendered


def test_where_nobody_can_order_the_button_leads_to_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_orders(name: str, **given: Any) -> str:
        if name.startswith("orders:"):
            raise NoReverseMatch
        return reverse(name, **given)

    monkeypatch.setattr(module, "reverse", without_orders)
    html = service_cards([CARD])
    assert html.count(f'href="{reverse("catalogue:service", args=[CARD.uuid])}"') == 2
