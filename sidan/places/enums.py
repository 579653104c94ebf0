"""Choices of places and divisions."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlaceKind(models.TextChoices):
    """The levels of the network (R-N1)."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    CENTER = "center", _("Center")
    INSTITUTE = "institute", _("Institute")
    STATION = "station", _("Station")
    POINT = "point", _("Point")
    BASE = "base", _("Base")


PARENT_KINDS: dict[str, frozenset[str]] = {
    PlaceKind.PROVINCE: frozenset(),
    PlaceKind.CITY: frozenset({PlaceKind.PROVINCE}),
    PlaceKind.CENTER: frozenset({PlaceKind.CITY, PlaceKind.PROVINCE}),
    PlaceKind.INSTITUTE: frozenset({PlaceKind.CENTER}),
    PlaceKind.STATION: frozenset({PlaceKind.INSTITUTE, PlaceKind.CENTER}),
    PlaceKind.POINT: frozenset({PlaceKind.STATION, PlaceKind.INSTITUTE, PlaceKind.CENTER}),
    PlaceKind.BASE: frozenset({PlaceKind.STATION, PlaceKind.INSTITUTE, PlaceKind.CENTER}),
}
"""Under what a place of each kind may stand. A root may be of any kind: one installation may serve one village."""

INSIDE_COUNTY = frozenset(
    {PlaceKind.CENTER, PlaceKind.INSTITUTE, PlaceKind.STATION, PlaceKind.POINT, PlaceKind.BASE}
)


class Setting(models.TextChoices):
    """On what a place stands: a township, an agency, a school …"""

    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township or street")
    AGENCY = "agency", _("Agency")
    VILLAGE = "village", _("Village")
    COMMUNITY = "community", _("Community")
    SCHOOL = "school", _("School")
    COMPANY = "company", _("Company")
    PARK = "park", _("Park")
    OTHER = "other", _("Other")


class PlaceState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("place", "Planned")
    OPEN = "open", pgettext_lazy("place", "Open")
    CLOSED = "closed", pgettext_lazy("place", "Closed")


class CoordinateSystem(models.TextChoices):
    """A wrong system breaks any fence under 1.2 km, so a point never travels without it."""

    WGS84 = "wgs84", "WGS-84"
    GCJ02 = "gcj02", "GCJ-02"
    BD09 = "bd09", "BD-09"


class PopUpKind(models.TextChoices):
    """What stands somewhere for a while only, and belongs to a place."""

    BUS_ROUTE = "bus_route", _("Bus route")
    FAIR = "fair", pgettext_lazy("pop-up", "Fair")
    MARKET_STAND = "market_stand", _("Stand at a market")


class PopUpState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("pop-up", "Announced")
    CALLED_OFF = "called_off", pgettext_lazy("pop-up", "Called off")


class PlaceChangeKind(models.TextChoices):
    OPENED = "opened", _("Opened")
    MOVED = "moved", _("Moved")
    RENAMED = "renamed", _("Renamed")
    CLOSED = "closed", pgettext_lazy("place", "Closed")
    CORRECTED = "corrected", _("Corrected")


class DivisionLevel(models.IntegerChoices):
    PROVINCE = 1, _("Province")
    CITY = 2, _("City")
    COUNTY = 3, _("County")
    TOWNSHIP = 4, _("Township")
    VILLAGE = 5, _("Village")


class DayKind(models.TextChoices):
    """What is said about a day."""

    WORKS = "works", _("Working day")
    RESTS = "rests", _("Day off")
    AS_ABOVE = "as_above", _("As the place above has it")


class YearSaid(StrEnum):
    """How much the country has said of the days of a year: its notice, the days of the law, or nothing."""

    PUBLISHED = "published"
    BY_LAW = "by_law"
    NOTHING = "nothing"


class Occasion(models.TextChoices):
    """Why a day is otherwise than its weekday: the country's holidays, or what a place knows."""

    NEW_YEAR = "new_year", _("New Year")
    SPRING_FESTIVAL = "spring_festival", _("Spring Festival")
    QINGMING = "qingming", _("Qingming")
    LABOUR_DAY = "labour_day", _("Labour Day")
    DRAGON_BOAT = "dragon_boat", _("Dragon Boat Festival")
    MID_AUTUMN = "mid_autumn", _("Mid-Autumn")
    NATIONAL_DAY = "national_day", _("National Day")
    OTHER = "other", _("Other")
