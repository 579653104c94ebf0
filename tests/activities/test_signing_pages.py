"""The pages of signing up, as residents and staff walk through them."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from sidan.activities import operations
from sidan.activities.models import Activity, Enrolment
from sidan.activities.operations import EntryPlan
from sidan.audit.models import AuditEntry
from sidan.core.clock import now
from tests.cast import Cast
from tests.matrix.stage_activities import make_activity, make_post


def text(client: Client, url: str, **data: str) -> str:
    answer = client.get(url, data)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_a_resident_signs_up_reads_it_and_signs_off(cast: Cast) -> None:
    activity = make_activity(cast, "open")
    post = make_post(cast, activity, "听众")
    page, enrol = (
        reverse("activities:activity", args=[activity.uuid]),
        reverse("activities:enrol", args=[activity.uuid, post.uuid]),
    )
    shown = text(Client(), page)
    assert "还剩30个名额" in shown
    assert enrol in shown
    assert Client().get(enrol).status_code == 302
    client = cast.zhou.client()
    refused = client.post(enrol, {"who": "family", "name": "", "words": ""})
    assert refused.status_code == 422
    client.post(enrol, {"who": "self", "words": "带轮椅"})
    made = Enrolment.unscoped.get()
    assert activity.title in text(client, reverse("activities:mine"))
    own = reverse("activities:enrolment", args=[made.uuid])
    assert "带轮椅" in text(client, own)
    assert cast.volunteer.client().get(own).status_code == 404
    client.post(reverse("activities:withdraw", args=[made.uuid]), {"words": ""})
    assert Enrolment.unscoped.get().state == "withdrawn"


@pytest.mark.django_db
def test_a_wrong_code_is_told_at_its_field_and_nothing_is_lost(cast: Cast) -> None:
    activity = make_activity(cast, "open")
    post = make_post(cast, activity, "听众")
    operations.set_entry(
        actor=cast.practitioner.actor, at=now(), activity=activity, plan=EntryPlan(entry="code", code="8866")
    )
    enrol = reverse("activities:enrol", args=[activity.uuid, post.uuid])
    answer = cast.zhou.client().post(enrol, {"who": "self", "code": "1", "words": "带轮椅"})
    assert answer.status_code == 422
    assert "报名码不对" in answer.content.decode()
    assert "带轮椅" in answer.content.decode()


@pytest.mark.django_db
def test_the_place_adds_posts_and_writes_down_who_calls(cast: Cast) -> None:
    activity = make_activity(cast, "open")
    client = cast.practitioner.client()
    posts = reverse("activities:posts", args=[activity.uuid])
    wrong = client.post(posts, {"role": "volunteer", "name": "引导"})
    assert wrong.status_code == 422
    client.post(posts, {"role": "audience", "name": "听众", "places": "1"})
    post = activity.posts.get()
    client.post(reverse("activities:entry", args=[activity.uuid]), {"entry": "invited"})
    find = reverse("activities:find_person", args=[activity.uuid])
    add = reverse("activities:add_person", args=[activity.uuid, cast.zhou.person.uuid])
    assert add in text(client, find, q=cast.zhou.person.name)
    client.post(add, {"post": str(post.uuid), "words": "打电话来的"})
    made = Enrolment.unscoped.get()
    assert made.way == "office"
    people = reverse("activities:people", args=[activity.uuid])
    assert cast.zhou.person.name in text(client, people)
    assert cast.zhou.person.name not in text(client, people, chip="waiting")
    assert b"PK" in b"".join(
        client.get(reverse("activities:export_people", args=[activity.uuid]), {"format": "xlsx"})
    )
    again = client.post(add, {"post": str(post.uuid), "words": ""})
    assert again.status_code == 422


@pytest.mark.django_db
def test_an_absence_is_written_down_answered_and_taken_back(cast: Cast) -> None:
    activity = make_activity(cast, "open")
    post = make_post(cast, activity, "听众")
    made = operations.enrol(actor=cast.zhou.actor, at=now(), post=post)
    for act in (operations.run_activity, operations.end_activity):
        act(actor=cast.practitioner.actor, at=now(), activity=Activity.unscoped.get(pk=activity.pk))
    client, page = cast.practitioner.client(), reverse("activities:staff_enrolment", args=[made.uuid])
    client.post(reverse("activities:miss", args=[made.uuid]), {"words": "没见到人"})
    own = cast.zhou.client()
    assert "没见到人" in text(own, reverse("activities:enrolment", args=[made.uuid]))
    own.post(reverse("activities:answer", args=[made.uuid]), {"words": "我坐最后一排"})
    assert "我坐最后一排" in text(client, page)
    client.post(reverse("activities:excuse", args=[made.uuid]), {"words": ""})
    assert Enrolment.unscoped.get().state == "enrolled"


@pytest.mark.django_db
def test_the_list_for_the_door_is_on_paper_with_room_for_times_and_two_signatures(cast: Cast) -> None:
    activity = make_activity(cast, "open")
    audience = make_post(cast, activity, "听众", places=1)
    for person in (cast.zhou, cast.volunteer):
        operations.enrol(actor=person.actor, at=now(), post=audience)
    answer = cast.practitioner.client().get(reverse("activities:paper_of_people", args=[activity.uuid]))
    pages = PdfReader(BytesIO(answer.content)).pages
    told = "".join("".join(page.extract_text().split()) for page in pages)
    assert told.index(cast.zhou.person.name) < told.index("候补") < told.index(cast.volunteer.person.name)
    assert "第二人核对签字" in told
    assert AuditEntry.objects.filter(verb="enrolments.exported", subject_id=activity.pk).count() == 1
