"""What the ledger of a month says, the same and in the same order on paper, in Word and in Excel."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils import dateformat
from django.utils.formats import get_format
from django.utils.translation import gettext, ngettext, pgettext

from sidan.activities.models import Activity
from sidan.core.actor import Actor
from sidan.core.moments import dated_span_words
from sidan.core.phones import mask_name
from sidan.dossiers import queries
from sidan.dossiers.enums import Part
from sidan.dossiers.queries import Dossier, Listed
from sidan.dossiers.words import organiser_words
from sidan.orders.policies import veiled
from sidan.places.models import Place

LONG: Final = 5
"""So many of the last fields are texts: on paper each has lines of its own."""
CHUNK: Final = 500
MOST_NAMES: Final = 300
"""So many names of one activity are written out; of a crowd beyond it only how many more there are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity: its title, and its fields in the order of the heads."""

    title: str
    fields: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The ledger of a place in a month."""

    title: str
    summary: list[str]
    heads: list[str]
    entries: list[Entry] = field(default_factory=list)

    def told(self, entry: Entry) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Return what is said of an activity, short facts and texts; what is empty is left out."""
        colon = gettext("%(head)s: ")
        pairs = [
            (colon % {"head": head}, words) for head, words in zip(self.heads, entry.fields, strict=True)
        ]
        short, long = pairs[:-LONG], pairs[-LONG:]
        return [one for one in short if one[1]], [one for one in long if one[1]]


def heads() -> list[str]:
    """Return what stands above each field."""
    return [
        pgettext("column", "Number"), pgettext("column", "When"), pgettext("of an activity", "Where"),
        gettext("Place"), pgettext("column", "Organised by"), gettext("Kind"), pgettext("column", "Task"),
        gettext("Platform"), pgettext("part of a ledger", "Plan"), pgettext("activity", "For whom"),
        gettext("Who answers for it"), gettext("Who speaks or teaches"), gettext("Signed up"),
        gettext("Came to take part"), pgettext("column", "Came to help"), gettext("Heads counted"),
        gettext("Hours of those who helped"), gettext("Parts of the ledger"), gettext("Lacking"),
        pgettext("part of a ledger", "Notice"), str(Part.LIST.label),
        pgettext("part of a ledger", "Photos"), pgettext("part of a ledger", "Minutes"),
        pgettext("part of a ledger", "News"),
    ]  # fmt: skip


def sheet_of(*, actor: Actor, place: Place, month: date, activities: Sequence[Activity]) -> Sheet:
    """Write the ledger of a month; who only watches at a place reads its minutes and captions veiled."""
    kept = queries.kept_among(actor=actor, place_ids={one.place_id for one in activities})
    entries, sums = [], [0, 0, 0, 0]
    for begin in range(0, len(activities), CHUNK):
        chunk = activities[begin : begin + CHUNK]
        found, lists = queries.dossiers_of(activities=chunk), queries.lists_of(activities=chunk)
        for one in chunk:
            told, numbers = found[one.pk], found[one.pk].numbers
            listed = list_words(lists[one.pk], is_kept=one.place_id in kept)
            entries.append(Entry(one.shown_title, _fields(told, listed, is_kept=one.place_id in kept)))
            for nth, count in enumerate(
                (numbers.guests, numbers.helpers, numbers.minutes, told.parts.is_whole)
            ):
                sums[nth] += count
    words = {"place": place.shown_short, "month": dateformat.format(month, get_format("YEAR_MONTH_FORMAT"))}
    return Sheet(
        gettext("Ledger of activities: %(place)s, %(month)s") % words,
        _summary(len(entries), sums),
        heads(),
        entries,
    )


def _summary(count: int, sums: list[int]) -> list[str]:
    guests, helpers, minutes, whole = sums
    return [
        ngettext("%(count)s activity", "%(count)s activities", count) % {"count": count},
        gettext("came to take part: %(count)s") % {"count": guests},
        gettext("came to help: %(count)s") % {"count": helpers},
        gettext("hours of those who helped: %(count)s") % {"count": f"{minutes / 60:.1f}"},
        gettext("whole ledgers: %(count)s") % {"count": whole},
    ]


def _fields(found: Dossier, listed: str, *, is_kept: bool) -> list[str]:
    one, numbers, parts = found.activity, found.numbers, found.parts
    return [
        one.number, dated_span_words(*one.span), one.venue, one.place.shown_path, organiser_words(one),
        str(one.get_kind_display()), str(one.get_task_display()), str(one.get_platform_display()), plan_words(found),
        one.audience_words or gettext("Everybody"), one.lead.name, one.lecturer, str(numbers.signed_up),
        str(numbers.guests), str(numbers.helpers), "" if numbers.heads is None else str(numbers.heads),
        f"{numbers.hours:g}", parts_words(found),
        pgettext("between names", ", ").join(str(part.label) for part in parts.lacking), notice_words(found), listed,
        _photos(found, is_kept=is_kept), found.words if is_kept else veiled(found.words), _news(found),
    ]  # fmt: skip


def plan_words(found: Dossier) -> str:
    """Return of which plans it is a line, or that it comes by a rule."""
    told = [f"{line.plan.shown_period} {line.theme}" for line in found.lines]
    if not told and found.activity.series_id is not None:
        told = [gettext("Comes again by its rule")]
    return pgettext("between names", ", ").join(told)


def parts_words(found: Dossier) -> str:
    """Return how many parts are there: counted, never a share."""
    return gettext("%(count)s of %(of)s parts") % {"count": found.parts.count, "of": found.parts.of}


def notice_words(found: Dossier) -> str:
    return found.activity.text.shown_about if hasattr(found.activity, "text") else ""


def list_words(listed: Sequence[Listed], *, is_kept: bool) -> str:
    """Return the list as a county writes it, numbered; who only watches reads the names in part."""
    told = [
        gettext("%(number)s. %(name)s (%(what)s)")
        % {"number": number, "name": one.name if is_kept else mask_name(one.name), "what": _what(one)}
        for number, one in enumerate(listed[:MOST_NAMES], start=1)
    ]
    more = len(listed) - MOST_NAMES
    if more > 0:
        told.append(ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more})
    return pgettext("between names", ", ").join(told)


def _what(one: Listed) -> str:
    if one.helped:
        return pgettext("in a list", "helped")
    return pgettext("in a list", "came") if one.came else pgettext("in a list", "signed up")


def _photos(found: Dossier, *, is_kept: bool) -> str:
    if not found.photos:
        return ""
    count = len(found.photos)
    told = [ngettext("%(count)s photo", "%(count)s photos", count) % {"count": count}]
    captions = [photo.caption for photo in found.photos if photo.caption]
    told += captions if is_kept else [veiled(caption) for caption in captions]
    return pgettext("between names", ", ").join(told)


def _news(found: Dossier) -> str:
    if found.news is None or not hasattr(found.news, "text"):
        return ""
    return f"{found.news.text.title}\n{found.news.text.words}"
