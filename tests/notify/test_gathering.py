"""Not at night, not ten messages for one thing, and only what is wanted."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from sidan.core.actor import NOBODY
from sidan.core.clock import BUSINESS_ZONE, now
from sidan.core.errors import NotSignedIn
from sidan.notify import operations, queries
from sidan.notify.channels import registry
from sidan.notify.enums import Address, DeliveryState, LeftOut, Topic
from sidan.notify.kinds import NoticeKind, register_kind
from sidan.notify.models import Delivery, Notice
from sidan.notify.operations import filling
from sidan.notify.rhythm import Rhythm
from tests.cast import Cast, Someone
from tests.notify.test_outbox import Fake

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
NIGHT = datetime(2026, 11, 21, 14, tzinfo=UTC)
MORNING = datetime(2026, 11, 22, 0, tzinfo=UTC)
"""12:00, 22:00 and 8:00 on the clock of the county."""
MINE = register_kind(NoticeKind(code="test.mine", sentence="Step %(step)s.", goes_out=True, topic=Topic.MINE))
OFFICE = register_kind(
    NoticeKind(code="test.office", sentence="Office %(step)s.", goes_out=True, topic=Topic.OFFICE)
)
URGENT = register_kind(
    NoticeKind(
        code="test.danger", sentence="Danger %(step)s.", goes_out=True, is_urgent=True, topic=Topic.OFFICE
    )
)


@pytest.fixture
def phones() -> Iterator[Fake]:
    fake = Fake(Address.PHONE)
    registry.register_channel(fake)
    yield fake
    del registry._registered["fake"]


def tell(someone: Someone, step: int, *, at: datetime, kind: NoticeKind = MINE) -> None:
    facts = {"step": step}
    operations.notify(account_ids=[someone.account.pk], kind=kind.code, facts=facts, link="/o/", at=at)


def run(at: datetime) -> None:
    """Do what the job of each minute does."""
    operations.fill_outbox(at=at)
    while operations.deliver_next(at=at):
        continue


def bodies(phones: Fake) -> list[str]:
    return [message.body for message in phones.sent]


def choose(someone: Someone, *, window: int = 30, quiet: tuple[int, int] = (21, 8), **wanted: bool) -> None:
    operations.choose_messages(
        actor=someone.actor, at=NOON,
        chosen=operations.Chosen(
            quiet_from=time(quiet[0]), quiet_until=time(quiet[1]), digest_minutes=window, chat="",
            wanted={(Topic(topic), Address.PHONE): value for topic, value in wanted.items()},
        ),
    )  # fmt: skip


def english(cast: Cast) -> Someone:
    account = cast.zhou.account
    account.language = "en"
    account.save(update_fields=["language"])
    return cast.zhou


def test_the_first_goes_at_once_and_the_next_ten_in_one(cast: Cast, phones: Fake) -> None:
    zhou = english(cast)
    tell(zhou, 0, at=NOON)
    run(NOON)
    assert bodies(phones) == ["Step 0."]
    for step in range(1, 11):
        tell(zhou, step, at=NOON + timedelta(minutes=step))
        run(NOON + timedelta(minutes=step))
    run(NOON + timedelta(minutes=29))
    assert len(phones.sent) == 1
    run(NOON + timedelta(minutes=30))
    assert bodies(phones)[1:] == ["10 new messages:\n1. Step 1.\n2. Step 2.\n3. Step 3.\nand 7 more"]
    run(NOON + timedelta(days=1))
    assert len(phones.sent) == 2


def test_at_night_nothing_is_sent_but_danger(cast: Cast, phones: Fake) -> None:
    zhou = english(cast)
    tell(zhou, 1, at=NIGHT)
    tell(zhou, 2, at=NIGHT + timedelta(hours=1))
    tell(zhou, 3, at=NIGHT, kind=URGENT)
    run(NIGHT + timedelta(hours=1))
    assert bodies(phones) == ["Danger 3."]
    run(MORNING - timedelta(minutes=1))
    assert len(phones.sent) == 1
    run(MORNING)
    assert bodies(phones)[1:] == ["2 new messages:\n1. Step 1.\n2. Step 2."]


def test_what_failed_in_the_evening_does_not_wake_anybody(cast: Cast, phones: Fake) -> None:
    zhou = english(cast)
    phones.failures = 1
    tell(zhou, 1, at=NIGHT - timedelta(hours=1, seconds=10))
    run(NIGHT - timedelta(hours=1, seconds=10))
    run(NIGHT)
    assert phones.sent == []
    assert Delivery.objects.get().attempts == 1
    run(MORNING)
    assert bodies(phones) == ["Step 1."]


def test_what_was_read_meanwhile_is_not_sent_and_says_so(cast: Cast, phones: Fake) -> None:
    zhou = english(cast)
    tell(zhou, 1, at=NIGHT)
    operations.mark_all_read(actor=zhou.actor, at=NIGHT)
    run(MORNING)
    assert phones.sent == []
    assert (Notice.objects.get().goes_out, Notice.objects.get().left_out) == (False, LeftOut.READ)


def test_what_nobody_sent_for_two_days_is_given_up_with_a_reason_and_sent_by_hand(
    cast: Cast, phones: Fake
) -> None:
    zhou = english(cast)
    tell(zhou, 1, at=NOON - timedelta(days=3))
    tell(zhou, 2, at=NOON - timedelta(days=3), kind=URGENT)
    tell(zhou, 3, at=NOON - timedelta(days=1))
    run(NOON)
    assert bodies(phones) == ["Step 3."]
    late = Delivery.objects.get(state=DeliveryState.GIVEN_UP)
    assert (late.last_error, late.attempts, late.body) == (
        "not_filled", 0, "2 new messages:\n1. Step 1.\n2. Danger 2."
    )  # fmt: skip
    assert not Notice.objects.filter(goes_out=True).exists()
    run(NOON + timedelta(days=1))
    assert len(phones.sent) == 1, "it waits for somebody to send it"
    page = cast.system_admin.client().get("/console/outbox/").content.decode()
    assert "两天没有后台程序在运行" in page
    operations.send_again(actor=cast.system_admin.actor, at=NOON, uuid=late.uuid)
    run(NOON)
    assert bodies(phones)[1:] == [late.body]


def test_each_notice_that_might_have_gone_out_says_why_it_did_not(cast: Cast, phones: Fake) -> None:
    zhou = english(cast)
    choose(zhou, mine=False)
    tell(zhou, 1, at=NOON)
    tell(cast.leader, 2, at=NOON)
    cast.leader.account.is_active = False
    cast.leader.account.save(update_fields=["is_active"])
    tell(cast.dispatcher, 3, at=NOON)
    run(NOON)
    why = dict(Notice.objects.values_list("facts__step", "left_out"))
    assert why == {1: LeftOut.UNWANTED, 2: LeftOut.NO_ADDRESS, 3: ""}
    assert queries.left_out_lately(at=NOON) == [("no_address", 1), ("unwanted", 1)]
    assert queries.left_out_lately(at=NOON + timedelta(days=31)) == []
    page = cast.system_admin.client().get("/console/outbox/").content.decode()
    assert ("本人不要发送" in page) == (now() - timedelta(days=30) < NOON)


@given(
    wants=st.lists(st.booleans(), min_size=2, max_size=2),
    reached=st.lists(st.booleans(), min_size=2, max_size=2),
)
def test_a_notice_is_sent_or_says_why_not_whatever_the_ways(wants: list[bool], reached: list[bool]) -> None:
    notice = Notice(pk=1, kind=MINE.code)
    why: dict[int, LeftOut] = {1: LeftOut.NO_ADDRESS}
    for is_wanted, is_reached in zip(wants, reached, strict=True):
        if is_reached:
            filling._explain(why, [notice], [notice] if is_wanted else [])
    pairs = list(zip(wants, reached, strict=True))
    if (True, True) in pairs:
        assert why == {}
    else:
        assert why == {1: LeftOut.UNWANTED if any(reached) else LeftOut.NO_ADDRESS}


def test_only_what_is_wanted_goes_out(cast: Cast, phones: Fake) -> None:
    zhou = english(cast)
    tell(zhou, 1, at=NOON, kind=OFFICE)
    run(NOON)
    assert phones.sent == [], "an office's work goes by telephone only if one says so"
    choose(zhou, window=0, office=True, mine=False)
    tell(zhou, 2, at=NOON, kind=OFFICE)
    tell(zhou, 3, at=NOON)
    run(NOON)
    assert bodies(phones) == ["Office 2."]
    tell(zhou, 4, at=NOON, kind=OFFICE)
    run(NOON)
    assert bodies(phones)[1:] == ["Office 4."], "without gathering each goes at once"


def test_one_person_s_choice_is_nobody_else_s(cast: Cast, phones: Fake) -> None:
    choose(cast.leader, mine=False)
    for one in (cast.zhou, cast.leader):
        tell(one, 1, at=NOON)
    run(NOON)
    assert [message.address for message in phones.sent] == [cast.zhou.phone]
    with pytest.raises(NotSignedIn):
        operations.choose_messages(
            actor=NOBODY, at=NOON, chosen=operations.Chosen(time(21), time(8), 30, "", {})
        )


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_a_window_is_a_day_at_most(cast: Cast, minutes: int) -> None:
    with pytest.raises(operations.BadWindow):
        choose(cast.zhou, window=minutes)


def test_a_robot_must_be_of_a_service_that_is_allowed(cast: Cast, settings: Settings) -> None:
    settings.CHAT_SCHEMES = frozenset({"feishu"})
    for chat in ("json://127.0.0.1/", "dingtalk://abc"):
        with pytest.raises(operations.BadChatAddress):
            operations.choose_messages(
                actor=cast.zhou.actor, at=NOON, chosen=operations.Chosen(time(21), time(8), 30, chat, {})
            )


times = st.times().map(lambda clock: clock.replace(microsecond=0))


@given(begin=times, end=times, minutes=st.integers(0, 1440), passed=st.integers(0, 100_000))
def test_a_message_never_leaves_in_the_quiet_hours_nor_twice_in_a_window(
    begin: time, end: time, minutes: int, passed: int
) -> None:
    end = end.replace(second=0)
    rhythm = Rhythm(begin, end, timedelta(minutes=minutes))
    at = NOON + timedelta(seconds=passed)
    leaves = rhythm.may_leave_at(at=at, last=NOON)
    assert leaves >= max(at, NOON + timedelta(minutes=minutes))
    clock = leaves.astimezone(BUSINESS_ZONE).time()
    quiet = begin <= clock < end if begin <= end else clock >= begin or clock < end
    assert not quiet
    assert leaves <= max(at, NOON + timedelta(minutes=minutes)) + timedelta(days=1)
