"""What staff do with a wish: one address a verb, and back to its page."""

from collections.abc import Callable
from datetime import datetime
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
from sidan.core.pages import View, act, act_by_form, staff_page
from sidan.core.requests import actor_of, as_read
from sidan.orders.operations import Wish as WishedOrder
from sidan.people.models import Team
from sidan.wishes import operations, queries
from sidan.wishes.forms import (
    AnswerForm,
    FulfilForm,
    OrderForm,
    ProjectForm,
    PublicForm,
    PublishForm,
    ReleaseForm,
    ThanksForm,
    WordsForm,
)
from sidan.wishes.models import Wish
from sidan.wishes.permissions import require_desk, require_handling
from sidan.wishes.policies import wished_until
from sidan.wishes.views.desk import shown
from sidan.wishes.views.shared import photo_of


@require_POST
@staff_page(require_desk, public=False)
def look(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show who wishes and how to reach them; that one looked is written down."""
    found = queries.wish_by_uuid(uuid=uuid)
    person = operations.look_at_words(actor=actor_of(request), at=now(), wish=found)
    return shown(request, found, person=person)


@require_POST
@staff_page(require_desk, public=False)
def ask_project(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask who manages the library for a service because of this wish."""
    return act(
        request,
        url=reverse("wishes:staff_wish", args=[uuid]),
        done=_("They were told, and find the wish by it."),
        write=lambda: operations.ask_for_project(
            actor=actor_of(request), at=now(), wish=queries.wish_by_uuid(uuid=uuid)
        ),
    )


def _act(
    form: Callable[..., forms.Form],
    write: Callable[..., object],
    *,
    name: str,
    done: str | Promise,
    choices: Callable[[Wish], dict[str, Any]] = lambda _wish: {},
) -> View:
    """Return the view of one act: `write` takes the fields of the form by their names, which may offer `choices`.

    A refused form is shown under its `name` on the page of the wish, with what was typed.
    """

    @require_POST
    @staff_page(require_desk, public=False)
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        actor, found = actor_of(request), as_read(request, queries.wish_by_uuid(uuid=uuid))
        require_handling(actor=actor, wish=found)
        sent = form(request.POST, request.FILES, **choices(found))
        return act_by_form(
            request, form=sent, done=done, url=reverse("wishes:staff_wish", args=[uuid]),
            write=lambda typed: _asking(sent, lambda: write(actor=actor, at=now(), wish=found, **typed)),
            page=lambda refused: shown(request, queries.wish_by_uuid(uuid=uuid), name=name, form=refused),
        )  # fmt: skip

    return view


def _asking(sent: forms.Form, write: Callable[[], object]) -> object:
    """Do it; words for the wall that nobody has read yet are shown by their form before they hang there."""
    try:
        return write()
    except operations.SentenceNotRead as unread:
        if isinstance(sent, PublicForm):
            sent.ask(unread)
        raise
    except operations.PictureNotAgreed:
        if isinstance(sent, PublicForm):
            sent.ask_again()
        raise


def _order(
    *, actor: Actor, at: datetime, wish: Wish, service: UUID, wished_from: datetime, need: str
) -> object:
    wanted = WishedOrder(
        project_uuid=service, wished_from=wished_from, wished_to=wished_until(wished_from), need=need,
        contact=operations.contact_of(wish=wish),
    )  # fmt: skip
    return operations.order_for_wish(actor=actor, at=at, wish=wish, wanted=wanted)


def _draft(
    *, actor: Actor, at: datetime, wish: Wish, title: str, category: str, team: Team, summary: str
) -> object:
    kind = Category.objects.get(code=category)
    text = ProjectText(title=title, category=kind, team=team, area=wish.place, summary=summary)
    return operations.draft_project(actor=actor, at=at, wish=wish, text=text)


def _fulfil(*, actor: Actor, at: datetime, wish: Wish, words: str, photo: Any) -> object:
    kept = photo_of(actor, photo, at=at)
    return operations.fulfil_wish(actor=actor, at=at, wish=wish, words=words, photo=kept)


def _thanks_alone(*, actor: Actor, at: datetime, wish: Wish, thanks: str, read: str, agreed: bool) -> object:
    """Hang up the sentence; that a picture was agreed to counts only where the picture is hung up."""
    return operations.show_thanks(actor=actor, at=at, wish=wish, thanks=thanks, read=read)


publish = _act(PublishForm, operations.publish_wish, name="publish_form", done=_("It hangs on the wall."))
take_down = _act(WordsForm, operations.take_down_wish, name="down_form", done=_("It was taken off the wall."))
answer = _act(AnswerForm, operations.answer_wish, name="answer_form", done=_("The answer was sent."))
order = _act(
    OrderForm, _order, name="order_form", done=_("The order was placed and is linked here."),
    choices=lambda wish: {"services": queries.services_for(wish=wish, today=business_date(now()))},
)  # fmt: skip
project = _act(
    ProjectForm, _draft, name="project_form", done=_("The draft stands in the library."),
    choices=lambda wish: {"teams": queries.teams_for_project(wish=wish)},
)  # fmt: skip
# Staff free a wish from an adopter who does not answer.
release = _act(
    ReleaseForm, operations.release_adoption, name="release_form", done=_("The adopter is free of it, and was told."),
    choices=lambda wish: {"adoptions": queries.links_of(wish=wish).adoptions},
)  # fmt: skip
fulfil = _act(FulfilForm, _fulfil, name="fulfil_form", done=_("How good! The person is told."))
thanks = _act(ThanksForm, _thanks_alone, name="thanks_form", done=_("The wall tells of it."))
thanks_with_picture = _act(
    ThanksForm, operations.show_thanks_with_picture, name="thanks_form",
    done=_("The wall tells of it, with the picture."),
)  # fmt: skip
hide_picture = _act(
    WordsForm, operations.hide_picture, name="hide_picture_form", done=_("The picture was taken off the wall.")
)  # fmt: skip
hide_thanks = _act(
    WordsForm, operations.hide_thanks, name="hide_thanks_form", done=_("It was taken off the wall.")
)  # fmt: skip
