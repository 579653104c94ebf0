"""What the stalls of fairs tell people."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.activities.models import Activity
from sidan.activities.permissions import RUNNING_ROLES
from sidan.core.clock import business_date
from sidan.core.moments import full_date_words
from sidan.fairs.enums import LIVE
from sidan.fairs.models import Stallholder
from sidan.notify.enums import Topic
from sidan.notify.kinds import Facts, NoticeKind, register_kind, with_when
from sidan.notify.operations import notify
from sidan.people.queries import accounts_with_roles, leader_account_ids

TO_TEAMS: Final = {
    "stall_given": _("%(team)s has stall %(number)s at “%(title)s” on %(day)s."),
    "stall_refused": _("%(team)s gets no stall at “%(title)s” on %(day)s. Open it to read why."),
    "stall_taken_back": _(
        "The place took the stall of %(team)s at “%(title)s” on %(day)s back. Open it to read why."
    ),
    "stall_fair_cancelled": _(
        "“%(title)s” on %(day)s is called off: %(team)s needs no stall there. Open it to read why."
    ),
    "stall_fair_moved": _(
        "“%(title)s”, where %(team)s has or asks for a stall, is now: %(when)s, %(venue)s."
    ),
}
TO_PLACES: Final = {
    "stall_asked": _("%(team)s asks for a stall at “%(title)s” on %(day)s."),
    "stall_given_back": _("%(team)s gives stall %(number)s at “%(title)s” on %(day)s back."),
}


def _spoken(facts: Facts) -> Facts:
    """Say the day in the reader's language."""
    try:
        moment = datetime.fromisoformat(str(facts["begins"]))
    except (KeyError, ValueError):
        return facts
    return with_when({**facts, "day": full_date_words(business_date(moment))})


def register() -> None:
    """Make the sentences known to the inbox."""
    for topic, sentences in ((Topic.TEAM, TO_TEAMS), (Topic.OFFICE, TO_PLACES)):
        for code, sentence in sentences.items():
            register_kind(
                NoticeKind(
                    code=code, sentence=sentence, icon="store", goes_out=True, topic=topic, words=_spoken
                )
            )


def tell_team(*, kind: str, holder: Stallholder, activity: Activity, at: datetime, but: int | None) -> None:
    """Tell the leader of a team what became of its stall; who comes from outside has no inbox."""
    if holder.team_id is None:
        return
    told = [account for account in leader_account_ids(team_id=holder.team_id) if account != but]
    notify(account_ids=told, kind=kind, facts=_facts(holder, activity), link="/my/stalls/", at=at)


def tell_stallholders(*, kind: str, activity: Activity, at: datetime) -> None:
    """Tell the leaders of all teams that have a stall of a fair or ask for one what becomes of the fair.

    The team that holds the fair itself hears of it as such.
    """
    rows = Stallholder.unscoped.filter(activity=activity, state__in=sorted(LIVE), team__isnull=False)
    teams = {one.team_id: one for one in rows.exclude(team=activity.team_id).select_related("team", "stall")}
    more = {"venue": activity.venue, "told": at.isoformat()}
    for team_id, holder in sorted(teams.items(), key=lambda each: each[1].pk):
        assert team_id is not None, "filtered above"
        accounts = leader_account_ids(team_id=team_id)
        link = f"/activities/{activity.uuid}/"
        notify(account_ids=accounts, kind=kind, facts=_facts(holder, activity) | more, link=link, at=at)


def tell_place(*, kind: str, holder: Stallholder, activity: Activity, at: datetime) -> None:
    """Tell those who run the fair what a team asks."""
    told = accounts_with_roles(place_id=activity.place_id, roles=RUNNING_ROLES)
    link = f"/console/fairs/{activity.uuid}/"
    notify(account_ids=told, kind=kind, facts=_facts(holder, activity), link=link, at=at)


def _facts(holder: Stallholder, activity: Activity) -> dict[str, object]:
    team, stall = holder.team, holder.stall
    return {
        "team": team.name if team else "", "team_en": team.name_en if team else "",
        "number": stall.number if stall else "", "title": activity.title, "title_en": activity.title_en,
        "begins": activity.span.begins.isoformat(),
    }  # fmt: skip
