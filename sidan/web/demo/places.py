"""Province, city, center, institutes on townships and agencies, stations on villages, a few points and bases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db.backends.postgresql.psycopg_any import DateRange

from sidan.core.pinyin import place_pinyin_of
from sidan.core.search import place_terms, search_terms
from sidan.places.enums import CoordinateSystem, PlaceChangeKind, PlaceKind, PlaceState, Setting
from sidan.places.models import Division, Place, PlaceChange, PlaceLink
from sidan.places.policies import PATH_SIGN
from sidan.web.demo.agencies import AGENCIES, HALLS, SPOTS
from sidan.web.demo.draw import Draw
from sidan.web.demo.writing import number_rows, write

PROVINCE, CITY, COUNTY = "360000000000", "360700000000", "360734000000"
COUNTY_SEAT: Final = "长宁镇"
OPENED: Final = date(2021, 10, 1)
"""Before the first of its Saturday fairs."""
HOURS: Final = "周一至周日 8:30–12:00，14:30–21:00"
# About where Xunwu lies; places are scattered around it, none of them is anybody's house.
_MIDDLE: Final = (115.65, 24.95)
_SPREAD: Final = 0.22


@dataclass
class Network:
    """The places of the demo, by what they are."""

    province: Place
    city: Place
    center: Place
    townships: list[Place] = field(default_factory=list)
    agencies: list[Place] = field(default_factory=list)
    stations: list[Place] = field(default_factory=list)
    spots: list[Place] = field(default_factory=list)

    def all(self) -> list[Place]:
        """Return every place, parents before their children."""
        return [
            self.province, self.city, self.center, *self.townships, *self.agencies, *self.stations, *self.spots,
        ]  # fmt: skip

    def inside(self) -> list[Place]:
        """Return the center and all below it."""
        return self.all()[2:]

    def seat(self) -> Place:
        """Return the institute of the county seat, where most demo accounts live."""
        return next(place for place in self.townships if place.short_name == COUNTY_SEAT)

    def stations_of(self, institute: Place) -> list[Place]:
        """Return the stations under an institute."""
        return [place for place in self.stations if place.parent_id == institute.pk]


def make_network(*, draw: Draw, today: date, at: datetime, points: int = 0) -> Network:
    """Write the whole tree: about 230 places with links, paths and history, and so many points of villages."""
    opened_on = min(OPENED, date(today.year - 3, 10, 1))
    province = _place(PlaceKind.PROVINCE, "江西省", "Jiangxi", None, PROVINCE, Setting.OTHER)
    city = _place(PlaceKind.CITY, "赣州市", "Ganzhou", province, CITY, Setting.OTHER)
    center = _place(
        PlaceKind.CENTER, "寻乌县新时代文明实践中心", "Xunwu County", city, COUNTY, Setting.COUNTY
    )
    network = Network(province=province, city=city, center=center)
    network.townships = list(_townships(center))
    network.agencies = [
        _place(
            PlaceKind.INSTITUTE, f"{agency.name}新时代文明实践所", agency.name_en, center, None, Setting.AGENCY,
            sort_code=f"{COUNTY[:6]}9{nth:02d}",
        )
        for nth, agency in enumerate(AGENCIES)
    ]  # fmt: skip
    network.stations = list(_stations(network.townships))
    network.spots = [*_spots(network), *village_points(network.stations, points)]
    places = network.all()
    number_rows(places)
    for place in places:
        _finish(place, draw=draw, center=center, opened_on=opened_on, at=at)
    _write(places, opened_on=opened_on, at=at)
    return network


def make_centers(*, network: Network, counties: Mapping[str, str], draw: Draw, at: datetime) -> list[Place]:
    """Write a center for each county, by its code and English name, under its city: real names, and nothing else."""
    known = {network.city.division_id: network.city}
    centers, cities = list[Place](), list[Place]()
    for division in Division.objects.filter(code__in=counties).order_by("code"):
        if division.parent_code not in known:
            city = Division.objects.get(code=division.parent_code)
            english = _english(city.name.removesuffix("市"))
            known[city.code] = _place(
                PlaceKind.CITY, city.name, english, network.province, city.code, Setting.OTHER
            )
            cities.append(known[city.code])
        name, above = f"{division.name}新时代文明实践中心", known[division.parent_code]
        centers.append(
            _place(PlaceKind.CENTER, name, counties[division.code], above, division.code, Setting.COUNTY)
        )
    opened_on = network.center.opened_on
    assert opened_on is not None, "the center of Xunwu is open"
    number_rows([*cities, *centers])
    for place in (*cities, *centers):
        _name(place, draw=draw, opened_on=opened_on, at=at)
    for center in centers:
        _put_inside(center, center=center)
    _write([*cities, *centers], opened_on=opened_on, at=at)
    return centers


def _write(places: list[Place], *, opened_on: date, at: datetime) -> None:
    write(places)
    write(list(_links(places, since=opened_on)))
    write([_opened(place, on=opened_on, at=at) for place in places])


def _place(
    kind: PlaceKind, name: str, name_en: str, parent: Place | None, code: str | None, setting: Setting,
    *, sort_code: str = "", short_name: str = "",
) -> Place:  # fmt: skip
    short = short_name or name.split("新时代文明实践")[0]
    return Place(
        kind=kind, name=name, name_en=name_en, short_name=short, parent=parent, division_id=code, setting=setting,
        state=PlaceState.OPEN, sort_code=sort_code or code or "",
    )  # fmt: skip


def _townships(center: Place) -> Iterator[Place]:
    for division in Division.objects.filter(parent_code=COUNTY, withdrawn_on=None).order_by("code"):
        name = f"{division.name}新时代文明实践所"
        yield _place(
            PlaceKind.INSTITUTE, name, _english(division.name), center, division.code, Setting.TOWNSHIP
        )


def _stations(townships: list[Place]) -> Iterator[Place]:
    by_code = {place.division_id: place for place in townships}
    rows = Division.objects.filter(parent_code__in=list(by_code), withdrawn_on=None).order_by("code")
    for division in rows:
        short = village_name(division.name)
        setting = Setting.COMMUNITY if short.endswith("社区") else Setting.VILLAGE
        yield _place(
            PlaceKind.STATION, f"{short}新时代文明实践站", _english(short), by_code[division.parent_code],
            division.code, setting, short_name=short,
        )  # fmt: skip


def village_name(official: str) -> str:
    """Return what people call a village: 「城北村委会」 is 「城北村」, 「中山居委会」 is 「中山社区」."""
    if official.endswith("社区居委会"):
        return official.removesuffix("居委会")
    if official.endswith("居委会"):
        return official.removesuffix("居委会") + "社区"
    if official.endswith("村村委会"):
        return official.removesuffix("村委会")
    return official.removesuffix("委会") if official.endswith("村委会") else official


def _spots(network: Network) -> Iterator[Place]:
    by_name = {place.short_name: place for place in network.townships}
    for nth, spot in enumerate(SPOTS):
        parent = by_name.get(spot.township, network.center)
        kind = PlaceKind(spot.kind)
        # Behind the villages of the township, or behind all of the county.
        sort_code = parent.sort_code.rstrip("0") + f"Z{nth}"
        yield _place(kind, spot.name, spot.name_en, parent, None, Setting.OTHER, sort_code=sort_code)


def village_points(stations: list[Place], count: int) -> Iterator[Place]:
    """Give the villages their halls and rooms, one each, then a second one each, until there are enough."""
    for nth in range(count):
        station, hall = stations[nth % len(stations)], HALLS[nth // len(stations)]
        yield _place(
            PlaceKind.POINT, f"{station.short_name}{hall.name}", f"{hall.name_en} of {station.name_en}", station, None,
            Setting.OTHER, sort_code=f"{station.sort_code}{nth // len(stations)}",
        )  # fmt: skip


def _english(name: str) -> str:
    """Return the pinyin with a capital: good enough for a list of villages."""
    for ending, word in (("社区", " Community"), ("村", " Village"), ("镇", " Town"), ("乡", " Township")):
        if name.endswith(ending) and len(name) > len(ending):
            return place_pinyin_of(name.removesuffix(ending)).capitalize() + word
    return place_pinyin_of(name).capitalize()


def _finish(place: Place, *, draw: Draw, center: Place, opened_on: date, at: datetime) -> None:
    """Give a numbered place its id for the outside, its county, its path and what is known of it."""
    _name(place, draw=draw, opened_on=opened_on, at=at)
    if place.kind in {PlaceKind.PROVINCE, PlaceKind.CITY}:
        return
    _put_inside(place, center=center)
    place.phone, place.opening_hours = draw.phone(), HOURS
    place.address = f"寻乌县{'' if place is center else place.short_name}文明路 {draw.number(1, 188)} 号"
    place.longitude, place.latitude = (
        Decimal(round(middle * 1_000_000) + draw.number(-int(_SPREAD * 1e6), int(_SPREAD * 1e6))) / 1_000_000
        for middle in _MIDDLE
    )
    place.coordinate_system = CoordinateSystem.GCJ02


def _name(place: Place, *, draw: Draw, opened_on: date, at: datetime) -> None:
    """Give a numbered place its id for the outside and how it is found; what stands above the counties, its path."""
    place.uuid = draw.uuid(at)
    place.pinyin = place_pinyin_of(place.short_name)
    place.search = sorted({*place_terms(place.name, place.short_name), *search_terms(place.name_en)})
    place.opened_on = opened_on
    # The parent has its id by now; Django copies it only when it is assigned.
    place.parent = place.parent
    if place.kind in {PlaceKind.PROVINCE, PlaceKind.CITY}:
        above = place.parent
        place.path_names = PATH_SIGN.join([*([above.short_name] if above else []), place.short_name])
        place.path_names_en = PATH_SIGN.join([*([above.name_en] if above else []), place.name_en])


def _put_inside(place: Place, *, center: Place) -> None:
    """Say to which county a place belongs, and its path within it."""
    above = place.parent
    place.county = center
    within = above if above is not None and above.county_id else None
    place.path_names = (within.path_names + PATH_SIGN if within else "") + place.short_name
    place.path_names_en = (within.path_names_en + PATH_SIGN if within else "") + place.name_en


def _links(places: list[Place], *, since: date) -> Iterator[PlaceLink]:
    for place in places:
        above: Place | None = place
        depth = 0
        while above is not None:
            yield PlaceLink(ancestor=above, descendant=place, depth=depth, during=DateRange(since, None))
            above, depth = above.parent, depth + 1


def _opened(place: Place, *, on: date, at: datetime) -> PlaceChange:
    after = {"name": place.name, "kind": str(place.kind), "parent": place.parent_id}
    return PlaceChange(
        place=place, kind=PlaceChangeKind.OPENED, on=on, at=at - timedelta(days=30), after=after
    )
