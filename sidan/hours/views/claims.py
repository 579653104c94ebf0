"""What waits for a second person: the list, one claim, and what the office says about it."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from sidan.core.clock import now
from sidan.core.lists import (
    Column,
    asked_sort,
    filter_chips,
    keeps_views,
    list_view,
    page_of,
    query_of,
)
from sidan.core.pages import keep_typed, staff_page
from sidan.core.requests import actor_of
from sidan.hours import operations, queries
from sidan.hours.enums import ClaimKind
from sidan.hours.forms import WordsForm
from sidan.hours.permissions import READING_ROLES, may_agree, require_office
from sidan.hours.states import CLAIM
from sidan.hours.views.shared import Acts, told_steps
from sidan.people.enums import FIGURE_ROLES
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

CHIPS: Final[dict[str, str | Promise]] = {
    "": _("Waiting for a second person"),
    "late": pgettext_lazy("claims", "Later than ten working days"),
    "noticed": _("On public notice"),
    "disputed": _("Somebody objects"),
    "ended": pgettext_lazy("claims", "Ended"),
}
COLUMNS: Final = (
    Column("name", _("Name"), up="name_key", down="-name_key", is_fixed=True),
    Column("what", pgettext_lazy("hours", "What")),
    Column("day", _("Day"), up="day", down="-day"),
    Column("time", _("Time that waits"), up="minutes", down="-minutes", is_number=True),
    Column("why", _("Why it waits")),
    Column("asked", _("Who is asked")),
    Column("since", pgettext_lazy("how long", "Since"), up="-state_since", down="state_since"),
)


@require_safe
@keeps_views
@staff_page(require_office, public=False)
def claims(request: HttpRequest) -> HttpResponse:
    """Times that wait: what waits the longest first."""
    at, roots = now(), actor_of(request).places_where(READING_ROLES)
    chip, words, place = request.GET.get("chip", ""), query_of(request), place_asked(request)
    chip = chip if chip in CHIPS else ""
    rows = queries.claims_of_office(at=at, chip=chip, query=words, place_id=place.pk if place else None)
    sort = asked_sort(request, columns=COLUMNS, default="-state_since" if chip == "ended" else "state_since")
    counts = queries.claim_counts(at=at, place_id=place.pk if place else None)
    (_code, first), *others = CHIPS.items()
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(request, name="chip", choices=list(others), everything=first, counts=counts),
        "chip": chip,
        "query": words,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=roots),
        "unsaid": queries.unsaid_occasions(root_ids=roots, at=at, place_id=place.pk if place else None)
        if chip == "late" and not words
        else [],
        "is_filtered": bool(words or place),
        "sees_odd_times": bool(actor_of(request).roles & FIGURE_ROLES),
    }
    return render(request, "hours/claims.html", context)


@require_safe
@staff_page(require_office, public=False)
def claim(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One time that waits, with what can be said about it."""
    return _shown(request, uuid)


def _shown(
    request: HttpRequest, uuid: UUID, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    found = queries.claim_by_uuid(uuid=uuid)
    context: dict[str, Any] = {
        "claim": found,
        "steps": told_steps(queries.claim_history(claim=found)),
        "says": may_agree(actor=actor_of(request), claim=found) and found.is_live,
        "yes": "publish" if found.kind == ClaimKind.LATE else "agree",
    }
    if context["says"]:
        fitting = {verb for verb, step in CLAIM.items() if found.state in step.sources}
        context |= {
            f"{verb}_form": WordsForm(auto_id=f"{verb}_%s")
            for verb in ("refuse", "dismiss") if verb in fitting
        }  # fmt: skip
    keep_typed(context, name=name, form=form)
    return render(request, "hours/staff_claim.html", context)


_act = Acts(
    thing="claim", find=queries.claim_by_uuid, back=lambda _uuid: reverse("hours:claims"), page=_shown,
).act  # fmt: skip
"""Each answer leads back to the list of what waits."""
agree = _act(forms.Form, operations.agree_to_claim, name="", done=_("The hours count."))
publish = _act(
    forms.Form, operations.publish_claim, name="", done=_("The time is on public notice now, and counts afterwards.")
)  # fmt: skip
refuse = _act(
    WordsForm, operations.refuse_claim, name="refuse_form", done=_("The time does not count. Whose it is was told why.")
)  # fmt: skip
dismiss = _act(
    WordsForm, operations.dismiss_objection, name="dismiss_form", done=_("The notice goes on as long as it would have.")
)  # fmt: skip
