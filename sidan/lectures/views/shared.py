"""What the pages of lectures have in common: the gates of staff, a talk as its reader has seen it, what happened."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest

from sidan.core.actor import Actor
from sidan.core.badges import ToldStep, told_turn
from sidan.core.pages import staff_page as page_of
from sidan.core.requests import actor_of, as_read
from sidan.lectures import queries
from sidan.lectures.models import Talk, TalkStep
from sidan.lectures.permissions import require_desk, require_writing
from sidan.lectures.words import STEPS

own_page = page_of(require_desk, public=False)
"""Lists: what one's office keeps."""
staff_page = page_of(require_desk)
"""Single talks: those of others, too, once they are published."""


def talk_as_read(request: HttpRequest, uuid: UUID) -> Talk:
    """Return a talk with the turn that the sender has seen. Raises NoSuchTalk."""
    return as_read(request, queries.talk_by_uuid(uuid=uuid))


def talk_of_ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Talk]:
    """Return who reads and a talk that they keep. Raises NoSuchTalk, NotYourTalks."""
    actor, found = actor_of(request), talk_as_read(request, uuid)
    require_writing(actor=actor, place_id=found.place_id, county_id=found.county_id)
    return actor, found


def told_steps(steps: Iterable[TalkStep]) -> list[ToldStep]:
    """Tell what happened and who did it, newest first."""
    told = [told_turn(step, words=STEPS, who=step.actor.person.name if step.actor else "") for step in steps]
    return told[::-1]
