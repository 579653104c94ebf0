"""The menu and the list of needs beside each other, from both sides (R-O2, R-O10)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sidan.catalogue.enums import ProjectState
from sidan.catalogue.models import Menu, Project
from sidan.catalogue.queries import category_words, items_of, offered_ids_at
from sidan.needs.enums import NeedState
from sidan.needs.models import Need
from sidan.needs.queries.needs import NeedFilter, needs, offered_for


@dataclass(frozen=True, slots=True)
class KindNeeded:
    """What is needed of one kind at a place and below it, and how much of it a menu and the library have."""

    code: str
    name: str
    needs: int
    voices: int
    on_menu: int
    unserved: int
    """For how many of these needs the library has nothing either."""


def needed_beside(*, menu: Menu) -> list[KindNeeded]:
    """Return what the people of a menu's place need and nothing came of yet, by kind, the most voices first.

    Of the list in the reader's scope. Without a kind it cannot stand beside a service, and comes last.
    """
    rows: Any = needs(chosen=NeedFilter(place_id=menu.place_id, state=NeedState.NOTED)).order_by()
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for code, voices, offers in rows.values_list("category", "all_voices", "offers"):
        found[code or ""].append((voices, offers))
    if not found:
        return []
    names, on_menu = category_words(), _kinds_on(menu)
    told = [
        KindNeeded(
            code=code, name=names.get(code, ""), needs=len(each), voices=sum(voices for voices, _offers in each),
            on_menu=on_menu[code] if code else 0, unserved=sum(not offers for _voices, offers in each) if code else 0,
        )
        for code, each in found.items()
    ]  # fmt: skip
    return sorted(told, key=lambda kind: (not kind.code, -kind.voices, kind.code))


def _kinds_on(menu: Menu) -> Counter[str]:
    """Count what of each kind is on a menu: a service counts for its own kind and for the one above."""
    counts: Counter[str] = Counter()
    for item in items_of(menu_id=menu.pk):
        if item.project.state == ProjectState.PUBLISHED:
            kind = item.project.category
            counts.update(filter(None, {kind.pk, kind.parent_id}))
    return counts


def offered_beside(*, need: Need, today: date) -> list[tuple[Project, bool]]:
    """Return what the library has for a need, and of each whether a menu there offers it today: these first."""
    on_menu = offered_ids_at(place_id=need.place_id, today=today)
    found = [(project, project.pk in on_menu) for project in offered_for(need=need)]
    return sorted(found, key=lambda each: not each[1])
