"""Danger to life on a sheet that staff enter: somebody else is told of it, and who entered it where it had waited."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from sidan.needs import operations
from sidan.needs.models import SurveyAnswer
from sidan.notify.models import Notice
from tests.cast import Cast, Someone
from tests.factories import AT, make_account
from tests.needs.test_needs import asked
from tests.orders.test_danger_in_reports import STAFF
from tests.orders.test_hearing import PLACE, TO_RESIDENTS

pytestmark = pytest.mark.django_db
DANGER = "老人喝了农药"
WAITED = timedelta(minutes=20)


def entered(cast: Cast, *, by: Someone | None = None, kept_for: timedelta = timedelta()) -> SurveyAnswer:
    return operations.enter_answer(
        actor=(by or cast.practitioner).actor, at=AT + timedelta(hours=1), survey=asked(cast),
        place=cast.places.chengbei, source="visit", answers={"2": [DANGER]}, kept_for=kept_for,
    )  # fmt: skip


def told(kind: str = "survey_danger") -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("account_id", flat=True))


def test_where_nobody_else_decides_at_a_station_the_place_above_is_told(cast: Cast) -> None:
    entered(cast)
    assert told() == {cast.director.account.pk}


def test_so_it_is_with_a_need_that_was_written_down(cast: Cast) -> None:
    need = operations.NewNeed(place=cast.places.chengbei, title="张家出事了", words=DANGER, source="meeting")
    operations.note_need(actor=cast.practitioner.actor, at=AT, told=need)
    assert told("need_danger") == {cast.director.account.pk}


def test_where_somebody_else_decides_there_they_are_told(cast: Cast) -> None:
    at = cast.places.chengbei
    other = make_account("另一位", at_place=at, phone="12100000031", roles=[("practitioner", at)])
    entered(cast)
    assert told() == {other.pk}


def test_who_entered_a_sheet_that_had_waited_on_a_device_is_told_as_well(cast: Cast) -> None:
    entered(cast, kept_for=WAITED)
    assert told() == {cast.director.account.pk, cast.practitioner.account.pk}


def test_so_is_who_only_enters_sheets_and_decides_nothing(cast: Cast) -> None:
    entered(cast, by=cast.grid_keeper, kept_for=WAITED)
    assert told() == {cast.practitioner.account.pk, cast.grid_keeper.account.pk}


def boxes_listened_to(page: str) -> list[tuple[str, str]]:
    """Return the name and the address of each box whose words are heard."""
    boxes = re.findall(r"<textarea[^>]*>", page)
    found = [(re.search(r'name="(\w+)"', box), re.search(r'hx-post="([^"]+)"', box)) for box in boxes]
    return [(name[1], unescape(url[1])) for name, url in found if name and url]


@pytest.mark.parametrize(("page", "sentence"), [("sheet", TO_RESIDENTS), ("enter_answer", STAFF)])
def test_words_on_a_sheet_are_heard_while_they_are_typed(cast: Cast, page: str, sentence: str) -> None:
    text = "还缺什么？\n您最需要什么？\n- 理发\n- 维修\n还想说什么？"
    actor, place = cast.practitioner.actor, cast.places.chengbei
    survey = operations.draft_survey(actor=actor, at=AT, place=place, title="问问", text=text)
    operations.open_survey(actor=actor, at=AT, survey=survey)
    client = Client() if page == "sheet" else cast.practitioner.client()
    client.cookies["django_language"] = "en"
    shown = client.get(reverse(f"needs:{page}", args=[survey.uuid])).content.decode()
    boxes = boxes_listened_to(shown)
    assert [name for name, _url in boxes] == ["q0", "q2"]
    assert shown.count(PLACE) == len(boxes), "each has its own place for the number"
    for name, url in boxes:
        heard = client.post(url, {name: DANGER}).content.decode()
        assert ('href="tel:120"' in heard, sentence in heard) == (True, True)
        assert 'href="tel:' not in client.post(url, {name: "都挺好的"}).content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Is a life in danger?"), ("zh-hans", "有人有生命危险？")]
)
def test_without_network_too_the_sheet_says_whom_to_call(cast: Cast, language: str, words: str) -> None:
    client = cast.practitioner.client()
    client.cookies["django_language"] = language
    for url in (reverse("needs:offline"), reverse("needs:enter_answer", args=[asked(cast).uuid])):
        page = client.get(url).content.decode()
        assert words in page, url
        assert re.findall(r'href="tel:(\d+)"', page) == ["120", "119", "110"], url
