"""What staff do with a wish: one address a verb, and back to its page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sidan.catalogue.models import Category
from sidan.catalogue.operations import ProjectText
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.idempotency import once_per_form
from sidan.core.pages import act_by_form, staff_page
from sidan.core.requests import actor_of
from sidan.orders.operations import Wish as WishedOrder
from sidan.wishes import operations, queries
from sidan.wishes.forms import (
    AnswerForm,
    FulfilForm,
    OrderForm,
    ProjectForm,
    PublishForm,
    ThanksForm,
    WordsForm,
)
from sidan.wishes.models import Wish
from sidan.wishes.permissions import require_desk, require_handling
from sidan.wishes.policies import wished_until
from sidan.wishes.views.desk import shown
from sidan.wishes.views.shared import photo_of


def _ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Wish]:
    """Return who acts, and the wish. Raises NoSuchWish, NotYourWishesDesk."""
    actor, found = actor_of(request), queries.wish_by_uuid(uuid=uuid)
    require_handling(actor=actor, wish=found)
    return actor, found


def _act(
    request: HttpRequest,
    found: Wish,
    *,
    name: str,
    form: forms.Form,
    done: str | Promise,
    write: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Do one write; a refused form is shown under its `name` on the page of the wish, with what was typed."""
    return act_by_form(
        request, form=form, url=reverse("wishes:staff_wish", args=[found.uuid]), done=done, write=write,
        page=lambda refused: shown(request, queries.wish_by_uuid(uuid=found.uuid), name=name, form=refused),
    )  # fmt: skip


@require_POST
@staff_page(require_desk, public=False)
def look(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show who wishes and how to reach them; that one looked is written down."""
    found = queries.wish_by_uuid(uuid=uuid)
    person = operations.look_at_words(actor=actor_of(request), at=now(), wish=found)
    return shown(request, found, person=person)


@require_POST
@staff_page(require_desk, public=False)
@once_per_form
def publish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    actor, found = _ours(request, uuid)

    def write(data: dict[str, Any]) -> object:
        return operations.publish_wish(actor=actor, at=now(), wish=found, **data)

    return _act(
        request,
        found,
        name="publish_form",
        form=PublishForm(request.POST),
        write=write,
        done=_("It hangs on the wall."),
    )


@require_POST
@staff_page(require_desk, public=False)
@once_per_form
def take_down(request: HttpRequest, uuid: UUID) -> HttpResponse:
    actor, found = _ours(request, uuid)

    def write(data: dict[str, Any]) -> object:
        return operations.take_down_wish(actor=actor, at=now(), wish=found, words=data["words"])

    return _act(
        request,
        found,
        name="down_form",
        form=WordsForm(request.POST),
        write=write,
        done=_("It was taken off the wall."),
    )


@require_POST
@staff_page(require_desk, public=False)
@once_per_form
def answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    actor, found = _ours(request, uuid)

    def write(data: dict[str, Any]) -> object:
        return operations.answer_wish(actor=actor, at=now(), wish=found, words=data["words"])

    return _act(
        request,
        found,
        name="answer_form",
        form=AnswerForm(request.POST),
        write=write,
        done=_("The answer was sent."),
    )


@require_POST
@staff_page(require_desk, public=False)
@once_per_form
def order(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Place an order for the wisher."""
    actor, found = _ours(request, uuid)
    services = queries.services_for(wish=found, today=business_date(now()))

    def write(data: dict[str, Any]) -> object:
        wanted = WishedOrder(
            project_uuid=data["service"], wished_from=data["wished_from"],
            wished_to=wished_until(data["wished_from"]),
            need=data["need"], contact=operations.contact_of(wish=found),
        )  # fmt: skip
        return operations.order_for_wish(actor=actor, at=now(), wish=found, wanted=wanted)

    form = OrderForm(request.POST, services=services)
    return _act(
        request,
        found,
        name="order_form",
        form=form,
        write=write,
        done=_("The order was placed and is linked here."),
    )


@require_POST
@staff_page(require_desk, public=False)
@once_per_form
def project(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Draft a new service."""
    actor, found = _ours(request, uuid)

    def write(data: dict[str, Any]) -> object:
        category = Category.objects.get(code=data["category"])
        text = ProjectText(
            title=data["title"], category=category, team=data["team"], area=found.place, summary=data["summary"]
        )  # fmt: skip
        return operations.draft_project(actor=actor, at=now(), wish=found, text=text)

    form = ProjectForm(request.POST, teams=queries.teams_for_project(wish=found))
    return _act(
        request,
        found,
        name="project_form",
        form=form,
        write=write,
        done=_("The draft stands in the library."),
    )


@require_POST
@staff_page(require_desk, public=False)
@once_per_form
def release(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Free a wish from an adopter who does not answer."""
    actor, found = _ours(request, uuid)

    def write(data: dict[str, Any]) -> object:
        return operations.release_adoption(actor=actor, at=now(), wish=found, words=data["words"])

    return _act(
        request,
        found,
        name="release_form",
        form=WordsForm(request.POST),
        write=write,
        done=_("It waits for somebody else now."),
    )


@require_POST
@staff_page(require_desk, public=False)
@once_per_form
def fulfil(request: HttpRequest, uuid: UUID) -> HttpResponse:
    actor, found = _ours(request, uuid)

    def write(data: dict[str, Any]) -> object:
        at = now()
        photo = photo_of(actor, data["photo"], at=at)
        return operations.fulfil_wish(actor=actor, at=at, wish=found, words=data["words"], photo=photo)

    form = FulfilForm(request.POST, request.FILES)
    return _act(
        request, found, name="fulfil_form", form=form, write=write, done=_("How good! The person is told.")
    )


@require_POST
@staff_page(require_desk, public=False)
@once_per_form
def thanks(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show on the wall how it came true."""
    actor, found = _ours(request, uuid)

    def write(data: dict[str, Any]) -> object:
        return operations.show_thanks(actor=actor, at=now(), wish=found, thanks=data["thanks"])

    return _act(
        request,
        found,
        name="thanks_form",
        form=ThanksForm(request.POST),
        write=write,
        done=_("The wall tells of it."),
    )
