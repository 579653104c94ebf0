"""What apps above put into a page: in order, each once, and nothing where they have nothing to say."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from sidan.core import slots

PAGE = '{% slot "test.page" thing %}|{{ words }}'


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    yield
    slots._pieces.pop("test.page", None)


def shown(thing: object) -> str:
    template = engines["django"].from_string(PAGE)
    return template.render({"thing": thing, "words": "mine"}, RequestFactory().get("/"))


def test_a_page_whose_slot_nobody_fills_shows_nothing_there() -> None:
    assert shown("a") == "|mine"


def test_a_piece_is_shown_with_its_own_context_and_leaves_the_pages_alone() -> None:
    def told(_request: HttpRequest, thing: object) -> dict[str, object] | None:
        return {"filters": [], "label": thing} if thing else None

    for _twice in range(2):
        slots.register_piece(slot="test.page", template="web/_filters.html", context=told)
    page = shown("about <this>")
    assert page.count("about &lt;this&gt;") == 1
    assert page.endswith("|mine")
    assert shown("") == "|mine"
