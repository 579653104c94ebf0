"""The shape of what comes again over the API."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

from sidan.activities.calendar import BadPattern, Occurrence, Otherwise, Wanted, pattern_of
from sidan.activities.models import Activity, DayDecision, Recurring
from sidan.activities.operations import Rule
from sidan.activities.schemas.once import ActivityOut, PartsIn, Words
from sidan.core.errors import FieldProblem, Invalid
from sidan.core.inputs import Input

MOST_TIMES = 1000


class UnreadablePattern(Invalid):
    """What is wrong with a pattern is told at its part, in English, for who writes programs."""

    code = "unreadable_pattern"
    sentence = _("On which days it comes cannot be read.")

    def __init__(self, bad: BadPattern) -> None:
        super().__init__(errors=[FieldProblem(f"/pattern{bad.where}", f"{bad.code}: {bad.told}")])


class SeriesIn(PartsIn):
    """What comes again: on which days by a pattern such as `{"week": {"days": [3], "since": "2026-01-01"}}`.

    Times are the county's own; an end that is not later than the beginning is of the next day.
    """

    pattern: dict[str, dict[str, Any]]
    first: date
    last: date | None = None
    times: Annotated[int, Field(ge=1, le=MOST_TIMES)] | None = None
    wanted: Literal["any", "working", "off"] = "any"
    otherwise: Literal["skipped", "earlier", "later"] = "skipped"
    begins_at: time
    ends_at: time

    def rule(self) -> Rule:
        """Return it as operations take it. Raises UnreadablePattern."""
        try:
            pattern = pattern_of(self.pattern)
        except BadPattern as bad:
            raise UnreadablePattern(bad) from bad
        return Rule(
            pattern=pattern, first=self.first, last=self.last, times=self.times, wanted=Wanted(self.wanted),
            otherwise=Otherwise(self.otherwise), begins_at=self.begins_at.replace(tzinfo=None),
            ends_at=self.ends_at.replace(tzinfo=None),
        )  # fmt: skip


class NewSeriesIn(SeriesIn):
    """A new rule, and of which place."""

    place: UUID


class SeriesChangeIn(SeriesIn):
    """How it is from a day on; `words` stand on the page of what is called off by that."""

    day: date
    words: Words = ""


class SeriesEndIn(Input):
    """From which day on it is held no more, and why."""

    day: date
    words: Words = ""


class SeriesSkipIn(Input):
    """Which time is left out, by the day of its pattern, and why."""

    of: date
    words: Words = ""


class SeriesMoveIn(SeriesSkipIn):
    """Which time is held on which day instead."""

    day: date


class SeriesAddIn(Input):
    """On which day it is held once more."""

    day: date


class SeriesDayOut(Schema):
    """A time: named by the day of its pattern, held on that day or another."""

    of: date
    day: date

    @classmethod
    def of_one(cls, one: Occurrence) -> Self:
        return cls(of=one.of, day=one.day)


class SeriesOut(Schema):
    """A rule in words (in the reader's language) and as it is kept."""

    id: UUID
    place: UUID
    team: UUID | None
    room: UUID | None
    kind: str
    title: str
    title_en: str
    sentence: str
    pattern: dict[str, dict[str, Any]]
    first: date
    last: date | None
    times: int | None
    wanted: str
    otherwise: str
    begins_at: str
    ends_at: str
    follows: UUID | None
    state: str

    @classmethod
    def of_rule(cls, recurring: Recurring, *, sentence: str) -> Self:
        return cls(**_told(recurring, sentence))


def _told(recurring: Recurring, sentence: str) -> dict[str, Any]:
    team, room, follows = recurring.team, recurring.room, recurring.follows
    return {
        "id": recurring.uuid, "place": recurring.place.uuid, "team": team.uuid if team else None,
        "room": room.uuid if room else None, "kind": recurring.kind, "title": recurring.title,
        "title_en": recurring.title_en, "sentence": sentence, "pattern": recurring.pattern, "first": recurring.first,
        "last": recurring.last, "times": recurring.times, "wanted": recurring.wanted, "otherwise": recurring.otherwise,
        "begins_at": f"{recurring.begins_at:%H:%M}", "ends_at": f"{recurring.ends_at:%H:%M}",
        "follows": follows.uuid if follows else None, "state": recurring.state,
    }  # fmt: skip


class SeriesPageOut(Schema):
    items: list[SeriesOut]
    next_cursor: str | None


class SeriesDecisionOut(Schema):
    """What somebody decided about one time, and when it is held since then: not at all without a day."""

    of: date
    verb: str
    day: date | None
    at: datetime

    @classmethod
    def of_one(cls, one: DayDecision) -> Self:
        return cls(of=one.of, verb=one.verb, day=one.day, at=one.at)


class OneSeriesOut(SeriesOut):
    """One rule with its next times, what is made of it already, and what was decided about single times."""

    next: list[SeriesDayOut]
    activities: list[UUID]
    decisions: list[SeriesDecisionOut]

    @classmethod
    def with_days(
        cls, recurring: Recurring, days: Sequence[Occurrence], made: Sequence[Activity],
        decided: Sequence[DayDecision], *, sentence: str,
    ) -> Self:  # fmt: skip
        told = _told(recurring, sentence)
        return cls(
            **told, next=list(map(SeriesDayOut.of_one, days)), activities=[one.uuid for one in made],
            decisions=list(map(SeriesDecisionOut.of_one, decided)),
        )  # fmt: skip


class SeriesCutOut(Schema):
    """What follows a rule that was changed, and what stays because somebody had a hand in it."""

    follows: SeriesOut | None
    stayed: list[ActivityOut]
