"""The frame of every page: language, size, colours, switches, refusals, forms."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django import forms
from django.test import Client, RequestFactory, override_settings
from django.utils.translation import override

from sidan.core.actor import NOBODY, Actor, Grant
from sidan.web import navigation
from sidan.web.context import SIZE_COOKIE, THEME_COOKIE, Shell
from sidan.web.forms import Renderer

pytestmark = [pytest.mark.urls("tests.web.urlconf"), pytest.mark.django_db]

STYLE = "/console/style/"


def text_of(response: Any) -> str:
    """Return the page; the test client's answer has a type of its own that no name can be given to."""
    return str(response.content.decode())


def test_a_visitor_reads_chinese_in_light_colours_and_normal_size(client: Client) -> None:
    assert '<html lang="zh-Hans" data-theme="paper" data-size="normal">' in text_of(client.get(STYLE))


def test_a_choice_is_kept_for_the_device_and_leads_back(client: Client) -> None:
    answer = client.post(
        "/preferences/", {"size": "large", "language": "en", "theme": "dark", "next": "/question/"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (HTTPStatus.SEE_OTHER, "/question/")
    assert '<html lang="en" data-theme="dark" data-size="large">' in text_of(client.get(STYLE))


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_a_switch_never_leads_to_another_site(client: Client, target: str) -> None:
    assert client.post("/preferences/", {"size": "large", "next": target}).headers["Location"] == "/"


def test_a_choice_that_is_not_offered_is_not_kept(client: Client) -> None:
    for field, value in (("size", "huge"), ("language", "xx"), ("theme", "../../etc")):
        answer = client.post("/preferences/", {field: value})
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert not {SIZE_COOKIE, THEME_COOKIE, "django_language"} & set(answer.cookies)


def test_a_forged_cookie_does_not_reach_the_page(client: Client) -> None:
    client.cookies[SIZE_COOKIE] = '"><script>'
    client.cookies[THEME_COOKIE] = "neon"
    assert 'data-theme="paper" data-size="normal"' in text_of(client.get(STYLE))


def test_preferences_are_not_changed_by_a_link(client: Client) -> None:
    assert client.get("/preferences/?size=large").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_the_account_speaks_where_the_device_is_silent(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.actor = Actor(account_id=1, large_print=True, theme="dark")  # type: ignore[attr-defined] # as the middleware
    assert (Shell(request).size, Shell(request).theme) == ("large", "dark")
    request.COOKIES[SIZE_COOKIE] = "normal"
    assert Shell(request).size == "normal"


@override_settings(MODE="production")
def test_the_style_guide_is_not_part_of_a_real_installation(client: Client) -> None:
    assert client.get(STYLE).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("query", ["", "?form=refused", "?face=portal"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_has_an_inline_script_style_or_handler(client: Client, query: str, language: str) -> None:
    client.cookies["django_language"] = language
    answer = client.get(STYLE + query)
    html = text_of(answer)
    assert answer.status_code == HTTPStatus.OK
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:", html)


@pytest.mark.parametrize(
    ("path", "status", "chinese"),
    [
        ("/nowhere/", 404, "这里没有内容"),
        ("/conflict/", 409, "有人先办了一步"),
        ("/unavailable/", 503, "请稍等"),
    ],
)
def test_a_refusal_is_a_page_that_says_what_to_do(
    client: Client, path: str, status: int, chinese: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert chinese in text_of(answer)
    assert "data-problem" in text_of(answer)


def test_a_fault_is_told_without_anything_that_could_be_broken() -> None:
    answer = Client(raise_request_exception=False).get("/broken/")
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "我们这边出了点问题" in text_of(answer)
    assert "RuntimeError" not in text_of(answer)


def test_a_question_can_be_answered_without_a_script(client: Client) -> None:
    html = text_of(client.get("/question/"))
    assert 'action="/x/"' in html
    assert "csrfmiddlewaretoken" in html


class Contact(forms.Form):
    phone = forms.CharField(label="Phone", help_text="We call it.")
    note = forms.CharField(label="Note", required=False)
    agree = forms.BooleanField(label="Agree")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_refused_form_names_the_mistake_at_the_field_and_on_top() -> None:
    with override("en"):
        html = str(Contact(data={"phone": "<b>"}, renderer=Renderer()))
    assert html.index("error-summary") < html.index('id="id_phone"')
    assert '<a href="#id_agree">' in html
    assert 'id="id_agree_error"' in html
    assert 'aria-describedby="id_phone_helptext"' in html
    assert "&lt;b&gt;" in html


def test_what_is_optional_is_said_and_what_is_hidden_stays_hidden() -> None:
    with override("en"):
        html = str(Contact(renderer=Renderer()))
    assert html.count("(optional)") == 1
    assert "error-summary" not in html
    assert 'type="hidden" name="secret"' in html


def staff(*roles: str) -> Actor:
    return Actor(account_id=1, grants=tuple(Grant(role, 1, 1, "center") for role in roles))


def test_a_door_opens_to_its_roles_and_to_leaders_where_it_says_so() -> None:
    board = navigation.Door("Board", "x", icon="flag", roles=frozenset({"leader"}), leads=True)
    assert board.opens_to(staff("leader"))
    assert board.opens_to(Actor(account_id=1, led_team_ids=(7,)))
    assert not board.opens_to(staff("dispatcher"))
    assert not board.opens_to(NOBODY)
    assert navigation.Door("Home", "x", icon="house").opens_to(NOBODY)
