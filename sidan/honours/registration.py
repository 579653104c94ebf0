"""What certificates tell the apps below them when they start."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest

from sidan.audit.registry import register_names, register_verbs
from sidan.core.badges import register_looks
from sidan.core.slots import register_piece
from sidan.honours import notices, queries, soundness, words
from sidan.honours.models import Award, Certificate, Proposal, Title
from sidan.hours.models import Entry
from sidan.people.models import Team, Volunteer


def _numbers(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Certificate.unscoped.filter(pk__in=ids).values_list("pk", "number"))


def _titles(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Title.unscoped.filter(pk__in=ids).values_list("pk", "name"))


def _proposals(ids: Collection[int]) -> Mapping[int, str]:
    rows = Proposal.unscoped.filter(pk__in=ids).select_related("title")
    return {row.pk: row.shown_honour for row in rows}


def _awards(ids: Collection[int]) -> Mapping[int, str]:
    return {row.pk: row.shown_honour for row in Award.unscoped.filter(pk__in=ids).select_related("title")}


def _of_team(_request: HttpRequest, team: Team) -> Mapping[str, Any] | None:
    """On the page of a team: the titles that it was given."""
    awards = queries.awards_of_team(team_id=team.pk)
    return {"awards": awards} if awards else None


def _of_volunteer(_request: HttpRequest, volunteer: Volunteer) -> Mapping[str, Any] | None:
    """On the page of a volunteer: stars and titles that stand."""
    awards = [
        one
        for one in queries.awards_of_person(person_id=volunteer.person_id)
        if one.standing_code == "stands"
    ]
    return {"awards": awards} if awards else None


def _of_me(_request: HttpRequest, volunteer: Volunteer | None) -> Mapping[str, Any] | None:
    """Show the door to whom hours are recorded for."""
    return {} if volunteer is not None else None


def _of_record(_request: HttpRequest, record: Entry) -> Mapping[str, Any] | None:
    """On the page of one's record that counts: the way to a certificate of it alone."""
    return None if record.standing_code in {"counter", "taken_back"} else {"record": record}


def register() -> None:
    """Register everything once."""
    notices.register()
    soundness.register()
    register_piece(slot="people.me", template="honours/_door.html", context=_of_me)
    register_piece(slot="hours.record", template="honours/_record_door.html", context=_of_record)
    register_looks(machine="certificate", looks=words.LOOKS)
    register_looks(machine="proposal", looks=words.PROPOSAL_LOOKS)
    register_looks(machine="award", looks=words.AWARD_LOOKS)
    register_piece(slot="people.team", template="honours/_of_team.html", context=_of_team)
    register_piece(slot="people.volunteer", template="honours/_of_team.html", context=_of_volunteer)
    register_verbs(words.TRAIL)
    register_names("certificate", _numbers)
    register_names("title", _titles)
    register_names("proposal", _proposals)
    register_names("award", _awards)
