"""What reports of a kind of service ask for: by the kind or the one above, version by version."""

import pytest
from django.db import DatabaseError, transaction

from sidan.catalogue.models import Category, ResultTemplate
from sidan.catalogue.operations import (
    BadResultFields,
    ResultsUnchanged,
    create_category,
    follow_kind_above,
    write_result_template,
)
from sidan.catalogue.permissions import NotYourCategories
from sidan.catalogue.policies import ResultChoice, ResultField, wrong_answers, wrong_fields
from sidan.catalogue.queries import result_template_by_uuid, result_template_for, usual_results
from sidan.core.actor import SYSTEM, Actor
from tests.catalogue.conftest import AT

SERVED = ResultField("", "number", "理发人数", "People served", is_required=True)
HOW = ResultField("", "choice", "怎么样", choices=(ResultChoice("", "好"), ResultChoice("", "还行")))


@pytest.fixture
def cutting(hair: Category) -> Category:
    return create_category(actor=SYSTEM, at=AT, name="剪发", parent=hair)


def asked(code: str) -> list[str]:
    held = result_template_for(code=code)
    return [field.label for field in held.asked] if held else []


def write(code: str, *fields: ResultField) -> ResultTemplate:
    return write_result_template(actor=SYSTEM, at=AT, code=code, fields=fields)


def test_a_kind_asks_what_the_one_above_asks_until_it_has_its_own(hair: Category, cutting: Category) -> None:
    assert asked(cutting.code) == []
    write(hair.code, SERVED)
    assert asked(cutting.code) == ["理发人数"]
    write(cutting.code, HOW)
    assert (asked(cutting.code), asked(hair.code)) == (["怎么样"], ["理发人数"])
    write(cutting.code)
    assert asked(cutting.code) == [], "nothing may be asked, too"
    follow_kind_above(actor=SYSTEM, at=AT, code=cutting.code)
    assert asked(cutting.code) == ["理发人数"]


def test_a_change_is_a_new_version_and_a_field_keeps_its_code(hair: Category) -> None:
    first = write(hair.code, SERVED, HOW)
    assert [field.code for field in first.asked] == ["lifarenshu", "zenmeyang"]
    assert [choice.code for choice in first.asked[1].choices] == ["hao", "haixing"]
    renamed = ResultField("lifarenshu", "number", "理了几位")
    second = write(hair.code, renamed, HOW)
    assert (second.version, second.asked[0].code, second.asked[0].label) == (2, "lifarenshu", "理了几位")
    assert ResultTemplate.objects.get(pk=first.pk).asked[0].label == "理发人数"
    with pytest.raises(ResultsUnchanged):
        write(hair.code, *second.asked)


def test_the_database_keeps_every_version_as_it_was(hair: Category) -> None:
    written = write(hair.code, SERVED)
    with pytest.raises(DatabaseError), transaction.atomic():
        ResultTemplate.objects.filter(pk=written.pk).update(fields=[])


def test_fields_that_nobody_could_fill_in_are_refused(hair: Category) -> None:
    lonely = ResultField("", "choice", "选一个", choices=(ResultChoice("", "只有它"),))
    with pytest.raises(BadResultFields) as refusal:
        write(hair.code, SERVED, SERVED, lonely)
    assert [problem.pointer for problem in refusal.value.errors] == ["/fields/1", "/fields/2"]
    assert wrong_fields([ResultField("", "text", f"第{nth}项") for nth in range(13)]) == {12: "many"}


def test_only_who_keeps_the_kinds_of_service_says_what_is_asked(hair: Category, leader: Actor) -> None:
    with pytest.raises(NotYourCategories):
        write_result_template(actor=leader, at=AT, code=hair.code, fields=[SERVED])
    with pytest.raises(NotYourCategories):
        follow_kind_above(actor=leader, at=AT, code=hair.code)


def test_an_older_version_is_found_for_its_kind_and_those_below_and_for_no_other(
    hair: Category, cutting: Category
) -> None:
    first = write(hair.code, SERVED)
    write(hair.code, HOW)
    other = create_category(actor=SYSTEM, at=AT, name="维修")
    assert result_template_by_uuid(uuid=first.uuid, category=cutting.code) == first
    assert result_template_by_uuid(uuid=first.uuid, category=other.code) is None


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("number", [0, 99_999], [-1, 100_000, True, "3", 1.5]),
        ("yes_no", [True, False], [1, "yes"]),
        ("choice", ["a"], ["c", 1, True]),
        ("text", ["修好了"], ["长" * 101, 3, False]),
    ],
)
def test_an_answer_fits_its_kind(kind: str, good: list[object], bad: list[object]) -> None:
    field = ResultField("x", kind, "问", choices=(ResultChoice("a", "甲"), ResultChoice("b", "乙")))
    for answer in good:
        assert wrong_answers([field], {"x": answer}) == {}
    for answer in bad:
        assert wrong_answers([field], {"x": answer}) == {"x": kind}


def test_what_must_be_answered_and_what_is_not_asked_is_told() -> None:
    needed = ResultField("x", "number", "问", is_required=True)
    assert wrong_answers([needed], {"x": None, "y": 1, "z": ""}) == {"x": "missing", "y": "unknown"}


def test_what_is_usual_can_be_asked_and_names_no_two_alike() -> None:
    codes = [usual.code for usual in usual_results()]
    assert len(codes) == len(set(codes))
    for usual in usual_results():
        assert wrong_fields(usual.fields) == {}
        assert all(field.label_en for field in usual.fields)
