"""The pages of one's own views of lists: keep one, look after them all."""

from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import BadRequest, Conflict, Forbidden
from sidan.core.ids import read_uuid
from sidan.core.inputs import CleanCharField
from sidan.core.lists import ALL, CURSOR, KEEPING, register_views
from sidan.core.requests import actor_of, asker_of
from sidan.people.enums import STAFF_ROLES, Role
from sidan.places.queries import place_by_uuid, stands_within
from sidan.web import operations
from sidan.web.desk import desk_roles
from sidan.web.models import SavedView

PLACE: Final = "place"
"""How the lists call the place in their address whose rows are shown; the list of places itself says `under`."""
PLACES: Final = (PLACE, "under")
WITHOUT_PLACE: Final = gettext_lazy(
    "The view “%(name)s” asks for a place that is not among yours now: it is shown without the place. "
    "Keep it anew under its name, or throw it away:"
)
WHOLE_LIST: Final = gettext_lazy(
    "The view “%(name)s” asks for something that is no longer there: the whole list is shown. "
    "Keep it anew under its name, or throw it away:"
)
OVERSEEING: Final = frozenset(STAFF_ROLES | {Role.LEADER})


class NameForm(forms.Form):
    """What a view is called."""

    name = CleanCharField(max_length=30, label=gettext_lazy("Name of the view"))


class KeepForm(NameForm):
    """A view as it is kept."""

    page = forms.CharField(max_length=80)
    query = forms.CharField(max_length=1000, required=False)


class Nameless(Conflict):
    """Told on the list, where the field is."""

    code = "view_nameless"
    sentence = gettext_lazy("Please give the view a name of at most 30 characters.")


def _name(form: NameForm) -> str:
    """Return what a view is to be called. Raises Nameless."""
    if not form.is_valid():
        raise Nameless
    name: str = form.cleaned_data["name"]
    return name


@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """All one's views, list by list."""
    actor = _worker(request)
    rows = SavedView.objects.filter(account=actor.account_id).order_by("page", "id")
    shown = [(view, url) for view in rows if (url := address_of(view))]
    return render(request, "web/views.html", {"views": shown})


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the list that is shown."""
    actor, form = _worker(request), KeepForm(request.POST)
    if form.errors.keys() - {"name"}:
        raise BadRequest
    page, query = form.cleaned_data["page"], plain_query(QueryDict(form.cleaned_data["query"]))
    path = _path(page)
    try:
        operations.keep_view(actor=actor, at=now(), page=page, name=_name(form), query=query)
    except Conflict as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The view “%(name)s” is kept.") % {"name": form.cleaned_data["name"]})
    return redirect(f"{path}?{query or 'all=1'}")


@require_POST
def rename(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give a view another name."""
    actor, form = _worker(request), NameForm(request.POST)
    try:
        operations.rename_view(actor=actor, at=now(), uuid=uuid, name=_name(form))
    except Conflict as refusal:
        messages.error(request, str(refusal))
    return redirect("web:views")


@require_POST
def begin_with(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open the list with this view from now on."""
    operations.make_default(actor=_worker(request), at=now(), uuid=uuid)
    return redirect("web:views")


@require_POST
def begin_plain(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open the list as it is again."""
    operations.end_default(actor=_worker(request), at=now(), uuid=uuid)
    return redirect("web:views")


@require_POST
def throw_away(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Remove a view."""
    operations.throw_view_away(actor=_worker(request), at=now(), uuid=uuid)
    messages.success(request, _("The view is gone."))
    return redirect("web:views")


def plain_query(query: QueryDict) -> str:
    """Return what of an address makes a view: not how far one has read, nor that rows were counted."""
    kept = query.copy()
    for name in (CURSOR, *KEEPING):
        kept.pop(name, None)
    return kept.urlencode()


def address_of(view: SavedView) -> str:
    """Return where a view is opened; nothing when its list is no longer part of the installation."""
    try:
        return f"{reverse(view.page)}?{view.query or 'all=1'}"
    except NoReverseMatch:
        return ""


def views_of(request: HttpRequest) -> list[SavedView]:
    """Return the reader's views of the list that is asked for: one statement, however often it is asked."""
    known: list[SavedView] | None = getattr(request, "saved_views", None)
    actor, match = asker_of(request), request.resolver_match
    if known is None:
        is_known = match is not None and actor.is_signed_in
        rows = SavedView.objects.filter(account=actor.account_id, page=match.view_name if match else "")
        known = list(rows) if is_known else []
        request.saved_views = known  # type: ignore[attr-defined] # Django's request has no place for it
    return known


def shown_view(request: HttpRequest) -> SavedView | None:
    """Return the reader's view that the address asks for."""
    shown = plain_query(request.GET)
    return next((view for view in views_of(request) if view.query == shown), None)


class Keeper:
    """What the lists ask of the views that were kept."""

    def default_view(self, request: HttpRequest) -> str:
        """Return the address part with which a list is opened; nothing where it is opened as it is."""
        return next((view.query for view in views_of(request) if view.is_default), "")

    def asks_too_far(self, request: HttpRequest) -> bool:
        """Tell whether a kept view is shown that asks for a place outside what the reader has now."""
        uuid = read_uuid(request.GET.get(PLACE))
        roots = asker_of(request).places_where(OVERSEEING)
        if uuid is None or not roots or shown_view(request) is None:
            return False
        place = place_by_uuid(uuid=uuid)
        return place is None or not stands_within(place_id=place.pk, root_ids=roots)

    def mended(self, request: HttpRequest) -> str:
        """Return the address part that shows a view without its place, else the whole list, and say so."""
        view = shown_view(request)
        if view is None or not view.query or CURSOR in request.GET:
            return ""  # the list itself is refused, or how far one has read in it
        query = QueryDict(view.query, mutable=True)
        asked = [name for name in PLACES if query.pop(name, None)]
        told = (WITHOUT_PLACE if asked else WHOLE_LIST) % {"name": view.name}
        link = format_html('<a class="text-link" href="{}">{}</a>', reverse("web:views"), _("My views"))
        messages.warning(request, format_html("{} {}", told, link))
        return (query.urlencode() if asked else "") or f"{ALL}=1"


def register() -> None:
    """Let lists ask for the views that were kept; called from ready()."""
    register_views(Keeper())


def _path(page: str) -> str:
    try:
        path = reverse(page)
    except NoReverseMatch:
        raise BadRequest from None
    if not path.startswith("/console/"):
        raise BadRequest
    return path


def _worker(request: HttpRequest) -> Actor:
    """Return who keeps views: lists are the console's."""
    actor = actor_of(request)
    if not desk_roles(actor):
        raise Forbidden
    return actor
