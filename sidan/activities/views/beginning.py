"""A new rule of what comes again: chosen, shown as a sentence and as the next twelve dates, then begun."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from sidan.activities import operations, queries
from sidan.activities.calendar import Series
from sidan.activities.queries import NEXT_SHOWN
from sidan.activities.sentences import Hours, sentence_of
from sidan.activities.series_forms import COMES, NewSeriesForm
from sidan.activities.views.shared import staff_page
from sidan.activities.words import lunar_date_words
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to, page_or_piece
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.requests import actor_of
from sidan.people.queries import teams_to_choose
from sidan.places.models import Place

LANGUAGES: Final = ("zh-hans", "en")
"""A rule is told in both: one office reads it, another prints it."""


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def new(request: HttpRequest) -> HttpResponse:
    """Hold something again and again."""
    actor, at = actor_of(request), now()
    form = _form(request, actor, at)
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["place"]
        try:
            made = operations.begin_series(
                actor=actor, at=at, place=place, rule=form.rule(), plan=form.plan()
            )
        except REFUSALS as refusal:
            put_errors(form, refusal, field="room")
        else:
            messages.success(
                request, gettext("It comes again now. What is held in the next weeks is announced.")
            )
            return go_to(request, reverse("activities:series", args=[made.uuid]))
    return _page(request, form, at, status=422 if form.errors else 200)


@require_POST
@staff_page
def dates(request: HttpRequest) -> HttpResponse:
    """What was chosen as a sentence and as dates; nothing is written. With a script only that piece is asked for."""
    actor, at = actor_of(request), now()
    form = _form(request, actor, at)
    if form.is_only_switched:
        form.errors.clear()
    else:
        form.keep_problems_of_the_rule()
    return _page(request, form, at)


def _form(request: HttpRequest, actor: Actor, at: datetime) -> NewSeriesForm:
    asked = request.GET.get("comes", "")
    initial = {"comes": asked if asked in COMES else "week", "first": business_date(at), "gives_way": "any"}
    return NewSeriesForm(
        request.POST if request.method == "POST" else None, initial=initial,
        places=queries.places_to_announce(actor=actor), teams=teams_to_choose(),
        leads=queries.leads_to_choose(actor=actor), rooms=queries.rooms_to_choose(actor=actor),
    )  # fmt: skip


def _page(request: HttpRequest, form: NewSeriesForm, at: datetime, *, status: int = 200) -> HttpResponse:
    series = form.series()
    context: dict[str, Any] = {
        "form": form,
        "ways": [{"code": way, "label": words, "active": way == form.way} for way, words in COMES.items()],
        "back_url": reverse("activities:series_list"),
        "shown": _shown(request, form, series, at) if series else None,
    }
    return page_or_piece(
        request, page="activities/series_form.html", piece="activities/_dates.html", context=context, status=status
    )  # fmt: skip


def _shown(request: HttpRequest, form: NewSeriesForm, series: Series, at: datetime) -> dict[str, Any]:
    """Return the rule in both languages, and the next times; what is left out stays to be seen, and taken back."""
    data, out = form.cleaned_data, series.exceptions
    begins, ends = data.get("begins"), data.get("ends")
    hours = Hours(begins, ends) if begins and ends else None
    sentences = []
    for language in sorted(LANGUAGES, key=lambda each: each != translation.get_language()):
        with translation.override(language):
            sentences.append((language, sentence_of(series, today=business_date(at), hours=hours)))
    place = data.get("place") or queries.places_to_announce(actor=actor_of(request)).first()
    days = queries.next_days(
        series=replace(series, exceptions={}), place_id=place.pk, at=at, count=NEXT_SHOWN + len(out)
    ) if isinstance(place, Place) else []  # fmt: skip
    return {
        "sentences": sentences,
        "days": [
            {"of": one.of, "day": one.day, "lunar": lunar_date_words(one.day), "is_out": one.of in out} for one in days
        ],
    }  # fmt: skip
