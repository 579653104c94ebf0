"""What plans tell people."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.notify.enums import Topic
from sidan.notify.kinds import Facts, NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.people.queries import account_ids_of_persons, accounts_with_roles
from sidan.plans.models import Plan, PlanLine
from sidan.plans.permissions import APPROVING_ROLES, approving_place_id
from sidan.plans.policies import Days
from sidan.plans.words import period_words

SENTENCES: Final = {
    "plan_submitted": _("The plan “%(theme)s” of %(place)s (%(days)s) waits to be approved. Please read it."),
    "plan_sent_back": _("The plan “%(theme)s” of %(place)s (%(days)s) was sent back. Open it to read why."),
    "plan_approved": _(
        "The plan “%(theme)s” of %(place)s (%(days)s) is approved. Please publish it in time."
    ),
    "plan_line_soon": _("“%(theme)s” of %(place)s is planned for %(days)s, and nothing is prepared yet."),
}


def _spoken(facts: Facts) -> Facts:
    """Say the days in the reader's language."""
    try:
        days = Days(*(date.fromisoformat(str(facts[name])) for name in ("first", "last")))
    except (KeyError, ValueError):
        return facts
    return {**facts, "days": period_words(str(facts.get("period", "")), days)}


def register() -> None:
    """Make the sentences known to the inbox."""
    for code, sentence in SENTENCES.items():
        register_kind(
            NoticeKind(
                code=code, sentence=sentence, icon="calendar-days", goes_out=True, topic=Topic.OFFICE, words=_spoken
            )
        )  # fmt: skip


def tell_approvers(*, plan: Plan, at: datetime, but: int | None) -> None:
    """Tell those who approve it, at the place above or the nearest one beyond."""
    accounts = accounts_with_roles(
        place_id=approving_place_id(place=plan.place), roles=APPROVING_ROLES, besides=[but] if but else []
    )
    _tell(accounts, "plan_submitted", plan, at, but=but)


def tell_makers(*, kind: str, plan: Plan, at: datetime, but: int | None) -> None:
    """Tell who wrote it what became of it."""
    _tell(account_ids_of_persons(person_ids=[plan.created_by_id]), kind, plan, at, but=but)


def tell_of_line(*, line: PlanLine, accounts: Iterable[int], at: datetime) -> None:
    """Tell who answers for a line that its day comes near and nothing of it is prepared; once."""
    plan = line.plan
    facts = {
        "theme": line.theme, "place": plan.place.short_name, "first": line.first_day.isoformat(),
        "last": line.last_day.isoformat(),
    }  # fmt: skip
    notify(
        account_ids=list(accounts), kind="plan_line_soon", facts=facts, at=at, effect=f"plan-line-soon:{line.pk}",
        link=f"/console/plans/{plan.uuid}/lines/{line.uuid}/",
    )  # fmt: skip


def _tell(accounts: Iterable[int], kind: str, plan: Plan, at: datetime, *, but: int | None) -> None:
    facts = {
        "theme": plan.theme, "place": plan.place.short_name, "period": plan.period,
        "first": plan.first_day.isoformat(), "last": plan.last_day.isoformat(),
    }  # fmt: skip
    told = [account for account in accounts if account != but]
    notify(account_ids=told, kind=kind, facts=facts, link=f"/console/plans/{plan.uuid}/", at=at)
