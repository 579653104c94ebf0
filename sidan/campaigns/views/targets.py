"""How much of what is to be done, and the shares of the places below."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sidan.campaigns import operations, queries
from sidan.campaigns.enums import IN_HAND, CampaignState
from sidan.campaigns.forms import SharesForm, TargetForm
from sidan.campaigns.models import Campaign
from sidan.campaigns.views.shared import campaign_of_ours, staff_page, tell_now, told_bars
from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, act, act_by_form

METHODS = AND_WRITES


@require_http_methods(METHODS)
@staff_page
@once_per_form
def targets(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The targets of a campaign; one more, or another number."""
    actor, found = campaign_of_ours(request, uuid)
    kinds = list(queries.kinds_of(county_id=found.county_id))
    if request.method != "POST":
        return _page(request, found, TargetForm(kinds=kinds))
    form = TargetForm(request.POST, kinds=kinds)
    return act_by_form(
        request, form=form, url=reverse("campaigns:targets", args=[uuid]), done=_("The target is set."),
        write=lambda data: operations.set_target(
            actor=actor, at=now(), campaign=found, kind=form.chosen_kind(), unit=data["unit"], amount=data["amount"]
        ),
        page=lambda refused: _page(request, queries.campaign_by_uuid(uuid=uuid), refused),
    )  # fmt: skip


def _page(request: HttpRequest, found: Campaign, form: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        "campaign": found,
        "bars": told_bars(queries.bars(campaign=found)),
        "form": form if found.state == CampaignState.DRAFT else None,
        "may_share": found.state in IN_HAND,
        "has_below": bool(queries.townships_of(campaign=found)),
        "back_url": reverse("campaigns:campaign", args=[found.uuid]),
    }
    return render(request, "campaigns/targets.html", context)


@require_POST
@staff_page
@once_per_form
def remove(request: HttpRequest, uuid: UUID, target: UUID) -> HttpResponse:
    """Take a target out of a draft."""
    actor, found = campaign_of_ours(request, uuid)
    row = queries.target_by_uuid(campaign=found, uuid=target)
    return act(
        request, url=reverse("campaigns:targets", args=[uuid]), done=_("The target is taken out."),
        write=lambda: operations.remove_target(actor=actor, at=now(), campaign=found, target=row),
    )  # fmt: skip


@require_http_methods(METHODS)
@staff_page
@once_per_form
def shares(request: HttpRequest, uuid: UUID, target: UUID) -> HttpResponse:
    """Share a target out to the places below."""
    actor, found = campaign_of_ours(request, uuid)
    row = queries.target_by_uuid(campaign=found, uuid=target)
    places = queries.townships_of(campaign=found)
    known = {str(share.place.uuid): share.amount for share in row.allotments.select_related("place")}
    back_url = reverse("campaigns:targets", args=[uuid])

    def page(form: forms.Form) -> HttpResponse:
        current = queries.campaign_by_uuid(uuid=uuid)
        if form.is_bound and current.turn != found.turn:
            tell_now(form, dict.fromkeys(form.fields) | known)
        bar = next(each for each in told_bars(queries.bars(campaign=found)) if each.bar.target.pk == row.pk)
        context = {"campaign": current, "target": row, "told": bar, "form": form, "back_url": back_url}
        return render(request, "campaigns/shares.html", context)

    if request.method != "POST":
        return page(SharesForm(places=places, initial=known))
    form = SharesForm(request.POST, places=places)
    return act_by_form(
        request, form=form, url=back_url, done=_("The shares are kept."), page=page,
        write=lambda _data: operations.share_out(
            actor=actor, at=now(), campaign=found, target=row, shares=form.shares()
        ),
    )  # fmt: skip
