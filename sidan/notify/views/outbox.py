"""The outbox in the console: what waits, what was given up and why, and sending it once more."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.pages import act, staff_page
from sidan.core.requests import actor_of
from sidan.notify import operations, queries
from sidan.notify.channels import NoSuchChannel, active_channels
from sidan.notify.enums import DeliveryState, LeftOut
from sidan.notify.kinds import CODE, DIGEST
from sidan.notify.models import Delivery
from sidan.notify.permissions import require_outbox

CHANNELS: Final = {
    "console": gettext_lazy("Sign-in codes (demo: on the terminal)"),
    "console_mail": gettext_lazy("Codes by e-mail (demo: on the terminal)"),
    "demo_sms": gettext_lazy("Text messages (demo: written to the log)"),
    "demo_mail": gettext_lazy("E-mail (demo: written to the log)"),
    "sms": gettext_lazy("Text messages"),
    "email": gettext_lazy("E-mail"),
    "chat": gettext_lazy("Group chat"),
}
SHOWN: Final = (DeliveryState.GIVEN_UP, DeliveryState.WAITING, DeliveryState.SENT)
REASONS: Final = {
    NoSuchChannel.code: gettext_lazy("This installation has no such channel now. It waits for its settings."),
    "too_late": gettext_lazy("It came too late to be of use."),
    "not_filled": gettext_lazy("No worker ran for two days, and it would have come too late."),
    "ConnectionRefusedError": gettext_lazy("Nobody answered at the address."),
    "gaierror": gettext_lazy("The name of the server is not known."),
    "TimeoutError": gettext_lazy("No answer within ten seconds."),
    "http_401": gettext_lazy("The provider does not know our password."),
    "http_403": gettext_lazy("The provider does not let us in."),
    "http_429": gettext_lazy("Too many messages at once for the provider."),
    "http_503": gettext_lazy("The provider is out of service."),
    "unreadable_answer": gettext_lazy("The provider's answer was not what the settings expect."),
    "SMTPRecipientsRefused": gettext_lazy("The mail server does not know the recipient."),
    "apprise": gettext_lazy("The chat did not take it."),
    "bad_address": gettext_lazy("The robot's address is not right."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A message as the list shows it."""

    row: Delivery
    what: str
    channel: str | Promise
    why: str | Promise
    may_be_sent_again: bool


def _why(told: str) -> str | Promise:
    """Return a reason in words; what nobody gave words to is shown as it was told."""
    if told in REASONS:
        return REASONS[told]
    status = told.removeprefix("http_")
    if status != told:
        return _("The provider refused it (answer %(status)s).") % {"status": status}
    return told


def _line(row: Delivery) -> Line:
    what = {CODE: _("Sign-in code"), DIGEST: _("Several notices in one")}.get(row.kind, _("Notice"))
    return Line(
        row=row,
        what=what,
        channel=CHANNELS.get(row.channel, row.channel),
        why=_why(row.last_error),
        may_be_sent_again=row.state == DeliveryState.GIVEN_UP and row.kind != CODE,
    )


@require_safe
@staff_page(require_outbox)
def outbox(request: HttpRequest) -> HttpResponse:
    """How each channel stands, and the messages of one state."""
    state = request.GET.get("state", "")
    state = state if state in DeliveryState.values else DeliveryState.GIVEN_UP
    page = queries.outbox_page(
        actor=actor_of(request), state=state, cursor=request.GET.get("cursor"), channel=_channel(request)
    )
    summary = queries.outbox_summary()
    lines = {line.channel: line for line in summary}
    names = sorted(lines.keys() | active_channels().keys())
    last = queries.last_sent_by(channels=names)
    context = {
        "channels": [(CHANNELS.get(name, name), lines.get(name), last[name]) for name in names],
        "chips": [_chip(each, state, summary) for each in SHOWN],
        "state": state,
        "lines": [_line(row) for row in page.items],
        "left_out": [(LeftOut(why).label, count) for why, count in queries.left_out_lately(at=now())],
        "given_up": sum(line.given_up for line in summary),
        "next_cursor": page.next_cursor,
    }  # fmt: skip
    return render(request, "notify/outbox.html", context)


def _channel(request: HttpRequest) -> str:
    asked = request.GET.get("channel", "")
    return asked if len(asked) <= 20 else ""


def _chip(state: DeliveryState, chosen: str, summary: list[queries.ChannelLine]) -> dict[str, object]:
    counts = {
        DeliveryState.GIVEN_UP: sum(line.given_up for line in summary),
        DeliveryState.WAITING: sum(line.waiting for line in summary),
    }
    return {
        "label": state.label,
        "url": f"?state={state}",
        "active": state == chosen,
        "count": counts.get(state),
        "urgent": state == DeliveryState.GIVEN_UP,
    }


@require_POST
@staff_page(require_outbox)
def send_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Send one message once more."""
    return act(
        request,
        url=reverse("notify:outbox"),
        done=_("It is sent again within a minute, or after the quiet hours of whom it is for."),
        write=lambda: operations.send_again(actor=actor_of(request), at=now(), uuid=uuid),
    )


@require_POST
@staff_page(require_outbox)
def send_all_again(request: HttpRequest) -> HttpResponse:
    """Send everything once more that was given up."""
    count = operations.send_all_again(actor=actor_of(request), at=now())
    sentence = ngettext("%(count)d message is sent again.", "%(count)d messages are sent again.", count)
    messages.success(request, sentence % {"count": count})
    return go_to(request, reverse("notify:outbox"))
