"""Danger to life in what is typed: a number while it is typed, and first of all where the form is refused."""

import pytest
from django.urls import reverse

from sidan.needs.operations import close_survey, draft_survey, open_survey
from sidan.orders.operations import cancel_order, close_order
from sidan.orders.queries import order_by_number
from sidan.talk.enums import LONGEST
from tests.orders.browsing import browser, once, read_pages_at, text_of
from tests.orders.scene import Scene, later
from tests.orders.splits import fresh
from tests.orders.test_danger_in_reports import STAFF, came_and_left
from tests.reviews.helpers import served

pytestmark = pytest.mark.django_db
DANGER = "老人喝了农药"
TARGET = 'hx-target="next [data-heard]"'
PLACE = "<div data-heard "
TO_RESIDENTS = "Do not wait for a volunteer"
Typed = dict[str, str]
REVIEWED: Typed = {"outcome": "done", "channel": "paper"}


def pages_that_listen(scene: Scene) -> list[tuple[str, str]]:
    """Return who opens which page with a box whose words are listened to."""
    order = scene.placed()
    requester = order_by_number(number=order.number).requester
    return [
        ("zhou", f"/services/{scene.project.uuid}/order/"),
        ("zhou", f"/orders/{order.number}/change/"),
        ("li", f"/console/queue/{order.uuid}/change/"),
        ("li", reverse("orders:enter_for", args=[requester.uuid])),
        ("zhou", reverse("wishes:new")),
        ("li", reverse("wishes:enter_for", args=[requester.uuid])),
    ]


def test_every_box_that_is_listened_to_has_one_place_for_the_number_below_it(scene: Scene) -> None:
    for name, url in pages_that_listen(scene):
        page = browser(scene, name).get(url).content.decode()
        assert page.count(TARGET) == 1, url
        after = page[page.index(TARGET) :]
        assert page.count(PLACE) == after.count(PLACE) == 1, url


def refused_to_residents(scene: Scene) -> list[tuple[str, str, Typed]]:
    """Return whose form is refused where, and what they typed: it lacks something, or comes too late."""
    order, done, over = scene.placed(), served(scene), scene.placed()
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=2), order=over)
    li = scene.actor("li")
    survey = draft_survey(actor=li, at=later(), place=scene.station, title="问问", text="还缺什么？")
    close_survey(actor=li, at=later(), survey=open_survey(actor=li, at=later(), survey=survey))
    return [
        ("zhou", f"/services/{scene.project.uuid}/order/", {"need": DANGER}),
        ("zhou", f"/orders/{order.number}/change/", {"need": DANGER, "when": "sometime"}),
        ("zhou", f"/orders/{over.number}/change/", {"need": DANGER, "when": "sometime"}),
        ("zhou", f"/orders/{order.number}/cancel/", {"words": DANGER, "reason": "none of them"}),
        ("zhou", f"/orders/{done.number}/review/", {"words": DANGER}),
        ("zhou", f"/orders/{done.number}/review/", {"wish": DANGER}),
        ("zhou", reverse("wishes:new"), {"words": DANGER}),
        ("zhou", reverse("needs:sheet", args=[survey.uuid]), {"q0": DANGER}),
        ("zhou", f"/talk/{order.number}/say/", {"words": DANGER + "。" * LONGEST}),
        ("zhou", f"/talk/{over.number}/say/", {"words": DANGER}),
    ]


def refused_to_staff(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, Typed]]:
    """Return the same of those who handle what others asked for."""
    read_pages_at(monkeypatch, later(days=1, hours=1))
    offered, order = scene.offered(), scene.placed()
    visit, task = came_and_left(scene), scene.scheduled()
    requester = order_by_number(number=order.number).requester
    return [
        ("li", reverse("orders:enter_for", args=[requester.uuid]), {"need": DANGER}),
        ("li", f"/console/queue/{order.uuid}/change/", {"need": DANGER, "when": "sometime"}),
        ("li", reverse("orders:split", args=[scene.admitted().uuid]), {"split-words_2": DANGER}),
        ("li", reverse("orders:cancel_for", args=[order.uuid]), {"words": DANGER}),
        ("li", reverse("orders:review_for", args=[order.uuid]), {"words": DANGER}),
        ("li", reverse("orders:review_for", args=[order.uuid]), {"words": DANGER} | REVIEWED),
        ("li", reverse("needs:new"), {"title": DANGER}),
        ("li", f"/talk/{order.number}/say/", {"words": DANGER + "。" * LONGEST}),
        ("li", reverse("wishes:enter_for", args=[requester.uuid]), {"words": DANGER}),
        ("wang", reverse("orders:decline", args=[offered.uuid]), {"words": DANGER}),
        ("wang", reverse("orders:release", args=[task.assignment.uuid]), {"release-words": DANGER}),
        ("zhao", f"/tasks/{visit.assignment.uuid}/report/", {"words": DANGER, "people_helped": "0"}),
        ("zhao", f"/tasks/{task.assignment.uuid}/hand-back/", {"words": DANGER}),
    ]  # fmt: skip


def require_number_first(scene: Scene, refused: list[tuple[str, str, Typed]], *, sentence: str) -> None:
    for name, url, typed in refused:
        answer = browser(scene, name).post(url, {**typed, "once": once()})
        assert answer.status_code == 422, (url, text_of(answer))
        page = answer.content.decode()
        assert page.count('href="tel:120"') == 1, url
        told = {one for one in (TO_RESIDENTS, STAFF) if one in page}
        assert told == {sentence}, url
        if "error-summary" in page:
            assert page.index('href="tel:120"') < page.index("error-summary"), url


def test_a_form_of_a_resident_that_is_refused_says_first_whom_to_call(scene: Scene) -> None:
    require_number_first(scene, refused_to_residents(scene), sentence=TO_RESIDENTS)


def test_so_does_one_of_those_who_handle_it(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    require_number_first(scene, refused_to_staff(scene, monkeypatch), sentence=STAFF)


def test_a_calm_form_that_is_refused_names_no_number(scene: Scene) -> None:
    answer = browser(scene, "zhou").post(reverse("wishes:new"), {"words": "想要一副老花镜"})
    assert (answer.status_code, 'href="tel:' in answer.content.decode()) == (422, False)


def test_where_what_was_typed_is_gone_with_the_form_the_next_page_says_whom_to_call(scene: Scene) -> None:
    over, order = scene.placed(), served(scene)
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=2), order=over)
    close_order(actor=scene.actor("li"), at=later(days=40), order=fresh(order))
    offered = scene.offered()
    offered.order.refresh_from_db()
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=5), order=offered.order)
    for name, url, typed in (
        ("zhou", f"/orders/{over.number}/cancel/", {"words": DANGER}),
        ("zhou", f"/orders/{order.number}/review/", {"words": DANGER, "outcome": "done"}),
        ("wang", reverse("orders:decline", args=[offered.uuid]), {"words": DANGER, "reason": "no_people"}),
    ):
        client = browser(scene, name)
        answer = client.post(url, {**typed, "once": once()})
        assert answer.status_code == 303, url
        assert 'href="tel:120"' in client.get(answer.headers["Location"]).content.decode(), url


def test_a_cancellation_that_is_refused_and_comes_too_late_says_whom_to_call(scene: Scene) -> None:
    over = scene.placed()
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=2), order=over)
    for name, url, typed in (
        ("zhou", f"/orders/{over.number}/cancel/", {"words": DANGER, "reason": "none of them"}),
        ("li", reverse("orders:cancel_for", args=[over.uuid]), {"words": DANGER}),
    ):
        answer = browser(scene, name).post(url, {**typed, "once": once()})
        assert answer.status_code == 422, url
        assert "cannot be cancelled any more" in text_of(answer)
        assert answer.content.decode().count('href="tel:120"') == 1, url


@pytest.mark.parametrize("piece", [{}, {"hx-request": "true"}])
def test_an_act_of_the_office_that_is_refused_says_whom_to_call(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, piece: dict[str, str]
) -> None:
    monkeypatch.setattr("sidan.orders.views.acts.now", lambda: later(minutes=5))
    order, client = scene.accepted().order, browser(scene, "li")
    typed = {"take-reason": "overdue", "take-words": DANGER, "once": once()}
    answer = client.post(reverse("orders:take_from_team", args=[order.uuid]), typed, headers=piece)
    assert answer.status_code == (422 if piece else 303)
    page = answer if piece else client.get(answer.headers["Location"])
    assert "still has time" in text_of(page)
    assert page.content.decode().count('href="tel:120"') == 1
