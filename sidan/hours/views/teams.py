"""A team's hours by month and member, and telling a time that nobody wrote down."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sidan.core.clock import business_date, now
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, act_by_form
from sidan.core.requests import actor_of
from sidan.hours import operations, queries
from sidan.hours.enums import Subject
from sidan.hours.forms import LateForm
from sidan.hours.permissions import READING_ROLES, NoSuchRecord, may_read_team, require_telling
from sidan.hours.views.shared import year_of, year_shown
from sidan.people.queries import team_by_uuid

LAST: Final = 20


@require_safe
def team(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A team's year by months and by members, and what it did last."""
    actor, today = actor_of(request), business_date(now())
    found = team_by_uuid(uuid=uuid)
    if found is None or not may_read_team(actor=actor, team=found):
        raise NoSuchRecord
    year = year_of(request, today=today)
    context = {
        "team": found,
        "shown": year_shown(subject=Subject.TEAM, ids=[found.pk], year=year, today=today),
        "members": queries.totals_by_member(team_id=found.pk, year=year),
        "occasions": queries.occasions_of_team(team_id=found.pk, limit=LAST),
        "is_office": bool(actor.roles & READING_ROLES),
    }
    return render(request, "hours/team.html", context)


@require_http_methods(AND_WRITES)
@once_per_form
def late(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Tell when somebody served of whom nothing was written down; a second person and a public notice follow."""
    actor, occasion = actor_of(request), queries.occasion_by_cause(uuid=uuid)
    require_telling(actor=actor, occasion=occasion)
    people = queries.people_for(occasion=occasion)

    def shown(form: Any) -> HttpResponse:
        return render(request, "hours/late.html", {"occasion": occasion, "form": form, "people": people})

    if request.method != "POST":
        return shown(LateForm(people=people, occasion=occasion))

    def write(data: dict[str, Any]) -> object:
        return operations.tell_late_time(actor=actor, at=now(), occasion=occasion, **data)

    back = reverse("hours:team", args=[occasion.team.uuid]) if occasion.team else reverse("hours:desk")
    return act_by_form(
        request, form=LateForm(request.POST, people=people, occasion=occasion), url=back, write=write, page=shown,
        done=_("Written down. It counts once a second person has agreed and the public notice is over."),
    )  # fmt: skip
