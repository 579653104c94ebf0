"""A wish is answered in time, or the next place above is asked: once for each moment, shown on the desk in words."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from sidan.core.actor import SYSTEM
from sidan.limits.models import WishFiring, WishTimer
from sidan.limits.operations import NotDue, Terms, fire_wish_timer, set_limit, start_missing_wish_clocks
from sidan.limits.tasks import fire
from sidan.notify.models import Notice
from sidan.people.models import RoleGrant
from sidan.people.operations import close_account
from sidan.places.models import Place
from sidan.wishes import operations
from sidan.wishes.models import Wish, WishStep
from tests.cast import Cast, Someone
from tests.factories import AT
from tests.limits.helpers import DAY, HOUR
from tests.orders.browsing import text_of

pytestmark = pytest.mark.django_db
GLASSES, FAINTED = "想要一副老花镜", "邻居老人晕倒了，叫不醒"


def wished(cast: Cast, words: str = GLASSES) -> Wish:
    told = operations.NewWish(words=words, for_whom="elder")
    made = operations.make_wish(actor=cast.zhou.actor, at=AT, told=told)
    return again(made)


def again(wish: Wish) -> Wish:
    return Wish.unscoped.select_related("place", "county", "holder", "wisher").get(pk=wish.pk)


def running(wish: Wish) -> WishTimer:
    return WishTimer.objects.get(wish=wish, ended_at=None)


def set_end(place: Place, at_end: str, hours: int = 4, person: int | None = None) -> None:
    terms = Terms(hours, "hours", "who_acts", at_end, person)
    set_limit(actor=SYSTEM, at=AT, place=place, step="answer", terms=terms, reason="试行")


def kinds_told(someone: Someone) -> list[str]:
    rows = Notice.objects.filter(account_id=someone.account.pk, kind__contains="wish").order_by("id")
    return list(rows.values_list("kind", flat=True))


def test_a_wish_has_three_working_days_and_one_of_danger_half_an_hour(cast: Cast) -> None:
    wish = wished(cast)
    assert wish.due_at is not None
    assert DAY * 3 <= wish.due_at - AT <= DAY * 7
    assert (running(wish).due_at, running(wish).half_at) == (wish.due_at, wish.half_at)
    urgent = wished(cast, FAINTED)
    assert (urgent.urgency, urgent.due_at) == ("danger", AT + HOUR / 2)


@pytest.mark.parametrize("end", ["answer", "publish", "withdraw"])
def test_whatever_is_done_about_it_ends_the_clock_and_taking_it_down_begins_it_anew(
    cast: Cast, end: str
) -> None:
    wish, staff = wished(cast), cast.practitioner.actor
    if end == "answer":
        operations.answer_wish(actor=staff, at=AT, wish=wish, words="周三有手机课")
    elif end == "withdraw":
        operations.withdraw_wish(actor=cast.zhou.actor, at=AT, wish=wish)
    else:
        told = "一位老人想要一副老花镜"
        operations.publish_wish(actor=staff, at=AT, wish=wish, sentence=told, read=told)
    assert again(wish).due_at is None
    assert not WishTimer.objects.filter(ended_at=None).exists()
    assert fire.run(at=AT + 30 * DAY) == 0
    if end == "publish":
        operations.take_down_wish(actor=staff, at=AT + DAY, wish=again(wish))
        assert running(wish).begun_at == AT + DAY


def test_half_and_end_come_once_and_the_place_above_answers_next(cast: Cast) -> None:
    wish = wished(cast)
    first = wish.holder
    assert wish.half_at is not None
    assert wish.due_at is not None
    assert [fire.run(at=wish.half_at), fire.run(at=wish.half_at)] == [1, 0]
    assert "limit_wish_half" in kinds_told(cast.practitioner)
    with pytest.raises(NotDue):
        fire_wish_timer(at=wish.half_at, timer_id=running(wish).pk)
    assert [fire.run(at=wish.due_at), fire.run(at=wish.due_at)] == [1, 0]
    wish = again(wish)
    assert wish.holder == first.parent
    assert wish.state == "submitted"
    assert WishStep.objects.filter(wish=wish).latest("turn").verb == "pass_up"
    assert wish.due_at is not None
    assert running(wish).due_at == wish.due_at > AT + 3 * DAY, "whoever has it now has their own time"
    assert "wish_passed_up_to_wisher" in kinds_told(cast.zhou)
    assert list(WishFiring.objects.values_list("kind", "did")) == [("half", "who_acts"), ("end", "up")]


def test_where_nobody_stands_above_those_who_must_answer_are_told(cast: Cast) -> None:
    wish = wished(cast)
    for _level in range(4):
        due = again(wish).due_at
        assert due is not None
        fire.run(at=due)
    holder = again(wish).holder
    assert holder.kind == "center"
    assert WishFiring.objects.latest("id").did == "remind"
    assert fire.run(at=due) == 0


@pytest.mark.parametrize("at_end", ["remind", "to_person"])
def test_what_the_limit_says_is_done(cast: Cast, at_end: str) -> None:
    place = cast.places.chengbei
    set_end(place, at_end, person=cast.practitioner.account.pk if at_end == "to_person" else None)
    wish = wished(cast)
    assert fire.run(at=AT + 4 * HOUR) == 1
    assert WishFiring.objects.get().did == at_end
    assert "limit_wish_end" in kinds_told(cast.practitioner)
    assert again(wish).holder_id == wish.holder_id


def test_a_wish_of_danger_ends_as_its_own_limit_says_though_a_general_one_is_over_first(cast: Cast) -> None:
    terms = Terms(10, "minutes", "who_acts", "remind")
    set_limit(actor=SYSTEM, at=AT, place=wished(cast).holder, step="answer", terms=terms, reason="试行")
    timer = running(wished(cast, FAINTED))
    assert (timer.due_at, timer.limit.urgency, timer.acting.urgency) == (AT + HOUR / 6, "normal", "danger")


@pytest.mark.parametrize("gone", ["account", "role"])
def test_where_the_named_person_is_gone_the_office_is_told(cast: Cast, gone: str) -> None:
    named = cast.manager.account.pk
    set_end(cast.places.center, "to_person", person=named)
    wished(cast)
    if gone == "account":
        close_account(actor=SYSTEM, at=AT + HOUR, account_id=named)
    else:
        RoleGrant.objects.filter(account=named).update(ended_at=AT + HOUR)
    assert fire.run(at=AT + 4 * HOUR) == 1
    assert WishFiring.objects.get().did == "to_office"
    assert "limit_wish_end" in kinds_told(cast.practitioner)
    assert "limit_wish_end" not in kinds_told(cast.manager)


def test_the_database_lets_one_clock_run_and_keeps_what_it_did(cast: Cast) -> None:
    wish = wished(cast)
    timer = running(wish)
    with pytest.raises(IntegrityError), transaction.atomic():
        WishTimer.objects.create(
            wish=wish, step_id=timer.step_id, effect="review", limit_id=timer.limit_id, begun_at=AT, half_at=AT,
            due_at=AT,
        )  # fmt: skip
    fire.run(at=timer.half_at)
    with pytest.raises(DatabaseError), transaction.atomic():
        WishFiring.objects.update(did="nobody")
    with pytest.raises(IntegrityError), transaction.atomic():
        WishFiring.objects.create(timer=timer, kind="half", did="who_acts", at=AT)


def test_wishes_of_before_get_a_clock_that_begins_now(cast: Cast) -> None:
    wish = wished(cast)
    WishTimer.objects.all().delete()
    Wish.unscoped.update(due_at=None, half_at=None)
    assert start_missing_wish_clocks(at=AT + 9 * DAY) == 1
    assert start_missing_wish_clocks(at=AT + 9 * DAY) == 0
    assert running(wish).begun_at == AT + 9 * DAY


def test_the_desk_shows_what_is_left_in_words_and_colour_and_danger_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_end(cast.places.chengbei, "remind", hours=2)
    early, urgent = wished(cast), wished(cast, FAINTED)
    client = cast.practitioner.client()
    client.cookies["django_language"] = "en"
    shown = (
        (0, "2 hours left", "state"),
        (1, "1 hour left", "tone-soon"),
        (3, "overdue by 1 hour", "tone-overdue"),
    )
    for passed, words, tone in shown:
        monkeypatch.setattr("sidan.core.clock.now", lambda at=AT + passed * HOUR: at)
        page = client.get(reverse("wishes:desk"))
        rows = re.findall(r'data-row="([^"]+)".*?</tr>', page.content.decode(), flags=re.S)
        assert rows == [str(urgent.uuid), str(early.uuid)]
        assert words in text_of(page)
        assert tone in page.content.decode()
    assert "Danger to life" in text_of(page)
    own = text_of(cast.zhou.client().get(reverse("wishes:wish", args=[early.uuid])))
    assert early.holder.short_name in own


def test_a_wish_that_moves_while_its_moment_comes_is_left_alone(cast: Cast) -> None:
    wish = wished(cast)
    timer = running(wish)
    operations.answer_wish(actor=cast.practitioner.actor, at=AT, wish=wish, words="可以的")
    with pytest.raises(NotDue):
        fire_wish_timer(at=timer.due_at + timedelta(minutes=1), timer_id=timer.pk)
    assert not WishFiring.objects.exists()
