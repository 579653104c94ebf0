"""What the pages of campaigns have in common: the gate of staff, a campaign of ours, bars in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sidan.campaigns import queries
from sidan.campaigns.models import Campaign, CampaignStep, Site, Stop
from sidan.campaigns.permissions import require_desk, require_running
from sidan.campaigns.queries import Bar, Row, Share
from sidan.campaigns.words import STEPS, far_words, unit_words, waits_words
from sidan.core.actor import Actor
from sidan.core.badges import ToldStep, told_turn
from sidan.core.pages import staff_page as page_of
from sidan.core.phones import mask_name
from sidan.core.requests import actor_of, as_read
from sidan.people.enums import ENTERING_ROLES
from sidan.places.models import Place

staff_page = page_of(require_desk, public=False)
Page = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class ToldBar:
    """A bar as a page shows it."""

    bar: Bar
    words: str
    """How far it is: 137 of 1,000 villages."""
    unit: str
    waits: str = ""
    """How much more counts once a second person has confirmed it."""


def told_bars(bars: Iterable[Bar]) -> list[ToldBar]:
    """Say how far each target is."""
    return [
        ToldBar(
            bar, far_words(bar.progress, unit=bar.target.unit, kind=bar.kind),
            unit_words(bar.target.unit, bar.kind),
            waits_words(bar.waits, unit=bar.target.unit, kind=bar.kind) if bar.waits else "",
        )
        for bar in bars
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToldShare:
    """What a place below has done of one target, with what it counts."""

    share: Share
    words: str


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A place below, as a page shows it."""

    place: Place
    shares: list[ToldShare]
    lacking: int


def told_rows(rows: Iterable[Row]) -> list[ToldRow]:
    """Say how far each place below is."""
    return [
        ToldRow(
            row.place,
            [ToldShare(each, unit_words(each.target.unit, each.kind)) for each in row.shares],
            row.lacking,
        )
        for row in rows
    ]


def campaign_as_read(request: HttpRequest, uuid: UUID) -> Campaign:
    """Return a campaign with the turn that the sender has seen. Raises NoSuchCampaign."""
    return as_read(request, queries.campaign_by_uuid(uuid=uuid))


def campaign_of_ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Campaign]:
    """Return who reads and a campaign that they lead. Raises NoSuchCampaign, NotYourCampaign."""
    actor, found = actor_of(request), campaign_as_read(request, uuid)
    require_running(actor=actor, campaign=found)
    return actor, found


def site_of(request: HttpRequest, uuid: UUID, site: UUID) -> tuple[Actor, Site]:
    """Return who reads and a site of a campaign in scope. Raises NoSuchCampaign, NoSuchSite."""
    found = queries.campaign_by_uuid(uuid=uuid)
    return actor_of(request), queries.site_by_uuid(campaign=found, uuid=site)


def stop_of(request: HttpRequest, uuid: UUID, stop: UUID) -> tuple[Actor, Stop]:
    """Return who reads and a stop of a campaign in scope. Raises NoSuchCampaign, NoSuchStop."""
    found = queries.campaign_by_uuid(uuid=uuid)
    return actor_of(request), queries.stop_by_uuid(campaign=found, uuid=stop)


def stop_url(stop: Stop) -> str:
    """Return where a stop stands."""
    return reverse("campaigns:stop_page", args=[stop.campaign.uuid, stop.uuid])


def shown_person(actor: Actor, account: Any) -> str:
    """Return who did something: in part only to those who watch and do not work here."""
    if account is None:
        return ""
    name: str = account.person.name
    return name if actor.roles & ENTERING_ROLES else mask_name(name)


def told_steps(actor: Actor, steps: Iterable[CampaignStep]) -> list[ToldStep]:
    """Tell what happened and who did it, newest first."""
    return [told_turn(step, words=STEPS, who=shown_person(actor, step.actor)) for step in steps][::-1]


def refused(page: HttpResponse) -> HttpResponse:
    """Answer that what was sent could not be taken."""
    page.status_code = 422
    return page


def upload_of(form: forms.Form) -> Any:
    """Return the picture that was sent, if any."""
    return form.cleaned_data.get("photo")


def tell_now(form: forms.Form, known: Mapping[str, Any]) -> None:
    """Say at each field what stands there now, where that is not what was typed: somebody was faster."""
    for name, field in form.fields.items():
        value = known.get(name)
        said = "" if value is None else str(value)
        if name in known and said != str(form.data.get(form.add_prefix(name), "")).strip():
            words = dict(getattr(field, "choices", ())).get(said, said)
            form[name].help_text = _("Now it says: %(now)s") % {"now": words or "–"}
