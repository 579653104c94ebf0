"""A month of the calendar on paper, and within another site's page."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.activities.test_calendar_pages import held
from tests.activities.test_pages import english, text
from tests.cast import Cast

PAPER = "/calendar/paper/"


def read(client: Client, **asked: str) -> tuple[str, list[float]]:
    """Return the words of the paper and its width and height in millimetres."""
    answer = client.get(PAPER, asked)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    assert len(pages) == 1
    box = pages[0].mediabox
    # between Chinese and digits a typesetter leaves some room
    words = "".join(pages[0].extract_text().split())
    return words, [round(float(side) * 25.4 / 72) for side in (box.width, box.height)]


@pytest.mark.django_db
def test_a_month_stands_on_one_sheet_of_a4_or_a3(cast: Cast) -> None:
    held(cast, "2027-03-03", "义剪进村")
    held(cast, "2027-03-04", "还没想好", state="draft")
    for paper, size in (("a4", [297, 210]), ("a3", [420, 297]), ("x", [297, 210])):
        words, found = read(Client(), day="2027-03-15", paper=paper)
        assert found == size
        for each in ("2027年3月", "义剪进村", "09:00", "惊蛰", "学雷锋纪念日", "周一"):
            assert each in words, each
        assert "还没想好" not in words
    in_english, _size = read(english(Client()), day="2027-03-15")
    assert "March2027" in in_english
    assert "AwakeningofInsects" in in_english


@pytest.mark.django_db
def test_the_paper_keeps_the_filters_and_a_full_day_stays_on_it(cast: Cast) -> None:
    for number in range(12):
        for day in range(1, 29):
            if number < 8 or day == 3:
                held(
                    cast,
                    f"2027-03-{day:02}",
                    f"很长的活动名称，长到一行写不下的那一种{number}",
                    hours=1 + number,
                )
    words, _size = read(Client(), day="2027-03-15")
    assert "还有8项" in words
    assert "还有6项" in read(Client(), day="2027-03-15", paper="a3")[0]
    assert "很长的活动名称" not in read(Client(), day="2027-03-15", kind="fair")[0]
    page = text(Client(), reverse("activities:calendar"), day="2027-03-15", kind="fair")
    assert f"{PAPER}?paper=a3&amp;day=2027-03-15&amp;kind=fair" in page


@pytest.mark.django_db
def test_another_site_may_frame_the_month_of_a_place_and_nothing_else(cast: Cast) -> None:
    held(cast, "2027-03-03", "义剪进村")
    held(cast, "2027-03-04", "还没想好", state="draft")
    url = reverse("activities:embed", args=[cast.places.chengbei.uuid])
    answer = cast.manager.client().get(url, {"day": "2027-03-15"})
    shown = answer.content.decode()
    assert "义剪进村" in shown
    assert "还没想好" not in shown
    assert "<form" not in shown
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    beside = Client().get(reverse("activities:calendar"))
    assert "frame-ancestors 'none'" in beside.headers["Content-Security-Policy"]
    assert beside.headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_the_frame_leaves_no_cookie_and_leafs_within_itself(cast: Cast) -> None:
    client = Client()
    url = reverse("activities:embed", args=[cast.places.chengbei.uuid])
    shown = text(client, url, day="2027-03-15", lang="en", view="list")
    assert not client.cookies
    assert "March 2027" in shown
    assert '?day=2027-04-01&amp;lang=en&amp;view=list" target="_self"' in shown
    assert f"place={cast.places.chengbei.uuid}" in shown
    assert Client().get(reverse("activities:embed", args=[cast.team.uuid])).status_code == 404
    assert Client().post(url).status_code == 405
