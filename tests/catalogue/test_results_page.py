"""The editor of what reports ask for, as the manager of a center sees it."""

import pytest
from django.urls import reverse

from sidan.catalogue.models import Category, ResultTemplate
from sidan.catalogue.operations import create_category, write_result_template
from sidan.catalogue.policies import ResultField
from sidan.catalogue.queries import result_template_for
from sidan.core.actor import SYSTEM
from sidan.core.clock import now
from tests.cast import Cast

URL = reverse("catalogue:results", args=["hair"])


@pytest.fixture(autouse=True)
def hair(db: None) -> Category:
    return create_category(actor=SYSTEM, at=now(), name="上门理发", code="hair", icon="scissors")


def test_usual_fields_are_shown_to_begin_with_and_kept_only_when_sent(cast: Cast) -> None:
    client = cast.manager.client()
    page = client.get(f"{URL}?begin=repair").content.decode()
    assert "修了什么" in page
    assert "修好了 | Mended" in page
    assert not ResultTemplate.objects.exists()
    sent = {
        "base": "", "f0-label": "修了什么", "f0-kind": "text", "f0-is_required": "on",
        "f1-label": "修得怎么样", "f1-kind": "choice", "f1-choices": "修好了 | Mended\n修不了",
    }  # fmt: skip
    assert client.post(f"{URL}?begin=repair", sent).status_code == 303
    held = result_template_for(code="hair")
    assert held is not None
    assert [(field.code, field.is_required) for field in held.asked] == [("what", True), ("outcome", False)]
    assert [(each.code, each.label_en) for each in held.asked[1].choices] == [
        ("mended", "Mended"),
        ("beyond", ""),
    ]


def test_what_is_wrong_is_told_at_its_row(cast: Cast) -> None:
    sent = {"base": "", "f0-label": "多少", "f0-kind": "number", "f1-label": "多少", "f1-kind": "text"}
    answer = cast.manager.client().post(URL, sent)
    assert answer.status_code == 422
    assert "已有同名的一项" in answer.content.decode()
    assert not ResultTemplate.objects.exists()


def test_an_older_page_does_not_give_a_field_the_code_of_another(cast: Cast) -> None:
    first = write_result_template(
        actor=SYSTEM, at=now(), code="hair", fields=[ResultField("a", "number", "甲")]
    )
    write_result_template(actor=SYSTEM, at=now(), code="hair", fields=[ResultField("b", "number", "乙")])
    answer = cast.manager.client().post(
        URL, {"base": str(first.uuid), "f0-label": "甲的新名", "f0-kind": "number"}
    )
    assert answer.status_code == 422
    assert ResultTemplate.objects.count() == 2


def test_an_emptied_row_is_taken_away_and_nothing_may_be_asked(cast: Cast) -> None:
    held = write_result_template(
        actor=SYSTEM, at=now(), code="hair", fields=[ResultField("a", "number", "甲")]
    )
    sent = {"base": str(held.uuid), "f0-label": "", "f0-kind": "number"}
    assert cast.manager.client().post(URL, sent).status_code == 303
    assert result_template_for(code="hair") is None
