"""The wall for everybody; my wishes; one wish; adopting, giving back, reporting, taking back."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import filter_chips, query_of
from sidan.core.pages import AND_WRITES, REFUSALS, act_by_form, keep_typed, put_errors
from sidan.core.pagination import keyset_page
from sidan.core.requests import actor_of, asker_of
from sidan.people.models import Team
from sidan.places.nearby import place_near
from sidan.wishes import operations, queries
from sidan.wishes.enums import ForWhom
from sidan.wishes.forms import AdoptForm, FulfilForm, ShareForm, WishForm, WordsForm
from sidan.wishes.models import Adoption, Wish
from sidan.wishes.permissions import adoption_of, may_handle
from sidan.wishes.views.shared import photo_of, told_steps

PAGE_SIZE: Final = 24
GIVEN_BACK: Final = _("You gave the wish back. The office looks after it; thank you for telling us.")
CHIPS: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("", _("Waiting for you")),
    ("adopted", _("Adopted")),
    ("fulfilled", _("Came true")),
)


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """The wall of wishes: public sentences, nothing of anybody."""
    near, words, whom = place_near(request), query_of(request), request.GET.get("whom", "")
    whom = whom if whom in ForWhom.values else ""
    rows = queries.wall(near=near, chip=request.GET.get("chip", ""), for_whom=whom, text=words)
    context = {
        "page": keyset_page(
            rows=rows, sort="-id", cursor=request.GET.get("cursor") or None, limit=PAGE_SIZE
        ),
        "filters": filter_chips(request, name="chip", choices=list(CHIPS[1:]), everything=CHIPS[0][1]),
        "query": words,
        "chosen": whom,
        "whom": ForWhom.choices,
        "here": near,
        "is_signed_in": asker_of(request).is_signed_in,
    }  # fmt: skip
    return render(request, "wishes/wall.html", context)


@require_http_methods(AND_WRITES)
@once_per_form
def new(request: HttpRequest) -> HttpResponse:
    """Make a wish."""
    actor = actor_of(request)
    form = WishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.make_wish(actor=actor, at=now(), told=told_of(form))
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(
                request, str(_("We have your wish. You will get a message when there is an answer."))
            )
            return go_to(request, reverse("wishes:wish", args=[made.uuid]))
    return render(request, "wishes/new.html", {"form": form}, status=422 if form.errors else 200)


def told_of(form: WishForm) -> operations.NewWish:
    """Return what a form holds as operations take it."""
    data = form.cleaned_data
    return operations.NewWish(
        words=data["words"], for_whom=data["for_whom"], wished_by=data["wished_by"],
        contact_name=data["contact_name"], contact_phone=data["contact_phone"],
    )  # fmt: skip


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I wished for, and what I adopted."""
    actor = actor_of(request)
    rows = queries.my_wishes(actor=actor)
    context = {
        "page": keyset_page(rows=rows, sort="-id", cursor=request.GET.get("cursor") or None, limit=PAGE_SIZE),
        "adopted": list(queries.my_adoptions(actor=actor).order_by("-id")[:PAGE_SIZE]),
    }  # fmt: skip
    return render(request, "wishes/mine.html", context)


@require_safe
def wish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One wish: to everybody its sentence; to the wisher all of it; to who adopted it what to do next."""
    return _shown(request, uuid)


def _shown(
    request: HttpRequest, uuid: UUID, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    """Show one wish as it is now; a refused form stands under its `name`."""
    actor = asker_of(request)
    found = queries.wish_by_uuid(uuid=uuid)
    is_own = actor.person_id is not None and found.wisher_id == actor.person_id
    adoption = adoption_of(actor=actor, wish=found) if actor.is_signed_in else None
    links, tells_share = queries.links_of(wish=found), _tells_share(actor, found, adoption)
    context: dict[str, Any] = {
        "wish": found,
        "is_own": is_own,
        "text": queries.full_text(actor=actor, wish=found) if is_own else None,
        "adoption": adoption,
        "slots": queries.open_slots(wish=found),
        "links": links,
        "may_withdraw": is_own and queries.is_free_to_withdraw(wish=found, links=links),
        "steps": told_steps(queries.history(wish=found, reader=actor)) if is_own or adoption else [],
        "looks": queries.looks_at(wish=found, reader=actor),
        "office_phone": queries.has_office_contact(wish=found),
        "is_signed_in": actor.is_signed_in,
        "adopt_form": AdoptForm(teams=_led(actor)),
        "tells_share": tells_share,
        "awaits_visit": adoption is not None and queries.has_visit_to_come(wish=found),
        "fulfil_form": (ShareForm if tells_share else FulfilForm)(auto_id="fulfil_%s"),
        "words_form": WordsForm(auto_id="release_%s"),
    }
    keep_typed(context, name=name, form=form)
    return render(request, "wishes/wish.html", context)


def _tells_share(actor: Actor, found: Wish, adoption: Adoption | None) -> bool:
    """Tell whether the actor reports a share; the office, and the last adopter if nobody comes, that it came true."""
    if adoption is None or may_handle(actor=actor, wish=found):
        return False
    return not queries.comes_true_with(adoption=adoption, wish=found)


def _led(actor: Actor) -> list[Team]:
    return list(Team.objects.filter(pk__in=actor.led_team_ids, state="active").order_by("pinyin", "id"))


def _here(found: Wish) -> str:
    return reverse("wishes:wish", args=[found.uuid])


@require_POST
@once_per_form
def adopt(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Adopt a wish."""
    actor, found = actor_of(request), queries.wish_by_uuid(uuid=uuid)

    def write(data: dict[str, Any]) -> object:
        return operations.adopt_wish(actor=actor, at=now(), wish=found, team_uuid=data.get("team"))

    return act_by_form(
        request, form=AdoptForm(request.POST, teams=_led(actor)), url=_here(found), write=write,
        done=_("Thank you! The office calls you and brings you together."),
        page=lambda refused: _shown(request, uuid, name="adopt_form", form=refused),
    )  # fmt: skip


@require_POST
@once_per_form
def release(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give an adopted wish back."""
    actor, found = actor_of(request), queries.wish_by_uuid(uuid=uuid)

    def write(data: dict[str, Any]) -> object:
        return operations.release_adoption(actor=actor, at=now(), wish=found, words=data["words"])

    return act_by_form(
        request, form=WordsForm(request.POST), url=reverse("wishes:mine"), write=write, done=GIVEN_BACK,
        page=lambda refused: _shown(request, uuid, name="words_form", form=refused),
    )  # fmt: skip


@require_POST
@once_per_form
def fulfil(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Report that a wish came true; of several adopters each that their share is done."""
    actor, found = actor_of(request), queries.wish_by_uuid(uuid=uuid)
    operations.require_fulfilling(actor=actor, wish=found)

    def write(data: dict[str, Any]) -> object:
        at = now()
        photo = photo_of(actor, data.get("photo"), at=at)
        return operations.fulfil_wish(actor=actor, at=at, wish=found, words=data["words"], photo=photo)

    tells_share = _tells_share(actor, found, adoption_of(actor=actor, wish=found))
    form = (ShareForm if tells_share else FulfilForm)(request.POST, request.FILES)
    done = _("How good! The person and the office are told.")
    return act_by_form(
        request, form=form, url=_here(found), write=write, done=done,
        page=lambda refused: _shown(request, uuid, name="fulfil_form", form=refused),
    )  # fmt: skip


@require_POST
@once_per_form
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take one's wish back."""
    actor, found = actor_of(request), queries.wish_by_uuid(uuid=uuid)

    def write(_data: dict[str, Any]) -> object:
        return operations.withdraw_wish(actor=actor, at=now(), wish=found)

    done = _("Your wish was taken back.")
    return act_by_form(request, form=WordsForm(request.POST), url=_here(found), write=write, done=done)
