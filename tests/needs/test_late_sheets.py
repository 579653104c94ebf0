"""Sheets that waited at a door without network until their survey was closed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from sidan.audit.models import AuditEntry
from sidan.core.clock import now
from sidan.needs import operations
from sidan.needs.models import Survey, SurveyAnswer
from tests.cast import Cast
from tests.factories import AT
from tests.needs.test_needs import asked
from tests.orders.browsing import once, text_of

pytestmark = pytest.mark.django_db
CLOSED_AT = AT + timedelta(days=3)


def closed(cast: Cast) -> Survey:
    """A survey that was open for three days."""
    return operations.close_survey(actor=cast.practitioner.actor, at=CLOSED_AT, survey=asked(cast))


def entered(cast: Cast, survey: Survey, **waited: float) -> SurveyAnswer:
    """Enter a sheet four days after the closing."""
    return operations.enter_answer(
        actor=cast.practitioner.actor, at=CLOSED_AT + timedelta(days=4), survey=survey, place=cast.places.chengbei,
        source="visit", answers={"0": ["理发"]}, client_id=uuid4(), kept_for=timedelta(**waited),
    )  # fmt: skip


@pytest.mark.parametrize("waited", [{"days": 4, "seconds": 1}, {"days": 7}])
def test_a_sheet_filled_in_before_the_closing_is_taken_within_seven_days(
    cast: Cast, waited: dict[str, float]
) -> None:
    made = entered(cast, closed(cast), **waited)
    assert made.at == CLOSED_AT + timedelta(days=4)
    trail = AuditEntry.objects.filter(verb="survey.answer").get()
    assert trail.facts["kept_seconds"] == timedelta(**waited).total_seconds()


@pytest.mark.parametrize("waited", [{}, {"days": 4}, {"days": 7, "seconds": 1}, {"days": 300}])
def test_a_sheet_filled_in_after_the_closing_or_kept_for_longer_is_refused(
    cast: Cast, waited: dict[str, float]
) -> None:
    with pytest.raises(operations.SurveyMovedOn):
        entered(cast, closed(cast), **waited)
    assert not SurveyAnswer.objects.exists()


def test_a_sheet_that_says_to_be_older_than_the_survey_is_refused(cast: Cast) -> None:
    survey = asked(cast)
    operations.close_survey(actor=cast.practitioner.actor, at=AT + timedelta(hours=1), survey=survey)
    with pytest.raises(operations.SurveyMovedOn):
        operations.enter_answer(
            actor=cast.practitioner.actor, at=AT + timedelta(days=1), survey=survey, place=cast.places.chengbei,
            source="visit", answers={"0": ["理发"]}, kept_for=timedelta(days=1, seconds=1),
        )  # fmt: skip


def test_the_page_and_the_api_take_a_sheet_that_the_device_kept(cast: Cast) -> None:
    survey, client = asked(cast), cast.practitioner.client()
    Survey.unscoped.filter(pk=survey.pk).update(opened_at=now() - timedelta(days=5))
    operations.close_survey(actor=cast.practitioner.actor, at=now() - timedelta(hours=2), survey=survey)
    place, url = str(cast.places.chengbei.uuid), reverse("needs:enter_answer", args=[survey.uuid])
    sheet = {"place": place, "source": "visit", "q0": "理发"}
    assert client.post(url, sheet | {"once": once()}).status_code == 422
    assert client.post(url, sheet | {"once": once(), "kept_seconds": "60"}).status_code == 422
    assert client.post(url, sheet | {"once": once(), "kept_seconds": "10000"}).status_code == 303

    told = {"place": place, "source": "paper", "answers": {"0": ["理发"]}}
    api = f"/api/v1/needs/surveys/{survey.uuid}/sheets"
    for seconds, status in ((60, 409), (10000, 201)):
        answer = client.post(api, told | {"kept_seconds": seconds}, content_type="application/json")
        assert answer.status_code == status
    assert SurveyAnswer.objects.count() == 2


@pytest.mark.parametrize(
    ("language", "counted", "later"),
    [
        (
            "en",
            "Voices 1 Heard by Survey “问问大家” · Link or QR code 1 ",
            "1 more sheet on which the same was chosen",
        ),
        ("zh-hans", "“问问大家” · 链接或二维码 1 ", "另有 1 份答卷选了这一项，未计入。"),
    ],
)
def test_a_need_of_a_choice_tells_that_a_sheet_came_later_and_counts_none_of_it(
    cast: Cast, language: str, counted: str, later: str
) -> None:
    survey = asked(cast)
    operations.answer_survey(at=AT, survey=survey, answers={"0": ["理发"]}, address="")
    operations.close_survey(actor=cast.practitioner.actor, at=CLOSED_AT, survey=survey)
    told = operations.NewNeed(
        place=cast.places.chengbei,
        title="理发",
        source="survey",
        survey=survey,
        question=0,
        choice=0,
        voices=1,
    )
    need = operations.note_need(actor=cast.practitioner.actor, at=CLOSED_AT, told=told)
    client = cast.practitioner.client()
    client.cookies["django_language"] = language
    url = reverse("needs:need", args=[need.uuid])
    before = text_of(client.get(url))
    entered(cast, survey, days=5)
    after = text_of(client.get(url))
    assert counted in before, before
    assert (counted in after, later in before, later in after) == (True, False, True), after
