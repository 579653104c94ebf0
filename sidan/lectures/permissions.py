"""Who may do what with lectures."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.files.models import StoredFile
from sidan.lectures.enums import TalkState
from sidan.lectures.models import Talk, TalkPicture
from sidan.people.enums import MANAGING_ROLES, ORDER_STAFF_ROLES, PEOPLE_ROLES
from sidan.people.permissions import holds_role_over

WRITING_ROLES: Final = PEOPLE_ROLES
"""Who writes talks, names lecturers and says what is given: managers, directors and practitioners."""
PUBLISHING_ROLES: Final = MANAGING_ROLES
"""Who reads a talk before everybody does, and passes it on: managers and directors."""


class NoSuchTalk(NotFound):
    code = "no_such_talk"
    sentence = _("This talk is not here, or it is not published yet.")


class NoSuchLecturer(NotFound):
    code = "no_such_lecturer"
    sentence = _("This person does not lecture here any more.")


class NotYourTalks(Forbidden):
    code = "not_your_talks"
    sentence = _(
        "Talks and lecturers are kept by the managers, directors and practitioners of their place, or of one above it."
    )


class NotYoursToPublish(Forbidden):
    code = "not_yours_to_publish"
    sentence = _(
        "A talk is published and passed on by the managers and directors of its place or of one above it."
    )


class NotLectureStaff(Forbidden):
    code = "not_lecture_staff"
    sentence = _("These pages are for those who work at a place.")


def may_write(*, actor: Actor, place_id: int, county_id: int | None) -> bool:
    """Tell whether the actor keeps the talks and lecturers of a place."""
    return holds_role_over(actor=actor, roles=WRITING_ROLES, place_id=place_id, county_id=county_id)


def require_writing(*, actor: Actor, place_id: int, county_id: int | None) -> None:
    """Let pass who keeps the talks and lecturers of a place. Raises NotYourTalks."""
    if not may_write(actor=actor, place_id=place_id, county_id=county_id):
        raise NotYourTalks


def may_publish(*, actor: Actor, place_id: int, county_id: int | None) -> bool:
    """Tell whether the actor publishes the talks of a place and passes talks on to those below it."""
    return holds_role_over(actor=actor, roles=PUBLISHING_ROLES, place_id=place_id, county_id=county_id)


def require_publishing(*, actor: Actor, place_id: int, county_id: int | None) -> None:
    """Let pass who publishes the talks of a place. Raises NotYoursToPublish."""
    if not may_publish(actor=actor, place_id=place_id, county_id=county_id):
        raise NotYoursToPublish


def require_desk(*, actor: Actor) -> None:
    """Open the pages of staff; what stands on them, the scope says. Raises NotLectureStaff."""
    if not actor.roles & ORDER_STAFF_ROLES:
        raise NotLectureStaff


def may_see_picture(actor: Actor, file: StoredFile) -> bool:
    """Tell whether a picture of a talk may be shown: to everybody once it is published, before to its writers."""
    talks = [row.talk for row in TalkPicture.objects.filter(file=file).select_related("talk")]
    if any(talk.state == TalkState.PUBLISHED for talk in talks):
        return True
    return any(may_write(actor=actor, place_id=talk.place_id, county_id=talk.county_id) for talk in talks)


def is_writer(actor: Actor, talk: Talk) -> bool:
    """Tell whether the actor keeps a talk."""
    return may_write(actor=actor, place_id=talk.place_id, county_id=talk.county_id)
