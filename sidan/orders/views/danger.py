"""Listening while somebody types: the answer comes before anything is sent, and nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from sidan.orders.words import calls_for

READ = 1000


@require_POST
def danger(request: HttpRequest) -> HttpResponse:
    """Return whom to call at once by the words typed so far; an empty answer when they speak of no danger.

    They come alone, under the name of their box, whatever it is; `staff` in the address says who types.
    """
    said = next((words for name, words in request.POST.items() if name != "csrfmiddlewaretoken"), "")
    context = {"calls": calls_for(str(said)[:READ]), "staff": "staff" in request.GET}
    return render(request, "orders/portal/_danger.html", context)
