"""The shape of the stalls of a fair over the API."""

from typing import Self
from uuid import UUID

from ninja import Schema

from sidan.activities.models import Activity
from sidan.fairs.queries import FairSums, StallTold


class StallKindOut(Schema):
    """A kind of services."""

    id: UUID
    name: str
    name_en: str


class StallOut(Schema):
    """A stall; `team` and `organisation` are empty where it is free. `served` is counted at the stall."""

    id: UUID
    number: int
    spot: str
    about: str
    about_en: str
    kinds: list[StallKindOut]
    services: list[UUID]
    team: UUID | None
    team_name: str
    organisation: str
    state: str
    served: int

    @classmethod
    def of(cls, told: StallTold) -> Self:
        stall, holder = told.stall, told.holder
        team = holder.team if holder else None
        return cls(
            id=stall.uuid, number=stall.number, spot=stall.spot, about=stall.about, about_en=stall.about_en,
            kinds=[StallKindOut(id=kind.uuid, name=kind.name, name_en=kind.name_en) for kind in told.kinds],
            services=[one.uuid for one in told.services], team=team.uuid if team else None,
            team_name=team.name if team else "", organisation=holder.organisation if holder else "",
            state=holder.state if holder else "free", served=told.served,
        )  # fmt: skip


class FairOut(Schema):
    """A fair with its stalls, by number. `served` adds up what the stalls counted: one visitor goes to many stalls, so
    it is never the number of visitors."""

    activity: UUID
    title: str
    stalls: list[StallOut]
    held: int
    gaps: int
    kinds: int
    served: int

    @classmethod
    def told(cls, activity: Activity, stalls: list[StallTold], sums: FairSums) -> Self:
        return cls(
            activity=activity.uuid, title=activity.title, stalls=list(map(StallOut.of, stalls)), held=sums.held,
            gaps=sums.gaps, kinds=sums.kinds, served=sums.served,
        )  # fmt: skip
