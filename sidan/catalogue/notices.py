"""Who is told of a project's steps: reviewers when it is handed in, the team's leader of all that follows."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.catalogue.models import ProjectStep
from sidan.core.actor import Actor
from sidan.notify.enums import Topic
from sidan.notify.kinds import NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.people.enums import MANAGING_ROLES
from sidan.people.queries import accounts_with_roles, leader_account_ids

SENTENCES: Final = {
    "propose": _("“%(title)s” was handed in for review."),
    "return": _("“%(title)s” was returned: please read the note and improve it."),
    "publish": _("“%(title)s” was published."),
    "suspend": _("“%(title)s” was suspended."),
    "resume": _("“%(title)s” can be ordered again."),
}


def register() -> None:
    """Make the sentences known to the inbox."""
    for verb, sentence in SENTENCES.items():
        topic = Topic.OFFICE if verb == "propose" else Topic.TEAM
        register_kind(
            NoticeKind(code=f"project_{verb}", sentence=sentence, icon="library", goes_out=True, topic=topic)
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
        facts={"title": project.title},
        link=f"/console/projects/{project.uuid}/",
        at=at,
        effect=f"project-step:{step.pk}",
    )
