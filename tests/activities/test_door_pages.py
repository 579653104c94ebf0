"""The pages of the door: who stands before it, and who keeps it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sidan.activities import operations, queries
from sidan.activities.models import Activity, HeadCount
from sidan.activities.operations import PostPlan
from sidan.attendance.models import Confirmation, Mark
from sidan.attendance.queries import own_code
from sidan.bookings.policies import Span
from sidan.core.clock import now
from tests.cast import Cast
from tests.matrix.stage_activities import a_plan, code_of, make_activity, spot_digits

HTMX = {"HX-Request": "true"}


def soon(cast: Cast) -> Activity:
    return make_activity(cast, "open", "门口签到", begins=now() + timedelta(minutes=40))


def at(activity: Activity, name: str, *more: object) -> str:
    return reverse(f"activities:{name}", args=[activity.uuid, *more])


def text(client: Client, url: str, **data: str) -> str:
    answer = client.get(url, data)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_who_reads_the_screen_checks_in_and_out(cast: Cast) -> None:
    activity, client = soon(cast), cast.zhou.client()
    here, digits = at(activity, "here"), spot_digits(activity)
    assert here in text(client, at(activity, "activity"))
    assert Client().get(here).status_code == 302
    assert digits in text(client, here, code=digits)
    refused = client.post(here, {"code": "000000" if digits != "000000" else "000001", "direction": "in"})
    assert refused.status_code == 422
    client.post(here, {"code": spot_digits(activity), "direction": "in"})
    assert Mark.objects.get().person == cast.zhou.person
    shown = text(client, here)
    assert "我要走了" in shown


@pytest.mark.django_db
def test_the_screen_shows_a_picture_and_digits_and_fetches_a_piece(cast: Cast) -> None:
    activity, client = soon(cast), cast.practitioner.client()
    answer = client.get(at(activity, "door"))
    page = answer.content.decode()
    assert "<svg" in page
    assert queries.spot_code(activity=activity, at=now()) in page
    assert answer.headers["Cache-Control"] == "no-store"
    piece = client.get(at(activity, "door"), headers=HTMX).content.decode()
    assert "<html" not in piece
    assert 'id="spot-code"' in piece


@pytest.mark.django_db
def test_ones_own_code_is_read_at_the_door(cast: Cast) -> None:
    activity, client = soon(cast), cast.practitioner.client()
    mine = text(cast.zhou.client(), reverse("attendance:my_code"))
    assert "<svg" in mine
    assert cast.zhou.person.name in mine
    scan = at(activity, "scan")
    first = client.post(scan, {"text": code_of(cast), "direction": "in"}, headers=HTMX).content.decode()
    assert cast.zhou.person.name in first
    again = client.post(scan, {"text": code_of(cast), "direction": "in"}, headers=HTMX).content.decode()
    assert "之前已经记过" in again
    own = str(own_code(person_id=cast.practitioner.person.pk, at=now()).code)
    refused = client.post(scan, {"text": own, "direction": "in"}, headers=HTMX)
    assert "请别人来扫" in refused.content.decode()
    assert client.post(scan, {"text": "乱码", "direction": "in"}).status_code == 303
    assert Mark.objects.count() == 1


@pytest.mark.django_db
def test_by_hand_and_the_second_person(cast: Cast) -> None:
    activity = soon(cast)
    plan = PostPlan(role="volunteer", name="引导", places=2)
    post = operations.add_post(actor=cast.practitioner.actor, at=now(), activity=activity, plan=plan)
    operations.enrol(actor=cast.volunteer.actor, at=now(), post=post)
    keeper = cast.practitioner.client()
    hand = at(activity, "hand", cast.volunteer.person.uuid)
    assert hand in text(keeper, at(activity, "checking"), q=cast.volunteer.person.name)
    assert keeper.post(hand, {"direction": "in", "reason": ""}).status_code == 422
    keeper.post(hand, {"direction": "in", "reason": "no_phone"})
    written = Mark.objects.get()
    judge = at(activity, "judge", written.uuid)
    assert judge not in text(keeper, at(activity, "checking"))
    assert keeper.post(judge, {"word": "right"}).status_code == 403
    assert judge in text(cast.manager.client(), at(activity, "checking"))
    cast.manager.client().post(judge, {"word": "right"})
    assert Confirmation.objects.get().is_right
    listed = text(cast.manager.client(), at(activity, "came"))
    assert cast.volunteer.person.name in listed


@pytest.mark.django_db
def test_heads_are_counted_on_the_page(cast: Cast) -> None:
    activity, client = soon(cast), cast.practitioner.client()
    heads = at(activity, "heads")
    assert client.post(heads, {"people": "-1"}).status_code == 422
    client.post(heads, {"people": "800"})
    first = HeadCount.objects.get()
    client.post(heads, {"people": "80", "instead_of": str(first.uuid)})
    assert HeadCount.objects.get(instead_of=first).people == 80
    assert "清点" in text(client, at(activity, "staff_activity"))


@pytest.mark.django_db
def test_a_time_without_a_word_for_long_leads_from_hours_to_the_activity(cast: Cast) -> None:
    keeper, begins = cast.practitioner.actor, now() - timedelta(days=40)
    before, ends = begins - timedelta(days=1), begins + timedelta(hours=2)
    activity = operations.draft_activity(
        actor=keeper, at=before, place=cast.places.chengbei, plan=a_plan(Span(begins, ends))
    )
    operations.submit_activity(actor=keeper, at=before, activity=activity)
    operations.announce_activity(actor=cast.manager.actor, at=before, activity=activity)
    plan = PostPlan(role="volunteer", name="引导", places=2)
    post = operations.add_post(actor=keeper, at=before, activity=activity, plan=plan)
    operations.enrol(actor=cast.volunteer.actor, at=before, post=post)
    operations.mark_by_hand(
        actor=keeper, at=begins, activity=activity, person=cast.volunteer.person, reason="forgotten"
    )
    operations.advance_activity(at=ends, activity_id=activity.pk)
    shown = text(cast.manager.client(), f"{reverse('hours:claims')}?chip=late")
    assert at(activity, "checking") in shown
