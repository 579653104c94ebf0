"""The shape of activities over the API."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Field, Schema

from sidan.activities.enums import MOST_SEATS, OLDEST
from sidan.activities.models import Activity, ActivityStep, ActivityText
from sidan.activities.operations import Plan
from sidan.bookings.models import Room
from sidan.bookings.policies import Span
from sidan.core.clock import aware
from sidan.core.inputs import CleanText, Input
from sidan.people.models import Person, Team
from sidan.places.coordinates import Point
from sidan.places.enums import CoordinateSystem

KindCode = Literal["activity", "lecture", "fair", "class", "training"]
TaskCode = Literal["theory", "policy", "values", "culture", "customs"]
PlatformCode = Literal["theory", "education", "culture", "science", "sport"]
AudienceCode = Literal["elder", "child", "left_behind", "disabled", "hardship", "woman", "veteran"]
InsuranceCode = Literal["not_needed", "bought", "by_place"]
WhenCode = Literal["", "today", "week", "weekend"]
ChipCode = Literal["", "draft", "review", "coming", "running", "ended", "filed", "off"]
Words = Annotated[str, CleanText(max_length=300, min_length=0, lines="many")]


def _line(most: int) -> CleanText:
    return CleanText(max_length=most, min_length=0)


class SpotIn(Input):
    """From when to when, and where: in words, or a room that is held for it, or both."""

    begins: datetime
    ends: datetime
    venue: Annotated[str, _line(80)] = ""
    room: UUID | None = None

    def span(self) -> Span:
        return Span(aware(self.begins), aware(self.ends))


class ActivityChangeIn(SpotIn):
    """Another time or another spot for what is announced; `words` say why, to everybody."""

    words: Words = ""


class ActivityPointIn(Input):
    """A point, in the system of coordinates it was measured in."""

    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    system: CoordinateSystem


class PartsIn(Input):
    """What is held, whenever it is. Without `lead` whoever sends it answers for it."""

    venue: Annotated[str, _line(80)] = ""
    room: UUID | None = None
    kind: KindCode
    title: Annotated[str, CleanText(max_length=60)]
    title_en: Annotated[str, _line(120)] = ""
    task: TaskCode
    platform: PlatformCode | Literal[""] = ""
    audience: Annotated[list[AudienceCode], Field(max_length=20)] = []
    team: UUID | None = None
    lead: UUID | None = None
    lecturer: Annotated[str, _line(40)] = ""
    youngest: Annotated[int, Field(ge=0, le=OLDEST)] | None = None
    oldest: Annotated[int, Field(ge=0, le=OLDEST)] | None = None
    seats: Annotated[int, Field(ge=1, le=MOST_SEATS)] | None = None
    point: ActivityPointIn | None = None
    risks: Words = ""
    is_dangerous: bool = False
    insurance: InsuranceCode = "not_needed"
    about: Annotated[str, CleanText(max_length=2000, min_length=0, lines="many")] = ""
    about_en: Annotated[str, CleanText(max_length=4000, min_length=0, lines="many")] = ""
    bring: Annotated[str, _line(200)] = ""

    def plan(self, *, span: Span, team: Team | None, lead: Person | None, room: Room | None) -> Plan:
        """Return it as operations take it, with the rows that its ids name."""
        point = self.point
        return Plan(
            kind=self.kind, title=self.title, title_en=self.title_en, task=self.task, platform=self.platform,
            audience=list(dict.fromkeys(self.audience)), team=team, lead=lead, lecturer=self.lecturer,
            youngest=self.youngest, oldest=self.oldest, seats=self.seats, venue=self.venue, room=room, span=span,
            point=Point(point.longitude, point.latitude, point.system) if point else None,
            risks=self.risks, is_dangerous=self.is_dangerous, insurance=self.insurance, about=self.about,
            about_en=self.about_en, bring=self.bring,
        )  # fmt: skip


class ActivityIn(PartsIn):
    """All that is known of an activity."""

    begins: datetime
    ends: datetime
    signup_from: datetime | None = None

    def plan(self, *, span: Span, team: Team | None, lead: Person | None, room: Room | None) -> Plan:
        """The same with since when people can come in."""
        told = super().plan(span=span, team=team, lead=lead, room=room)
        return replace(told, signup_from=aware(self.signup_from) if self.signup_from else None)

    def span(self) -> Span:
        return Span(aware(self.begins), aware(self.ends))


class NewActivityIn(ActivityIn):
    """A new activity, and of which place."""

    place: UUID


class ActivityNoteIn(Input):
    """Words with an act; they may be left out where it needs no reason."""

    words: Words = ""


class ActivityPointOut(Schema):
    longitude: float
    latitude: float
    system: str


class ActivityOut(Schema):
    """What everybody may know of an activity. `team_name` is empty where the place itself holds it."""

    id: UUID
    number: str
    place: UUID
    place_name: str
    team: UUID | None
    team_name: str
    kind: str
    title: str
    title_en: str
    task: str
    platform: str
    audience: list[str]
    begins: datetime
    ends: datetime
    signup_from: datetime | None
    venue: str
    point: ActivityPointOut | None
    lecturer: str
    youngest: int | None
    oldest: int | None
    seats: int | None
    risks: str
    insurance: str
    state: str

    @classmethod
    def of(cls, activity: Activity) -> Self:
        return cls(**_shared(activity))


def _shared(activity: Activity) -> dict[str, Any]:
    (begins, ends), team = activity.span, activity.team
    point = None
    if activity.longitude is not None and activity.latitude is not None:
        point = ActivityPointOut(
            longitude=float(activity.longitude), latitude=float(activity.latitude), system=activity.coordinate_system
        )  # fmt: skip
    return {
        "id": activity.uuid, "number": activity.number, "place": activity.place.uuid,
        "place_name": activity.place.short_name, "team": team.uuid if team else None,
        "team_name": team.name if team else "", "kind": activity.kind, "title": activity.title,
        "title_en": activity.title_en, "task": activity.task, "platform": activity.platform,
        "audience": activity.audience, "begins": begins, "ends": ends, "signup_from": activity.signup_from,
        "venue": activity.venue, "point": point, "lecturer": activity.lecturer, "youngest": activity.youngest,
        "oldest": activity.oldest, "seats": activity.seats, "risks": activity.risks, "insurance": activity.insurance,
        "state": activity.state,
    }  # fmt: skip


class ActivityPageOut(Schema):
    items: list[ActivityOut]
    next_cursor: str | None


class OneActivityOut(ActivityOut):
    """One activity with what it is about; `cancelled_because` where it was called off."""

    about: str
    about_en: str
    bring: str
    cancelled_because: str

    @classmethod
    def with_text(cls, activity: Activity, text: ActivityText | None, *, because: str) -> Self:
        return cls(
            **_shared(activity), about=text.about if text else "", about_en=text.about_en if text else "",
            bring=text.bring if text else "", cancelled_because=because,
        )  # fmt: skip


class ActivityStepOut(Schema):
    """A step; a change tells what was before it and what is after it."""

    verb: str
    to_state: str
    at: datetime
    words: str
    begins_before: datetime | None
    begins_after: datetime | None
    venue_before: str
    venue_after: str

    @classmethod
    def of(cls, step: ActivityStep) -> Self:
        note, change = getattr(step, "note", None), getattr(step, "change", None)
        return cls(
            verb=step.verb, to_state=step.to_state, at=step.at, words=str(note.words) if note else "",
            begins_before=change.during_before.lower if change else None,
            begins_after=change.during_after.lower if change else None,
            venue_before=change.venue_before if change else "", venue_after=change.venue_after if change else "",
        )  # fmt: skip


class OfficeActivityOut(OneActivityOut):
    """The same with who answers for it, the room that is held, and what happened: for staff of the place."""

    lead: UUID
    lead_name: str
    is_dangerous: bool
    room: UUID | None
    steps: list[ActivityStepOut]

    @classmethod
    def of_office(
        cls, activity: Activity, text: ActivityText | None, steps: Sequence[ActivityStep], *, because: str
    ) -> Self:
        told = OneActivityOut.with_text(activity, text, because=because).dict()
        return cls(
            **told, lead=activity.lead.uuid, lead_name=activity.lead.name, is_dangerous=activity.is_dangerous,
            room=activity.booking.room.uuid if activity.booking else None, steps=list(map(ActivityStepOut.of, steps)),
        )  # fmt: skip
