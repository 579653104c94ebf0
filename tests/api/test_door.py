"""The API's door: a session with its CSRF token, a bearer token, refusals that say who wrote them down where."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client

from sidan.core.clock import now
from sidan.people.models import ApiToken
from sidan.people.operations import issue_token
from tests.cast import Cast

READ_ALL = "/api/v1/notices/read"


def problem(response: HttpResponse, status: int) -> dict[str, Any]:
    """Return the problem document of a refusal, which must be one."""
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(response.content)
    assert told["status"] == status
    assert told["instance"] == f"urn:sidan:request:{response.headers['X-Request-Id']}"
    return told


def session_client(cast: Cast) -> Client:
    """Return a browser that checks CSRF as a real one meets it."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.zhou.client().cookies
    return client


def test_a_session_reads_without_more_ado(cast: Cast) -> None:
    assert session_client(cast).get("/api/v1/me").status_code == 200


def test_a_session_writes_only_with_the_csrf_token(cast: Cast) -> None:
    client = session_client(cast)
    assert problem(client.post(READ_ALL), 403)["code"] == "csrf"
    client.get("/me/contact/")
    token = client.cookies["csrftoken"].value
    assert client.post(READ_ALL, headers={"x-csrftoken": token}).status_code == 204
    assert problem(client.post(READ_ALL, headers={"x-csrftoken": token[::-1]}), 403)["code"] == "csrf"


def test_a_page_s_form_is_refused_without_its_token(cast: Cast) -> None:
    client = session_client(cast)
    response = client.post("/me/contact/", {"name": "别人"})
    assert response.status_code == 403
    cast.zhou.person.refresh_from_db()
    assert cast.zhou.person.name == "周奶奶"


def test_a_token_needs_no_csrf_and_is_worth_nothing_once_it_ended(cast: Cast) -> None:
    text, token = issue_token(actor=cast.zhou.actor, at=now())
    client = Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {text}"})
    assert client.post(READ_ALL).status_code == 204
    ApiToken.objects.filter(pk=token.pk).update(expires_at=now() - timedelta(seconds=1))
    assert problem(client.get("/api/v1/me"), 401)["code"] == "not_signed_in"
    ApiToken.objects.filter(pk=token.pk).update(expires_at=now() + timedelta(days=1), revoked_at=now())
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize(
    "given", ["Bearer ", "Bearer x", "bearer  " + "y" * 5000, "Basic eDp5", "Bearer 令牌"]
)
def test_what_is_no_token_signs_nobody_in(cast: Cast, given: str) -> None:
    response = Client(headers={"authorization": given}).get("/api/v1/me")
    assert problem(response, 401)["code"] == "not_signed_in"
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_closed_account_s_token_is_refused(cast: Cast) -> None:
    text, _token = issue_token(actor=cast.zhou.actor, at=now())
    type(cast.zhou.account).objects.filter(pk=cast.zhou.account.pk).update(is_active=False)
    assert Client(headers={"authorization": f"Bearer {text}"}).get("/api/v1/me").status_code == 401


@pytest.mark.parametrize(("language", "sentence"), [("zh-CN", "没有找到"), ("en", "could not find")])
def test_an_address_that_is_not_there_is_told_in_the_reader_s_language(
    db: None, language: str, sentence: str
) -> None:
    response = Client(headers={"accept-language": language}).get("/api/v1/nothing-here")
    assert sentence in problem(response, 404)["title"]


@pytest.mark.parametrize(("language", "sentence"), [("zh-CN", "这个地址"), ("en", "This cannot be done")])
def test_a_method_that_is_not_known_is_refused(cast: Cast, language: str, sentence: str) -> None:
    for client in (Client(headers={"accept-language": language}), cast.zhou.client()):
        response = client.delete("/api/v1/me", headers={"accept-language": language})
        told = problem(response, 405)
        assert told["code"] == "method_not_allowed"
        assert sentence in told["title"]
        assert response.headers["Allow"] == "GET"


def test_the_document_s_page_works_under_the_policy(db: None) -> None:
    response = Client().get("/api/v1/docs")
    page = response.content.decode()
    assert response.status_code == 200
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]
    assert "//cdn" not in page
    assert " onclick=" not in page
    scripts = [part.split(">")[0] for part in page.split("<script")[1:]]
    # Data, or a file of our own: nothing in between is run.
    assert all('type="application/json"' in script or 'src="/static/ninja/' in script for script in scripts)
    for name in ("swagger-ui-bundle.js", "swagger-ui-init.js", "swagger-ui.css"):
        assert finders.find(f"ninja/{name}")
