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
