"""A template that is rendered once and filled in many times says what it says when it is rendered each time."""

from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import SafeString

from sidan.core.stencil import Stencil, joined

NAME = "orders/console/_row.html"
HOLES = ("uuid", "link", "number", "title", "place", "since", "how_long", "state", "team")
ROW = {name: f"{name} 100 %s {{0}} <b>&\"'" for name in HOLES} | {"state": SafeString("<span>state</span>")}


def test_a_filled_stencil_is_the_rendered_template() -> None:
    stencil = Stencil(NAME, holes=HOLES)
    for ended in (False, True):
        for urgency in ("normal", "urgent", "danger"):
            for is_gone in (True, False):
                shape = {"ended": ended, "urgency": urgency, "is_gone": is_gone}
                rendered = get_template(NAME).render({"row": ROW, **shape})
                assert stencil.fill(ROW, **shape) == rendered
                assert stencil.fill(ROW, **shape) == rendered


def test_each_language_has_its_own_text() -> None:
    stencil, shape = Stencil(NAME, holes=HOLES), {"ended": False, "urgency": "urgent", "is_gone": False}
    with translation.override("en"):
        english = stencil.fill(ROW, **shape)
    with translation.override("zh-hans"):
        chinese = stencil.fill(ROW, **shape)
    assert "Urgent" in english
    assert "Urgent" not in chinese


def test_words_are_escaped_and_safe_ones_are_not() -> None:
    filled = Stencil(NAME, holes=HOLES).fill(ROW, ended=False, urgency="normal", is_gone=False)
    assert "<b>" not in filled
    assert "<span>state</span>" in filled


def test_filled_pieces_are_put_down_as_they_are() -> None:
    assert isinstance(joined(["<tr>", "</tr>"]), SafeString)
    assert joined(["<tr>", "</tr>"]) == "<tr></tr>"
