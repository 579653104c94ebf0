"""What stands on the stage of honours: a certificate of the volunteer; titles, lists on their way, and awards."""

from datetime import datetime, timedelta
from typing import Any

from sidan.core.clock import business_date, now
from sidan.honours import operations
from sidan.honours.models import Award, Certificate, Nominee, Objection, Proposal, Title
from sidan.honours.operations import TitleText
from sidan.honours.policies import Wanted
from sidan.honours.queries import said_by
from sidan.people.models import Volunteer
from tests.cast import Cast
from tests.factories import make_volunteer


def build_honours(cast: Cast, things: dict[str, Any]) -> None:
    """A certificate of all hours that stand on the stage of hours."""
    made = issued(cast)
    things |= {
        "certificate": made.uuid, "certificate_number": made.number,
        "certificate_code": said_by(certificate=made)["code"],
        "certificate_volunteer": Volunteer.unscoped.get(person=cast.volunteer.person).uuid, "signing_version": 1,
    }  # fmt: skip
    build_giving(cast, things)


def build_giving(cast: Cast, things: dict[str, Any]) -> None:
    """A title of persons; of it a draft, two lists on notice, one whose notice is over, and one that was given."""
    title = make_title(cast, "最美实践员")
    year, today = business_date(now()).year, now()
    draft = make_list(cast, title, year + 1, "draft", at=today)
    noticed = make_list(cast, title, year + 2, "noticed", at=today)
    disputed = make_list(cast, title, year + 3, "noticed", at=today)
    over = make_list(cast, title, year + 4, "noticed", at=today - timedelta(days=60))
    given = make_list(cast, title, year, "awarded", at=today - timedelta(days=60))
    objection = object_to(cast, disputed)
    # Somebody's hours reach a star, so that stars can be proposed.
    operations.begin_ladder(
        actor=cast.manager.actor, at=today - timedelta(days=900), county=cast.places.center, basis="all", rungs=[1],
        first_day=business_date(today) - timedelta(days=800),
    )  # fmt: skip
    things |= {
        "title": title.uuid, "proposal_draft": draft.uuid, "proposal_noticed": noticed.uuid,
        "proposal_disputed": disputed.uuid, "proposal_over": over.uuid, "proposal_given": given.uuid,
        "nominee": Nominee.objects.get(proposal=noticed).uuid, "objection": objection.uuid,
        "nominee_draft": Nominee.objects.get(proposal=draft).uuid,
        "award": Award.unscoped.get(nominee__proposal=given).uuid,
        "leader_volunteer": Volunteer.unscoped.get(person=cast.leader.person).uuid, "award_year": year + 9,
        "ladder_day": f"{business_date(today) + timedelta(days=9)}",
    }  # fmt: skip


def make_title(cast: Cast, name: str) -> Title:
    """A title that the county gives to persons."""
    text = TitleText(name=name, recipient="person", criteria="一年里为乡亲做得最多")
    return operations.begin_title(actor=cast.manager.actor, at=now(), county=cast.places.center, text=text)


def make_list(cast: Cast, title: Title, year: int, state: str, *, at: datetime) -> Proposal:
    """A list with the volunteer in it, brought as far as it shall be."""
    manager = cast.manager.actor
    made = operations.propose_title(actor=manager, at=at, title=title, year=year)
    volunteer = Volunteer.unscoped.get(person=cast.volunteer.person)
    operations.name_volunteer(actor=manager, at=at, proposal=made, volunteer=volunteer)
    if state != "draft":
        operations.publish_proposal(actor=manager, at=at, proposal=made)
    if state == "awarded":
        operations.award_proposal(actor=manager, at=at + timedelta(days=50), proposal=made)
    return made


def object_to(cast: Cast, proposal: Proposal) -> Objection:
    """Let the resident object to the name in a list."""
    nominee = Nominee.objects.select_related("proposal").get(proposal=proposal)
    return operations.object_to(actor=cast.zhou.actor, at=now(), nominee=nominee, words="没有见到人")


def more_honours(cast: Cast, year: int) -> None:
    """A title more, a list of it on notice with an objection, and one that was given."""
    title = make_title(cast, f"称号 {year}")
    object_to(cast, make_list(cast, title, year, "noticed", at=now()))
    make_list(cast, title, year + 1, "awarded", at=now() - timedelta(days=60))


def issued(cast: Cast, *details: str) -> Certificate:
    """Let the volunteer issue a certificate of all their hours."""
    wanted = Wanted(extent="all", details=details)
    volunteer = cast.volunteer
    return operations.issue_certificate(
        actor=volunteer.actor, at=now(), person=volunteer.person, wanted=wanted
    )


def more_certificates(cast: Cast) -> None:
    """Two more, the last of which replaces the one before."""
    made = issued(cast, "sex")
    with cast.volunteer.at_work() as actor:
        operations.renew_certificate(actor=actor, at=now(), certificate=made)


def more_names(cast: Cast, uuid: Any) -> None:
    """Two names more in a draft."""
    made = Proposal.unscoped.select_related("title").get(uuid=uuid)
    for number in range(2):
        volunteer = make_volunteer(f"志愿者{number}", at_place=cast.places.chengbei)
        operations.name_volunteer(actor=cast.manager.actor, at=now(), proposal=made, volunteer=volunteer)
