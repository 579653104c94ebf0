"""What everybody sees: the stars and titles of a county, what is on public notice, objecting; and one's own honours."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.core.clock import business_date, now
from sidan.core.errors import NotFound
from sidan.core.idempotency import once_per_form
from sidan.core.lists import filter_chips, page_of
from sidan.core.pages import AND_WRITES, View, act, act_by_form
from sidan.core.requests import actor_of, asker_of
from sidan.honours import operations, queries
from sidan.honours.enums import HonourKind, ProposalState
from sidan.honours.forms import WordsForm
from sidan.honours.models import Proposal
from sidan.honours.views.awards import award_filter, years_shown
from sidan.people.permissions import require_signed_in
from sidan.places.nearby import place_near
from sidan.places.queries import places_to_filter


@require_safe
def honours(request: HttpRequest) -> HttpResponse:
    """This year's stars and titles of one's county, and what is on public notice."""
    near = place_near(request)
    county_id = (near.county_id or None) if near else None
    chosen = award_filter(request)
    year = chosen.year or business_date(now()).year
    wanted = queries.AwardFilter(query=chosen.query, kind=chosen.kind, year=year, place_id=chosen.place_id)
    context = {
        "here": near.county if near and near.county_id else near,
        "notices": queries.notices_running(county_id=county_id),
        "page": page_of(request, rows=queries.honours_public(county_id=county_id, wanted=wanted), sort="-id"),
        "filters": filter_chips(
            request, name="kind", choices=HonourKind.choices, everything=pgettext_lazy("honours", "All")
        ),
        "query": chosen.query,
        "chosen": chosen,
        "years": years_shown(),
        "year": str(year),
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=[county_id]) if county_id else [],
        "is_filtered": bool(chosen.query or chosen.kind or chosen.place_id or chosen.year),
    }
    return render(request, "honours/honours.html", context)


@require_safe
def notice(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One public notice: who is to be given what, from when to when, and how to object.

    Whoever objected to a name reads what became of it also after the notice was taken off; the names nobody reads then.
    """
    account_id = asker_of(request).account_id
    if past := queries.objections_to_dropped(uuid=uuid, account_id=account_id):
        context: dict[str, Any] = {"proposal": past[0].proposal, "own": past}
        return render(request, "honours/notice_taken_off.html", context)
    found = _public(uuid)
    context = {
        "proposal": found,
        "is_over": found.is_over(now()),
        "page": page_of(request, rows=queries.nominees_of(proposal=found), sort="id"),
        "own": queries.objections_by(proposal=found, account_id=account_id),
        "may_object": found.state == ProposalState.NOTICED and not found.is_over(now()),
    }
    return render(request, "honours/notice.html", context)


@require_http_methods(AND_WRITES)
@once_per_form
def object_to(request: HttpRequest, uuid: UUID, nominee: UUID) -> HttpResponse:
    """Say why a name should not stand there."""
    actor = actor_of(request)
    require_signed_in(actor=actor)
    found = _public(uuid)
    named = queries.nominee_by_uuid(proposal=found, uuid=nominee)

    def page(form: forms.Form) -> HttpResponse:
        context = {
            "proposal": found,
            "nominee": named,
            "form": form,
            "back_url": reverse("honours:notice", args=[uuid]),
        }
        return render(request, "honours/object.html", context)

    if request.method != "POST":
        return page(WordsForm())
    return act_by_form(
        request, form=WordsForm(request.POST), url=reverse("honours:notice", args=[uuid]), page=page,
        done=_("Thank you. The office looks into it and answers you; nothing is given before."),
        write=lambda typed: operations.object_to(actor=actor, at=now(), nominee=named, **typed),
    )  # fmt: skip


def _public(uuid: UUID) -> Proposal:
    found = queries.proposal_by_uuid(uuid=uuid)
    if found.state not in {ProposalState.NOTICED, ProposalState.AWARDED}:
        raise NotFound
    return found


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My stars and titles, where I stand on notice, and how my name is read."""
    _account, person_id = require_signed_in(actor=actor_of(request))
    context: dict[str, Any] = {
        "awards": queries.awards_of_person(person_id=person_id),
        "notices": queries.notices_about(person_id=person_id),
        "shows_name": queries.shows_name(person_id=person_id),
    }
    return render(request, "honours/my_honours.html", context)


def _choose(write: Callable[..., object], *, done: str | Promise) -> View:
    @require_POST
    @once_per_form
    def view(request: HttpRequest) -> HttpResponse:
        return act(
            request, url=reverse("honours:my_honours"), done=done,
            write=lambda: write(actor=actor_of(request), at=now()),
        )  # fmt: skip

    return view


show_name = _choose(operations.show_name, done=_("Your whole name is read on lists of honours."))
hide_name = _choose(operations.hide_name, done=_("A part of your name is hidden on lists of honours."))
