"""How many rows a page of a list has: fewer on a telephone."""

import pytest
from django.test import RequestFactory

from sidan.core.lists import rows_a_page

PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("headers", "rows"),
    [
        ({}, 50),
        ({"User-Agent": DESK}, 50),
        ({"User-Agent": PHONE}, 20),
        ({"User-Agent": PHONE, "Sec-CH-UA-Mobile": "?0"}, 50),
        ({"User-Agent": DESK, "Sec-CH-UA-Mobile": "?1"}, 20),
    ],
)
def test_a_page_has_fewer_rows_where_the_browser_says_it_is_a_telephones(
    headers: dict[str, str], rows: int
) -> None:
    assert rows_a_page(RequestFactory().get("/", headers=headers)) == rows
