"""The pages of plans: the table that is brought, looked at and taken in; what everybody reads."""

import html
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sidan.core.clock import now
from sidan.core.workbooks import read_table
from sidan.plans import operations
from sidan.plans.models import Plan, PlanLine
from tests.cast import Cast
from tests.matrix.stage_plans import make_plan

DAY = date(2031, 3, 5)
GOOD = (
    "城北村2031年计划\n时间,活动主题,任务,受众,次数\n"
    "3月5日,学雷锋,培育践行主流价值,老年人,3\n4月,讲政策,宣传宣讲党的政策,,\n"
)
BAD = "时间,主题,任务\n每周四,学雷锋,培育践行主流价值\n3月5日,,不知道\n"


def brought(client: Client, plan: Plan, table: str) -> str:
    upload = SimpleUploadedFile("plan.csv", table.encode(), "text/csv")
    answer = client.post(reverse("plans:bring", args=[plan.uuid]), {"table": upload})
    assert answer.status_code == 200
    return answer.content.decode()


def hidden(page: str) -> str:
    found = re.search(r'<input type="hidden" name="rows" value="([^"]*)"', page)
    assert found is not None, "the preview hands the table on"
    return html.unescape(found[1])


@pytest.mark.django_db
def test_a_table_is_looked_at_before_it_is_taken_in(cast: Cast) -> None:
    plan, client = make_plan(cast, "draft", DAY), cast.practitioner.client()
    page = brought(client, plan, GOOD)
    assert PlanLine.objects.filter(plan=plan).count() == 2
    url = reverse("plans:take_in", args=[plan.uuid])
    client.post(url, {"rows": hidden(page), "mode": "replace"})
    first, second = PlanLine.objects.filter(plan=plan)
    assert (first.theme, first.first_day, first.task, first.times) == ("学雷锋", DAY, "values", 3)
    assert (second.first_day, second.last_day, second.times) == (date(2031, 4, 1), date(2031, 4, 30), 1)


@pytest.mark.django_db
def test_each_row_that_cannot_be_read_says_why_and_nothing_is_taken_in(cast: Cast) -> None:
    plan, client = make_plan(cast, "draft", DAY), cast.practitioner.client()
    page = brought(client, plan, BAD)
    assert "有 2 行读不出来" in page
    assert "没有「不知道」这个选项" in page
    assert 'name="rows"' not in page
    assert PlanLine.objects.filter(plan=plan).count() == 2


@pytest.mark.django_db
def test_what_is_taken_away_can_be_brought_back(cast: Cast) -> None:
    plan, client = make_plan(cast, "draft", DAY), cast.practitioner.client()
    answer = client.get(reverse("plans:export_lines", args=[plan.uuid]), {"format": "xlsx"})
    table = "\n".join(",".join(row) for row in read_table(b"".join(answer.streaming_content)))  # type: ignore[attr-defined] # a file that is sent
    page = brought(client, plan, table)
    client.post(reverse("plans:take_in", args=[plan.uuid]), {"rows": hidden(page), "mode": "add"})
    days = (
        PlanLine.objects.filter(plan=plan).order_by("theme", "id").values_list("theme", "first_day", "task")
    )
    assert len(days) == 4
    assert len(set(days)) == 2


@pytest.mark.django_db
def test_everybody_reads_what_is_published_and_nothing_else(cast: Cast) -> None:
    published = make_plan(cast, "published", DAY, theme="公布了的计划")
    draft = make_plan(cast, "draft", date(2032, 1, 1), theme="还在写的计划")
    page = Client().get(reverse("plans:plans")).content.decode()
    assert "公布了的计划" in page
    assert "还在写的计划" not in page
    assert "反诈宣讲" in Client().get(reverse("plans:public_plan", args=[published.uuid])).content.decode()
    place = Client().get(reverse("places:place", args=[cast.places.chengbei.uuid])).content.decode()
    assert "公布了的计划" in place
    assert Client().get(reverse("plans:public_plan", args=[draft.uuid])).status_code == 404
    assert cast.practitioner.client().get(reverse("plans:public_plan", args=[draft.uuid])).status_code == 404


@pytest.mark.django_db
def test_the_page_of_a_plan_says_what_can_be_done_to_whom_it_can(cast: Cast) -> None:
    plan = make_plan(cast, "submitted", DAY)
    url = reverse("plans:plan", args=[plan.uuid])
    assert "批准" in cast.director.client().get(url).content.decode()
    assert (
        reverse("plans:approve", args=[plan.uuid]) not in cast.practitioner.client().get(url).content.decode()
    )


def read_turn(page: str) -> str:
    found = re.search(r'name="turn" value="(\d+)"', page)
    assert found
    return found[1]


@pytest.mark.django_db
def test_nobody_approves_what_was_changed_since_they_read_it(cast: Cast) -> None:
    plan, director = make_plan(cast, "submitted", DAY), cast.director.client()
    read = read_turn(director.get(reverse("plans:plan", args=[plan.uuid])).content.decode())
    for write in (operations.take_plan_back, operations.submit_plan):
        write(actor=cast.practitioner.actor, at=now(), plan=Plan.unscoped.get(pk=plan.pk))
    approve = reverse("plans:approve", args=[plan.uuid])
    director.post(approve, {"turn": read})
    page = director.get(reverse("plans:plan", args=[plan.uuid])).content.decode()
    assert "这份计划已有变化" in page
    assert Plan.unscoped.get(pk=plan.pk).state == "submitted"
    director.post(approve, {"turn": read_turn(page)})
    assert Plan.unscoped.get(pk=plan.pk).state == "approved"


@pytest.mark.django_db
def test_the_head_of_a_draft_is_not_written_over_unread_and_nothing_typed_is_lost(cast: Cast) -> None:
    plan, client = make_plan(cast, "draft", DAY), cast.practitioner.client()
    url = reverse("plans:edit", args=[plan.uuid])
    read = read_turn(client.get(url).content.decode())
    fresh = Plan.unscoped.get(pk=plan.pk)
    operations.edit_plan(
        actor=cast.practitioner.actor, at=now(), plan=fresh, text=operations.PlanText(theme="同事写的")
    )
    answer = client.post(url, {"theme": "我写的计划", "turn": read})
    assert answer.status_code == 422
    assert "我写的计划" in answer.content.decode()
    assert Plan.unscoped.get(pk=plan.pk).theme == "同事写的"


@pytest.mark.django_db
def test_over_the_api_the_turn_that_was_read_may_be_named(cast: Cast) -> None:
    plan, director = make_plan(cast, "submitted", DAY), cast.director.client()
    address = f"/api/v1/plans/{plan.uuid}/approve"
    keys = iter(["turn-that-is-old", "turn-that-was-read"])
    for turn, status in ((plan.turn - 1, 409), (plan.turn, 200)):
        answer = director.post(
            address, {"turn": turn}, content_type="application/json", HTTP_IDEMPOTENCY_KEY=next(keys)
        )
        assert answer.status_code == status, answer.content
    assert answer.json()["turn"] == plan.turn + 1
