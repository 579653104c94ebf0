"""The list of reviews: what people said of the orders of one's office, and of no other."""

import pytest

from sidan.audit.models import AuditEntry
from sidan.core.scope import everything
from sidan.orders import operations
from sidan.orders.models import Order, OrderStep, Review, ReviewText
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene

pytestmark = pytest.mark.django_db


def _reviewed(scene: Scene, *, outcome: str, words: str) -> Order:
    """An order whose state is set to done without the walk: only what was said matters here."""
    order = scene.placed()
    Order.unscoped.filter(pk=order.pk).update(state="done", turn=2)
    order = Order.unscoped.get(pk=order.pk)
    operations.review_order(
        actor=scene.actor("zhou"), at=AT, order=order, outcome=outcome, stars=3, words=words
    )
    return order


def test_reviews_are_filtered_by_outcome_team_and_place(scene: Scene) -> None:
    well = _reviewed(scene, outcome="done", words="很好")
    badly = _reviewed(scene, outcome="not_done", words="没来人，打 12900001111")
    client = browser(scene, "li")

    page = text_of(client.get("/console/reviews/"))
    assert ("很好" in page, "没来人" in page, "12900001111" in page) == (True, True, False)
    page = text_of(client.get("/console/reviews/?outcome=not_well"))
    assert ("很好" in page, "没来人" in page) == (False, True)
    page = text_of(client.get("/console/reviews/?outcome=done"))
    assert ("很好" in page, "没来人" in page) == (True, False)
    assert "没来人" in text_of(client.get(f"/console/reviews/?place={scene.station.uuid}"))
    assert "没来人" not in text_of(client.get(f"/console/reviews/?place={scene.far_center.uuid}"))
    assert "没来人" not in text_of(client.get(f"/console/reviews/?team={scene.team.uuid}"))
    assert {well.pk, badly.pk} == set(Review.objects.values_list("order", flat=True))


def test_a_team_filter_shows_what_the_team_did(scene: Scene) -> None:
    assignment = scene.accepted()
    order = assignment.order
    type(assignment).objects.filter(pk=assignment.pk).update(state="finished", ended_at=AT)
    with everything("saying how it was"):
        OrderStep.objects.create(
            order=order, turn=order.turn + 1, machine="assignment", verb="finish", to_state="finished",
            assignment_id=assignment.pk, team_id=scene.team.pk, place_id=order.origin_place_id, at=AT,
        )  # fmt: skip
        said = Review.objects.create(
            order=order, turn=order.turn + 2, outcome="half", by_id=scene.accounts["zhou"], at=AT
        )
        ReviewText.objects.create(review=said, words="剪了一半")
    client = browser(scene, "li")
    page = text_of(client.get(f"/console/reviews/?team={scene.team.uuid}"))
    assert ("剪了一半" in page, "城北义剪队" in page) == (True, True)
    assert "剪了一半" not in text_of(client.get(f"/console/reviews/?team={scene.other_team.uuid}"))


def test_another_county_sees_none_and_who_does_not_dispatch_no_list(scene: Scene) -> None:
    _reviewed(scene, outcome="half", words="一般")
    assert "一般" not in text_of(browser(scene, "mallory").get("/console/reviews/"))
    assert browser(scene, "keeper").get("/console/reviews/").status_code == 403


def test_past_tasks_stand_newest_first_for_those_who_were_named(scene: Scene) -> None:
    visit = scene.scheduled()
    zhao = browser(scene, "zhao")
    assert "No past tasks yet" in text_of(zhao.get("/tasks/past/"))
    operations.give_up(actor=scene.actor("wang"), at=AT, assignment=visit.assignment, reason="nobody_home")
    page = text_of(zhao.get("/tasks/past/"))
    assert ("上门理发" in page, "Could not be done" in page) == (True, True)
    assert "上门理发" not in text_of(browser(scene, "sun").get("/tasks/past/"))


def test_the_list_is_searched_sorted_and_taken_along_without_words(scene: Scene) -> None:
    order = _reviewed(scene, outcome="half", words="一般")
    client = browser(scene, "li")
    for asked, is_there in (
        (f"q={order.number}", True),
        ("q=理发", True),
        ("q=水管", False),
        ("sort=id", True),
    ):
        assert ("一般" in text_of(client.get(f"/console/reviews/?{asked}&count=1"))) == is_there, asked
    answer = client.get("/console/reviews/export/?outcome=half")
    table = b"".join(answer.streaming_content).decode()
    assert (order.number in table, "一般" in table) == (True, False)
    assert AuditEntry.objects.filter(verb="orders.reviews_exported").count() == 1
    assert b"".join(client.get("/console/reviews/export/?outcome=done").streaming_content).count(b"\n") == 1
