"""Categories, what teams serve, the project library with its history, and the menus of six months."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sidan.catalogue.enums import MenuState, ProjectState
from sidan.catalogue.models import Category, Menu, MenuItem, Project, ProjectStep, TeamService
from sidan.catalogue.search import terms_of
from sidan.catalogue.states import PROJECT
from sidan.core.clock import BUSINESS_ZONE
from sidan.desk.operations import number_services
from sidan.people.enums import Role
from sidan.people.models import Account
from sidan.places.models import Place
from sidan.web.demo.draw import Draw
from sidan.web.demo.kinds import BRANDS, GROUPS, HOME_KIND, KINDS, Brand, Kind
from sidan.web.demo.people import Crew, People
from sidan.web.demo.places import Network
from sidan.web.demo.results import make_templates
from sidan.web.demo.sizes import Size
from sidan.web.demo.writing import Tell, number_rows, write

MONTHS: Final = 6
ITEMS_OF_CENTER, ITEMS_OF_INSTITUTE = 18, 8
OWN_KIND: Final = 0.7
COUNTY_WIDE: Final = 0.45
"""The share of projects that serve the whole county; the others serve a township."""

# By which verbs a project came into its state.
_WAYS: Final = {
    ProjectState.DRAFT: (),
    ProjectState.IN_REVIEW: ("propose",),
    ProjectState.PUBLISHED: ("propose", "publish"),
    ProjectState.SUSPENDED: ("propose", "publish", "suspend"),
    ProjectState.WITHDRAWN: ("propose", "publish", "withdraw"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A published project with the team that gives it and its kind."""

    project: Project
    crew: Crew
    kind: Kind


def make_catalogue(
    *, draw: Draw, network: Network, people: People, size: Size, today: date, at: datetime, tell: Tell
) -> list[Offer]:
    """Write the catalogue and return what can be ordered."""
    categories = _categories()
    make_templates(categories=categories, at=at)
    offers = [
        _offer(draw, network, crew, kind, categories, brand=brand, nth=nth, at=at)
        for nth, (crew, kind, brand) in enumerate(_pairs(draw, people, size.projects))
    ]
    for nth, offer in enumerate(offers):
        _choose_state(offer, draw=draw, nth=nth)
    projects = [offer.project for offer in offers]
    number_rows(projects)
    write(projects, tell=tell)
    manager = people.by_role[Role.MANAGER]
    write([step for offer in offers for step in _steps(offer, draw=draw, manager=manager)])
    write(_services(people, offers))
    published = [offer for offer in offers if offer.project.state == ProjectState.PUBLISHED]
    _menus(network, published, today=today)
    number_services(project_ids=[offer.project.pk for offer in published])
    return published


def _categories() -> dict[str, Category]:
    made = {
        group.code: Category(
            code=group.code, name=group.name, name_en=group.name_en, icon=group.icon, position=nth
        )
        for nth, group in enumerate(GROUPS)
    }
    for nth, kind in enumerate(KINDS):
        code = f"{kind.group}-{kind.code}"
        made[kind.code] = Category(
            code=code,
            name=kind.name,
            name_en=kind.name_en,
            icon=kind.icon,
            position=nth,
            parent=made[kind.group],
            audience=list(kind.audience),
        )
    rows = list(made.values())
    write(rows[: len(GROUPS)])
    write(rows[len(GROUPS) :])
    return {kind.code: made[kind.code] for kind in KINDS} | {
        f"group:{group.code}": made[group.code] for group in GROUPS
    }


def _pairs(draw: Draw, people: People, count: int) -> list[tuple[Crew, Kind, Brand | None]]:
    """Choose who offers what: the named brands first, then every kind once, then any team with one of its kinds."""
    of_kind = defaultdict[str, list[Crew]](list)
    for crew in people.crews:
        of_kind[crew.kind.code].append(crew)
    for crew in people.crews:
        for kind in crew.kinds:
            # Who does just this comes first, who could do it as well stands in.
            of_kind[kind.code].append(crew)
    by_code = {kind.code: kind for kind in KINDS}
    pairs: list[tuple[Crew, Kind, Brand | None]] = [
        (of_kind[brand.kind][0], by_code[brand.kind], brand) for brand in BRANDS if of_kind[brand.kind]
    ]
    used = set[tuple[str, str]]()
    for kind in sorted(KINDS, key=lambda kind: kind.code != HOME_KIND):
        for crew in of_kind[kind.code][:1]:
            pairs.append((crew, kind, None))
            used.add((crew.team.name, kind.code))
    while len(pairs) < count:
        crew = draw.one(people.crews)
        kind = crew.kind if draw.chance(OWN_KIND) else draw.one(crew.kinds)
        if (crew.team.name, kind.code) not in used:
            used.add((crew.team.name, kind.code))
            pairs.append((crew, kind, None))
    return pairs[:count]


def _offer(
    draw: Draw,
    network: Network,
    crew: Crew,
    kind: Kind,
    categories: dict[str, Category],
    *,
    brand: Brand | None,
    nth: int,
    at: datetime,
) -> Offer:
    is_wide = brand is not None or nth < len(BRANDS) + len(KINDS) or draw.chance(COUNTY_WIDE)
    home = _institute_of(crew.team.place)
    place = network.center if is_wide or home is None else home
    title = brand.title if brand else kind.name
    title_en = brand.title_en if brand else kind.name_en
    if not is_wide and brand is None:
        title, title_en = f"{place.short_name}{kind.name}", f"{kind.name_en}, {place.name_en}"
    created_at = at - timedelta(days=draw.number(200, 700), minutes=draw.number(0, 600))
    project = Project(
        uuid=draw.uuid(created_at), title=title, title_en=title_en[:120], summary=kind.summary,
        summary_en=kind.summary_en, to_prepare=kind.prepare, category=categories[kind.code], team=crew.team,
        place=place, county_id=place.county_id, area=place, mode=kind.mode, duration_minutes=kind.minutes,
        people_needed=min(kind.people, len(crew.members) + 1), created_at=created_at,
    )  # fmt: skip
    project.search = terms_of(project)
    return Offer(project=project, crew=crew, kind=kind)


def _institute_of(place: Place) -> Place | None:
    if place.kind == "institute":
        return place if place.division_id else None
    parent = place.parent
    return parent if parent is not None and parent.kind == "institute" else None


def _choose_state(offer: Offer, *, draw: Draw, nth: int) -> None:
    """Most are published; of the other states there are some of each."""
    others = {20: ProjectState.DRAFT, 27: ProjectState.IN_REVIEW, 34: ProjectState.IN_REVIEW,
              41: ProjectState.SUSPENDED, 48: ProjectState.WITHDRAWN}  # fmt: skip
    state = others.get(nth, ProjectState.PUBLISHED)
    if nth > 60 and draw.chance(0.08):
        state = draw.one(
            [ProjectState.DRAFT, ProjectState.IN_REVIEW, ProjectState.SUSPENDED, ProjectState.WITHDRAWN]
        )
    offer.project.state = state


def _steps(offer: Offer, *, draw: Draw, manager: Account) -> list[ProjectStep]:
    """Walk a project from its writing to its state through the table of states."""
    project, leader = offer.project, offer.crew.leader
    rows = [_step(project, "create", "", ProjectState.DRAFT, leader, project.created_at)]
    at = project.created_at
    for verb in _WAYS[ProjectState(project.state)]:
        at = draw.later(at, 60, 60 * 72)
        actor = leader if PROJECT[verb].permission == "edit_project" else manager
        rows.append(_step(project, verb, rows[-1].to_state, PROJECT[verb].target, actor, at))
    return rows


def _step(project: Project, verb: str, source: str, target: str, actor: Account, at: datetime) -> ProjectStep:
    return ProjectStep(project=project, verb=verb, from_state=source, to_state=target, actor=actor, at=at)


def _services(people: People, offers: list[Offer]) -> list[TeamService]:
    """Let teams serve the kinds of their profession in their township, and what they offer where they offer it."""
    served: dict[tuple[int, str, int], TeamService] = {}
    by_kind = {offer.kind.code: offer.project.category for offer in offers}
    for crew in people.crews:
        area = _institute_of(crew.team.place) or crew.team.place
        for kind in crew.kinds:
            if kind.code in by_kind:
                _serve(served, crew, by_kind[kind.code], area)
    for offer in offers:
        _serve(served, offer.crew, offer.project.category, offer.project.area)
    return list(served.values())


def _serve(
    served: dict[tuple[int, str, int], TeamService], crew: Crew, category: Category, area: Place
) -> None:
    key = (crew.team.pk, category.pk, area.pk)
    served.setdefault(key, TeamService(team=crew.team, category=category, area=area))


def _menus(network: Network, offers: list[Offer], *, today: date) -> None:
    """Publish a menu of the center and of every township for each month, a few days before it begins."""
    menus: list[Menu] = []
    items: list[MenuItem] = []
    by_place = defaultdict[int, list[Project]](list)
    for offer in offers:
        by_place[offer.project.place_id].append(offer.project)
    for place, most in [
        (network.center, ITEMS_OF_CENTER),
        *((one, ITEMS_OF_INSTITUTE) for one in network.townships),
    ]:
        library = by_place[place.pk] or by_place[network.center.pk]
        for back in range(MONTHS):
            month = _month_before(today, back)
            published_at = datetime(month.year, month.month, 1, 9, tzinfo=BUSINESS_ZONE) - timedelta(days=3)
            menu = Menu(place=place, county_id=place.county_id, month=month, state=MenuState.PUBLISHED,
                        published_at=published_at)  # fmt: skip
            menus.append(menu)
            items += [
                MenuItem(menu=menu, project=project, position=nth)
                for nth, project in enumerate(_turn(library, back, most))
            ]
    number_rows(menus)
    for item in items:
        item.menu = item.menu
    write(menus)
    write(items)


def _turn(library: list[Project], back: int, most: int) -> list[Project]:
    """Offer this month the front of the library whole, in the months before a part that changes."""
    start = back * 3 % max(len(library), 1)
    return (library[start:] + library[:start])[: most if back else max(most, 24)]


def _month_before(today: date, back: int) -> date:
    months = today.year * 12 + today.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
