"""What the pages of mediation have in common."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from sidan.orders.hearing import HearingForm
from sidan.orders.telling import call_at_once


def tell_whom_to_call(request: HttpRequest, form: forms.Form) -> None:
    """Say on the next page whom to call by what was just kept; nothing of it leaves the case."""
    if isinstance(form, HearingForm) and (told := call_at_once(form.words_heard)):
        messages.error(request, told)
