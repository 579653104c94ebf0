"""The pages of mediation: by hand from the opening to the printed agreement."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from sidan.core.clock import now
from sidan.mediation.models import Case
from tests.cast import Cast
from tests.mediation.test_cases import agreed, opened
from tests.orders.browsing import once, sent, text_of

pytestmark = pytest.mark.django_db


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def test_a_practitioner_takes_a_case_on_and_sees_what_to_do_next(cast: Cast) -> None:
    client = english(cast.practitioner.client())
    page = sent(client, reverse("mediation:new"), {
        "once": once(), "place": str(cast.places.chengbei.uuid), "dispute": "land", "first_name": "甲某某",
        "first_phone": "129 0000 0001", "second_name": "乙某某", "words": "争一块地",
    })  # fmt: skip
    assert "甲某某" in page
    assert "12900000001" in page
    assert "争一块地" in page
    assert "Plan a sitting" in page


def test_what_is_not_right_is_told_at_its_field(cast: Cast) -> None:
    client = english(cast.practitioner.client())
    answer = client.post(reverse("mediation:new"), {
        "once": once(), "place": str(cast.places.datong.uuid), "dispute": "land", "first_name": "甲",
        "first_phone": "12", "second_name": "乙", "words": "地",
    })  # fmt: skip
    assert answer.status_code == 422
    assert "Please choose one of the list" in text_of(answer)
    assert "not a phone number" in text_of(answer)
    assert not Case.unscoped.exists()


def test_the_list_tells_nothing_of_the_parties(cast: Cast) -> None:
    opened(cast)
    page = text_of(cast.practitioner.client().get(reverse("mediation:cases")))
    assert "邻里" in page
    assert "甲某某" not in page


def test_the_agreement_is_printed(cast: Cast) -> None:
    case = agreed(cast)
    answer = cast.director.client().get(reverse("mediation:agreement", args=[case.uuid]))
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Cache-Control"] == "no-store"
    assert re.search(r"agreement-\d+\.pdf", answer.headers["Content-Disposition"])


def test_without_an_agreement_nothing_is_printed(cast: Cast) -> None:
    case = opened(cast)
    answer = english(cast.practitioner.client()).get(reverse("mediation:agreement", args=[case.uuid]))
    assert answer.status_code == 409
    assert "no agreement to print" in text_of(answer)


def test_an_agreement_without_terms_is_refused_on_the_page_of_the_case(cast: Cast) -> None:
    case = opened(cast)
    page = sent(english(cast.practitioner.client()), reverse("mediation:agree", args=[case.uuid]), {
        "once": once(), "terms": "", "agreed_on": now().date().isoformat(),
    })  # fmt: skip
    assert "What both agree on" in page
    assert Case.unscoped.get().state == "opened"


def test_a_volunteer_who_was_given_a_case_finds_it(cast: Cast) -> None:
    case = opened(cast)
    assert cast.volunteer.client().get(reverse("mediation:cases")).status_code == 403
    case.mediator = cast.volunteer.person
    case.save(update_fields=["mediator"])
    assert case.number[:3] in text_of(cast.volunteer.client().get(reverse("mediation:cases")))
