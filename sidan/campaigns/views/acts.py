"""What is done with a campaign or a stop by a button or a small form."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sidan.activities.queries import activity_by_uuid
from sidan.campaigns import operations, queries
from sidan.campaigns.forms import ActivityForm, OrderForm, RecordForm, StopChoiceForm, WhenForm, WhyForm
from sidan.campaigns.models import Stop
from sidan.campaigns.operations import OrderNotFitting, Told
from sidan.campaigns.permissions import STOP_PHOTO
from sidan.campaigns.views import desk, stops
from sidan.campaigns.views.shared import campaign_as_read, staff_page, stop_of, stop_url, upload_of
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.errors import NotFound
from sidan.core.idempotency import once_per_form
from sidan.core.pages import View, act, act_by_form
from sidan.core.requests import actor_of
from sidan.files.operations import store_picture
from sidan.orders.queries import order_by_number


def _press(write: Callable[..., object], *, done: str | Promise) -> View:
    """Return the view of one act with a campaign that is a button."""

    @require_POST
    @staff_page
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        actor, found = actor_of(request), campaign_as_read(request, uuid)
        return act(
            request, url=reverse("campaigns:campaign", args=[uuid]), done=done,
            write=lambda: write(actor=actor, at=now(), campaign=found),
        )  # fmt: skip

    return view


announce = _press(
    operations.announce_campaign, done=_("Announced: everybody can read it, and the places are told.")
)
run = _press(operations.begin_campaign, done=_("It is under way."))
end = _press(operations.end_campaign, done=_("It is over. It can be taken up again."))
resume = _press(operations.resume_campaign, done=_("It goes on."))
drop = _press(operations.drop_campaign, done=_("Dropped."))


@require_POST
@staff_page
@once_per_form
def stop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Break a campaign off and say why."""
    actor, found = actor_of(request), campaign_as_read(request, uuid)
    return act_by_form(
        request, form=WhyForm(request.POST), done=_("Broken off. It can be taken up again."),
        url=reverse("campaigns:campaign", args=[uuid]),
        write=lambda typed: operations.stop_campaign(actor=actor, at=now(), campaign=found, **typed),
        page=lambda refused: desk.shown(
            request, queries.campaign_by_uuid(uuid=uuid), name="stop_form", form=refused
        ),
    )  # fmt: skip


def _by_form(
    request: HttpRequest, found: Stop, *, form: forms.Form, name: str, done: str | Promise,
    write: Callable[[], object],
) -> HttpResponse:  # fmt: skip
    """Do one act with a stop by a form of its page."""
    return act_by_form(
        request, form=form, done=done, url=stop_url(found), write=lambda _data: write(),
        page=lambda refused: stops.shown(
            request, queries.stop_by_uuid(uuid=found.uuid, campaign=found.campaign), name=name, form=refused
        ),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def record_stop(request: HttpRequest, uuid: UUID, stop: UUID) -> HttpResponse:
    """Write down on the spot what came of a stop."""
    actor, found = stop_of(request, uuid, stop)
    form = RecordForm(request.POST, request.FILES)

    def write() -> object:
        upload, at = upload_of(form), now()
        photo = store_picture(actor=actor, at=at, upload=upload.file, purpose=STOP_PHOTO) if upload else None
        return operations.record_stop(actor=actor, at=at, stop=found, told=form.told(), photo=photo)

    return _by_form(
        request, found, form=form, name="record_form", done=_("Written down. Thank you."), write=write
    )


@require_POST
@staff_page
@once_per_form
def prove_activity(request: HttpRequest, uuid: UUID, stop: UUID) -> HttpResponse:
    """Say which activity a stop is: over, it proves it now; to come, as soon as it is filed."""
    actor, found = stop_of(request, uuid, stop)
    form = ActivityForm(request.POST, activities=queries.activities_to_prove(stop=found))

    def write() -> object:
        activity = form.chosen()
        if not operations.is_over(activity):
            return operations.promise_activity(actor=actor, at=now(), stop=found, activity=activity)
        told = _told_beside(form)
        return operations.prove_by_activity(actor=actor, at=now(), stop=found, activity=activity, told=told)

    return _by_form(
        request, found, form=form, name="activity_form", done=_("Kept. What it counts is what was counted there."),
        write=write,
    )  # fmt: skip


def _told_beside(form: forms.Form) -> Told:
    data = form.cleaned_data
    return Told(
        day=business_date(now()), people=data.get("people") or 0, leaflets=data["leaflets"] or 0,
        checks=data["checks"] or 0,
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def prove_order(request: HttpRequest, uuid: UUID, stop: UUID) -> HttpResponse:
    """Say which order a stop was."""
    actor, found = stop_of(request, uuid, stop)
    form = OrderForm(request.POST)

    def write() -> object:
        try:
            order = order_by_number(number=form.cleaned_data["order"])
        except NotFound as missing:
            raise OrderNotFitting from missing
        return operations.prove_by_order(
            actor=actor, at=now(), stop=found, order=order, told=_told_beside(form)
        )

    return _by_form(
        request, found, form=form, name="order_form", done=_("Written down. Thank you."), write=write
    )


@require_POST
@staff_page
@once_per_form
def move(request: HttpRequest, uuid: UUID, stop: UUID) -> HttpResponse:
    """Choose another day or time."""
    actor, found = stop_of(request, uuid, stop)
    form = WhenForm(request.POST)
    return _by_form(
        request, found, form=form, name="move_form", done=_("The stop is moved."),
        write=lambda: operations.move_stop(actor=actor, at=now(), stop=found, **form.cleaned_data),
    )  # fmt: skip


def _stop_press(write: Callable[..., object], *, done: str | Promise) -> View:
    """Return the view of one act with a stop that is a button."""

    @require_POST
    @staff_page
    @once_per_form
    def view(request: HttpRequest, uuid: UUID, stop: UUID) -> HttpResponse:
        actor, found = stop_of(request, uuid, stop)
        return act(
            request, url=stop_url(found), done=done, write=lambda: write(actor=actor, at=now(), stop=found)
        )

    return view


call_off = _stop_press(operations.call_stop_off, done=_("The stop is called off."))
let_go = _stop_press(operations.let_activity_go, done=_("The activity is not this stop any more."))


@require_POST
@staff_page
@once_per_form
def word(request: HttpRequest, uuid: UUID, stop: UUID, record: UUID) -> HttpResponse:
    """Say as a second person that a record is right."""
    actor, found = stop_of(request, uuid, stop)
    row = queries.record_by_uuid(stop=found, uuid=record)
    return act(
        request, url=stop_url(found), done=_("Thank you: it counts now."),
        write=lambda: operations.give_word(actor=actor, at=now(), record=row),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def take_back(request: HttpRequest, uuid: UUID, stop: UUID, record: UUID) -> HttpResponse:
    """Take a record back and say why."""
    actor, found = stop_of(request, uuid, stop)
    row, form = queries.record_by_uuid(stop=found, uuid=record), WhyForm(request.POST)
    return _by_form(
        request, found, form=form, name="back_form", done=_("Taken back: the stop is to come again."),
        write=lambda: operations.take_record_back(
            actor=actor, at=now(), record=row, words=form.cleaned_data["words"]
        ),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def link_activity(request: HttpRequest, activity: UUID) -> HttpResponse:
    """From the page of an activity: say which stop it is."""
    actor, found = actor_of(request), activity_by_uuid(uuid=activity)
    form = StopChoiceForm(request.POST, stops=queries.stops_for(activity=found))
    return act_by_form(
        request, form=form, url=reverse("activities:staff_activity", args=[activity]),
        done=_("Kept. What it counts is what was counted there."),
        write=lambda _data: _linked(actor, form.chosen(), found),
    )  # fmt: skip


def _linked(actor: Actor, stop: Stop, activity: object) -> object:
    write = operations.prove_by_activity if operations.is_over(activity) else operations.promise_activity  # type: ignore[arg-type] # an activity
    return write(actor=actor, at=now(), stop=stop, activity=activity)  # type: ignore[arg-type] # both take an activity
