"""Calendars that other programs read: written by one library, read here by it and by another."""

from datetime import UTC, timedelta

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from icalendar import Calendar, Component

from sidan.activities import operations
from sidan.activities.feeds import Feed
from sidan.activities.models import Activity, CalendarAddress, Enrolment
from sidan.activities.operations import PostPlan
from sidan.activities.queries import Wanted
from sidan.activities.queries.feeds import feed_of_person, feed_of_place
from sidan.audit.models import AuditEntry
from sidan.core.clock import now
from sidan.core.scope import everything
from sidan.people.models import Account
from sidan.places import operations as pop_ups
from tests.activities.test_pages import text
from tests.cast import Cast, Someone
from tests.matrix.stage_activities import ahead, make_activity, make_post
from tests.matrix.stage_pop_ups import announce
from tests.orders.scene import build_scene


def place_url(cast: Cast, name: str = "chengbei") -> str:
    return reverse("activities:place_feed", args=[getattr(cast.places, name).uuid])


def events(client: Client, url: str, **data: str) -> dict[str, Component]:
    """Read a feed as a calendar program does, with both parsers, and return its events by title."""
    answer = client.get(url, data)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert calendar.errors == []
    found = {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}
    other = vobject.readOne(answer.content.decode())
    assert other.prodid.value
    assert {event.summary.value for event in other.contents.get("vevent", [])} == set(found)
    return found


def address_made(person: Someone) -> str:
    """Return the address that the page shows once."""
    shown = person.client().post(reverse("activities:make_address")).content.decode()
    start = shown.index("http://testserver/calendar/mine/")
    return shown[start : shown.index(".ics", start) + 4].removeprefix("http://testserver")


# --- of a place and of a team ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_place_feeds_what_it_and_all_below_it_announce_and_no_draft(cast: Cast) -> None:
    make_activity(cast, "announced", "重阳敬老")
    make_activity(cast, "draft", "还没想好")
    for place, titles in (
        ("chengbei", {"重阳敬老"}),
        ("changning", {"重阳敬老"}),
        ("center", {"重阳敬老"}),
        ("datong", set()),
    ):
        assert set(events(Client(), place_url(cast, place))) == titles
        assert set(events(cast.manager.client(), place_url(cast, place))) == titles
    assert set(events(Client(), place_url(cast), kind="fair")) == set()
    assert set(events(Client(), place_url(cast), kind="activity", audience="elder")) == {"重阳敬老"}
    assert Client().get(reverse("activities:place_feed", args=[cast.team.uuid])).status_code == 404


@pytest.mark.django_db
def test_an_event_says_what_a_calendar_needs(cast: Cast) -> None:
    activity = make_activity(cast, "announced", "重阳敬老")
    event = events(Client(), place_url(cast))["重阳敬老"]
    assert str(event["UID"]) == str(activity.uuid)
    assert event["DTSTART"].dt == activity.span.begins
    assert event["DTEND"].dt == activity.span.ends
    assert event["DTSTART"].dt.utcoffset() == timedelta(0)
    assert event["DTSTAMP"].dt.tzinfo is not None
    assert str(event["STATUS"]) == "CONFIRMED"
    assert "文化广场" in str(event["LOCATION"])
    assert "给老人理发、量血压。" in str(event["DESCRIPTION"])
    assert str(event["URL"]) == f"http://testserver{reverse('activities:activity', args=[activity.uuid])}"
    assert cast.practitioner.person.name not in Client().get(place_url(cast)).content.decode()


@pytest.mark.django_db
def test_lines_are_folded_by_bytes_within_no_character(cast: Cast) -> None:
    make_activity(cast, "announced", "很长的标题，有逗号；也有分号" * 4)
    lines = Client().get(place_url(cast)).content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    for line in lines:
        line.decode()
    assert list(events(Client(), place_url(cast))) == ["很长的标题，有逗号；也有分号" * 4]


@pytest.mark.django_db
def test_what_moved_or_is_called_off_keeps_its_name_and_counts_on(cast: Cast) -> None:
    activity = make_activity(cast, "announced", "重阳敬老")
    before = events(Client(), place_url(cast))["重阳敬老"]
    span = type(activity.span)(ahead(5, 15), ahead(5, 17))
    operations.change_activity(
        actor=cast.manager.actor, at=now(), activity=activity, span=span, venue="村礼堂"
    )
    moved = events(Client(), place_url(cast))["重阳敬老"]
    assert moved["UID"] == before["UID"]
    assert moved["DTSTART"].dt == span.begins.astimezone(UTC)
    assert int(moved["SEQUENCE"]) > int(before["SEQUENCE"])
    assert moved["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt
    operations.cancel_activity(
        actor=cast.manager.actor, at=now(), activity=Activity.unscoped.get(pk=activity.pk), words="台风"
    )
    gone = events(Client(), place_url(cast))["已取消：重阳敬老"]
    assert gone["UID"] == before["UID"]
    assert str(gone["STATUS"]) == "CANCELLED"
    assert int(gone["SEQUENCE"]) > int(moved["SEQUENCE"])
    assert list(events(Client(), place_url(cast), lang="en")) == ["Called off: 重阳敬老"]


@pytest.mark.django_db
def test_who_has_it_already_is_told_so_and_nothing_is_left_on_the_device(cast: Cast) -> None:
    activity = make_activity(cast, "announced", "重阳敬老")
    answer = Client().get(place_url(cast))
    assert not answer.cookies
    mark = answer.headers["ETag"]
    again = Client().get(place_url(cast), headers={"If-None-Match": mark})
    assert again.status_code == 304
    assert again.content == b""
    span = type(activity.span)(ahead(5, 15), ahead(5, 17))
    operations.change_activity(
        actor=cast.manager.actor, at=now(), activity=activity, span=span, venue="村礼堂"
    )
    assert Client().get(place_url(cast), headers={"If-None-Match": mark}).status_code == 200


@pytest.mark.django_db
def test_a_team_feeds_what_it_organises(cast: Cast) -> None:
    activity = make_activity(cast, "announced", "义剪进村")
    make_activity(cast, "announced", "别队的活动")
    draft = make_activity(cast, "draft", "还没想好")
    Activity.unscoped.filter(pk__in=[activity.pk, draft.pk]).update(team=cast.team)
    url = reverse("activities:team_feed", args=[cast.team.uuid])
    assert set(events(Client(), url)) == {"义剪进村"}
    assert url in text(cast.manager.client(), reverse("people:team", args=[cast.team.uuid]))
    assert Client().get(reverse("activities:team_feed", args=[activity.uuid])).status_code == 404


@pytest.mark.django_db
def test_the_calendar_says_where_it_can_be_subscribed_to(cast: Cast) -> None:
    asked = {"place": str(cast.places.chengbei.uuid), "kind": "fair"}
    shown = text(Client(), reverse("activities:calendar"), **asked)
    assert f"http://testserver{place_url(cast)}?kind=fair" in shown
    assert f"webcal://testserver{place_url(cast)}?kind=fair" in shown


# --- one's own ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_ones_own_calendar_is_read_without_signing_in(cast: Cast) -> None:
    activity = make_activity(cast, "open", "义剪进村")
    operations.enrol(actor=cast.zhou.actor, at=now(), post=make_post(cast, activity, "听众"))
    make_activity(cast, "open", "别人的活动")
    url = address_made(cast.zhou)
    client = Client()
    assert set(events(client, url)) == {"义剪进村"}
    assert not client.cookies
    answer = client.get(url)
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert cast.zhou.person.name not in answer.content.decode()
    operations.withdraw(
        actor=cast.zhou.actor, at=now(), enrolment=Enrolment.unscoped.get(person=cast.zhou.person), words=""
    )
    assert set(events(client, url)) == set()


@pytest.mark.django_db
def test_who_waits_in_line_comes_perhaps_and_who_answers_for_it_comes(cast: Cast) -> None:
    activity = make_activity(cast, "open", "只有一个名额")
    plan = PostPlan(role="audience", name="听众", places=1)
    post = operations.add_post(actor=cast.practitioner.actor, at=now(), activity=activity, plan=plan)
    operations.enrol(actor=cast.volunteer.actor, at=now(), post=post)
    operations.enrol(actor=cast.zhou.actor, at=now(), post=post)
    waits = events(Client(), address_made(cast.zhou))["只有一个名额"]
    assert str(waits["STATUS"]) == "TENTATIVE"
    assert "您在候补中。" in str(waits["DESCRIPTION"])
    assert str(events(Client(), address_made(cast.volunteer))["只有一个名额"]["STATUS"]) == "CONFIRMED"
    assert set(events(Client(), address_made(cast.practitioner))) == {"只有一个名额"}


@pytest.mark.django_db
def test_a_visit_that_one_promised_stands_in_ones_own_calendar_without_a_word_of_the_order(db: None) -> None:
    scene = build_scene()
    with everything("a test of feeds"):
        visit = scene.scheduled()
        actor, at = scene.actor("zhao"), visit.planned_from - timedelta(hours=1)
        own = feed_of_person(actor=actor, at=at)
        assert feed_of_person(actor=scene.actor("zhou"), at=at).promised == []
        assert feed_of_person(actor=actor, at=visit.planned_to).promised == []
    written = Feed(
        "我的活动", "https://sidan.example", own.activities, own.waiting, own.promised, at
    ).written()
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert str(event["UID"]) == str(visit.uuid)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (visit.planned_from, visit.planned_to)
    assert str(event["SUMMARY"]) == "上门服务"
    assert "周桂英" not in written.decode()
    later = Feed(
        "我的活动", "https://sidan.example", own.activities, own.waiting, own.promised, visit.planned_to
    )
    nothing = Feed("我的活动", "https://sidan.example", own.activities, own.waiting)
    assert later.mark != nothing.mark
    assert vobject.readOne(written.decode()).vevent.summary.value == "上门服务"


@pytest.mark.django_db
def test_what_one_signed_up_for_stands_there_once(cast: Cast) -> None:
    activity = make_activity(cast, "open", "义剪进村")
    operations.enrol(actor=cast.zhou.actor, at=now(), post=make_post(cast, activity, "听众"))
    with cast.zhou.at_work() as actor:
        own = feed_of_person(actor=actor, at=now())
    assert (own.activities, own.promised) == ([activity], [])


@pytest.mark.django_db
def test_an_address_is_shown_once_kept_as_a_hash_and_ends_with_the_next(cast: Cast) -> None:
    first = address_made(cast.zhou)
    token = first.rpartition("/")[2].removesuffix(".ics")
    page = reverse("activities:my_calendar")
    assert token not in text(cast.zhou.client(), page)
    kept = CalendarAddress.objects.get(account=cast.zhou.account)
    assert token.encode() not in bytes(kept.token_hash)
    assert all(token not in str(row.facts) for row in AuditEntry.objects.filter(verb="calendar.address_made"))
    second = address_made(cast.zhou)
    assert second != first
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    cast.zhou.client().post(reverse("activities:remove_address"))
    assert Client().get(second).status_code == 404
    assert "您的日历还没有地址" in text(cast.zhou.client(), page)


@pytest.mark.django_db
def test_the_address_of_a_closed_account_opens_nothing(cast: Cast) -> None:
    url = address_made(cast.zhou)
    Account.objects.filter(pk=cast.zhou.account.pk).update(is_active=False)
    assert Client().get(url).status_code == 404


@pytest.mark.django_db
def test_whoever_guesses_is_stopped_and_whose_address_is_right_is_not(cast: Cast) -> None:
    url = address_made(cast.zhou)
    wrong = reverse("activities:own_feed", args=["nothing"])
    answers = [Client().get(wrong).status_code for _each in range(8)]
    assert answers[0] == 404
    assert answers[-1] == 429
    assert Client().get(url).status_code == 200


@pytest.mark.django_db
def test_ones_own_page_leads_to_the_calendar_and_strangers_are_sent_to_sign_in(cast: Cast) -> None:
    page = reverse("activities:my_calendar")
    assert page in text(cast.zhou.client(), "/me/")
    assert Client().get(page).status_code == 302


@pytest.mark.django_db
def test_a_busy_month_behind_leaves_room_for_what_is_ahead(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sidan.activities.queries.feeds.MOST", 2)
    spans = {title: now() + timedelta(days=days) for title, days in (("早的", 1), ("中的", 2), ("晚的", 3))}
    for title, begins in spans.items():
        make_activity(cast, "open", title, begins=begins)
    wanted = Wanted(at=now() + timedelta(days=2, hours=12), place_id=cast.places.chengbei.pk)
    with everything("as visitors read"):
        assert [one.title for one in feed_of_place(wanted=wanted)] == ["中的", "晚的"]


# --- buses, fairs and stands ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_stands_somewhere_for_a_while_is_in_the_feed_of_its_place_and_of_those_above(cast: Cast) -> None:
    made = announce(cast, "便民服务车")
    for name, is_there in (("chengbei", True), ("center", True), ("liuche", False)):
        found = events(Client(), place_url(cast, name))
        assert ("便民服务车" in found) == is_there
    event = events(Client(), place_url(cast))["便民服务车"]
    assert str(event["STATUS"]) == "CONFIRMED"
    assert str(event["UID"]) == str(made.uuid)
    assert "村口" in str(event["DESCRIPTION"])
    assert events(Client(), place_url(cast), kind="lecture") == {}


@pytest.mark.django_db
def test_what_was_called_off_says_so_in_the_feed_and_its_mark_changes(cast: Cast) -> None:
    made = announce(cast, "便民服务车")
    before = Client().get(place_url(cast)).headers["ETag"]
    pop_ups.call_off_pop_up(actor=cast.manager.actor, at=now(), pop_up=made, turn=made.turn, why="暴雨")
    answer = Client().get(place_url(cast))
    assert answer.headers["ETag"] != before
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["STATUS"]) == "CANCELLED"
    assert "暴雨" in str(event["DESCRIPTION"])
    assert str(event["SUMMARY"]) != "便民服务车"
