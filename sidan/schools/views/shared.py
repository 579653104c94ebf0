"""What the pages of schools have in common: the gates of staff, a school as its reader has seen it, what happened."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest

from sidan.core.actor import Actor
from sidan.core.badges import ToldStep, told_turn
from sidan.core.pages import staff_page as page_of
from sidan.core.requests import actor_of, as_read
from sidan.schools import queries
from sidan.schools.models import School, SchoolStep
from sidan.schools.permissions import require_desk, require_keeper
from sidan.schools.words import STEPS

staff_page = page_of(require_desk, public=False)
"""What one's office keeps."""
class_page = page_of(require_desk)
"""Classes: those of others, too, once they are announced."""


def school_as_read(request: HttpRequest, uuid: UUID) -> School:
    """Return a school with the turn that the sender has seen. Raises NoSuchSchool."""
    return as_read(request, queries.school_by_uuid(uuid=uuid))


def school_of_ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, School]:
    """Return who reads and a school that they keep. Raises NoSuchSchool, NotYourSchools."""
    actor, found = actor_of(request), school_as_read(request, uuid)
    require_keeper(actor, found)
    return actor, found


def told_steps(steps: Iterable[SchoolStep]) -> list[ToldStep]:
    """Tell what happened and who did it, newest first."""
    told = [told_turn(step, words=STEPS, who=step.actor.person.name if step.actor else "") for step in steps]
    return told[::-1]
