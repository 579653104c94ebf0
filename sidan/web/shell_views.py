"""Two pages of the shell itself: the switches of language, size and colours, and the style guide."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST, require_safe

from sidan.core.clock import now
from sidan.web import samples
from sidan.web.context import SIZE_COOKIE, SIZES, THEME_COOKIE, THEMES

# As long as a phone keeps a cookie at all; nothing in it is personal.
COOKIE_AGE = timedelta(days=365)


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=COOKIE_AGE, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )


@require_POST
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Keep what one chose for this device, and go back to where one was. What is not offered is ignored."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = request.POST
    if chosen.get("size") in SIZES:
        _keep(response, SIZE_COOKIE, chosen["size"])
    if chosen.get("theme") in THEMES:
        _keep(response, THEME_COOKIE, chosen["theme"])
    if chosen.get("language") in dict(settings.LANGUAGES) and check_for_language(chosen["language"]):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, chosen["language"])
    return response


@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every part of the look on one page, for those who build and judge it; not in production."""
    if settings.MODE == "production":
        raise Http404
    context = samples.style_guide(at=now(), refused=request.GET.get("form") == "refused")
    template = "web/style_portal.html" if request.GET.get("face") == "portal" else "web/style.html"
    return render(request, template, context)
