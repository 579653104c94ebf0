"""The shell by itself: a page that says something, a form, and the shell's own addresses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from sidan.core import problems
from sidan.core.errors import Conflict, Unavailable


def conflict(request: HttpRequest) -> HttpResponse:
    raise Conflict


def unavailable(request: HttpRequest) -> HttpResponse:
    raise Unavailable


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of our own")


def question(request: HttpRequest) -> HttpResponse:
    return render(
        request, "web/confirm.html", {"question": "Cancel?", "what": "It ends.", "yes": "Yes", "url": "/x/"}
    )


urlpatterns = [
    path("", include("sidan.web.urls")),
    path("conflict/", conflict),
    path("unavailable/", unavailable),
    path("broken/", broken),
    path("question/", question),
]
handler404 = problems.page_not_found
handler500 = problems.server_error
