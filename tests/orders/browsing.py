"""A browser for each person of the scene, and the moment at which the pages are read."""

import re
from datetime import datetime
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from sidan.core.clock import now
from sidan.people.access import ACCOUNT_KEY, SEEN_KEY, STAMP_KEY, stamp_of
from sidan.people.models import Account
from tests.orders.scene import Scene

PAGES = ("sidan.orders.views.portal", "sidan.orders.views.volunteer", "sidan.orders.views.coming")


def read_pages_at(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Let the pages of the loop read this moment from the clock."""
    for module in PAGES:
        monkeypatch.setattr(f"{module}.now", lambda: at)


def browser(scene: Scene, name: str, *, language: str = "en") -> Client:
    """Return a browser in which this person is signed in."""
    client = Client()
    account = Account.objects.get(pk=scene.accounts[name])
    session = client.session
    session[ACCOUNT_KEY] = account.pk
    session[STAMP_KEY] = stamp_of(account.password)
    session[SEEN_KEY] = int(now().timestamp())
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    client.cookies["django_language"] = language
    return client


def once() -> str:
    """A fresh key of a form."""
    return str(uuid4())


def text_of(response: HttpResponse) -> str:
    """Return what a page says, without its tags, in single spaces."""
    plain = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", plain).split())


def sent(client: Client, url: str, data: dict[str, object]) -> str:
    """Send a form, go where the answer leads, and return what the page there says."""
    response = client.post(url, data)
    assert response.status_code == 303, text_of(response)
    return text_of(client.get(response.headers["Location"]))
