"""The volunteer's installed page: it opens without network, and keeps nothing of people but time and place."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from sidan.attendance.enums import HandReason
from sidan.core.assets import static_url
from sidan.core.offline import worker_answer


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The frame of the page: the same for everybody, so that the telephone may keep it."""
    return render(request, "orders/portal/offline.html", {"reasons": HandReason.choices})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, under the address whose pages it may serve."""
    return worker_answer(request)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone needs to put the page on its first screen."""
    told = {
        "name": _("Sidan: my tasks"),
        "short_name": pgettext("app on a telephone", "My tasks"),
        "start_url": reverse("orders:tasks"),
        "scope": reverse("orders:tasks"),
        "display": "standalone",
        "background_color": "#fbf9f6",
        "theme_color": "#b8232f",
        "icons": [
            {"src": static_url("favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {"src": static_url(f"icon-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png"}
                for side in (192, 512)
            ),
            {
                "src": static_url("icon-maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")
