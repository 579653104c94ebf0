"""What staff typed in: noted, told with the satisfaction, called back more often; and an answer refused is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.analytics.told import all_figures, satisfaction_of
from sidan.core.actor import SYSTEM
from sidan.orders import operations as loop
from sidan.orders.models import Review
from sidan.reviews import operations, queries
from sidan.reviews.models import CallBack, FollowUp, ReviewRule, ReviewStanding, Suggestion
from sidan.reviews.operations import calling
from sidan.reviews.operations.rules import TimesOutside
from sidan.reviews.queries import DEFAULTS
from tests.orders.browsing import browser, once, text_of
from tests.orders.scene import AT, Scene, later
from tests.reviews.helpers import NEXT_DAY, REPORTED, decide, reviewed, served, told_by_telephone

pytestmark = pytest.mark.django_db
FIGURES = [figure.code for figure in all_figures()]


def test_what_staff_typed_is_noted_goes_on_to_count_and_is_told_with_the_satisfaction(scene: Scene) -> None:
    typed = told_by_telephone(scene, "keeper", served(scene))
    said = loop.Said("done", stars=4)
    by_code = loop.review_order_by_code(at=NEXT_DAY, order=served(scene), said=said, channel="paper")
    assert operations.check_review(at=NEXT_DAY, review_id=typed.pk) == ["typed"]
    assert operations.check_review(at=NEXT_DAY, review_id=by_code.pk) == [], "it is the resident's own hand"
    assert not ReviewStanding.objects.exists()
    found = queries.satisfaction_of_team(team_id=scene.team.pk, at=later(days=3))
    assert (found.counted, found.pending, found.typed) == (2, 0, 1)
    counts = place_figures(root=scene.center, figures=FIGURES, period=Period()).total
    assert satisfaction_of(counts) == found
    assert "1 typed in by staff" in text_of(browser(scene, "li").get(f"/services/{scene.project.uuid}/"))
    client = browser(scene, "li")
    assert typed.order.number[:3] not in text_of(client.get("/console/reviews/flags/"))
    listed = text_of(client.get("/console/reviews/flags/?standing=typed"))
    assert "Typed in by staff, who heard it by telephone or read it on paper" in listed


def test_not_done_with_many_stars_is_noted_goes_on_to_count_and_has_a_list_of_its_own(scene: Scene) -> None:
    odd = reviewed(scene, "not_done", stars=5)
    low = reviewed(scene, "not_done", stars=1)
    assert operations.check_review(at=NEXT_DAY, review_id=odd.pk) == ["at_odds"]
    assert operations.check_review(at=NEXT_DAY, review_id=low.pk) == []
    assert not ReviewStanding.objects.exists(), "a resident who says that nothing was done is not left out"
    client = browser(scene, "li")
    listed = text_of(client.get("/console/reviews/flags/?standing=at_odds"))
    assert "“Not done”, and yet four or five stars" in listed
    assert odd.order.number[:3] in listed
    assert low.order.number[:3] not in listed
    assert "“Not done”, and yet" in text_of(
        client.get(reverse("reviews:review", args=[odd.order.uuid, odd.turn]))
    )


def test_a_low_review_that_counts_stands_in_the_list_of_all_that_was_noticed(scene: Scene) -> None:
    hasty = reviewed(scene, "not_done", stars=1, at=REPORTED + timedelta(seconds=20))
    number = hasty.order.number
    assert operations.check_review(at=NEXT_DAY, review_id=hasty.pk) == ["same_minute"]
    assert not ReviewStanding.objects.exists()
    client = browser(scene, "li")
    for chip in ("", "?standing=counted", "?standing=at_odds"):
        assert number[:3] not in text_of(client.get(f"/console/reviews/flags/{chip}"))
    listed = text_of(client.get("/console/reviews/flags/?standing=noticed"))
    assert number[:3] in listed
    assert "Given within a minute after the service was reported" in listed
    taken = client.get("/console/reviews/flags/export/?standing=noticed")
    assert number in b"".join(taken.streaming_content).decode()  # type: ignore[arg-type] # of a table


def test_what_the_team_s_own_staff_typed_is_looked_at_before_it_counts(scene: Scene) -> None:
    order = served(scene)
    review = Review.objects.create(
        order=order, turn=order.turn, outcome="done", channel="telephone", by_id=scene.accounts["wang"], at=NEXT_DAY
    )  # fmt: skip
    assert operations.check_review(at=NEXT_DAY, review_id=review.pk) == ["typed", "by_team"]
    assert ReviewStanding.objects.get().standing == "pending"


@pytest.mark.parametrize(("percent", "times", "is_drawn"), [(10, 2, True), (5, 2, False), (5, 4, True)])
def test_what_staff_typed_is_drawn_more_often(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, percent: int, times: int, is_drawn: bool
) -> None:
    fifteenth_of_a_hundred = b"\0\0" + (15 * 2**64 // 100).to_bytes(8, "big")
    monkeypatch.setattr(calling, "lookup_hash", lambda **_told: fifteenth_of_a_hundred)
    operations.set_review_rule(
        actor=SYSTEM, at=AT, place=scene.center, reason="试行",
        rule=replace(DEFAULTS, percent=percent, typed_times=times),
    )  # fmt: skip
    own = reviewed(scene).order
    typed = served(scene)
    told_by_telephone(scene, "keeper", typed)
    assert not CallBack.objects.filter(order=own).exists()
    assert CallBack.objects.filter(order=typed).exists() == is_drawn
    decide(scene, percent=100)
    again = served(scene)
    told_by_telephone(scene, "keeper", again)
    assert CallBack.objects.filter(order=again).count() == 1


@pytest.mark.parametrize("times", [0, 1, 11])
def test_what_staff_typed_is_never_drawn_as_seldom_as_the_others(scene: Scene, times: int) -> None:
    with pytest.raises(TimesOutside):
        operations.set_review_rule(
            actor=SYSTEM, at=AT, place=scene.center, rule=replace(DEFAULTS, typed_times=times), reason="试行"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewRule.objects.create(
            place=scene.center, percent=10, typed_times=times, after_half="follow_up", after_not_done="reopen",
            after_still_needed="follow_up", reason="试行", at=AT,
        )  # fmt: skip


def test_an_answer_that_is_refused_keeps_what_was_typed(scene: Scene) -> None:
    order = reviewed(scene, "half", wish="早点来").order
    client, long = browser(scene, "li"), "已经联系" * 200
    follow_up, suggestion = FollowUp.objects.get(order=order), Suggestion.objects.get(order=order)
    ways = (
        (f"/console/reviews/follow-ups/{follow_up.uuid}/", follow_up),
        (f"/console/reviews/suggestions/{suggestion.uuid}/answer/", suggestion),
        (f"/console/reviews/suggestions/{suggestion.uuid}/adopt/", suggestion),
    )
    for url, _row in ways:
        answer = client.post(url, {"words": long, "once": once()})
        assert answer.status_code == 422, url
        assert f"{long}</textarea>" in answer.content.decode(), url
        assert "<details open>" in answer.content.decode(), url
    operations.see_to(actor=scene.actor("director"), at=later(days=3), follow_up=follow_up, words="看过了")
    operations.answer_suggestion(
        actor=scene.actor("director"), at=later(days=3), suggestion=suggestion, words="看过了"
    )
    for url, _row in ways:
        answer = client.post(url, {"words": "已经联系师傅", "once": once()})
        assert answer.status_code == 422, url
        page = answer.content.decode()
        assert "已经联系师傅</blockquote>" in page, url
        assert "What you wrote was not sent" in text_of(answer), url
