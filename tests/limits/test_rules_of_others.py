"""What others change while a process counts by what it has at hand: none of it is missed, whoever is done first."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import transaction

from sidan.catalogue.models import Category
from sidan.catalogue.operations import create_category, edit_category
from sidan.core.actor import SYSTEM
from sidan.core.scope import everything
from sidan.limits.operations import Terms, set_limit
from sidan.limits.queries import preview, rules_now
from sidan.places.models import Place
from sidan.places.operations import PlaceFacts, correct_place, move_place, open_place, set_working_day
from tests.at_once import DONE, Act, second_behind
from tests.limits.helpers import HOUR, at_office_end
from tests.orders.scene import AT, SINCE, Scene, build_scene

Both = tuple[Act, Act, datetime]
"""What is written first and ends last, what is written in between, and until when an order then has time."""


@pytest.fixture
def by_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a changed limit leave alone what this process has at hand, as one that another process changes does."""
    monkeypatch.setattr("sidan.limits.operations.limits.forget_rules", lambda: None)


def set_hours(place: Place, hours: int, category: str | None = None) -> None:
    terms = Terms(amount=hours, unit="hours", at_half="nobody", at_end="remind")
    set_limit(actor=SYSTEM, at=AT, place=place, step="admit", terms=terms, reason="试行", category=category)


def move_category(code: str, under: str) -> None:
    moved = Category.objects.get(code=code)
    edit_category(
        actor=SYSTEM, at=AT, code=code, name=moved.name, name_en=moved.name_en, icon=moved.icon,
        parent=Category.objects.get(code=under), position=moved.position,
    )  # fmt: skip


def rest(place: Place) -> None:
    set_working_day(
        actor=SYSTEM, at=AT, place_id=place.pk, day=date(2026, 11, 23), kind="rests", reason="大雪"
    )


def two_limits(scene: Scene) -> Both:
    return lambda: set_hours(scene.center, 5), lambda: set_hours(scene.far_center, 1), AT + 5 * HOUR


def two_days(scene: Scene) -> Both:
    return (
        lambda: rest(scene.center),
        lambda: rest(scene.far_center),
        at_office_end(date(2026, 11, 24)),
    )


def a_move_and_another_place(scene: Scene) -> Both:
    other = open_place(actor=SYSTEM, at=AT, kind="city", name="吉安市", parent_id=None, on=SINCE)
    set_hours(other, 7)
    return (
        lambda: move_place(actor=SYSTEM, at=AT, place_id=scene.center.pk, parent_id=other.pk),
        lambda: correct_place(
            actor=SYSTEM, at=AT, place_id=scene.far_center.pk, facts=PlaceFacts(address="南门")
        ),
        AT + 7 * HOUR,
    )


def a_moved_category_and_a_new_one(scene: Scene) -> Both:
    create_category(actor=SYSTEM, at=AT, name="照料", code="care")
    set_hours(scene.center, 6, category="care")
    return (
        lambda: move_category("hair", "care"),
        lambda: create_category(actor=SYSTEM, at=AT, name="其他", code="other"),
        AT + 6 * HOUR,
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("by_another_process")
@pytest.mark.parametrize(
    "both", [two_limits, two_days, a_move_and_another_place, a_moved_category_and_a_new_one]
)
def test_of_two_changes_at_once_the_one_that_ends_last_is_seen_too(both: Callable[[Scene], Both]) -> None:
    with everything("two who change the rules"):
        scene = build_scene()
        begun_first, begun_second, due = both(scene)
        assert scene.placed().due_at != due

        def read_in_between() -> None:
            rules_now(fresh=True).time(scene.center.pk)

        assert second_behind(begun_first, begun_second, meanwhile=read_in_between) == DONE
        assert scene.placed().due_at == due


@pytest.mark.usefixtures("by_another_process")
def test_what_was_read_of_a_change_that_was_undone_never_counts(scene: Scene) -> None:
    with transaction.atomic():
        set_hours(scene.center, 9)
        assert scene.placed().due_at == AT + 9 * HOUR
        transaction.set_rollback(True)
    set_hours(scene.center, 5)
    assert scene.placed().due_at == AT + 5 * HOUR


@pytest.mark.usefixtures("by_another_process")
def test_a_category_that_is_moved_has_the_limits_of_its_new_parent(scene: Scene) -> None:
    create_category(actor=SYSTEM, at=AT, name="照料", code="care")
    set_hours(scene.center, 6, category="care")
    assert scene.placed().due_at == at_office_end(date(2026, 11, 23))
    move_category("hair", "care")
    told = preview(place_id=scene.center.pk, category="hair", urgency="normal", begins=AT)
    assert told[0].deadline.due_at == AT + 6 * HOUR
    assert scene.placed().due_at == AT + 6 * HOUR
