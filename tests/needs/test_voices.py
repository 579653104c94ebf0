"""Whose voices a need counts: of its own place, and of all that are counted with it."""

import pytest
from django.urls import reverse

from sidan.needs import operations
from sidan.needs.models import Need, Survey
from tests.cast import Cast
from tests.factories import AT
from tests.orders.browsing import once

pytestmark = pytest.mark.django_db


def said_at_chengbei(cast: Cast) -> Survey:
    actor = cast.practitioner.actor
    survey = operations.draft_survey(
        actor=actor, at=AT, place=cast.places.chengbei, title="问问大家", text="还想说什么？"
    )
    operations.open_survey(actor=actor, at=AT, survey=survey)
    operations.answer_survey(at=AT, survey=survey, answers={"0": ["路灯不亮"]}, address="")
    return survey


def test_voices_of_one_village_are_no_need_of_another(cast: Cast) -> None:
    survey = said_at_chengbei(cast)
    url = f"{reverse('needs:heard', args=[survey.uuid])}?of=0.{survey.answers.get().uuid}"
    client = cast.manager.client()
    page = client.get(url).content.decode()
    assert str(cast.places.chengbei.uuid) in page
    assert str(cast.places.huangxiang.uuid) not in page
    told = {"title": "路灯不亮", "category": "", "words": ""}
    elsewhere = client.post(url, {**told, "place": cast.places.huangxiang.uuid, "once": once()})
    assert elsewhere.status_code == 422
    with pytest.raises(operations.ElsewhereAnswered):
        operations.note_need(
            actor=cast.manager.actor, at=AT,
            told=operations.NewNeed(
                place=cast.places.huangxiang, title="路灯不亮", source="link", survey=survey,
                answer=survey.answers.get(), question=0,
            ),
        )  # fmt: skip
    assert not Need.unscoped.exists()
    assert client.post(url, {**told, "place": cast.places.chengbei.uuid, "once": once()}).status_code == 303


def need_of(cast: Cast, title: str, voices: int) -> Need:
    told = operations.NewNeed(place=cast.places.chengbei, title=title, source="visit", voices=voices)
    return operations.note_need(actor=cast.practitioner.actor, at=AT, told=told)


def counted(cast: Cast) -> dict[str, tuple[int, int]]:
    """Voices and likes of each need that stands in the list, by its title."""
    told = cast.practitioner.client().get("/api/v1/needs").json()["items"]
    return {one["title"]: (one["voices"], one["likes"]) for one in told}


def test_the_voices_of_a_need_are_the_same_in_the_list_and_by_itself(cast: Cast) -> None:
    one, other = need_of(cast, "修家电", 3), need_of(cast, "家电旧了", 2)
    client = cast.practitioner.client()
    told = client.post(
        f"/api/v1/needs/{other.uuid}/merge", {"into": str(one.uuid)}, content_type="application/json"
    ).json()
    assert (told["voices"], told["likes"], told["same_as"]) == (2, 0, str(one.uuid))
    alone = client.get(f"/api/v1/needs/{one.uuid}").json()
    assert (alone["voices"], alone["likes"]) == (5, 1) == counted(cast)["修家电"]


def test_a_merging_is_undone_with_all_that_it_brought(cast: Cast) -> None:
    actor = cast.practitioner.actor
    one, two, three = need_of(cast, "甲", 3), need_of(cast, "乙", 3), need_of(cast, "丙", 3)
    operations.merge_need(actor=actor, at=AT, need=one, into=two)
    operations.merge_need(actor=actor, at=AT, need=two, into=three)
    assert counted(cast) == {"丙": (9, 2)}
    operations.part_need(actor=actor, at=AT, need=two)
    assert counted(cast) == {"乙": (6, 1), "丙": (3, 0)}
    operations.part_need(actor=actor, at=AT, need=one)
    assert counted(cast) == {"甲": (3, 0), "乙": (3, 0), "丙": (3, 0)}


def test_what_was_merged_by_itself_stays_when_another_goes(cast: Cast) -> None:
    actor = cast.practitioner.actor
    one, two, three = need_of(cast, "甲", 1), need_of(cast, "乙", 2), need_of(cast, "丙", 4)
    operations.merge_need(actor=actor, at=AT, need=one, into=three)
    operations.merge_need(actor=actor, at=AT, need=two, into=three)
    operations.part_need(actor=actor, at=AT, need=two)
    assert counted(cast) == {"乙": (2, 0), "丙": (5, 1)}
