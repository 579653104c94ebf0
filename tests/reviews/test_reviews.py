"""Reviews collected in several ways, what follows from a bad one, call-backs, flags, suggestions."""

from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.analytics.told import all_figures, satisfaction_of
from sidan.audit.models import AuditEntry
from sidan.audit.operations import record
from sidan.core.calls import TriedJustNow
from sidan.notify.models import Notice
from sidan.orders import operations as loop
from sidan.orders import queries as loop_queries
from sidan.orders.enums import ReviewChannel
from sidan.orders.models import Order, OrderStep, Review
from sidan.orders.operations import LookFirst, OrderMovedOn
from sidan.orders.operations.reviewing import NotCollectedSo
from sidan.orders.permissions import MayNotEnter
from sidan.people.models import Person
from sidan.reviews import operations, queries
from sidan.reviews.enums import AfterLow, Rule
from sidan.reviews.models import (
    CallBack,
    FollowUp,
    ReviewCheck,
    ReviewFlag,
    ReviewRule,
    ReviewStanding,
    Suggestion,
)
from sidan.reviews.operations.calling import ResultNeeded
from sidan.reviews.operations.following import AnsweredAlready, SeenToAlready, WordsNeeded
from sidan.reviews.operations.judging import DecisionNeeded, NothingToDecide
from sidan.reviews.operations.rules import NotACenter, PercentOutside
from sidan.reviews.permissions import MayNotSetReviews, NotOutside, NotYourCall, NotYoursToJudge
from sidan.reviews.queries import DEFAULTS
from sidan.reviews.tasks import check_missing
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later
from tests.reviews.helpers import NEXT_DAY, REPORTED, decide, drawn, reviewed, served, told_by_telephone

pytestmark = pytest.mark.django_db
FIGURES = [figure.code for figure in all_figures()]


def told(scene: Scene, name: str) -> list[str]:
    rows = Notice.objects.filter(account_id=scene.accounts[name]).order_by("id")
    return list(rows.values_list("kind", flat=True))


def looked(scene: Scene, name: str, call_back: CallBack, at: datetime) -> None:
    """Put a look on record without asking who may look: what is under test is who may write down a call."""
    subject = ("order", call_back.order_id)
    record(actor=scene.actor(name), at=at, verb="reviews.look_contact", subject=subject)


def heard(scene: Scene, name: str, call_back: CallBack, *, hours: float = 0, **what: str) -> Any:
    """Look whom to call and write down how it went, three days and so many `hours` after the first moment."""
    at = later(days=3, hours=hours)
    looked(scene, name, call_back, at)
    return operations.record_call(
        actor=scene.actor(name), at=at, call_back=call_back, heard=operations.Heard(**what)
    )


def test_a_review_by_telephone_says_so_and_who_entered_it(scene: Scene) -> None:
    review = told_by_telephone(scene, "keeper", served(scene))
    assert (review.channel, review.by_id) == ("telephone", scene.accounts["keeper"])
    assert Order.unscoped.get().state == "closed"


def test_a_review_by_code_has_no_account_and_only_on_paper_or_at_a_kiosk(scene: Scene) -> None:
    order = served(scene)
    said = loop.Said("done", stars=4)
    with pytest.raises(NotCollectedSo):
        loop.review_order_by_code(at=NEXT_DAY, order=order, said=said, channel="portal")
    review = loop.review_order_by_code(at=NEXT_DAY, order=order, said=said, channel="kiosk")
    assert (review.channel, review.by_id, review.stars) == ("kiosk", None, 4)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(order=order, turn=99, outcome="done", channel="portal", by=None, at=AT)


def test_a_stranger_enters_no_review_and_nobody_a_second_one(scene: Scene) -> None:
    order = served(scene)
    for name in ("mallory", "wang"):
        with pytest.raises(MayNotEnter):
            told_by_telephone(scene, name, order)
    told_by_telephone(scene, "keeper", order)
    with pytest.raises(OrderMovedOn):
        told_by_telephone(scene, "li", Order.unscoped.get())
    assert Review.objects.count() == 1


def test_not_done_opens_the_order_again_at_once_and_says_why(scene: Scene) -> None:
    review = reviewed(scene, "not_done")
    order = Order.unscoped.get()
    assert order.state == "reopened"
    step = OrderStep.objects.filter(order=order).latest("turn")
    assert (step.verb, step.reason_code, step.actor_id) == ("reopen", "not_well", None)
    follow_up = FollowUp.objects.get()
    assert (follow_up.way, follow_up.state, follow_up.turn) == ("reopen", "done", review.turn)
    assert "order_reopened" in told(scene, "zhou")


@pytest.mark.parametrize("outcome", ["half", "still_needed"])
def test_half_done_is_seen_to_by_somebody_who_answers(scene: Scene, outcome: str) -> None:
    reviewed(scene, outcome)
    assert Order.unscoped.get().state == "closed"
    follow_up = FollowUp.objects.select_related("order").get()
    assert (follow_up.way, follow_up.state) == ("follow_up", "open")
    assert "review_to_follow_up" in told(scene, "li")

    with pytest.raises(WordsNeeded):
        operations.see_to(actor=scene.actor("li"), at=later(days=3), follow_up=follow_up, words=" ")
    with pytest.raises(NotYoursToJudge):
        operations.see_to(actor=scene.actor("mallory"), at=later(days=3), follow_up=follow_up, words="好")
    operations.see_to(actor=scene.actor("li"), at=later(days=3), follow_up=follow_up, words="明天再来一次")
    with pytest.raises(SeenToAlready):
        operations.see_to(actor=scene.actor("director"), at=later(days=3), follow_up=follow_up, words="好")
    assert told(scene, "zhou")[-1] == "review_followed_up"


def test_what_follows_is_as_the_county_decided(scene: Scene) -> None:
    decide(scene, after_half=AfterLow.REOPEN, after_not_done=AfterLow.FOLLOW_UP)
    reviewed(scene, "half")
    assert Order.unscoped.get().state == "reopened"
    reviewed(scene, "not_done")
    assert Order.unscoped.latest("id").state == "closed"


def test_a_done_order_leads_to_nothing(scene: Scene) -> None:
    reviewed(scene, "done")
    assert not FollowUp.objects.exists()


def test_only_managers_of_a_center_decide_and_every_word_stays(scene: Scene) -> None:
    assert queries.rule_of(county_id=scene.center.pk) == DEFAULTS
    decide(scene, percent=20)
    decide(scene, percent=30)
    assert queries.rule_of(county_id=scene.center.pk).percent == 30
    assert queries.rule_of(county_id=scene.far_center.pk) == DEFAULTS
    assert [row.percent for row in queries.rules_written(place=scene.center)] == [30, 20]
    page = text_of(browser(scene, "li").get(reverse("reviews:rules")))
    held = "of a hundred called back · 2 times as often where staff typed · After “not done”: "
    assert [f"{percent} {held}" in page for percent in (30, 20, 10)] == [True, True, False]
    facts: dict[str, Any] = {"at": AT, "rule": DEFAULTS, "reason": "试行"}
    for name in ("li", "mallory"):
        with pytest.raises(MayNotSetReviews):
            operations.set_review_rule(actor=scene.actor(name), place=scene.center, **facts)
    with pytest.raises(NotACenter):
        operations.set_review_rule(actor=scene.actor("director"), place=scene.town, **facts)
    with pytest.raises(PercentOutside):
        decide(scene, percent=0)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewRule.objects.update(percent=1)


def test_a_lot_is_drawn_once_for_each_closing_and_also_without_a_review(scene: Scene) -> None:
    decide(scene)
    order = reviewed(scene).order
    assert drawn(order).state == "waiting"
    unreviewed = served(scene)
    loop.close_unreviewed(at=later(days=9), order=unreviewed)
    assert drawn(unreviewed).state == "waiting"
    step = drawn(order).step
    again = operations.draw_call_back(at=later(days=9), order=order, step_id=step.pk, turn=step.turn)
    assert again == drawn(order)


def test_an_order_that_was_never_served_is_not_drawn(scene: Scene) -> None:
    decide(scene)
    loop.cancel_order(actor=scene.actor("zhou"), at=AT, order=scene.placed())
    assert not CallBack.objects.exists()


def test_whose_call_is_due_first_stands_first(scene: Scene) -> None:
    decide(scene)
    first, second = (drawn(reviewed(scene).order) for _nth in range(2))
    CallBack.objects.filter(pk=second.pk).update(drawn_at=AT)
    page = browser(scene, "li").get("/console/call-backs/").content.decode()
    assert -1 < page.find(str(second.uuid)) < page.find(str(first.uuid))


def test_the_team_and_who_entered_the_review_do_not_call_back(scene: Scene) -> None:
    decide(scene)
    order = served(scene)
    told_by_telephone(scene, "keeper", order)
    call_back = drawn(order)
    with pytest.raises(NotOutside):
        heard(scene, "keeper", call_back, result="not_reached")
    for name in ("wang", "mallory"):
        with pytest.raises(NotYourCall):
            heard(scene, name, call_back, result="not_reached")
    assert list(queries.call_backs(actor=scene.actor("keeper"))) == []
    assert list(queries.call_backs(actor=scene.actor("wang"))) == []
    assert list(queries.call_backs(actor=scene.actor("li"))) == [call_back]


def test_after_three_calls_that_nobody_answers_the_resident_is_left_in_peace(scene: Scene) -> None:
    decide(scene)
    call_back = drawn(reviewed(scene).order)
    for number in range(3):
        heard(scene, "li", call_back, hours=2 * number, result="not_reached")
    call_back.refresh_from_db()
    assert (call_back.state, call_back.tries) == ("unreached", 3)
    with pytest.raises(operations.CallEnded):
        heard(scene, "li", call_back, result="not_reached")
    with pytest.raises(operations.CallEnded):
        operations.look_to_call(actor=scene.actor("li"), at=later(days=3), call_back=call_back)


def test_calls_within_two_hours_that_nobody_answers_count_as_one(scene: Scene) -> None:
    decide(scene)
    call_back = drawn(reviewed(scene).order)
    heard(scene, "li", call_back, result="not_reached")
    for hours in (0, 1.9):
        with pytest.raises(TriedJustNow):
            heard(scene, "li", call_back, hours=hours, result="not_reached")
    call_back.refresh_from_db()
    assert (call_back.state, call_back.tries) == ("waiting", 1)
    heard(scene, "li", call_back, hours=1.9, result="answered", outcome="done")
    call_back.refresh_from_db()
    assert call_back.state == "answered"


def test_nobody_writes_down_a_call_to_a_number_they_did_not_open(scene: Scene) -> None:
    """A colleague's look does not count, nor one of the day before yesterday."""
    decide(scene)
    call_back = drawn(reviewed(scene).order)
    said = operations.Heard("answered", "done")
    looked(scene, "keeper", call_back, later(days=5))
    operations.look_to_call(actor=scene.actor("li"), at=later(days=3, hours=23), call_back=call_back)
    with pytest.raises(LookFirst):
        operations.record_call(actor=scene.actor("li"), at=later(days=5), call_back=call_back, heard=said)
    call_back.refresh_from_db()
    assert (call_back.state, call_back.tries) == ("waiting", 0)


def test_a_call_says_an_outcome_only_where_somebody_answered(scene: Scene) -> None:
    decide(scene)
    call_back = drawn(reviewed(scene).order)
    for what in ({"result": "answered"}, {"result": "not_reached", "outcome": "done"}, {"result": "gone"}):
        with pytest.raises(ResultNeeded):
            heard(scene, "li", call_back, **what)


def test_an_answer_that_cannot_be_so_beside_the_review_flags_it_and_is_followed(scene: Scene) -> None:
    decide(scene)
    review = reviewed(scene, "done", stars=5)
    heard(scene, "li", drawn(review.order), result="answered", outcome="not_done", words="没人来")
    assert ReviewFlag.objects.get(review=review).rule == Rule.CONTRADICTED
    assert ReviewStanding.objects.get(review=review).standing == "pending"
    follow_up = FollowUp.objects.get()
    assert (follow_up.told_by, follow_up.outcome, follow_up.state) == ("call_back", "not_done", "open")
    told = queries.answered_call(review=review, reader=scene.actor("li"))
    assert told is not None
    assert (told.call.outcome, told.words) == ("not_done", "没人来")


@pytest.mark.parametrize(("stars", "told_by"), [(1, ["stars"]), (2, ["stars"]), (3, []), (None, [])])
def test_few_stars_are_followed_up_though_it_was_done(
    scene: Scene, stars: int | None, told_by: list[str]
) -> None:
    order = reviewed(scene, "done", stars=stars, words="态度很差").order
    assert list(FollowUp.objects.values_list("told_by", flat=True)) == told_by
    assert Order.unscoped.get(pk=order.pk).state == "closed"
    assert Notice.objects.filter(kind="review_few_stars").exists() == bool(told_by)


def test_a_call_back_that_hears_worse_than_few_stars_said_is_still_followed(scene: Scene) -> None:
    decide(scene, after_not_done=AfterLow.REOPEN)
    order = reviewed(scene, "done", stars=1).order
    heard(scene, "li", drawn(order), result="answered", outcome="not_done", words="没人来")
    told = list(FollowUp.objects.values_list("told_by", "way", "state"))
    assert told == [("stars", "follow_up", "open"), ("call_back", "reopen", "done")]
    assert Order.unscoped.get(pk=order.pk).state == "reopened"


def test_few_stars_of_one_closing_are_followed_once(scene: Scene) -> None:
    review = reviewed(scene, "done", stars=2)
    told = {"order": review.order, "turn": review.turn, "outcome": "done"}
    assert operations.follow_few_stars(at=NEXT_DAY, **told) is None  # type: ignore[arg-type] # as the receiver gives them
    assert FollowUp.objects.count() == 1


def test_an_answer_that_fits_the_review_leaves_it_as_it_is(scene: Scene) -> None:
    decide(scene)
    review = reviewed(scene, "half")
    heard(scene, "li", drawn(review.order), result="answered", outcome="half")
    assert not ReviewFlag.objects.exists()
    assert FollowUp.objects.count() == 1


def test_the_look_at_whom_to_call_is_on_record(scene: Scene) -> None:
    decide(scene)
    call_back = drawn(reviewed(scene).order)
    looked = operations.look_to_call(actor=scene.actor("li"), at=NEXT_DAY, call_back=call_back)
    assert looked.contact.phone == "12010000001"
    entry = AuditEntry.objects.filter(verb="reviews.look_contact").get()
    assert entry.actor_id == scene.accounts["li"]
    with pytest.raises(NotYourCall):
        operations.look_to_call(actor=scene.actor("mallory"), at=NEXT_DAY, call_back=call_back)


def test_whom_nobody_can_call_is_asked_by_a_visit(scene: Scene) -> None:
    decide(scene)
    order = reviewed(scene).order
    call_back = drawn(order)
    Person.unscoped.filter(pk=order.requester_id).update(contact_phone="", contact_phone_hash=None)
    page = browser(scene, "li").post(reverse("reviews:call_contact", args=[call_back.uuid]))
    assert "No telephone: go and see them" in text_of(page)
    assert "tel:" not in page.content.decode()


def test_a_review_within_the_minute_of_the_report_is_flagged_once_and_counted_apart(scene: Scene) -> None:
    review = reviewed(scene, at=REPORTED)
    assert operations.check_review(at=NEXT_DAY, review_id=review.pk) == ["same_minute"]
    assert operations.check_review(at=NEXT_DAY, review_id=review.pk) == []
    assert (ReviewFlag.objects.count(), ReviewStanding.objects.count()) == (1, 1)
    found = queries.satisfaction_of_team(team_id=scene.team.pk, at=later(days=3))
    assert (found.counted, found.pending, found.reviews) == (0, 1, 1)


def test_a_low_review_within_the_minute_is_noted_and_goes_on_to_count(scene: Scene) -> None:
    review = reviewed(scene, at=REPORTED, outcome="not_done")
    assert operations.check_review(at=NEXT_DAY, review_id=review.pk) == ["same_minute"]
    assert (ReviewFlag.objects.count(), ReviewStanding.objects.count()) == (1, 0)
    found = queries.satisfaction_of_team(team_id=scene.team.pk, at=later(days=3))
    assert (found.satisfied, found.counted, found.pending) == (0, 1, 0)


def test_a_review_by_the_team_or_by_who_placed_the_order_is_flagged(scene: Scene) -> None:
    order = served(scene)
    Order.unscoped.filter(pk=order.pk).update(placed_by=scene.accounts["keeper"])
    review = told_by_telephone(scene, "keeper", Order.unscoped.get(pk=order.pk))
    assert operations.check_review(at=NEXT_DAY, review_id=review.pk) == ["typed", "by_staff"]

    order = served(scene)
    review = Review.objects.create(
        order=order, turn=order.turn, outcome="done", by_id=scene.accounts["wang"], at=NEXT_DAY
    )
    assert operations.check_review(at=NEXT_DAY, review_id=review.pk) == ["by_team"]


def test_an_order_with_a_telephone_of_the_team_is_noticed(scene: Scene) -> None:
    order = served(scene)
    order.text.contact_phone = "12010000004"
    order.text.save(update_fields=["contact_phone"])
    review = loop.review_order(actor=scene.actor("zhou"), at=NEXT_DAY, order=order, outcome="done")
    assert operations.check_review(at=NEXT_DAY, review_id=review.pk) == ["team_phone"]


def test_many_alike_from_one_account_are_noticed_from_the_fifth_on(scene: Scene) -> None:
    found = []
    for number in range(5):
        review = reviewed(scene, at=later(days=2, hours=number), words="很好", stars=5)
        found.append(operations.check_review(at=NEXT_DAY, review_id=review.pk))
    assert found == [[], [], [], [], ["alike_account"]]


def test_what_nobody_has_read_is_read_by_the_job_and_only_once(scene: Scene) -> None:
    reviewed(scene, at=REPORTED)
    reviewed(scene)
    assert check_missing.run(at=later(days=3)) == 2
    assert check_missing.run(at=later(days=3)) == 0
    assert (ReviewCheck.objects.count(), ReviewFlag.objects.count()) == (2, 1)


def test_somebody_outside_decides_with_a_reason_and_once(scene: Scene) -> None:
    review = reviewed(scene, at=REPORTED)
    operations.check_review(at=NEXT_DAY, review_id=review.pk)
    facts: dict[str, Any] = {"at": later(days=3), "review": review, "standing": "set_aside"}
    with pytest.raises(DecisionNeeded):
        operations.decide_review(actor=scene.actor("li"), words="", **facts)
    with pytest.raises(DecisionNeeded):
        operations.decide_review(actor=scene.actor("li"), words="好", **(facts | {"standing": "pending"}))
    for name in ("mallory", "keeper", "wang"):
        with pytest.raises(NotYoursToJudge):
            operations.decide_review(actor=scene.actor(name), words="队员代填", **facts)
    operations.decide_review(actor=scene.actor("li"), words="队员代填", **facts)
    with pytest.raises(NothingToDecide):
        operations.decide_review(actor=scene.actor("director"), words="算", **facts)
    found = queries.satisfaction_of_project(project_id=scene.project.pk, at=later(days=3))
    assert (found.counted, found.pending, found.set_aside) == (0, 0, 1)
    assert satisfaction_of(place_figures(root=scene.center, figures=FIGURES, period=Period()).total) == found


def test_what_was_noticed_and_decided_cannot_be_changed(scene: Scene) -> None:
    review = reviewed(scene, at=REPORTED)
    operations.check_review(at=NEXT_DAY, review_id=review.pk)
    for rows in (ReviewFlag.objects, ReviewStanding.objects, ReviewCheck.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all().delete()


def test_a_suggestion_is_adopted_or_answered_once_and_the_resident_is_told(scene: Scene) -> None:
    review = reviewed(scene, wish="能不能早点来")
    suggestion = Suggestion.objects.select_related("order", "review__text").get()
    assert queries.wish_words(suggestion=suggestion, reader=scene.actor("li")) == "能不能早点来"
    assert "suggestion_made" in told(scene, "li")
    with pytest.raises(NotYoursToJudge):
        operations.adopt_suggestion(
            actor=scene.actor("mallory"), at=NEXT_DAY, suggestion=suggestion, words="好"
        )
    operations.adopt_suggestion(actor=scene.actor("li"), at=NEXT_DAY, suggestion=suggestion, words="改成八点")
    with pytest.raises(AnsweredAlready):
        operations.answer_suggestion(
            actor=scene.actor("li"), at=NEXT_DAY, suggestion=suggestion, words="不行"
        )
    assert told(scene, "zhou")[-1] == "suggestion_adopted"
    counted = queries.suggestions_at(place=scene.town)
    assert (counted.made, counted.adopted, counted.answered) == (1, 1, 0)
    assert queries.suggestions_at(place=scene.far_center).made == 0
    assert review.order_id == suggestion.order_id


def test_the_list_of_suggestions_counts_what_came_of_each(scene: Scene) -> None:
    for wish in ("早点来", "多来几次", "自带凳子"):
        reviewed(scene, wish=wish)
    first, second, _open = Suggestion.objects.select_related("order").order_by("id")
    operations.adopt_suggestion(actor=scene.actor("li"), at=NEXT_DAY, suggestion=first, words="八点来")
    operations.answer_suggestion(actor=scene.actor("li"), at=NEXT_DAY, suggestion=second, words="人手不够")
    assert queries.suggestion_counts() == {"open": 1, "adopted": 1, "answered": 1}
    page = text_of(browser(scene, "li").get("/console/reviews/suggestions/?state=adopted"))
    assert "To be answered 1 Adopted 1 Answered 1" in page


def test_of_an_order_that_was_opened_again_nothing_is_agreed(scene: Scene) -> None:
    decide(scene, after_not_done=AfterLow.REOPEN.value)
    order = reviewed(scene, "not_done").order
    order.refresh_from_db()
    assert order.state == "reopened"
    assert loop_queries.live_assignment(order=order) is None
    shown = {
        "zhou": text_of(browser(scene, "zhou").get(f"/orders/{order.number}/")),
        "li": text_of(browser(scene, "li").get(f"/console/queue/{order.uuid}/")),
    }
    for page in shown.values():
        assert "Who comes" not in page
        assert "Agreed time" not in page
        assert "How it was the last time" in page
    told = browser(scene, "li").get(f"/api/v1/orders/{order.number}").json()
    assert (told["assignment"], told["members"]) == (None, [])


def test_each_way_of_collecting_reviews_has_its_own_name() -> None:
    told = queries.satisfaction_of_figures(
        satisfied={"satisfied": 5},
        doubted={},
        collected=dict.fromkeys(ReviewChannel.values, 1),
        typed={},
        unanswered=0,
    )
    with override("zh-hans"):
        ways = [(str(word), count) for word, count in told.ways]
    assert ways == [("网上", 1), ("程序接口", 1), ("电话", 1), ("自助终端", 1), ("纸质", 1)]


def test_satisfaction_says_how_it_was_collected_and_how_many_did_not_answer(scene: Scene) -> None:
    for _number in range(4):
        reviewed(scene)
    told_by_telephone(scene, "keeper", served(scene), "half")
    loop.close_unreviewed(at=later(days=9), order=served(scene))
    again = loop.close_unreviewed(at=later(days=9), order=served(scene))
    loop.reopen_order(actor=scene.actor("li"), at=later(days=9), order=again)
    for found in (
        queries.satisfaction_of_team(team_id=scene.team.pk, at=later(days=9)),
        queries.satisfaction_of_project(project_id=scene.project.pk, at=later(days=9)),
    ):
        assert (found.percent, found.reviews, found.unanswered) == (80, 5, 1)
        assert dict(found.by_channel) == {"portal": 4, "telephone": 1}
    counts = place_figures(root=scene.town, figures=FIGURES, period=Period()).total
    assert satisfaction_of(counts) == queries.satisfaction_of_team(team_id=scene.team.pk, at=later(days=9))
    assert queries.satisfaction_of_team(team_id=scene.other_team.pk, at=later(days=9)).reviews == 0
    assert queries.satisfaction_of_team(team_id=scene.team.pk, at=later(days=800)).reviews == 0
