"""The pages on which projects grow: stages, money, tasks; what residents read of it."""

import csv
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from sidan.catalogue import operations as op
from sidan.catalogue.models import Project, ProjectTask
from sidan.core.actor import SYSTEM
from sidan.core.clock import business_date, now
from sidan.core.scope import everything
from sidan.people.operations import issue_token
from tests.cast import Cast
from tests.matrix.stage import picture as jpeg
from tests.orders.browsing import once, text_of


@pytest.fixture
def project(cast: Cast) -> Project:
    """Published, of the team that Wang leads."""
    with everything("test"):
        hair = op.create_category(actor=SYSTEM, at=now(), name="上门理发", code="hair", icon="scissors")
        text = op.ProjectText(title="义务理发", category=hair, team=cast.team, area=cast.places.center)
        made = op.create_project(actor=SYSTEM, at=now(), place=cast.places.changning, text=text)
        for verb in ("propose", "publish"):
            op.PROJECT_VERBS[verb](actor=SYSTEM, at=now(), project_uuid=made.uuid)
    return made


def url(name: str, *parts: Any) -> str:
    return reverse(f"catalogue:{name}", args=parts)


def sent(client: Client, address: str, **data: Any) -> str:
    answer = client.post(address, {**data, "once": once()})
    assert answer.status_code == 303, text_of(answer)
    return text_of(client.get(answer.headers["Location"]))


def test_a_project_becomes_a_brand_and_residents_see_it(cast: Cast, project: Project) -> None:
    client = cast.manager.client()
    assert "品牌项目" not in text_of(Client().get(url("service", project.uuid)))
    page = sent(client, url("stage", project.uuid), stage="brand", why="省里表彰")
    assert "省里表彰" in page
    assert "品牌项目" in text_of(Client().get(url("service", project.uuid)))
    assert "义务理发" in text_of(client.get(f"{url('projects')}?stage=brand"))
    assert "义务理发" not in text_of(client.get(f"{url('projects')}?stage=seed"))


def test_money_is_written_in_yuan_taken_back_and_its_sum_is_public(cast: Cast, project: Project) -> None:
    client, today = cast.manager.client(), business_date(now()).isoformat()
    given = {"source": "fund", "giver": "县志愿服务基金会", "granted_on": today, "purpose": "买理发工具"}
    for amount in ("12000", "0.5"):
        page = sent(client, url("support", project.uuid), **given, amount=amount)
    assert "合计： 12,000.50 元" in page
    assert "12,000.50 元" in text_of(Client().get(url("service", project.uuid)))
    wrong = client.post(url("support", project.uuid), {**given, "amount": "1.234", "once": once()})
    assert wrong.status_code == 422
    unnamed = {**given, "source": "donor", "amount": "5", "once": once()}
    assert "爱心人士不记姓名，这里请留空。" in text_of(client.post(url("support", project.uuid), unnamed))
    with everything("test"):
        row = project.support.get(amount_fen=50)
    page = sent(client, url("take_back_support", project.uuid, row.uuid), why="写错了")
    assert "合计： 12,000 元" in page
    assert "已冲销" in page


def test_a_task_is_closed_out_with_a_picture_that_the_next_county_does_not_see(
    cast: Cast, project: Project
) -> None:
    client = cast.leader.client()
    due = business_date(now()) + timedelta(days=1)
    sent(
        client,
        url("new_task", project.uuid),
        title="印海报",
        due_on=due.isoformat(),
        answers=cast.leader.person.uuid,
    )
    with everything("test"):
        task = ProjectTask.objects.get()
    assert "快到期" in text_of(client.get(url("tasks")))
    refused = client.post(url("move_task", task.uuid, "close"), {"note": "", "once": once()})
    assert refused.status_code == 422
    page = sent(client, url("move_task", task.uuid, "close"), note="印好了，贴在村口", picture=jpeg())
    assert "印好了，贴在村口" in page
    with everything("test"):
        picture = task.steps.get(verb="close").picture
    assert picture is not None
    shown = reverse("files:picture", args=[picture.uuid])
    assert client.get(shown).status_code == 200
    assert cast.mallory.client().get(shown).status_code in {403, 404}
    assert Client().get(shown).status_code in {302, 303, 401, 403, 404}


def test_the_list_is_taken_along_with_how_late_each_task_is(cast: Cast, project: Project) -> None:
    at = now() - timedelta(days=20)
    wanted = op.Task(title="接电", due_on=business_date(at), answers=cast.leader.person.uuid)
    with everything("test"):
        op.add_task(actor=SYSTEM, at=at, project_uuid=project.uuid, task=wanted)
    client = cast.manager.client()
    assert "已超期" in text_of(client.get(f"{url('tasks')}?standing=overdue"))
    table = b"".join(client.get(url("export_tasks")).streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(table.splitlines())
    assert (row["任务"], row["状态"], row["超期天数"]) == ("接电", "已超期", "20")
    assert "接电" not in text_of(cast.mallory.client().get(url("tasks")))


def test_the_api_writes_the_same_and_a_close_out_names_its_picture(cast: Cast, project: Project) -> None:
    headers = {"authorization": f"Bearer {issue_token(actor=cast.leader.actor, at=now())[0]}"}
    base = "/api/v1/catalogue"

    def post(path: str, body: dict[str, Any]) -> Any:
        answer = Client().post(f"{base}{path}", body, content_type="application/json", headers=headers)
        assert answer.status_code in {200, 201}, answer.content
        return answer.json()

    people = Client().get(f"{base}/projects/{project.uuid}/people", headers=headers).json()
    (leader,) = [each["id"] for each in people if UUID(each["id"]) == cast.leader.person.uuid]
    body = {"title": "印海报", "due_on": business_date(now()).isoformat(), "answers": leader}
    task = post(f"/projects/{project.uuid}/tasks", body)
    assert (task["state"], task["standing"]) == ("open", "soon")
    kept = Client().post(f"{base}/tasks/pictures", {"picture": jpeg()}, headers=headers).json()["picture"]
    closed = post(f"/tasks/{task['id']}/close", {"note": "印好了", "picture": kept})
    assert [(step["verb"], step["picture"]) for step in closed["steps"]] == [("close", kept), ("add", None)]
    assert Client().get(f"{base}/tasks?standing=open", headers=headers).json()["items"] == []
