"""Kinds of service and of team, with the words of one project of each kind; the words stand in data/kinds.json."""

import json
from pathlib import Path
from typing import Any, Final, NamedTuple


class Group(NamedTuple):
    """A top category."""

    code: str
    name: str
    name_en: str
    icon: str


class TeamKind(NamedTuple):
    """A professional kind of team."""

    code: str
    name: str
    name_en: str


class Kind(NamedTuple):
    """A kind of service with what a typical project of it says; `need` is what a resident might write."""

    code: str
    group: str
    name: str
    name_en: str
    icon: str
    mode: str
    minutes: int
    people: int
    team_kind: str
    skill: str
    summary: str
    summary_en: str
    prepare: str
    need: str
    results: str = ""
    """Which of the usual templates its reports are written by (catalogue/data/usual_results.json)."""
    audience: tuple[str, ...] = ()
    """For whom it is meant; nobody named: for everybody."""


class Brand(NamedTuple):
    """A project that the counties' own reports name."""

    title: str
    title_en: str
    kind: str


_DATA: Final[dict[str, Any]] = json.loads((Path(__file__).parent / "data" / "kinds.json").read_text("utf-8"))
GROUPS: Final = tuple(Group(*row) for row in _DATA["groups"])
TEAM_KINDS: Final = tuple(TeamKind(*row) for row in _DATA["team_kinds"])
KINDS: Final = tuple(Kind(**row) for row in _DATA["kinds"])
BRANDS: Final = tuple(Brand(*row) for row in _DATA["brands"])
HOME_KIND: Final = "haircut"
"""What the team of the demo accounts does."""
REVIEW_WORDS: Final[tuple[str, ...]] = tuple(_DATA["review_words"])
POOR_WORDS: Final[tuple[str, ...]] = tuple(_DATA["poor_words"])
REPAIRED: Final[tuple[str, ...]] = tuple(_DATA["repaired"])
REPORT_WORDS: Final[tuple[str, ...]] = tuple(_DATA["report_words"])
