"""How the ledger reads: its trail, what lacks and who adds it, and the news that are proposed."""

from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sidan.activities.models import Activity
from sidan.core.clock import business_date
from sidan.core.moments import full_date_words
from sidan.dossiers.enums import Part
from sidan.dossiers.models import Photo
from sidan.dossiers.policies import can_be_added
from sidan.dossiers.queries import Dossier

TRAIL: Final[dict[str, str | Promise]] = {
    "ledger.photos_added": _("added photos to the ledger of %(subject)s"),
    "ledger.photo_described": _("described a photo in the ledger of %(subject)s"),
    "ledger.photo_removed": _("took a photo out of the ledger of %(subject)s"),
    "ledger.minutes_written": _("wrote the minutes of %(subject)s"),
    "ledger.news_published": _("published news of %(subject)s"),
    "ledger.news_withdrawn": _("withdrew the news of %(subject)s"),
    "ledger.counted_again": _("counted the numbers of %(subject)s again"),
    "ledger.exported": _("took the list of the ledger along as a table"),
    "ledger.month_taken": _("took the ledger of a month of %(subject)s along"),
}
ICONS: Final = {
    Part.PLAN: "calendar-days", Part.NOTICE: "megaphone", Part.LIST: "users", Part.PHOTOS: "camera",
    Part.MINUTES: "pencil", Part.NUMBERS: "hash", Part.NEWS: "newspaper",
}  # fmt: skip
_WHO_ADDS: Final[dict[Part, str | Promise]] = {
    Part.PLAN: _("It stands for no line of a plan. Who keeps the plan links it there."),
    Part.LIST: _("Nobody signed up or checked in. The place writes down who came, until it is filed."),
    Part.PHOTOS: _("No photo yet. Who runs the activities of the place adds them."),
    Part.MINUTES: _("No minutes yet. Who runs the activities of the place writes a line."),
    Part.NUMBERS: _("Nobody was counted. The place counts heads or writes down who came, until it is filed."),
    Part.NEWS: _("No news yet. Who runs the activities of the place publishes them."),
}
TOO_LATE: Final = _("Nobody was written down before it was filed.")


def who_adds(part: Part, *, state: str) -> str:
    """Return what lacks and who can add it; where nobody can any more, that."""
    return str(_WHO_ADDS[part]) if can_be_added(part, state=state) else str(TOO_LATE)


def where_to_add(part: Part, activity: Activity) -> str:
    """Return the page on which a part is added."""
    if part == Part.PLAN:
        return reverse("plans:desk")
    if part in {Part.LIST, Part.NUMBERS}:
        return reverse("activities:checking", args=[activity.uuid])
    return f"{reverse('dossiers:dossier', args=[activity.uuid])}#{part.value}"


def alt_words(photo: Photo, *, title: str, number: int) -> str:
    """Return what a reader of the screen is told of a photo: nobody has to type it."""
    return (
        photo.alt
        or photo.caption
        or gettext("%(title)s, picture %(number)s") % {"title": title, "number": number}
    )


def organiser_words(activity: Activity) -> str:
    return activity.team.shown_name if activity.team else activity.place.shown_name


def proposed_words(found: Dossier, *, about: str) -> str:
    """Return news as far as the system knows them: who, when, where, how many; nobody's name."""
    activity, numbers = found.activity, found.numbers
    facts = {
        "day": full_date_words(business_date(activity.span.begins)), "who": organiser_words(activity),
        "title": activity.shown_title, "where": activity.venue,
    }  # fmt: skip
    parts = [gettext("On %(day)s %(who)s held “%(title)s” at: %(where)s.") % facts]
    crowd = max(numbers.came, numbers.heads or 0)
    if crowd:
        parts.append(gettext("%(count)s people were there.") % {"count": crowd})
    if numbers.helpers:
        told = {"count": numbers.helpers, "hours": f"{numbers.hours:g}"}
        parts.append(
            gettext("%(count)s volunteers helped and gave %(hours)s hours.") % told
            if numbers.minutes
            else gettext("%(count)s volunteers helped.") % told
        )
    return "\n".join([*parts, about]).strip()
