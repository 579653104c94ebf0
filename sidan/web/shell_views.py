"""The style guide: every part of the look on one page, for those who build and judge it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sidan.core.clock import now
from sidan.web import samples


@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every part, in the console's frame or (`?face=portal`) in the portal's; not in production."""
    if settings.MODE == "production":
        raise Http404
    context = samples.style_guide(at=now(), refused=request.GET.get("form") == "refused")
    template = "web/style_portal.html" if request.GET.get("face") == "portal" else "web/style.html"
    return render(request, template, context)
