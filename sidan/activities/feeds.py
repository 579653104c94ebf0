"""Activities as a calendar that telephones and mail programs read (iCalendar, RFC 5545 and 7986)."""

import hashlib
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.translation import get_language, gettext
from icalendar import Calendar, Event

from sidan.activities.enums import ActivityState
from sidan.activities.models import Activity
from sidan.activities.queries import own_point
from sidan.core.moments import hours_words
from sidan.core.promised import Promise
from sidan.places.coordinates import converted
from sidan.places.enums import PopUpState
from sidan.places.models import PopUp
from sidan.places.queries import point_of

PRODUCT: Final = "-//Sidan//Activities//ZH"
READ_EVERY: Final = timedelta(hours=4)
NOBODY_WAITS: Final[frozenset[int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar before it is written: `site` is where the pages of its activities are."""

    name: str
    site: str
    activities: Sequence[Activity]
    waiting: Set[int] = NOBODY_WAITS
    promised: Sequence[Promise] = ()
    at: datetime | None = None
    """When it is written, for what does not know when it was changed."""
    pop_ups: Sequence[PopUp] = ()

    @property
    def mark(self) -> str:
        """Tell two feeds apart without writing them: by what is in them, and when it was changed."""
        told = [(str(each.uuid), each.turn, each.pk in self.waiting) for each in self.activities]
        told += [(str(each.uuid), each.turn, False) for each in self.pop_ups]
        others = [(str(one.subject), one.title, one.begins, one.ends) for one in self.promised]
        facts = repr((self.name, self.site, get_language(), told, others))
        return hashlib.sha256(facts.encode()).hexdigest()[:32]

    def written(self) -> bytes:
        """Return the calendar as bytes; times are in UTC, which every program reads alike."""
        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("name", self.name)
        calendar.add("x-wr-calname", self.name)
        calendar.add("x-wr-timezone", "Asia/Shanghai")
        calendar.add("refresh-interval", READ_EVERY, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT4H")
        for activity in self.activities:
            calendar.add_component(self._event(activity))
        for pop_up in self.pop_ups:
            calendar.add_component(pop_up_event(pop_up, site=self.site))
        for promise in self.promised:
            calendar.add_component(self._promise(promise))
        return bytes(calendar.to_ical())

    def _event(self, activity: Activity) -> Event:
        event = Event()
        revised = getattr(activity, "revised_at", None) or activity.created_at
        event.add("uid", str(activity.uuid))
        event.add("dtstamp", revised.astimezone(UTC))
        event.add("last-modified", revised.astimezone(UTC))
        event.add("sequence", activity.turn)
        event.add("dtstart", activity.span.begins.astimezone(UTC))
        event.add("dtend", activity.span.ends.astimezone(UTC))
        event.add("summary", _summary(activity))
        event.add("status", self._status(activity))
        event.add("location", f"{activity.venue} · {activity.place.shown_path}")
        event.add("description", self._description(activity))
        event.add("categories", [str(activity.get_kind_display())])
        event.add("url", self._url(activity))
        point = own_point(activity=activity)
        if point is not None:
            measured = converted(point, system="wgs84")
            event.add("geo", (round(measured.latitude, 6), round(measured.longitude, 6)))
        return event

    def _promise(self, promise: Promise) -> Event:
        """Say that a time is taken, as its own app calls it to others: nothing of whose order it is."""
        event = Event()
        event.add("uid", str(promise.subject))
        event.add("dtstamp", (self.at or promise.begins).astimezone(UTC))
        event.add("dtstart", promise.begins.astimezone(UTC))
        event.add("dtend", promise.ends.astimezone(UTC))
        event.add("summary", promise.title[:1].upper() + promise.title[1:])
        event.add("status", "CONFIRMED")
        return event

    def _status(self, activity: Activity) -> str:
        if activity.state == ActivityState.CANCELLED:
            return "CANCELLED"
        return "TENTATIVE" if activity.pk in self.waiting else "CONFIRMED"

    def _description(self, activity: Activity) -> str:
        waits = gettext("You are in line for a place.") if activity.pk in self.waiting else ""
        kind = " · ".join(filter(None, [str(activity.get_kind_display()), activity.audience_words]))
        about, bring = _text(activity)
        brings = gettext("What to bring: %(things)s") % {"things": bring} if bring else ""
        return "\n".join(filter(None, [waits, kind, activity.lecturer, about, brings, self._url(activity)]))

    def _url(self, activity: Activity) -> str:
        return self.site + reverse("activities:activity", args=[activity.uuid])


def pop_up_event(pop_up: PopUp, *, site: str) -> Event:
    """Return a bus, a fair or a stand as an event: where it stands, its stops, and whether it was called off."""
    event, url = Event(), site + reverse("places:pop_up", args=[pop_up.uuid])
    is_off = pop_up.state == PopUpState.CALLED_OFF
    told = {"title": pop_up.shown_name}
    event.add("uid", str(pop_up.uuid))
    event.add("dtstamp", pop_up.made_at.astimezone(UTC))
    event.add("sequence", pop_up.turn)
    event.add("dtstart", pop_up.begins.astimezone(UTC))
    event.add("dtend", pop_up.ends.astimezone(UTC))
    event.add("summary", gettext("Called off: %(title)s") % told if is_off else pop_up.shown_name)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("location", " · ".join(filter(None, [pop_up.shown_spot, pop_up.place.shown_path])))
    stops = [f"{hours_words(stop.arrives, stop.leaves)} {stop.shown_name}" for stop in pop_up.stops.all()]
    kind = str(pop_up.get_kind_display())
    event.add("description", "\n".join(filter(None, [pop_up.why, kind, pop_up.shown_about, *stops, url])))
    event.add("categories", [kind])
    event.add("url", url)
    point = point_of(pop_up)
    if point is not None:
        measured = converted(point, system="wgs84")
        event.add("geo", (round(measured.latitude, 6), round(measured.longitude, 6)))
    return event


def _summary(activity: Activity) -> str:
    if activity.state == ActivityState.CANCELLED:
        # Not every program shows the state of an event.
        return gettext("Called off: %(title)s") % {"title": activity.shown_title}
    return activity.shown_title


def _text(activity: Activity) -> tuple[str, str]:
    try:
        return activity.text.shown_about, activity.text.bring
    except ObjectDoesNotExist:
        return "", ""


def webcal(url: str) -> str:
    """Return the same address as telephones open it with their calendar."""
    return f"webcal:{url.partition(':')[2]}" if url else ""
