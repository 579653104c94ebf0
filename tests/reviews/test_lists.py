"""The lists of what is to be done about reviews: found, sorted, kept and taken along as every list of the console."""

import pytest
from django.urls import reverse

from sidan.audit.models import AuditEntry
from sidan.core.ids import format_number
from sidan.reviews.enums import Rule
from sidan.reviews.models import CallBack
from sidan.reviews.operations.judging import flag_review
from tests.orders.browsing import browser, text_of
from tests.orders.scene import Scene
from tests.reviews.helpers import NEXT_DAY, decide, reviewed

pytestmark = pytest.mark.django_db
LISTS = ("calls", "flags", "follow_ups", "suggestions")


def stage(scene: Scene) -> str:
    """Put the same order into all four lists; return its number as it is read out."""
    decide(scene)
    review = reviewed(scene, "half", stars=2, words="态度很差", wish="早点来")
    flag_review(at=NEXT_DAY, review=review, rule=Rule.CONTRADICTED)
    return format_number(review.order.number)


@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_found_by_number_word_and_place(scene: Scene, name: str) -> None:
    number = stage(scene)
    client, url = browser(scene, "li"), reverse(f"reviews:{name}")
    for asked in ("", f"q={number}", "q=理发", f"place={scene.station.uuid}"):
        assert number in text_of(client.get(f"{url}?{asked}")), asked
    for asked in ("q=修水管", "q=123", f"place={scene.far_center.uuid}"):
        page = text_of(client.get(f"{url}?{asked}"))
        assert (number in page, "Nothing fits these filters" in page) == (False, True), asked


@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_sorted_by_what_its_heads_say_and_by_nothing_else(scene: Scene, name: str) -> None:
    number = stage(scene)
    client, url = browser(scene, "li"), reverse(f"reviews:{name}")
    for sort in ("service_key", "-service_key", "place_key", "-place_key", "order__text__need", "-password"):
        assert number in text_of(client.get(f"{url}?sort={sort}&count=1")), sort
    assert "sort=place_key" in client.get(url).content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_taken_along_without_words_and_names_and_that_is_written_down(
    scene: Scene, name: str
) -> None:
    number = stage(scene).replace(" ", "")
    client, url = browser(scene, "li"), reverse(f"reviews:export_{name}")
    answer = client.get(url)
    table = b"".join(answer.streaming_content).decode()
    assert (number in table, "态度很差" in table, "早点来" in table, "周" in table) == (
        True,
        False,
        False,
        False,
    )
    assert AuditEntry.objects.filter(verb=f"reviews.{name}_exported").count() == 1
    assert b"".join(client.get(f"{url}?q=修水管").streaming_content).count(b"\n") == 1
    book = client.get(f"{url}?format=xlsx")
    assert b"".join(book.streaming_content)[:2] == b"PK"
    book.close()


def test_call_backs_that_have_ended_stand_behind_their_chips(scene: Scene) -> None:
    number = stage(scene)
    client, url = browser(scene, "li"), reverse("reviews:calls")
    assert "No call-back stands here" in text_of(client.get(f"{url}?state=answered"))
    CallBack.objects.update(state="answered", ended_at=NEXT_DAY)
    assert number in text_of(client.get(f"{url}?state=answered"))
    assert number not in text_of(client.get(url))
