"""Writing a talk with its materials and pictures, and its way to everybody."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict, NotFound, require_words
from sidan.files.models import StoredFile
from sidan.lectures.enums import MOST_MATERIALS, MOST_PICTURES, TalkState
from sidan.lectures.models import Lecturer, Material, Talk, TalkPicture
from sidan.lectures.notices import tell_readers, tell_writer
from sidan.lectures.operations.door import append_step, claim_turn, pass_door, require_fit
from sidan.lectures.permissions import PUBLISHING_ROLES, require_publishing, require_writing
from sidan.lectures.queries import submitted_by
from sidan.people.queries import accounts_with_roles, person_of
from sidan.places.models import Place


class LecturerFromElsewhere(AtField):
    code = "lecturer_from_elsewhere"
    field = "lecturer"
    sentence = _("Please choose somebody who lectures in this county.")


class TooManyMaterials(Conflict):
    code = "too_many_materials"
    sentence = _("A talk has %(most)s materials at most. Please take one off first.")


class TooManyTalkPictures(Conflict):
    code = "too_many_talk_pictures"
    sentence = _("A talk has %(most)s pictures at most. Please take one off first.")


class MaterialThere(AtField):
    code = "material_there"
    field = "address"
    sentence = _("This address stands with the talk already.")


class OthersMustRead(Conflict):
    code = "others_must_read"
    sentence = _("You submitted this yourself. Somebody else reads it and publishes it.")


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """What a talk says of itself."""

    title: str
    about: str
    task: str
    minutes: int
    title_en: str = ""
    about_en: str = ""
    audience: Sequence[str] = ()
    lecturer: Lecturer | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What of it stands in the row."""
        told = {**asdict(self), "audience": list(self.audience)}
        return {**told, "lecturer": self.lecturer}


@dataclass(frozen=True, slots=True)
class NewMaterial:
    """A film, slides, a text or a leaflet, by its address (https)."""

    kind: str
    title: str
    address: str
    minutes: int | None = None


@transaction.atomic
def draft_talk(*, actor: Actor, at: datetime, place: Place, facts: TalkFacts) -> Talk:
    """Begin a talk of a place. Raises NotSignedIn, NotYourTalks, LecturerFromElsewhere."""
    require_writing(actor=actor, place_id=place.pk, county_id=place.county_id)
    _check_lecturer(facts.lecturer, place.county_id)
    talk = Talk.unscoped.create(
        place=place, county_id=place.county_id, state=TalkState.DRAFT, state_since=at, created_at=at,
        created_by=person_of(actor), **facts.columns,
    )  # fmt: skip
    append_step(talk=talk, actor=actor, at=at, verb="draft", from_state="")
    return talk


@transaction.atomic
def edit_talk(*, actor: Actor, at: datetime, talk: Talk, facts: TalkFacts) -> Talk:
    """Write a draft anew. Raises NotYourTalks, TalkMovedOn, LecturerFromElsewhere."""
    _require_ours(actor, talk)
    _check_lecturer(facts.lecturer, talk.county_id)
    before = claim_turn(talk=talk, at=at, verb="edit")
    for name, value in facts.columns.items():
        setattr(talk, name, value)
    talk.save(update_fields=["search", *facts.columns])
    append_step(talk=talk, actor=actor, at=at, verb="edit", from_state=before)
    return talk


@transaction.atomic
def add_material(*, actor: Actor, at: datetime, talk: Talk, new: NewMaterial) -> Material:
    """Put a film, slides, a text or a leaflet to a draft. Raises NotYourTalks, TalkMovedOn, TooManyMaterials,
    MaterialThere."""
    _require_ours(actor, talk)
    before = claim_turn(talk=talk, at=at, verb="edit")
    there = list(Material.objects.filter(talk=talk).values_list("address", flat=True))
    if new.address in there:
        raise MaterialThere
    if len(there) >= MOST_MATERIALS:
        raise TooManyMaterials(most=MOST_MATERIALS)
    made = Material.objects.create(talk=talk, **asdict(new))
    append_step(talk=talk, actor=actor, at=at, verb="edit", from_state=before)
    return made


@transaction.atomic
def remove_material(*, actor: Actor, at: datetime, talk: Talk, material: Material) -> None:
    """Take a material off a draft. Raises NotYourTalks, TalkMovedOn, NotFound."""
    _require_ours(actor, talk)
    before = claim_turn(talk=talk, at=at, verb="edit")
    if not Material.objects.filter(pk=material.pk, talk=talk).delete()[0]:
        raise NotFound
    append_step(talk=talk, actor=actor, at=at, verb="edit", from_state=before)


@transaction.atomic
def add_picture(*, actor: Actor, at: datetime, talk: Talk, file: StoredFile) -> TalkPicture:
    """Put a stored picture behind those that a draft has. Raises NotYourTalks, TalkMovedOn, TooManyTalkPictures."""
    _require_ours(actor, talk)
    before = claim_turn(talk=talk, at=at, verb="edit")
    there = TalkPicture.objects.filter(talk=talk)
    if there.count() >= MOST_PICTURES:
        raise TooManyTalkPictures(most=MOST_PICTURES)
    last = there.aggregate(last=Max("position"))["last"]
    made = TalkPicture.objects.create(talk=talk, file=file, position=0 if last is None else last + 1)
    append_step(talk=talk, actor=actor, at=at, verb="edit", from_state=before)
    return made


@transaction.atomic
def remove_picture(*, actor: Actor, at: datetime, talk: Talk, picture_id: int) -> None:
    """Take a picture off a draft; `files` clears away what nobody uses. Raises NotYourTalks, TalkMovedOn, NotFound."""
    _require_ours(actor, talk)
    before = claim_turn(talk=talk, at=at, verb="edit")
    if not TalkPicture.objects.filter(pk=picture_id, talk=talk).delete()[0]:
        raise NotFound
    append_step(talk=talk, actor=actor, at=at, verb="edit", from_state=before)


@transaction.atomic
def submit_talk(*, actor: Actor, at: datetime, talk: Talk) -> Talk:
    """Hand a draft to who reads it. Raises NotYourTalks, TalkMovedOn."""
    _require_ours(actor, talk)
    pass_door(talk=talk, actor=actor, at=at, verb="submit")
    tell_readers(talk=talk, at=at, but=actor.account_id)
    return talk


@transaction.atomic
def send_talk_back(*, actor: Actor, at: datetime, talk: Talk, words: str) -> Talk:
    """Give it back to who wrote it, and say what is wrong. Raises NotYoursToPublish, SayWhy, TalkMovedOn."""
    require_publishing(actor=actor, place_id=talk.place_id, county_id=talk.county_id)
    require_words(words)
    pass_door(talk=talk, actor=actor, at=at, verb="send_back", words=words)
    tell_writer(kind="talk_sent_back", talk=talk, at=at, but=actor.account_id)
    return talk


@transaction.atomic
def publish_talk(*, actor: Actor, at: datetime, talk: Talk) -> Talk:
    """Let everybody read it and every place give it. Who submitted it may do so only where nobody else could.

    Raises:
        NotYoursToPublish, TalkMovedOn, OthersMustRead
    """
    require_publishing(actor=actor, place_id=talk.place_id, county_id=talk.county_id)
    require_fit(talk=talk, verb="publish")
    verb = "publish"
    if actor.account_id is not None and submitted_by(talk=talk) == actor.account_id:
        if accounts_with_roles(place_id=talk.place_id, roles=PUBLISHING_ROLES, besides=[actor.account_id]):
            raise OthersMustRead
        verb = "publish_own"
    pass_door(talk=talk, actor=actor, at=at, verb=verb)
    tell_writer(kind="talk_published", talk=talk, at=at, but=actor.account_id)
    return talk


@transaction.atomic
def withdraw_talk(*, actor: Actor, at: datetime, talk: Talk) -> Talk:
    """Take a published talk back to write it anew; where it was given stays. Raises NotYoursToPublish, TalkMovedOn."""
    require_publishing(actor=actor, place_id=talk.place_id, county_id=talk.county_id)
    pass_door(talk=talk, actor=actor, at=at, verb="withdraw")
    return talk


@transaction.atomic
def drop_talk(*, actor: Actor, at: datetime, talk: Talk) -> Talk:
    """Give a draft up. Raises NotYourTalks, TalkMovedOn."""
    _require_ours(actor, talk)
    pass_door(talk=talk, actor=actor, at=at, verb="drop")
    return talk


def _require_ours(actor: Actor, talk: Talk) -> None:
    require_writing(actor=actor, place_id=talk.place_id, county_id=talk.county_id)


def _check_lecturer(lecturer: Lecturer | None, county_id: int | None) -> None:
    if lecturer is not None and (lecturer.ended_at is not None or lecturer.county_id != county_id):
        raise LecturerFromElsewhere
