"""The inbox: told by one statement, read by its owner only."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import NOBODY, Actor
from sidan.core.errors import NotFound, NotSignedIn
from sidan.core.ids import uuid7
from sidan.notify import operations, queries
from sidan.notify.kinds import KindTwice, NoticeKind, kind_of, register_kind
from sidan.notify.models import Notice
from tests.cast import Cast

pytestmark = pytest.mark.django_db
CountQueries = Callable[[int], AbstractContextManager[object]]
AT = datetime(2026, 11, 21, 2, tzinfo=UTC)
KIND = register_kind(NoticeKind(code="test.moved", sentence=_("Order %(number)s has moved."), icon="clock"))


def tell(*actors: Actor, number: str = "481 207 365", effect: str = "", at: datetime = AT) -> None:
    ids = [actor.account_id for actor in actors if actor.account_id]
    facts = {"number": number}
    operations.notify(account_ids=ids, kind=KIND.code, facts=facts, link="/orders/1/", at=at, effect=effect)


def test_many_are_told_by_one_statement(cast: Cast, django_assert_num_queries: CountQueries) -> None:
    zhou, leader = cast.zhou.actor, cast.leader.actor
    with django_assert_num_queries(1):
        tell(zhou, leader, zhou)
    assert Notice.objects.count() == 2


def test_nobody_to_tell_is_no_statement(
    django_assert_num_queries: CountQueries,
) -> None:
    with django_assert_num_queries(0):
        tell()


def test_the_same_effect_is_told_once(cast: Cast) -> None:
    tell(cast.zhou.actor, effect="order-step:7")
    tell(cast.zhou.actor, cast.leader.actor, effect="order-step:7")
    tell(cast.zhou.actor)
    tell(cast.zhou.actor)
    assert Notice.objects.filter(effect="order-step:7").count() == 2
    assert Notice.objects.filter(effect="").count() == 2


def test_one_reads_only_one_s_own(cast: Cast) -> None:
    resident, stranger = cast.zhou.actor, cast.mallory.actor
    tell(resident)
    tell(resident, at=AT + timedelta(minutes=1))
    page = queries.inbox_of(actor=resident)
    assert [notice.at.minute for notice in page.items] == [1, 0]
    assert queries.unread_count(actor=resident) == 2
    assert queries.inbox_of(actor=stranger).items == []
    with pytest.raises(NotFound):
        operations.mark_read(actor=stranger, at=AT, uuid=page.items[0].uuid)
    operations.mark_read(actor=resident, at=AT, uuid=page.items[0].uuid)
    operations.mark_read(actor=resident, at=AT, uuid=page.items[0].uuid)
    assert queries.unread_count(actor=resident) == 1


def test_what_arrives_after_the_page_was_shown_stays_unread(cast: Cast) -> None:
    resident = cast.zhou.actor
    tell(resident)
    tell(resident, at=AT + timedelta(seconds=1))
    assert operations.mark_all_read(actor=resident, at=AT) == 1
    assert queries.unread_count(actor=resident) == 1
    with pytest.raises(NotSignedIn):
        operations.mark_all_read(actor=NOBODY, at=AT)
    assert queries.unread_count(actor=NOBODY) == 0


def test_the_bell_counts_no_further_than_it_shows(cast: Cast) -> None:
    for _turn in range(103):
        tell(cast.zhou.actor)
    assert queries.unread_count(actor=cast.zhou.actor) == 100
    assert "99+" in cast.zhou.client().get("/notices/count/").content.decode()


def test_a_notice_is_written_in_the_reader_s_language() -> None:
    kind = NoticeKind(code="t", sentence=_("Monday"), words=lambda facts: facts)
    with translation.override("zh-hans"):
        assert kind.render({}) == "星期一"
    with translation.override("en"):
        assert kind.render({}) == "Monday"
        assert KIND.render({}) == "Order – has moved."
        assert kind_of("of.an.app.that.is.gone").render({}) == "There is something new for you."


def test_two_apps_cannot_claim_one_kind() -> None:
    assert register_kind(KIND) is KIND
    with pytest.raises(KindTwice):
        register_kind(NoticeKind(code=KIND.code, sentence="other"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    cast: Cast, count: int, django_assert_max_num_queries: CountQueries
) -> None:
    for number in range(count):
        tell(cast.zhou.actor, number=f"№{number}")
    client = cast.zhou.client()
    # session, actor, rows, and the unread ones for the page and for its shell
    with django_assert_max_num_queries(6):
        page = client.get("/notices/")
    assert page.status_code == 200
    assert page.content.decode().count("№") == count


def test_a_visitor_is_led_to_sign_in_and_sees_no_count() -> None:
    assert Client().get("/notices/").status_code == 302
    assert Client().get("/notices/count/").content.strip() == b""


def test_opening_a_notice_marks_it_and_leads_on(cast: Cast) -> None:
    tell(cast.zhou.actor)
    notice = Notice.objects.get()
    client = cast.zhou.client()
    answer = client.post(f"/notices/{notice.uuid}/read/", {"next": notice.link})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/orders/1/")
    notice.refresh_from_db()
    assert notice.read_at is not None
    answer = client.post(f"/notices/{notice.uuid}/read/", {"next": "https://elsewhere.example.cn/"})
    assert answer.headers["Location"] == "/notices/"
    assert client.get(f"/notices/{notice.uuid}/read/").status_code == 405
    stranger = cast.mallory.client()
    for uuid in (notice.uuid, uuid7(), UUID(int=0)):
        assert stranger.post(f"/notices/{uuid}/read/").status_code == 404


def test_all_are_marked_with_and_without_script(cast: Cast) -> None:
    client = cast.zhou.client()
    tell(cast.zhou.actor)
    piece = client.post("/notices/read/", headers={"HX-Request": "true"})
    assert "data-unread" not in piece.content.decode()
    assert client.post("/notices/read/").headers["Location"] == "/notices/"
