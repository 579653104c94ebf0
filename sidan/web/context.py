"""What the shell around every page needs to know. Everything is worked out only when a template asks for it."""

from functools import cached_property
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from sidan.core.actor import Actor
from sidan.core.requests import asker_of, on_phone
from sidan.notify.queries import UNREAD_SHOWN_TO, unread_count
from sidan.people.enums import STAFF_ROLES, Role
from sidan.places.models import Place
from sidan.places.nearby import place_near
from sidan.web import navigation
from sidan.web.models import SavedView
from sidan.web.saved_views import shown_view, views_of

SIZE_COOKIE: Final = "sidan_size"
THEME_COOKIE: Final = "sidan_theme"
THEMES: Final = ("paper", "dark")
LARGE: Final = "large"
SIZES: Final = ("normal", LARGE)


class Shell:
    """The frame of a page: whose it is, how it looks, where one can go."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def actor(self) -> Actor:
        """Who reads. A request that was refused early has nobody."""
        return asker_of(self._request)

    @cached_property
    def on_phone(self) -> bool:
        """Whether sections that few look for begin folded."""
        return on_phone(self._request)

    @cached_property
    def place(self) -> Place | None:
        """The place whose services a resident's page shows."""
        return place_near(self._request)

    @cached_property
    def place_above(self) -> Place | None:
        """What the place stands in, where that helps to tell it: a village's township, not a center's city."""
        is_within = self.place is not None and self.place.county_id not in {None, self.place.pk}
        return self.place.parent if self.place is not None and is_within else None

    @cached_property
    def narrowed_label(self) -> str:
        """The place that the console is narrowed to; nothing when it shows all that one has."""
        narrowed = getattr(self._request, "narrowed", None)
        return narrowed.label if narrowed else ""

    @cached_property
    def saved_views(self) -> list[SavedView]:
        """One's own views of the list that is shown: one statement, and only on pages of lists."""
        return views_of(self._request)

    @cached_property
    def view_in_use(self) -> UUID | None:
        """The view whose filters, order and columns are shown."""
        view = shown_view(self._request)
        return view.uuid if view else None

    @cached_property
    def theme(self) -> str:
        """What this device chose last, else what the account has."""
        chosen = self._request.COOKIES.get(THEME_COOKIE, self.actor.theme)
        return chosen if chosen in THEMES else THEMES[0]

    @cached_property
    def size(self) -> str:
        """Large print, or not: what this device chose last, else what the account has."""
        chosen = self._request.COOKIES.get(SIZE_COOKIE, LARGE if self.actor.large_print else "normal")
        return chosen if chosen in SIZES else SIZES[0]

    @cached_property
    def is_large(self) -> bool:
        return self.size == LARGE

    @cached_property
    def language(self) -> str:
        """The language of this page as HTML names it."""
        return "en" if (get_language() or "").startswith("en") else "zh-Hans"

    @cached_property
    def other_language(self) -> str:
        """The language one can switch to, as Django names it."""
        return "zh-hans" if self.language == "en" else "en"

    @cached_property
    def other_language_tag(self) -> str:
        """The same as HTML names it."""
        return "zh-Hans" if self.other_language == "zh-hans" else "en"

    @cached_property
    def portal_tabs(self) -> list[navigation.Link]:
        return navigation.portal_tabs(actor=self.actor, path=self._request.path)

    @cached_property
    def console_nav(self) -> list[navigation.Group]:
        """A page that was opened on the way of another (`?next=`) belongs to the one it leads back to."""
        back = self._request.GET.get("next", "").partition("?")[0]
        path = back if navigation.is_in_rail(back) else self._request.path
        return navigation.console_nav(actor=self.actor, path=path)

    @cached_property
    def works_in_console(self) -> bool:
        """Staff and team leaders have a console."""
        return bool((STAFF_ROLES | {Role.LEADER}) & self.actor.roles) or bool(self.actor.led_team_ids)

    @cached_property
    def search_url(self) -> str:
        return navigation.url_of("catalogue:services")

    @cached_property
    def sign_in_url(self) -> str:
        return navigation.url_of(settings.LOGIN_URL)

    @cached_property
    def sign_out_url(self) -> str:
        return navigation.url_of("people:sign_out")

    @cached_property
    def inbox_url(self) -> str:
        return navigation.url_of("notify:inbox")

    @cached_property
    def unread(self) -> str:
        """The number at the bell; nothing when all is read. One statement, and only on pages that show the bell."""
        unread = unread_count(actor=self.actor)
        return f"{UNREAD_SHOWN_TO}+" if unread > UNREAD_SHOWN_TO else str(unread or "")

    @cached_property
    def here(self) -> str:
        """Where to come back to after a switch of language or size."""
        return self._request.get_full_path() if self._request.method == "GET" else "/"


def shell(request: HttpRequest) -> dict[str, object]:
    """Give every template `shell`."""
    return {"shell": Shell(request)}
