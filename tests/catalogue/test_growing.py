"""How a project grows (R-O1): its stages, the money it was given, tasks that are closed out."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from sidan.audit.models import AuditEntry
from sidan.catalogue import operations as op
from sidan.catalogue import queries
from sidan.catalogue.enums import Stage, SupportSource
from sidan.catalogue.models import Project, ProjectStage, ProjectSupport, ProjectTask, ProjectTaskStep
from sidan.catalogue.operations.errors import (
    NoSuchProject,
    NoSuchSupport,
    NoteMissing,
    ProjectEnded,
    StageUnchanged,
    SupportRefused,
    SupportTakenBack,
    TaskMovedOn,
    TaskRefused,
)
from sidan.catalogue.permissions import NoSuchTask, NotYourLibrary, NotYourProject
from sidan.catalogue.policies import standing
from sidan.core.actor import Actor
from sidan.notify.models import Notice
from sidan.people.models import Person
from tests.catalogue.conftest import AT, TODAY, Land
from tests.factories import make_account

FUND = op.Support(
    source=SupportSource.FUND,
    giver="县志愿服务基金会",
    amount_fen=500_000,
    granted_on=TODAY,
    purpose="买理发工具",
)


@pytest.fixture
def wang(project: Project, land: Land) -> Person:
    """Leads the team and has an account."""
    person = make_account("王队长", at_place=land.station).person
    project.team.leader = person
    project.team.save(update_fields=["leader"])
    return person


@pytest.fixture
def task(project: Project, manager: Actor, wang: Person) -> ProjectTask:
    return op.add_task(actor=manager, at=AT, project_uuid=project.uuid, task=to_do(wang))


def to_do(person: Person, **changes: Any) -> op.Task:
    return op.Task(
        **{"title": "联系供应商", "due_on": TODAY + timedelta(days=9), "answers": person.uuid, **changes}
    )


def change(support: op.Support, **changes: Any) -> op.Support:
    values = {name: getattr(support, name) for name in op.Support.__slots__}
    return op.Support(**{**values, **changes})


def test_a_project_grows_stage_by_stage_and_may_fall_back(project: Project, manager: Actor) -> None:
    for stage in (Stage.SEED, Stage.GROWING, Stage.BRAND, Stage.GROWING):
        op.set_stage(actor=manager, at=AT, project_uuid=project.uuid, stage=stage, why="点单多了")
    told = list(project.stages.values_list("before", "stage"))
    assert told == [("", "seed"), ("seed", "growing"), ("growing", "brand"), ("brand", "growing")]
    project.refresh_from_db()
    assert project.stage == "growing"
    assert AuditEntry.objects.filter(verb="project.stage", subject_id=project.pk).count() == 4
    with pytest.raises(StageUnchanged):
        op.set_stage(actor=manager, at=AT, project_uuid=project.uuid, stage=Stage.GROWING, why="再说一次")
    with pytest.raises(NoteMissing):
        op.set_stage(actor=manager, at=AT, project_uuid=project.uuid, stage=Stage.SEED, why="  ")


def test_the_library_is_filtered_by_stage(project: Project, manager: Actor) -> None:
    assert not queries.library(wanted=queries.LibraryFilter(stage="brand")).exists()
    op.set_stage(actor=manager, at=AT, project_uuid=project.uuid, stage=Stage.BRAND, why="省里表彰")
    assert list(queries.library(wanted=queries.LibraryFilter(stage="brand"))) == [project]


def test_the_leader_and_the_next_county_neither_set_stages_nor_write_money(
    project: Project, leader: Actor, mallory: Actor, seeing: Callable[[Actor], None]
) -> None:
    for actor, refused in ((leader, NotYourLibrary), (mallory, NoSuchProject)):
        seeing(actor)
        with pytest.raises(refused):
            op.set_stage(actor=actor, at=AT, project_uuid=project.uuid, stage=Stage.BRAND, why="很好")
        with pytest.raises(refused):
            op.add_support(actor=actor, at=AT, project_uuid=project.uuid, support=FUND)


def test_money_is_added_up_and_taken_back_once(project: Project, manager: Actor) -> None:
    first = op.add_support(actor=manager, at=AT, project_uuid=project.uuid, support=FUND)
    op.add_support(actor=manager, at=AT, project_uuid=project.uuid, support=change(FUND, amount_fen=1))
    assert queries.support_sum(project_id=project.pk) == 500_001

    def take_back(uuid: Any) -> ProjectSupport:
        return op.take_back_support(
            actor=manager, at=AT, project_uuid=project.uuid, support_uuid=uuid, why="写错了"
        )

    back = take_back(first.uuid)
    assert queries.support_sum(project_id=project.pk) == 1
    assert [row.pk for row in queries.support_of(project_id=project.pk) if hasattr(row, "reversal")] == [
        first.pk
    ]
    with pytest.raises(SupportTakenBack):
        take_back(first.uuid)
    for uuid in (back.uuid, uuid4()):
        with pytest.raises(NoSuchSupport):
            take_back(uuid)
    assert queries.support_sum(project_id=project.pk) == 1


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"amount_fen": 0}, "/amount"),
        ({"amount_fen": -5}, "/amount"),
        ({"amount_fen": 10**13}, "/amount"),
        ({"granted_on": TODAY + timedelta(days=1)}, "/granted_on"),
        ({"purpose": ""}, "/purpose"),
        ({"giver": ""}, "/giver"),
        ({"source": SupportSource.DONOR}, "/giver"),
    ],
)
def test_wrong_money_is_refused_at_its_field(
    project: Project, manager: Actor, changes: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(SupportRefused) as refused:
        op.add_support(actor=manager, at=AT, project_uuid=project.uuid, support=change(FUND, **changes))
    assert [problem.pointer for problem in refused.value.errors] == [pointer]
    assert not ProjectSupport.objects.exists()


def test_the_database_takes_back_only_the_row_itself_and_names_nobody_who_gives(
    project: Project, manager: Actor
) -> None:
    row = op.add_support(actor=manager, at=AT, project_uuid=project.uuid, support=FUND)
    values = {
        "project": project,
        "granted_on": TODAY,
        "purpose": "试",
        "at": AT,
        "source": "fund",
        "giver": "某基金",
    }
    with pytest.raises(DatabaseError, match="has its project and its amount"), transaction.atomic():
        ProjectSupport.objects.create(**values, amount_fen=-1, reverses=row)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProjectSupport.objects.create(**values, amount_fen=-500_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProjectSupport.objects.create(**{**values, "source": "donor", "giver": "张三"}, amount_fen=5)


def test_nothing_of_it_is_changed_or_removed(project: Project, manager: Actor, task: ProjectTask) -> None:
    op.set_stage(actor=manager, at=AT, project_uuid=project.uuid, stage=Stage.SEED, why="刚开始试")
    op.add_support(actor=manager, at=AT, project_uuid=project.uuid, support=FUND)
    for model in (ProjectStage, ProjectSupport, ProjectTaskStep):
        assert model._default_manager.exists()
        for act in ("DELETE FROM", "UPDATE"):
            tail = " SET id = id" if act == "UPDATE" else ""
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"{act} {model._meta.db_table}{tail}")


def test_a_withdrawn_project_takes_nothing_new_but_money_goes_back(
    project: Project, manager: Actor, task: ProjectTask, wang: Person
) -> None:
    row = op.add_support(actor=manager, at=AT, project_uuid=project.uuid, support=FUND)
    op.withdraw_project(actor=manager, at=AT, project_uuid=project.uuid)
    with pytest.raises(ProjectEnded):
        op.add_support(actor=manager, at=AT, project_uuid=project.uuid, support=FUND)
    with pytest.raises(ProjectEnded):
        op.set_stage(actor=manager, at=AT, project_uuid=project.uuid, stage=Stage.SEED, why="试")
    with pytest.raises(ProjectEnded):
        op.add_task(actor=manager, at=AT, project_uuid=project.uuid, task=to_do(wang))
    op.take_back_support(actor=manager, at=AT, project_uuid=project.uuid, support_uuid=row.uuid, why="没付")
    op.move_task(actor=manager, at=AT, task=task, verb="drop", note="项目停了")


def test_a_task_is_closed_out_opened_again_and_dropped_with_a_word_each_time(
    task: ProjectTask, manager: Actor
) -> None:
    for verb, state in (("close", "closed"), ("reopen", "open"), ("drop", "dropped"), ("reopen", "open")):
        with pytest.raises(NoteMissing):
            op.move_task(actor=manager, at=AT, task=task, verb=verb, note=" ")
        op.move_task(actor=manager, at=AT, task=task, verb=verb, note=f"{verb}了")
        assert ProjectTask.unscoped.get(pk=task.pk).state == state
    verbs = [(step.turn, step.verb, step.note) for step in task.steps.all()]
    assert verbs == [(1, "add", ""), (2, "close", "close了"), (3, "reopen", "reopen了"), (4, "drop", "drop了"),
                     (5, "reopen", "reopen了")]  # fmt: skip


def test_whoever_comes_second_is_told_what_the_task_is_now(task: ProjectTask, manager: Actor) -> None:
    seen = ProjectTask.unscoped.select_related("project").get(pk=task.pk)
    op.move_task(actor=manager, at=AT, task=task, verb="close", note="做好了")
    for verb in ("close", "drop"):
        with pytest.raises(TaskMovedOn):
            op.move_task(actor=manager, at=AT, task=seen, verb=verb, note="我也做了")
    assert task.steps.count() == 2


def test_who_answers_for_it_is_told_but_not_by_themselves(
    project: Project, manager: Actor, wang: Person, task: ProjectTask
) -> None:
    (notice,) = Notice.objects.filter(kind="project_task")
    assert notice.account_id == wang.account.pk
    assert notice.facts["task"] == task.title


def test_only_somebody_of_the_team_or_the_office_answers_and_no_day_behind_us(
    project: Project, manager: Actor, wang: Person, land: Land
) -> None:
    stranger = make_account("路人", at_place=land.station).person
    office = make_account("刘所长", at_place=land.center, roles=[("manager", land.center)]).person
    assert {*queries.people_who_may_answer(project=project)} == {wang, office}
    op.add_task(actor=manager, at=AT, project_uuid=project.uuid, task=to_do(office, due_on=TODAY))
    wrong = {
        "/answers": to_do(stranger),
        "/due_on": to_do(wang, due_on=date(2026, 11, 19)),
        "/title": to_do(wang, title=""),
    }
    for pointer, task in wrong.items():
        with pytest.raises(TaskRefused) as refused:
            op.add_task(actor=manager, at=AT, project_uuid=project.uuid, task=task)
        assert [problem.pointer for problem in refused.value.errors] == [pointer]


def test_the_leader_writes_and_closes_tasks_and_the_next_county_sees_none(
    project: Project,
    leader: Actor,
    mallory: Actor,
    wang: Person,
    task: ProjectTask,
    seeing: Callable[[Actor], None],
) -> None:
    seeing(leader)
    mine = op.add_task(actor=leader, at=AT, project_uuid=project.uuid, task=to_do(wang))
    assert {*queries.tasks(wanted=queries.TaskFilter(), today=TODAY)} == {task, mine}
    op.move_task(actor=leader, at=AT, task=mine, verb="close", note="做好了")
    seeing(mallory)
    with pytest.raises(NoSuchTask):
        queries.task_by_uuid(uuid=task.uuid)
    assert not queries.tasks(wanted=queries.TaskFilter(), today=TODAY).exists()
    with pytest.raises(NotYourProject):
        op.move_task(actor=mallory, at=AT, task=task, verb="close", note="做好了")


def test_tasks_are_found_by_words_place_and_how_they_stand(
    project: Project, manager: Actor, wang: Person, task: ProjectTask, land: Land
) -> None:
    soon = op.add_task(
        actor=manager, at=AT, project_uuid=project.uuid, task=to_do(wang, title="印海报", due_on=TODAY)
    )
    closed = op.add_task(actor=manager, at=AT, project_uuid=project.uuid, task=to_do(wang))
    op.move_task(actor=manager, at=AT, task=closed, verb="close", note="做好了")

    def found(*, today: date = TODAY, **wanted: Any) -> set[ProjectTask]:
        return {*queries.tasks(wanted=queries.TaskFilter(**wanted), today=today)}

    assert found(standing="open") == {task, soon}
    assert found(standing="soon") == {soon}
    assert found(standing="closed") == {closed}
    assert found(standing="overdue") == set()
    assert found(standing="overdue", today=TODAY + timedelta(days=1)) == {soon}
    assert queries.overdue_count(today=TODAY + timedelta(days=30)) == 2
    assert found(words="海报") == {soon}
    assert found(place_id=land.center.pk) == {task, soon, closed}
    assert found(place_id=land.station.pk) == set()
    assert soon.days_over(TODAY + timedelta(days=2)) == 2
    assert closed.days_over(TODAY + timedelta(days=90)) == 0


@given(st.sampled_from(["open", "closed", "dropped"]), st.integers(-40, 40))
def test_only_what_is_open_is_soon_due_or_overdue(state: str, days: int) -> None:
    told = standing(state=state, due_on=TODAY + timedelta(days=days), today=TODAY)
    if state != "open":
        assert told == state
    else:
        assert told == ("overdue" if days < 0 else "soon" if days <= 3 else "open")
