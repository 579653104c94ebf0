"""The stops of a campaign as a calendar that telephones and mail programs read (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from django.urls import reverse
from icalendar import Calendar, Event

from sidan.campaigns.models import Campaign, Stop
from sidan.core.clock import BUSINESS_ZONE

PRODUCT: Final = "-//Sidan//Campaigns//ZH"
LASTS: Final = timedelta(hours=2)
"""How long a stop stands in a calendar where its time is known."""


def written(*, campaign: Campaign, stops: Iterable[Stop], site: str) -> bytes:
    """Return the calendar as bytes; `site` is where the page of the campaign is."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", campaign.shown_name)
    calendar.add("x-wr-calname", campaign.shown_name)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    url = site + reverse("campaigns:public_campaign", args=[campaign.uuid])
    for stop in stops:
        calendar.add_component(_event(campaign, stop, url))
    return bytes(calendar.to_ical())


def _event(campaign: Campaign, stop: Stop, url: str) -> Event:
    event = Event()
    event.add("uid", str(stop.uuid))
    event.add("dtstamp", stop.created_at.astimezone(UTC))
    if stop.clock is None:
        event.add("dtstart", stop.day)
        event.add("dtend", stop.day + timedelta(days=1))
    else:
        begins = datetime.combine(stop.day, stop.clock, BUSINESS_ZONE).astimezone(UTC)
        event.add("dtstart", begins)
        event.add("dtend", begins + LASTS)
    event.add("summary", f"{campaign.shown_name} · {stop.site.shown_name}")
    event.add("location", " ".join(filter(None, [stop.site.shown_where, stop.site.address])))
    event.add("url", url)
    return event
