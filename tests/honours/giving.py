"""Honours as tests propose, notice and give them."""

from datetime import date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from sidan.honours import operations
from sidan.honours.models import Award, Ladder, Nominee, Objection, Proposal, Title
from sidan.honours.operations import TitleText
from tests.cast import Cast, Someone
from tests.factories import AT
from tests.hours.serving import hours, served

FIRST = date(2026, 1, 1)
PROPOSED = AT + timedelta(days=1)
WEEK = timedelta(days=7)
OVER = PROPOSED + timedelta(days=12)
"""Whatever free days follow, the notice of a week is over by then."""


def low_ladder(cast: Cast, *rungs: int, basis: str = "all") -> Ladder:
    """Let a star take an hour or two in the county."""
    return Ladder.objects.create(
        county=cast.places.center, basis=basis, rungs=list(rungs or (1, 2)), during=DateRange(FIRST, None)
    )


def two_reach(cast: Cast) -> None:
    """The volunteer reaches two stars, the leader one."""
    low_ladder(cast)
    served(cast, cast.volunteer, AT, hours(2.5))
    served(cast, cast.leader, AT, hours(1.5))


def proposed(cast: Cast, at: datetime = PROPOSED) -> Proposal:
    """Let the manager propose the stars that are reached."""
    with cast.manager.at_work() as actor:
        return operations.propose_stars(actor=actor, at=at, county=cast.places.center)


def noticed(cast: Cast, at: datetime = PROPOSED, days: int = 7) -> Proposal:
    """Put them on public notice."""
    made = proposed(cast, at)
    with cast.manager.at_work() as actor:
        return operations.publish_proposal(actor=actor, at=at, proposal=made, days=days)


def given(cast: Cast, at: datetime = OVER) -> list[Award]:
    """Give them when the notice is over."""
    made = noticed(cast)
    with cast.manager.at_work() as actor:
        return operations.award_proposal(actor=actor, at=at, proposal=made)


def name_of(proposal: Proposal, who: Someone) -> Nominee:
    return Nominee.objects.select_related("proposal").get(proposal=proposal, person=who.person)


def objected(cast: Cast, proposal: Proposal, who: Someone, at: datetime | None = None) -> Objection:
    """Let the resident object to somebody."""
    with cast.zhou.at_work() as actor:
        return operations.object_to(
            actor=actor,
            at=at or PROPOSED + timedelta(days=1),
            nominee=name_of(proposal, who),
            words="那天没有见到人",
        )


def title(cast: Cast, name: str = "最美实践员", recipient: str = "person") -> Title:
    """Let the county give a title."""
    text = TitleText(
        name=name,
        recipient=recipient,
        criteria="一年里为乡亲做得最多、做得最好",
        name_en="Volunteer of the year",
    )
    with cast.manager.at_work() as actor:
        return operations.begin_title(actor=actor, at=AT, county=cast.places.center, text=text)
