"""The shape of campaigns over the API."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any, Self
from uuid import UUID

from ninja import Schema

from sidan.campaigns.models import Campaign, Stop
from sidan.campaigns.queries import Bar


class CampaignOut(Schema):
    """A campaign or tour that was announced."""

    id: UUID
    kind: str
    state: str
    name: str
    purpose: str
    place: UUID
    place_name: str
    first_day: date
    last_day: date
    task: str
    platform: str
    answers: str

    @classmethod
    def facts(cls, one: Campaign) -> dict[str, Any]:
        """Return what is told of a campaign wherever it is told."""
        return {
            "id": one.uuid, "kind": one.kind, "state": one.state, "name": one.shown_name, "purpose": one.purpose,
            "place": one.place.uuid, "place_name": one.place.shown_short, "first_day": one.first_day,
            "last_day": one.last_day, "task": one.task, "platform": one.platform, "answers": one.answers,
        }  # fmt: skip


class CampaignPageOut(Schema):
    """Some campaigns, and where the next ones begin."""

    items: list[CampaignOut]
    next_cursor: str | None


class CampaignTargetOut(Schema):
    """How far a target is: `done` counts what is proven, and may be more than `amount`; `waits` counts later.

    It waits for the word of a second person.
    """

    unit: str
    kind: str | None
    amount: int
    done: int
    waits: int

    @classmethod
    def of(cls, bar: Bar) -> Self:
        return cls(
            unit=bar.target.unit, kind=bar.kind.shown_name if bar.kind else None, amount=bar.progress.amount,
            done=bar.progress.done, waits=bar.waits,
        )  # fmt: skip


class CampaignStopOut(Schema):
    """Where a campaign comes next."""

    id: UUID
    name: str
    kind: str
    where: str
    address: str
    day: date
    clock: time | None

    @classmethod
    def of(cls, stop: Stop) -> Self:
        return cls(
            id=stop.uuid, name=stop.site.shown_name, kind=stop.site.kind.shown_name, where=stop.site.shown_where,
            address=stop.site.address, day=stop.day, clock=stop.clock,
        )  # fmt: skip


class CampaignFarOut(CampaignOut):
    """A campaign with how far it is and where it comes next."""

    targets: list[CampaignTargetOut]
    ahead: list[CampaignStopOut]

    @classmethod
    def told(cls, one: Campaign, bars: Iterable[Bar], ahead: Iterable[Stop]) -> Self:
        return cls(
            **CampaignOut.facts(one), targets=[CampaignTargetOut.of(bar) for bar in bars],
            ahead=[CampaignStopOut.of(stop) for stop in ahead],
        )  # fmt: skip
