"""A page that leads into the API, in the reader's language; the document behind it is English (ADR 0034)."""

from collections import Counter
from functools import cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.api.document import REFUSALS
from sidan.api.urls import api

ABOUT: Final[dict[str, str | Promise]] = {
    "accounts": _("Accounts and their roles"),
    "activities": _("Activities: what comes, and what a place prepares"),
    "attendance": _("Coming and going at visits"),
    "audit": _("The audit trail"),
    "campaigns": _("Campaigns and tours, and how far they are"),
    "catalogue": _("Categories, services and menus"),
    "certificates": _("Certificates of service: issuing, the register, checking"),
    "desk": _("Call-backs and codes for residents without a telephone"),
    "fairs": _("Fairs and their stalls"),
    "figures": _("Figures by place and period"),
    "hours": _("Hours of service: records, what waits, totals"),
    "limits": _("Time limits of the steps of an order"),
    "me": _("Signing in, and one's own account"),
    "needs": _("Surveys and needs of a place"),
    "notices": _("Messages in the inbox"),
    "orders": _("Orders: place, admit, offer, hand over, review, close"),
    "persons": _("Residents whom the office enters"),
    "places": _("Places and their working days"),
    "plans": _("Plans of places and teams, and what came of them"),
    "lectures": _("Talks, who gives them, and what is passed on each month"),
    "schools": _("Evening micro-schools: pupils, classes, who was with them"),
    "rooms": _("Rooms of a place and who has them when"),
    "talk": _("What the parties of an order write to each other"),
    "team work": _("What teams do: take, agree on a time, visit, report"),
    "teams": _("Teams and their members"),
    "volunteers": _("Volunteers"),
    "wishes": _("Free wishes and their wall"),
}
"""What each part of the API is for, by its tag."""


@cache
def parts_of_the_api() -> Counter[str]:
    """Return how many operations each part has; they are known once the process has started."""
    return Counter(
        tag
        for operations in api.get_openapi_schema()["paths"].values()
        for operation in operations.values()
        for tag in operation["tags"]
    )


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How to sign in, ask, write and read refusals, and what there is."""
    counts = parts_of_the_api()
    context: dict[str, Any] = {
        "parts": [(tag, ABOUT[tag], counts[tag]) for tag in sorted(counts)],
        "operations": counts.total(),
        "statuses": list(REFUSALS.items()),
        "document_url": reverse("api:openapi-view"),
        "snapshot_url": reverse("api:openapi-json"),
    }
    return render(request, "api/guide.html", context)
