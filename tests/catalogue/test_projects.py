"""Writing projects and walking their states."""

from collections.abc import Callable
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidan.audit.models import AuditEntry
from sidan.catalogue import operations as op
from sidan.catalogue.enums import ProjectState
from sidan.catalogue.models import Category, Project, ProjectStep
from sidan.catalogue.operations.errors import (
    AreaElsewhere,
    BadProject,
    CategoryRetired,
    NoSuchProject,
    NotEditableNow,
    ProjectMovedOn,
    TeamCannotServe,
    TeamElsewhere,
)
from sidan.catalogue.permissions import NotYourLibrary, NotYourProject
from sidan.catalogue.states import PROJECT
from sidan.core.actor import NOBODY, Actor
from sidan.core.errors import DomainError
from sidan.people.enums import TeamState
from sidan.people.models import Team
from tests.catalogue.conftest import AT, Land, actor_with, make_team, publish


def test_a_new_project_is_a_draft_with_its_first_step_and_a_trail(project: Project) -> None:
    assert (project.state, project.county_id) == ("draft", project.place_id)
    assert list(project.steps.values_list("verb", "from_state", "to_state")) == [("create", "", "draft")]
    assert AuditEntry.objects.filter(verb="project.create", subject_id=project.pk).count() == 1


def test_a_project_goes_from_draft_to_published_and_to_its_end(project: Project, manager: Actor) -> None:
    publish(project, manager)
    op.suspend_project(actor=manager, at=AT, project_uuid=project.uuid, note="设备检修")
    op.resume_project(actor=manager, at=AT, project_uuid=project.uuid)
    op.withdraw_project(actor=manager, at=AT, project_uuid=project.uuid)
    steps = list(project.steps.values_list("verb", "to_state"))
    assert steps == [
        ("create", "draft"), ("propose", "in_review"), ("publish", "published"), ("suspend", "suspended"),
        ("resume", "published"), ("withdraw", "withdrawn"),
    ]  # fmt: skip


def test_a_returned_project_is_a_draft_with_the_reviewers_note(project: Project, manager: Actor) -> None:
    op.propose_project(actor=manager, at=AT, project_uuid=project.uuid)
    op.return_project(actor=manager, at=AT, project_uuid=project.uuid, note="请写明需要准备什么")
    project.refresh_from_db()
    assert project.state == "draft"
    assert project.steps.last().note == "请写明需要准备什么"


@pytest.mark.parametrize("verb", sorted(PROJECT))
@pytest.mark.parametrize("state", list(ProjectState))
def test_only_the_table_decides_what_is_possible(
    project: Project, manager: Actor, verb: str, state: ProjectState
) -> None:
    Project.objects.filter(pk=project.pk).update(state=state)
    given_note = {"note": ""} if verb == "return" else {}
    if state in PROJECT[verb].sources:
        moved = op.PROJECT_VERBS[verb](actor=manager, at=AT, project_uuid=project.uuid, **given_note)
        assert moved.state == PROJECT[verb].target
    else:
        with pytest.raises(ProjectMovedOn):
            op.PROJECT_VERBS[verb](actor=manager, at=AT, project_uuid=project.uuid, **given_note)
        assert project.steps.count() == 1


def test_a_leader_writes_and_proposes_but_does_not_publish(
    land: Land, text: Callable[..., op.ProjectText], leader: Actor, seeing: Callable[[Actor], None]
) -> None:
    seeing(leader)
    project = op.create_project(actor=leader, at=AT, place=land.center, text=text())
    op.propose_project(actor=leader, at=AT, project_uuid=project.uuid)
    with pytest.raises(NotYourLibrary):
        op.publish_project(actor=leader, at=AT, project_uuid=project.uuid)
    op.withdraw_project(actor=leader, at=AT, project_uuid=project.uuid)


@pytest.mark.parametrize("verb", sorted(PROJECT))
def test_mallory_cannot_move_what_is_public(
    project: Project, manager: Actor, mallory: Actor, seeing: Callable[[Actor], None], verb: str
) -> None:
    publish(project, manager)
    seeing(mallory)
    given_note = {"note": ""} if verb == "return" else {}
    with pytest.raises((NotYourLibrary, NotYourProject)):
        op.PROJECT_VERBS[verb](actor=mallory, at=AT, project_uuid=project.uuid, **given_note)
    project.refresh_from_db()
    assert project.state == "published"


def test_mallory_does_not_even_learn_of_a_draft(
    project: Project, mallory: Actor, seeing: Callable[[Actor], None], text: Callable[..., op.ProjectText]
) -> None:
    seeing(mallory)
    with pytest.raises(NoSuchProject):
        op.propose_project(actor=mallory, at=AT, project_uuid=project.uuid)
    with pytest.raises(NoSuchProject):
        op.edit_project(actor=mallory, at=AT, project_uuid=project.uuid, text=text(title="占用"))


def test_mallory_cannot_write_into_another_library(
    land: Land, mallory: Actor, text: Callable[..., op.ProjectText]
) -> None:
    for actor in (mallory, NOBODY, actor_with(("dispatcher", land.center))):
        with pytest.raises(NotYourLibrary):
            op.create_project(actor=actor, at=AT, place=land.center, text=text())
    assert not Project.unscoped.exists()


def test_a_director_writes_below_and_not_beside(land: Land, text: Callable[..., op.ProjectText]) -> None:
    director = actor_with(("director", land.town))
    assert op.create_project(actor=director, at=AT, place=land.station, text=text()).pk
    with pytest.raises(NotYourLibrary):
        op.create_project(actor=director, at=AT, place=land.other_town, text=text())


def test_editing_changes_text_search_and_trail(
    project: Project, manager: Actor, text: Callable[..., op.ProjectText]
) -> None:
    op.edit_project(
        actor=manager, at=AT, project_uuid=project.uuid, text=text(title="家电维修", people_needed=3)
    )
    project.refresh_from_db()
    assert (project.title, project.people_needed) == ("家电维修", 3)
    assert {"家电", "jd"} <= set(project.search)
    assert AuditEntry.objects.get(verb="project.edit").facts == {"fields": ["title", "people_needed"]}


def test_an_edit_that_changes_nothing_leaves_no_trail(
    project: Project, manager: Actor, text: Callable[..., op.ProjectText]
) -> None:
    op.edit_project(actor=manager, at=AT, project_uuid=project.uuid, text=text())
    assert not AuditEntry.objects.filter(verb="project.edit").exists()


def test_what_residents_see_is_not_changed_behind_their_backs(
    project: Project, manager: Actor, text: Callable[..., op.ProjectText]
) -> None:
    publish(project, manager)
    with pytest.raises(NotEditableNow):
        op.edit_project(actor=manager, at=AT, project_uuid=project.uuid, text=text(title="别的"))


def test_only_a_reviewer_edits_while_suspended(
    project: Project,
    manager: Actor,
    leader: Actor,
    text: Callable[..., op.ProjectText],
    seeing: Callable[[Actor], None],
) -> None:
    publish(project, manager)
    op.suspend_project(actor=manager, at=AT, project_uuid=project.uuid)
    op.edit_project(actor=manager, at=AT, project_uuid=project.uuid, text=text(title="改过"))
    seeing(leader)
    with pytest.raises(NotYourLibrary):
        op.edit_project(actor=leader, at=AT, project_uuid=project.uuid, text=text(title="再改"))


def test_a_project_fits_its_county(
    land: Land, manager: Actor, text: Callable[..., op.ProjectText], hair: Category, team: Team
) -> None:
    def create(**given: object) -> None:
        op.create_project(actor=manager, at=AT, place=land.center, text=text(**given))

    with pytest.raises(AreaElsewhere):
        create(area=land.far_station)
    with pytest.raises(TeamElsewhere):
        create(team=make_team(land.far_center, "外县队"))
    with pytest.raises(CategoryRetired):
        create(category=Category(code="old", name="旧类", is_active=False))
    Team.objects.filter(pk=team.pk).update(state=TeamState.PAUSED)
    team.refresh_from_db()
    with pytest.raises(TeamCannotServe):
        create(team=team)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""), ("title", "   "), ("title", "长" * 61), ("summary", "长" * 501), ("duration_minutes", 4),
        ("duration_minutes", 1441), ("people_needed", 0), ("people_needed", 201), ("mode", "by_post"),
    ],
)  # fmt: skip
def test_a_bad_field_is_named(
    land: Land, manager: Actor, text: Callable[..., op.ProjectText], field: str, value: object
) -> None:
    with pytest.raises(BadProject) as caught:
        op.create_project(actor=manager, at=AT, place=land.center, text=text(**{field: value}))
    assert {error.pointer for error in caught.value.errors} == {f"/{field}"}


def test_a_paused_team_is_not_published(project: Project, manager: Actor, team: Team) -> None:
    op.propose_project(actor=manager, at=AT, project_uuid=project.uuid)
    Team.objects.filter(pk=team.pk).update(state=TeamState.PAUSED)
    with pytest.raises(TeamCannotServe):
        op.publish_project(actor=manager, at=AT, project_uuid=project.uuid)


@pytest.mark.parametrize(
    "statement", ["UPDATE catalogue_projectstep SET verb = 'x'", "DELETE FROM catalogue_projectstep"]
)
def test_the_database_refuses_to_change_history(project: Project, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert ProjectStep.objects.filter(project=project, verb="create").exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(verbs=st.lists(st.sampled_from(sorted(PROJECT)), max_size=12))
def test_any_walk_leaves_a_history_without_gaps(project: Project, manager: Actor, verbs: list[str]) -> None:
    walker = op.create_project(
        actor=manager, at=AT, place=project.place,
        text=op.ProjectText(
            title="随便走走", category=project.category, team=project.team, area=project.place
        ),
    )  # fmt: skip
    for verb in verbs:
        given_note = {"note": ""} if verb == "return" else {}
        try:
            op.PROJECT_VERBS[verb](actor=manager, at=AT, project_uuid=walker.uuid, **given_note)
        except ProjectMovedOn:
            continue
    walker.refresh_from_db()
    steps = list(walker.steps.values_list("from_state", "to_state"))
    assert steps[-1][1] == walker.state
    assert all(before[1] == after[0] for before, after in pairwise(steps))


def test_an_unknown_project_is_not_found(manager: Actor, seeing: Callable[[Actor], None]) -> None:
    seeing(manager)
    with pytest.raises(DomainError) as caught:
        op.publish_project(actor=manager, at=AT, project_uuid=uuid4())
    assert caught.value.status == 404
