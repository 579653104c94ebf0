"""Rows of before an upgrade: what the migrations of needs do to them."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from sidan.needs import operations
from sidan.needs.models import Need, NeedTrace
from tests.cast import Cast
from tests.factories import AT
from tests.needs.test_needs import asked, noted

pytestmark = pytest.mark.django_db


def migration(name: str) -> Any:
    return import_module(f"sidan.needs.migrations.{name}")


def test_a_need_becomes_traced_where_something_came_of_one_counted_with_it(cast: Cast) -> None:
    """Of before: a trace of a like changed the like alone, and its head said that nothing had come of it."""
    head, like, alone = noted(cast), noted(cast, "家电坏了没人修"), noted(cast, "路灯不亮")
    operations.merge_need(actor=cast.practitioner.actor, at=AT, need=like, into=head)
    NeedTrace.objects.create(need=like, kind="answer", answer="下月起有人来修", at=AT)
    assert set(Need.unscoped.values_list("state", flat=True)) == {"noted"}

    settle = migration("0007_a_need_is_traced_with_those_counted_with_it").SETTLE
    for _twice in range(2):
        with connection.cursor() as cursor:
            cursor.execute(settle)

    states = dict(Need.unscoped.values_list("pk", "state"))
    assert states == {head.pk: "traced", like.pk: "noted", alone.pk: "noted"}


def test_the_first_need_with_the_words_of_a_choice_is_that_choices(cast: Cast) -> None:
    """Of before: nothing said which choice a need was made of, and two could be made of one."""
    survey = asked(cast)
    rows = {"question": 0, "survey": survey, "source": "link", "place": survey.place, "at": AT}
    made = {
        name: Need.unscoped.create(title=title, **rows)
        for name, title in (
            ("first", "理发"),
            ("again", "理发"),
            ("reworded", "老人理发"),
            ("other", "家电维修"),
        )
    }
    by_hand = noted(cast, "理发")
    answer = operations.answer_survey(at=AT, survey=survey, answers={"2": ["理发"]}, address="")
    of_words = Need.unscoped.create(title="理发", answer=answer, **{**rows, "question": 2})

    migration("0009_needs_of_before_say_their_choice_too").fill(apps, None)

    choices = dict(Need.unscoped.values_list("pk", "choice"))
    assert choices == {
        made["first"].pk: 0, made["again"].pk: None, made["reworded"].pk: None, made["other"].pk: 1,
        by_hand.pk: None, of_words.pk: None,
    }  # fmt: skip


def test_a_choice_longer_than_a_title_is_still_known(cast: Cast) -> None:
    long = "想有人" * 30
    survey = operations.draft_survey(
        actor=cast.practitioner.actor,
        at=AT,
        place=cast.places.chengbei,
        title="问",
        text=f"题\n- {long}\n- 别的",
    )
    need = Need.unscoped.create(
        title=long[:80], question=0, survey=survey, source="link", place=survey.place, at=AT
    )
    migration("0009_needs_of_before_say_their_choice_too").fill(apps, None)
    need.refresh_from_db(from_queryset=Need.unscoped.all())
    assert need.choice == 0
