"""Who is told of a project's steps: reviewers when it is handed in, the team's leader of all that follows."""

from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.catalogue.models import ProjectStep, ProjectTask
from sidan.core.actor import Actor
from sidan.core.moments import full_date_words
from sidan.notify.enums import Topic
from sidan.notify.kinds import Facts, NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.people.enums import MANAGING_ROLES
from sidan.people.queries import account_ids_of_persons, accounts_with_roles, leader_account_ids

SENTENCES: Final = {
    "propose": _("“%(title)s” was handed in for review."),
    "return": _("“%(title)s” was returned: please read the note and improve it."),
    "publish": _("“%(title)s” was published."),
    "suspend": _("“%(title)s” was suspended."),
    "resume": _("“%(title)s” can be ordered again."),
}


def _with_day(facts: Facts) -> Facts:
    """Say until when as people say it."""
    try:
        return {**facts, "due": full_date_words(date.fromisoformat(str(facts.get("due", ""))))}
    except ValueError:
        return facts


def register() -> None:
    """Make the sentences known to the inbox."""
    for verb, sentence in SENTENCES.items():
        topic = Topic.OFFICE if verb == "propose" else Topic.TEAM
        register_kind(
            NoticeKind(code=f"project_{verb}", sentence=sentence, icon="library", goes_out=True, topic=topic)
        )
    register_kind(
        NoticeKind(
            code="project_task", icon="list-checks", goes_out=True, topic=Topic.TEAM,
            sentence=_("You answer for a task of “%(title)s”, due on %(due)s: %(task)s"), words=_with_day,
        )
    )  # fmt: skip


def tell_of_task(*, task: ProjectTask, actor: Actor, at: datetime) -> None:
    """Tell who answers for a task that was written down, unless they did it themselves or have no account."""
    told = account_ids_of_persons(person_ids=[task.answers_id])
    notify(
        account_ids=[account for account in told if account != actor.account_id],
        kind="project_task",
        facts={
            "task": task.title,
            "title": task.project.title,
            "title_en": task.project.title_en,
            "due": task.due_on.isoformat(),
        },
        link=f"/console/projects/tasks/{task.uuid}/",
        at=at,
        effect=f"project-task:{task.pk}",
    )


def tell_of(*, step: ProjectStep, actor: Actor, at: datetime) -> None:
    """Tell who must act or wants to know, but never the one who did it."""
    if step.verb not in SENTENCES:
        return
    project = step.project
    if step.verb == "propose":
        told = accounts_with_roles(place_id=project.place_id, roles=MANAGING_ROLES)
    else:
        told = leader_account_ids(team_id=project.team_id)
    notify(
        account_ids=[account for account in told if account != actor.account_id],
        kind=f"project_{step.verb}",
        facts={"title": project.title, "title_en": project.title_en},
        link=f"/console/projects/{project.uuid}/",
        at=at,
        effect=f"project-step:{step.pk}",
    )
