"""What I want sent: by which way, how gathered, and not at night."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.requests import actor_of
from sidan.notify import operations, queries
from sidan.notify.addresses import recipients
from sidan.notify.channels import active_channels, sends_to
from sidan.notify.enums import Address
from sidan.notify.forms import MessagesForm


def ways_here() -> list[Address]:
    """Return by what people can be reached in this installation."""
    there = {channel.address_kind for channel in active_channels().values()}
    return [way for way in Address if way in there]


def ways_of(account_id: int) -> list[Address]:
    """Return by what the reader can be reached: e-mail only with an address that was confirmed."""
    ways = ways_here()
    if Address.EMAIL in ways and not recipients([account_id], Address.EMAIL):
        ways.remove(Address.EMAIL)
    return ways


@require_http_methods(AND_WRITES)
def choose(request: HttpRequest) -> HttpResponse:
    """The table of topics and ways, quiet hours and gathering."""
    actor = actor_of(request)
    account_id = actor.account_id or 0
    before = queries.choices_of(account_ids=[account_id]).get(account_id, queries.Choices())
    ways = ways_of(account_id)
    form = MessagesForm(request.POST or None, choices=before, ways=ways)
    if request.method == "POST" and form.is_valid():
        try:
            operations.choose_messages(actor=actor, at=now(), chosen=form.chosen(before=before))
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The changes are kept."))
            return go_to(request, request.path)
    context = {"form": form, "wants_email": Address.EMAIL not in ways and sends_to(Address.EMAIL)}
    status = 422 if form.is_bound else 200
    return render(request, "notify/choose.html", context, status=status)
