"""A list of what is to be reached, as somebody brings it: read row by row, each with what is wrong with it."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sidan.campaigns.models import Campaign, SiteKind
from sidan.campaigns.operations import SiteFacts
from sidan.campaigns.policies import BadClock, lies_within, read_clock
from sidan.campaigns.queries import kind_matches, kind_of_place
from sidan.core.errors import Invalid
from sidan.core.inputs import UncleanText, clean_text
from sidan.core.workbooks import MOST_COLUMNS, MOST_ROWS, TableTooLarge
from sidan.places.models import Place

HEADS: Final[Mapping[str, str | Promise]] = {
    "kind": pgettext_lazy("column of sites", "Kind of place"),
    "name": pgettext_lazy("column of sites", "Name"),
    "place": pgettext_lazy("column of sites", "Village or township"),
    "address": pgettext_lazy("column of sites", "Address"),
    "day": pgettext_lazy("column of sites", "Day"),
    "clock": pgettext_lazy("column of sites", "Time"),
}
OTHER_HEADS: Final = {
    "类别": "kind", "类型": "kind", "种类": "kind", "单位名称": "name", "学校": "name", "企业": "name",
    "企业名称": "name", "学校名称": "name", "单位": "name", "乡镇": "place", "所在乡镇": "place", "所在村": "place",
    "村": "place", "所在地": "place", "地址": "address", "地点": "address", "日期": "day", "时间": "clock",
    "演出日期": "day", "几点": "clock",
}  # fmt: skip
"""How counties call the columns in the lists they have."""
NEEDED: Final = ("name",)
LOOKED_FOR_HEAD: Final = 5
LONGEST: Final = {"name": 60, "address": 100}
_WHOLE_DAY: Final = re.compile(r"^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$")
_DAY: Final = re.compile(r"^(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$")


class SitesWithoutHeads(Invalid):
    code = "sites_without_heads"
    sentence = _("The list needs a first row that says what is in each column: at least the name.")


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row of a list: what it says, or what is wrong with it; `number` is that of the row in the list."""

    number: int
    told: str
    facts: SiteFacts | None
    problems: list[str]


def split_pasted(text: str) -> list[list[str]]:
    """Return what was pasted as rows of cells: from Excel they are parted by tabs, typed ones by commas.

    Raises:
        TableTooLarge: more rows than a file may have.
    """
    mark = "\t" if "\t" in text else ","
    plain = text if mark == "\t" else text.replace("，", ",")
    rows = csv.reader(io.StringIO(plain), delimiter=mark)
    table = [[cell.strip() for cell in row[:MOST_COLUMNS]] for row in rows if any(row)]
    if len(table) > MOST_ROWS:
        raise TableTooLarge
    return table


def pasted_again(table: Sequence[Sequence[str]]) -> str:
    """Return a list as it could have been pasted, to be mended and sent again."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in table)


class Reader:
    """Reads lists for one campaign, by the kinds and places that the reader may name."""

    def __init__(self, *, campaign: Campaign, kinds: Iterable[SiteKind], places: Iterable[Place]) -> None:
        self._campaign = campaign
        self._kinds = list(kinds)
        self._by_word = {
            _plain(word): kind
            for kind in self._kinds for word in (kind.name, kind.name_en, kind.code) if word
        }  # fmt: skip
        self._places: dict[str, list[Place]] = defaultdict(list)
        for place in places:
            above = place.parent.short_name if place.parent else ""
            for word in {place.name, place.short_name, f"{above}{place.short_name}", place.path_names}:
                if word:
                    self._places[_plain(word)].append(place)

    def read(self, table: Sequence[Sequence[str]]) -> list[RowRead]:
        """Read a list; empty rows are passed over. Raises SitesWithoutHeads."""
        top, columns = _heads(table)
        return [
            self._row(number, {name: row[at] if at < len(row) else "" for name, at in columns.items()})
            for number, row in enumerate(table[top + 1 :], start=top + 2)
            if any(cell.strip() for cell in row)
        ]

    def _row(self, number: int, cells: Mapping[str, str]) -> RowRead:
        problems: list[str] = []
        name, address = (self._text(field, cells, problems) for field in ("name", "address"))
        kind = self._kind(cells.get("kind", ""), problems)
        place, is_itself = self._place(name, kind, cells.get("place", ""), problems)
        day, clock = self._day(cells.get("day", ""), problems), self._clock(cells.get("clock", ""), problems)
        if problems or place is None:
            return RowRead(number, name, None, problems)
        chosen = kind_of_place(place=place) if is_itself else kind
        if chosen is None:
            return RowRead(number, name, None, [_said("kind", _("Please say of which kind it is."))])
        facts = SiteFacts(place, chosen, "" if is_itself else name, address, day, clock)
        return RowRead(number, name or place.short_name, facts, [])

    def _text(self, field: str, cells: Mapping[str, str], problems: list[str]) -> str:
        try:
            return clean_text(text=cells.get(field, "").removeprefix("'"), max_length=LONGEST[field])
        except UncleanText as wrong:
            problems.append(_said(field, wrong.sentence))
            return ""

    def _kind(self, word: str, problems: list[str]) -> SiteKind | None:
        if not word.strip():
            return None
        kind = self._by_word.get(_plain(word))
        if kind is None:
            known = "、".join(each.shown_name for each in self._kinds)
            problems.append(
                _said(
                    "kind",
                    _("“%(word)s” is not known. Known are: %(known)s.") % {"word": word, "known": known},
                )
            )
        return kind

    def _place(
        self, name: str, kind: SiteKind | None, word: str, problems: list[str]
    ) -> tuple[Place | None, bool]:
        """Return which place it is or lies at, and whether the place itself is meant."""
        if not name and not word.strip():
            problems.append(_said("name", _("Please say what it is called, or which village is meant.")))
            return None, False
        own = self._of_network(name, kind, word)
        if own is not None:
            return own, True
        found = self._places.get(_plain(word), [])
        if len(found) != 1:
            problems.append(_said("place", _why(word, found)))
            return None, False
        return found[0], not name

    def _of_network(self, name: str, kind: SiteKind | None, word: str) -> Place | None:
        """Return the place of the network that is named as the site itself, where it is of that kind."""
        if kind is not None and not kind.setting:
            return None
        found = self._places.get(_plain(word) + _plain(name), []) or self._places.get(_plain(name), [])
        fitting = [place for place in found if kind is None or kind_matches(kind=kind, place=place)]
        return fitting[0] if name and len(fitting) == 1 else None

    def _day(self, cell: str, problems: list[str]) -> date | None:
        text = cell.strip().removeprefix("'").removesuffix(" 00:00:00")
        if not text:
            return None
        try:
            day = _read_day(text, near=self._campaign.first_day)
            if day < self._campaign.first_day and not _WHOLE_DAY.match(text):
                day = day.replace(year=day.year + 1)
        except ValueError:
            problems.append(_said("day", _("Please write it as 2027-03-05.")))
            return None
        if not lies_within(day, first=self._campaign.first_day, last=self._campaign.last_day):
            problems.append(_said("day", _("This day is not one of the campaign's.")))
        return day

    def _clock(self, cell: str, problems: list[str]) -> time | None:
        try:
            return read_clock(cell.removeprefix("'"))
        except BadClock:
            problems.append(_said("clock", _("Please write it as 19:30.")))
            return None


def _why(word: str, found: list[Place]) -> str:
    if not word.strip():
        return gettext("Please say at which village or township it lies.")
    if not found:
        return gettext("“%(word)s” is not a place where you plan for this campaign.") % {"word": word}
    paths = "、".join(sorted(place.path_names for place in found)[:3])
    return gettext("Several places are called so. Please write it with its township: %(paths)s.") % {
        "paths": paths
    }


def _read_day(text: str, *, near: date) -> date:
    if found := _WHOLE_DAY.match(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY.match(text):
        return date(near.year, int(found[1]), int(found[2]))
    raise ValueError(text)


def _heads(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Return in which row the heads stand, and in which column what is. Raises SitesWithoutHeads."""
    known = _known_heads()
    for number, row in enumerate(table[:LOOKED_FOR_HEAD]):
        columns: dict[str, int] = {}
        for at, cell in enumerate(row):
            name = known.get(_plain(cell))
            if name is not None:
                columns.setdefault(name, at)
        if all(name in columns for name in NEEDED):
            return number, columns
    raise SitesWithoutHeads


@cache
def _known_heads() -> dict[str, str]:
    known = {_plain(word): name for word, name in OTHER_HEADS.items()}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {_plain(str(word)): name for name, word in HEADS.items()}
    return known


def _plain(text: str) -> str:
    """Return a word as it is compared: without spaces, signs of a path, case and what Excel's protection put before."""
    return "".join(text.replace("›", "").split()).removeprefix("'").casefold()


def _said(name: str, words: str | Promise) -> str:
    return gettext("%(column)s: %(problem)s") % {"column": HEADS[name], "problem": words}
