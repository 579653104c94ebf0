"""The shape of the catalogue's input and output over the API."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema
from pydantic import AfterValidator

from sidan.catalogue.enums import Audience, Mode, Stage
from sidan.catalogue.icons import ICONS
from sidan.catalogue.models import Category, Menu, MenuItem, Project, ProjectStep, TeamService
from sidan.catalogue.operations import ProjectText
from sidan.catalogue.operations.errors import AreaElsewhere, NoSuchCategory, TeamElsewhere
from sidan.catalogue.policies import MOST_A_MONTH, Rooms
from sidan.catalogue.queries import CategoryNode, MenuCard, MenuChip, team_by_uuid
from sidan.core.inputs import CleanText, Input, UncleanText
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid
from sidan.places.references import PlaceRef

ModeCode = Literal["at_home", "at_place", "online"]
AudienceCode = Literal["elder", "child", "left_behind", "disabled", "hardship", "woman", "veteran"]


def _known_icon(icon: str) -> str:
    if icon not in DRAWINGS:
        raise UncleanText(_("This is not one of the choices."))
    return icon


DRAWINGS = [each.icon for each in ICONS]
IconCode = Annotated[str, AfterValidator(_known_icon), Field(json_schema_extra={"enum": list(DRAWINGS)})]
Capacity = Annotated[int | None, Field(ge=1, le=MOST_A_MONTH)]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$", examples=["2026-11"])]


def month_day(month: str) -> date:
    """Return the first day of a month given as 2026-11."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", month)
    year, number = (int(match[1]), int(match[2])) if match else (1, 1)
    return date(max(year, 1), number, 1)


class CategoryOut(Schema):
    """A kind of service where it stands in the tree."""

    code: str
    name: str
    parent: str | None
    depth: int
    icon: str
    is_active: bool

    @classmethod
    def of(cls, node: CategoryNode) -> "CategoryOut":
        category = node.category
        return cls(
            code=category.code,
            name=category.shown_name,
            parent=category.parent_id,
            depth=node.depth,
            icon=category.icon,
            is_active=category.is_active,
        )


class CategoryRowOut(Schema):
    """A kind of service as those who keep the table read it."""

    code: str
    name: str
    name_en: str
    parent: str | None
    icon: str
    position: int
    is_active: bool
    is_private: bool
    audience: list[AudienceCode]

    @classmethod
    def of(cls, category: Category) -> "CategoryRowOut":
        names = ("code", "name", "name_en", "icon", "position", "is_active", "is_private", "audience")
        return cls(**{name: getattr(category, name) for name in names}, parent=category.parent_id)


class CategoryIn(Input):
    """A new kind of service. Below which other one it stands is told by that one's code; none stands at the top."""

    name: Annotated[str, CleanText(max_length=40)]
    name_en: Annotated[str, CleanText(max_length=80, min_length=0)] = ""
    parent: Annotated[str, CleanText(max_length=40)] | None = None
    icon: IconCode = ICONS[0].icon
    is_private: bool = False
    """Orders of this kind are always private."""
    audience: Annotated[list[AudienceCode], Field(max_length=len(Audience))] = []
    """For whom it is meant; nobody named: as the kind above says, and at the top for everybody."""

    def values(self) -> dict[str, Any]:
        """Return what operations take.

        Raises:
            NoSuchCategory: the parent is not there.
        """
        values = self.dict()
        if self.parent is not None:
            values["parent"] = Category.objects.filter(code=self.parent).first()
            if values["parent"] is None:
                raise NoSuchCategory
        return values


class CategoryEditIn(CategoryIn):
    """All that a kind of service says of itself; what is left out becomes empty."""

    position: Annotated[int, Field(ge=0, le=9999)] = 0


class ServiceOut(Schema):
    """A service on a menu, in the reader's language."""

    id: UUID
    title: str
    summary: str
    category: str
    team: str
    mode: str
    duration_minutes: int
    people_needed: int
    photo: UUID | None
    is_full: bool
    """It has as many orders for this month as it can take; a later month may have room."""

    @classmethod
    def of(cls, card: MenuCard) -> "ServiceOut":
        return cls(
            id=card.uuid, title=card.title, summary=card.summary, category=card.category, team=card.team,
            mode=card.mode, duration_minutes=card.minutes, people_needed=card.people, photo=card.photo,
            is_full=card.is_full,
        )  # fmt: skip


class ChipOut(Schema):
    """A top kind of service with how many of it are on this menu."""

    code: str
    name: str
    count: int

    @classmethod
    def of(cls, chip: MenuChip) -> "ChipOut":
        return cls(code=chip.code, name=chip.name, count=chip.count)


class ServicesOut(Schema):
    """What residents of a place can order today."""

    items: list[ServiceOut]
    categories: list[ChipOut]
    next_cursor: str | None
    total: int


class MonthRoomOut(Schema):
    """How many orders for a month a project can take, and how many it has."""

    month: str
    capacity: int
    taken: int

    @classmethod
    def all_of(cls, rooms: Rooms | None) -> "list[MonthRoomOut]":
        return [
            cls(month=f"{room.month:%Y-%m}", capacity=room.capacity, taken=room.taken)
            for room in (rooms.months if rooms else ())
        ]


class ProjectOut(Schema):
    """A project of the library."""

    id: UUID
    title: str
    title_en: str
    state: str
    stage: str
    """seed, growing, mature or brand; empty while nobody has said how far it has grown."""
    category: str
    team: UUID
    team_name: str
    place: PlaceRef
    area: PlaceRef
    mode: str
    duration_minutes: int
    people_needed: int
    month_capacity: int | None
    """How many orders for one month it can take; nothing where it takes all that come."""

    @classmethod
    def of(cls, project: Project) -> "ProjectOut":
        return cls(**_plain(project))


class ProjectStepOut(Schema):
    """A step of a project's history."""

    verb: str
    from_state: str
    to_state: str
    at: datetime
    note: str

    @classmethod
    def of(cls, step: ProjectStep) -> "ProjectStepOut":
        return cls(
            verb=step.verb, from_state=step.from_state, to_state=step.to_state, at=step.at, note=step.note
        )


class ProjectDetailOut(ProjectOut):
    """A project with its texts, pictures and history."""

    summary: str
    summary_en: str
    to_prepare: str
    to_prepare_en: str
    photos: list[UUID]
    steps: list[ProjectStepOut]
    months: list[MonthRoomOut]
    """How it stands this month and in those ahead; empty where it has no limit."""

    @classmethod
    def of_project(cls, project: Project, rooms: Rooms | None) -> "ProjectDetailOut":
        texts = ("summary", "summary_en", "to_prepare", "to_prepare_en")
        return cls(
            **_plain(project),
            **{name: getattr(project, name) for name in texts},
            photos=[photo.file.uuid for photo in project.photos.all()],
            steps=[ProjectStepOut.of(step) for step in project.steps.all()],
            months=MonthRoomOut.all_of(rooms),
        )


def _plain(project: Project) -> dict[str, Any]:
    names = (
        "title",
        "title_en",
        "state",
        "stage",
        "mode",
        "duration_minutes",
        "people_needed",
        "month_capacity",
    )
    return {
        **{name: getattr(project, name) for name in names},
        "id": project.uuid,
        "category": project.category_id,
        "team": project.team.uuid,
        "team_name": project.team.name,
        "place": PlaceRef.of(project.place),
        "area": PlaceRef.of(project.area),
    }


class PublicServiceOut(Schema):
    """A published service as residents read it."""

    id: UUID
    title: str
    summary: str
    to_prepare: str
    category: str
    team: str
    area: PlaceRef
    mode: str
    duration_minutes: int
    people_needed: int
    photos: list[UUID]
    is_brand: bool
    support_fen: int
    """What the project was given so far, in all."""
    months: list[MonthRoomOut]
    """How it stands this month and in those ahead; empty where it takes all that come."""

    @classmethod
    def of(cls, project: Project, *, support_fen: int, rooms: Rooms | None) -> "PublicServiceOut":
        return cls(
            support_fen=support_fen,
            months=MonthRoomOut.all_of(rooms),
            is_brand=project.stage == Stage.BRAND,
            id=project.uuid,
            title=project.shown_title,
            summary=project.shown_summary,
            to_prepare=project.shown_to_prepare,
            category=project.category.shown_name,
            team=project.team.name,
            area=PlaceRef.of(project.area),
            mode=project.mode,
            duration_minutes=project.duration_minutes,
            people_needed=project.people_needed,
            photos=[photo.file.uuid for photo in project.photos.all()],
        )


class ProjectPageOut(Schema):
    """A page of the library."""

    items: list[ProjectOut]
    next_cursor: str | None


class ProjectTextIn(Input):
    """What a project says of itself. Team and area are public ids, the category is its code."""

    title: Annotated[str, CleanText(max_length=60)]
    category: Annotated[str, CleanText(max_length=40)]
    team: UUID
    area: UUID
    mode: ModeCode = "at_home"
    duration_minutes: Annotated[int, Field(ge=5, le=1440)] = 60
    people_needed: Annotated[int, Field(ge=1, le=200)] = 2
    month_capacity: Capacity = None
    summary: Annotated[str, CleanText(max_length=500, min_length=0, lines="many")] = ""
    to_prepare: Annotated[str, CleanText(max_length=300, min_length=0, lines="many")] = ""
    title_en: Annotated[str, CleanText(max_length=120, min_length=0)] = ""
    summary_en: Annotated[str, CleanText(max_length=800, min_length=0, lines="many")] = ""
    to_prepare_en: Annotated[str, CleanText(max_length=500, min_length=0, lines="many")] = ""

    def text(self) -> ProjectText:
        """Return what operations take.

        Raises:
            NoSuchCategory, TeamElsewhere, AreaElsewhere: an id names nothing.
        """
        category = Category.objects.filter(code=self.category).first()
        team, area = team_by_uuid(uuid=self.team), place_by_uuid(uuid=self.area)
        if category is None:
            raise NoSuchCategory
        if team is None:
            raise TeamElsewhere(team=self.team)
        if area is None:
            raise AreaElsewhere(area=self.area)
        plain = self.dict(exclude={"place", "category", "team", "area", "mode"})
        return ProjectText(category=category, team=team, area=area, mode=Mode(self.mode), **plain)


class ProjectIn(ProjectTextIn):
    """A new project: also whose library it stands in."""

    place: UUID


class CapacityIn(Input):
    """How many orders for one month it can take; null for as many as come."""

    month_capacity: Capacity


class PhotosIn(Input):
    """Exactly these pictures, in this order, by their public ids."""

    photos: Annotated[list[UUID], Field(max_length=20)]


class TeamServiceOut(Schema):
    """A kind of service, with all below it, that a team serves in an area."""

    category: str
    category_name: str
    area: PlaceRef

    @classmethod
    def of(cls, service: TeamService) -> "TeamServiceOut":
        return cls(
            category=service.category_id, category_name=service.category.shown_name,
            area=PlaceRef.of(service.area),
        )  # fmt: skip


class TeamServiceIn(Input):
    """The code of a kind of service, and the public id of the area."""

    category: Annotated[str, CleanText(max_length=40)]
    area: UUID


class TeamServicesIn(Input):
    """Exactly what a team serves."""

    services: Annotated[list[TeamServiceIn], Field(max_length=200)]

    def pairs(self) -> list[tuple[Category, Place]]:
        """Return what operations take: two questions, however many they are.

        Raises:
            NoSuchCategory, AreaElsewhere: an id names nothing.
        """
        kinds = Category.objects.in_bulk([each.category for each in self.services], field_name="code")
        areas = Place.objects.in_bulk([each.area for each in self.services], field_name="uuid")
        for each in self.services:
            if each.category not in kinds:
                raise NoSuchCategory
            if each.area not in areas:
                raise AreaElsewhere(area=each.area)
        return [(kinds[each.category], areas[each.area]) for each in self.services]


class NoteIn(Input):
    """Why: read by the team. About the project, never about a person."""

    note: Annotated[str, CleanText(max_length=200, min_length=0, lines="many")] = ""


class MenuItemOut(Schema):
    """A project on a menu."""

    project: UUID
    title: str
    state: str

    @classmethod
    def of(cls, item: MenuItem) -> "MenuItemOut":
        return cls(project=item.project.uuid, title=item.project.shown_title, state=item.project.state)


class MenuOut(Schema):
    """The menu of a place for a month."""

    id: UUID
    place: PlaceRef
    month: str
    state: str
    items: list[MenuItemOut]

    @classmethod
    def of(cls, menu: Menu, items: list[MenuItem]) -> "MenuOut":
        return cls(
            id=menu.uuid, place=PlaceRef.of(menu.place), month=f"{menu.month:%Y-%m}", state=menu.state,
            items=[MenuItemOut.of(item) for item in items],
        )  # fmt: skip


class MenuRowOut(Schema):
    """One of a place's menus, without its projects."""

    id: UUID
    place: PlaceRef
    month: str
    state: str
    items: int
    """How many projects are on it."""

    @classmethod
    def of(cls, menu: Menu, *, items: int) -> "MenuRowOut":
        return cls(
            id=menu.uuid, place=PlaceRef.of(menu.place), month=f"{menu.month:%Y-%m}", state=menu.state,
            items=items,
        )  # fmt: skip


class MenuPageOut(Schema):
    """A page of a place's menus, the latest month first."""

    items: list[MenuRowOut]
    next_cursor: str | None


class MenuIn(Input):
    """Which menu to begin: a copy of the place's last one."""

    place: UUID
    month: Month


class MenuItemsIn(Input):
    """Exactly these projects, in this order."""

    projects: Annotated[list[UUID], Field(max_length=500)]
