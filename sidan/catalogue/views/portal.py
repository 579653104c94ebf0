"""What residents see: the services they can order. Open to visitors without an account."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sidan.catalogue import queries
from sidan.catalogue.cards import service_cards
from sidan.catalogue.enums import Mode, ProjectState
from sidan.catalogue.forms import ServiceSearch
from sidan.catalogue.operations.errors import NoSuchProject
from sidan.core.clock import business_date, now
from sidan.core.errors import BadRequest
from sidan.core.htmx import page_or_piece
from sidan.core.requests import asker_of
from sidan.places.nearby import place_near


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """The menu of the visitor's place, by kind, mode and words."""
    place = place_near(request)
    form = ServiceSearch(request.GET)
    if not form.is_valid():
        raise BadRequest
    wanted = queries.MenuFilter(**form.wanted())
    context = {"query": wanted.words, "wanted": wanted, "modes": Mode.choices, "here": place}
    if place is not None:
        today = business_date(now())
        menu = queries.menu_at(
            place_id=place.pk, today=today, wanted=wanted, cursor=form.cleaned_data["cursor"]
        )
        context |= {"menu": menu, "cards": service_cards(menu.cards)}
    return page_or_piece(
        request, page="catalogue/services.html", piece="catalogue/_services.html", context=context
    )


@require_safe
def service(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One service: what it is, who comes, what to prepare, and the button that orders it."""
    project = queries.project_page(uuid=uuid)
    # Drafts have their page in the console; here a project is public or it is not there.
    if project is None or project.state != ProjectState.PUBLISHED:
        raise NoSuchProject
    place = place_near(request)
    is_offered = place is not None and queries.is_offered_at(
        project_id=project.pk, place_id=place.pk, today=business_date(now())
    )
    context = {
        "project": project,
        "photos": project.photos.all(),
        "support_sum": queries.support_sum(project_id=project.pk),
        "audience": queries.audience_words(code=project.category_id),
        "here": place,
        "rooms": queries.rooms_of(project=project, today=business_date(now())),
        "is_offered": is_offered,
        "is_signed_in": asker_of(request).is_signed_in,
    }
    return render(request, "catalogue/service.html", context)
