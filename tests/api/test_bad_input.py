"""What no honest client sends: refused with a clear sentence in the reader's language, and nothing is changed."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sidan.catalogue.models import Project
from sidan.core.clock import BUSINESS_ZONE, now
from sidan.orders.models import OrderText
from tests.matrix.cells import rows_written
from tests.matrix.stage import Stage

ORDERS, JSON = "/api/v1/orders", "application/json"
TEXTS: dict[str, str] = {
    "too long": "长" * 5000, "NUL": "a\0b", "control": "a\x07b", "half a pair": "a\ud800b", "reversed": "a\u202eb",
    "unassigned": "a\U0003fffeb",
}  # fmt: skip
FINE: dict[str, str] = {
    "emoji": "奶奶👵🏻 要理发", "SQL": "'; DROP TABLE orders_order; --", "HTML": "<script>alert(1)</script>&amp;",
    "template": "{{ 7*7 }}{% now %}", "percent": "100%(x)s %s",
}  # fmt: skip


def refused(response: HttpResponse, *, language: str) -> dict[str, Any]:
    """Return what a refusal says; it must be a problem document with a sentence in the language."""
    assert 400 <= response.status_code < 500, response.content[:400]
    told: dict[str, Any] = json.loads(response.content)
    said = told["title"] + "".join(error["detail"] for error in told.get("errors", []))
    is_chinese = any("\u4e00" <= char <= "\u9fff" for char in told["title"])
    assert is_chinese == (language == "zh-CN"), said
    return told


def ask(
    stage: Stage, path: str, body: object, *, role: str = "resident", language: str = "en", **how: Any
) -> HttpResponse:
    """Post, and see that nothing was written."""
    client = stage.program(role)
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    with transaction.atomic():
        before = rows_written()
        response = client.generic(
            "POST",
            path,
            content,
            content_type=how.get("kind", "application/json"),
            headers={"accept-language": language},
        )
        written = rows_written() - before
        transaction.set_rollback(True)
    if response.status_code >= 400:
        assert not written, f"{path} wrote {written} rows and answered {response.status_code}"
    return response


def wish(stage: Stage, **changes: object) -> dict[str, Any]:
    given = {"project": "@published", "wished_from": "@from", "wished_to": "@to", **changes}
    return json.loads(json.dumps(stage.thing(given), default=str))  # type: ignore[no-any-return] # what it was


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("field", ["need", "name"])
def test_texts_that_nobody_types_are_refused(stage: Stage, field: str, kind: str, language: str) -> None:
    text = TEXTS[kind]
    changes: dict[str, object] = {"need": text} if field == "need" else {"contact": {"name": text}}
    told = refused(ask(stage, ORDERS, wish(stage, **changes), language=language), language=language)
    assert told["status"] in {400, 422}


LIMIT = {"en": "This is too long: at most 60 characters.", "zh-CN": "太长了，最多 60 个字。"}
UNUSABLE = {
    "en": "This holds characters that cannot be used. Please type it again.",
    "zh-CN": "里面有不能使用的字符，请重新输入。",
}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("kind", TEXTS)
def test_the_very_sentence_stands_at_the_field(stage: Stage, kind: str, language: str) -> None:
    body = wish(stage, contact={"name": TEXTS[kind]})
    told = refused(ask(stage, ORDERS, body, language=language), language=language)
    sentences = LIMIT if kind == "too long" else UNUSABLE
    assert told["errors"] == [{"pointer": "/contact/name", "detail": sentences[language]}]


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "11"), ("en", "a mobile has 11 digits")])
@pytest.mark.parametrize("phone", ["abc", "12345", "1390000000x", "+1 202 555 0100"])
def test_a_phone_nobody_can_call_is_refused_also_over_the_api(
    stage: Stage, phone: str, language: str, word: str
) -> None:
    for path, role, more in (
        (ORDERS, "resident", {}),
        (
            f"{ORDERS}/on-behalf",
            "operator",
            {"person": str(stage.things["zhou_person"]), "consent": "spoken"},
        ),
    ):
        body = wish(stage, contact={"phone": phone}) | more
        told = refused(ask(stage, path, body, role=role, language=language), language=language)
        assert told["code"] == "bad_phone"
        assert [error["pointer"] for error in told["errors"]] == ["/contact/phone"]
        assert word in told["errors"][0]["detail"]


def test_a_phone_is_kept_as_its_digits_however_it_was_written(stage: Stage) -> None:
    client = stage.program("resident")
    with transaction.atomic():
        body = wish(stage, contact={"phone": "+86 126-0000-0001"})
        placed = json.loads(client.post(ORDERS, json.dumps(body), content_type=JSON).content)
        text = OrderText.objects.get(order__number=placed["number"])
        assert text.contact_phone == "12600000001"
        transaction.set_rollback(True)


def test_a_time_without_its_offset_is_chinas_own(stage: Stage) -> None:
    client = stage.program("resident")
    day = (now() + timedelta(days=3)).date()
    with transaction.atomic():
        body = wish(stage, wished_from=f"{day}T09:00:00", wished_to=f"{day}T10:00:00")
        placed = json.loads(client.post(ORDERS, json.dumps(body), content_type=JSON).content)
        transaction.set_rollback(True)
    begins = datetime.fromisoformat(placed["wished_from"])
    assert begins == datetime(day.year, day.month, day.day, 9, tzinfo=BUSINESS_ZONE)


def test_titles_are_told_in_the_readers_language(stage: Stage) -> None:
    client, path = stage.program("resident"), f"{ORDERS}/{stage.things['closed_number']}"
    with transaction.atomic():
        Project.unscoped.filter(title="published").update(title_en="Haircut at home")
        for language, title in (("en", "Haircut at home"), ("zh-CN", "published")):
            headers = {"accept-language": language}
            assert json.loads(client.get(path, headers=headers).content)["title"] == title
            mine = json.loads(client.get(f"{ORDERS}/mine", headers=headers).content)
            assert {order["title"] for order in mine["items"]} == {title}
        transaction.set_rollback(True)


def test_the_resident_reads_report_pictures_and_review(stage: Stage) -> None:
    path = f"{ORDERS}/{stage.things['closed_number']}"
    order = json.loads(stage.program("resident").get(path).content)
    assert order["reports"] == ["理好了"]
    assert len(order["pictures"]) == 1
    assert (order["review"]["outcome"], order["review"]["stars"], order["review"]["words"]) == (
        "done",
        5,
        "好",
    )


@pytest.mark.parametrize("kind", FINE)
def test_strange_but_honest_texts_are_kept_as_they_are(stage: Stage, kind: str) -> None:
    body = wish(stage, need=FINE[kind])
    assert ask(stage, ORDERS, body).status_code == 201


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(
    "changes",
    [
        {"project": "x"}, {"project": 7}, {"project": None}, {"project": ["a"]}, {"wished_from": "gestern"},
        {"wished_from": True}, {"wished_from": 10**30}, {"wished_from": "0000-00-00T00:00:00Z"}, {"need": 5},
        {"need": {"a": 1}}, {"urgency": "very"}, {"contact": "周"}, {"contact": {"phone": ["1"]}},
        {"wished_from": "2001-01-01T00:00:00Z", "wished_to": "2001-01-01T01:00:00Z"},
        {"wished_from": "9999-12-31T23:59:59Z", "wished_to": "9999-12-31T23:59:59.9Z"},
        {"wished_from": "9999-12-31T23:59:59-14:00", "wished_to": "9999-12-31T23:59:59-15:00"},
        {"wished_from": "0001-01-01T00:00:00+14:00", "wished_to": "0001-01-01T01:00:00+14:00"},
    ],
    ids=str,
)  # fmt: skip
def test_wrong_types_and_impossible_times_are_refused(
    stage: Stage, changes: dict[str, Any], language: str
) -> None:
    refused(ask(stage, ORDERS, wish(stage, **changes), language=language), language=language)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '"text"',
        "[" * 5000,
        '{"a":' * 2000,
        b"\xff\xfe\x00",
        "{'project': 1}",
        '{"project": NaN}',
    ],
    ids=lambda body: repr(body[:12]),
)  # fmt: skip
def test_what_is_not_the_json_we_ask_for_is_refused(stage: Stage, body: str | bytes, language: str) -> None:
    refused(ask(stage, ORDERS, body, language=language), language=language)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_field_that_we_do_not_know_is_refused_by_its_name(stage: Stage, language: str) -> None:
    for body in (wish(stage, requester="me"), wish(stage, contact={"phone": "12600000001", "fax": "1"})):
        told = refused(ask(stage, ORDERS, body, language=language), language=language)
        assert [error["pointer"] for error in told["errors"]] in (["/requester"], ["/contact/fax"])


def test_what_may_be_empty_is_still_an_object(stage: Stage) -> None:
    for body in ("7", '"text"', "[]", "true"):
        response = ask(stage, f"{ORDERS}/{stage.things['submitted_number']}/cancel", body)
        assert response.status_code == 422, body


def test_another_kind_of_content_is_refused(stage: Stage) -> None:
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml", ""):
        assert 400 <= ask(stage, ORDERS, "project=1", kind=kind).status_code < 500


PART = b'--x\r\nContent-Disposition: form-data; name="picture"; filename="%s"\r\n%s\r\nabc\r\n--x--\r\n'
IN_PARTS = "multipart/form-data; boundary=x"
BROKEN_FORMS: dict[str, tuple[str, bytes]] = {
    "no boundary": ("multipart/form-data", b"[null]"),
    "an empty boundary": ("multipart/form-data; boundary=", PART % (b"a.jpg", b"")),
    "a boundary too long": ("multipart/form-data; boundary=" + "x" * 300, PART % (b"a.jpg", b"")),
    "a boundary of other letters": ("multipart/form-data; boundary=\xff", PART % (b"a.jpg", b"")),
    "another boundary": ("multipart/form-data; boundary=y", PART % (b"a.jpg", b"")),
    "nothing at all": (IN_PARTS, b""),
    "a list": (IN_PARTS, b"[1, 2]"),
    "a name too long": (IN_PARTS, PART % (b"a" * 5000, b"")),
    "a name of other bytes": (IN_PARTS, PART % (b"\xff\x00/../..", b"")),
    "no base64": (IN_PARTS, PART % (b"a.jpg", b"Content-Transfer-Encoding: base64\r\n")),
    "a head too long": (IN_PARTS, PART % (b"a.jpg", b"A" * 5000 + b"\r\n")),
    "an empty name": (IN_PARTS, PART % (b"", b"")),
    "twice": (IN_PARTS, (PART % (b"a.jpg", b"")).replace(b"--x--\r\n", b"") + PART % (b"b.jpg", b"")),
    "too many": (IN_PARTS, (PART % (b"a.jpg", b"")).replace(b"--x--\r\n", b"") * 120 + b"--x--\r\n"),
}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("broken", BROKEN_FORMS)
@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/places/{chengbei}/photos", "/api/v1/orders/on-behalf/papers",
        "/api/v1/team-work/visits/{scheduled_visit}/report-with-pictures",
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_taken_apart_is_refused(
    stage: Stage, path: str, broken: str, language: str
) -> None:
    kind, body = BROKEN_FORMS[broken]
    where = path.format(**stage.things)
    refused(ask(stage, where, body, role="manager", language=language, kind=kind), language=language)


def test_of_two_equal_keys_the_last_counts_and_is_checked(stage: Stage) -> None:
    body = json.dumps(wish(stage))
    assert ask(stage, ORDERS, body[:-1] + ', "project": "x"}').status_code == 422


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_huge_body_is_refused_before_it_is_read(stage: Stage, language: str) -> None:
    told = refused(
        ask(stage, ORDERS, wish(stage, need="x" * 2_000_000), language=language), language=language
    )
    assert told["status"] == 413


@pytest.mark.parametrize("number", ["0", "-1", "1e9", "9" * 40, "x", "%00", "١٢"])
def test_a_page_of_a_strange_length_is_refused(stage: Stage, number: str) -> None:
    response = stage.program("manager").get(f"{ORDERS}?limit={number}")
    assert response.status_code in {400, 422}


@pytest.mark.parametrize("cursor", ["x", "AAAA", "%F0%9F", "9" * 1001, "bnVsbA==", "W10="])
def test_a_cursor_made_up_is_refused(stage: Stage, cursor: str) -> None:
    for path in (
        ORDERS,
        "/api/v1/places",
        "/api/v1/volunteers",
        "/api/v1/catalogue/projects",
        "/api/v1/notices",
    ):
        response = stage.program("manager").get(f"{path}?cursor={cursor}")
        assert response.status_code in {400, 422}, f"{path}: {response.status_code}"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"{ORDERS}/{{scheduled_number}}/review", {"outcome": "done"}),
        (f"{ORDERS}/{{scheduled_number}}/cancel", {"reason": "other"}),
        ("/api/v1/team-work/assignments/{offered_task}/accept", None),
        ("/api/v1/team-work/visits/{scheduled_visit}/check-in", {"way": "hand", "reason": "no_phone"}),
        ("/api/v1/notices/{notice}/read", None),
        ("/api/v1/teams/{team}/members", {"person_id": "00000000-0000-7000-8000-000000000000"}),
    ],
)
def test_other_people_s_ids_name_nothing(stage: Stage, path: str, body: Any) -> None:
    response = ask(stage, path.format(**stage.things), "" if body is None else body, role="mallory")
    assert response.status_code in {403, 404}


FORMS: dict[str, tuple[str, dict[str, Any], str]] = {
    "people:contact": (
        "resident", {"name": "周", "contact_phone": "", "address": "", "place": "@chengbei"},
        "name address contact_phone place",
    ),
    "people:new_volunteer": (
        "manager", {"name": "新", "phone": "12600000099", "sex": "9", "consent": "on", "place": "@chengbei"},
        "name phone place free_time sex",
    ),
    "people:new_account": (
        "manager", {"name": "新", "phone": "12600000097", "place": "@chengbei"}, "name phone place"
    ),
    "people:new_team": (
        "manager", {"name": "新", "category": "life", "level": "squad", "place": "@chengbei"},
        "name about category level place parent",
    ),
    "catalogue:new": (
        "manager",
        {"title": "新", "category": "hair", "team": "@team", "place": "@changning", "area": "@center",
         "mode": "at_home", "duration_minutes": "60", "people_needed": "2"},
        "title category team area mode duration_minutes people_needed summary",
    ),
    "orders:enter_resident": (
        "practitioner", {"name": "新", "phone": "12600000096", "home": "@chengbei"}, "name phone address home"
    ),
}  # fmt: skip
"""A form, who fills it in, what would be right, and the fields that are spoilt one after the other."""
WORST = ("长" * 5000, "a\0b", "a\x07b\u202e")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("route", FORMS)
def test_a_form_keeps_the_page_and_says_what_is_wrong(stage: Stage, route: str, language: str) -> None:
    role, good, fields = FORMS[route]
    client: Client = stage.client(role)
    client.cookies["django_language"] = language
    for field in fields.split():
        for worst in WORST:
            with transaction.atomic():
                before = rows_written()
                response = client.post(reverse(route), {**stage.thing(good), field: worst})
                written = rows_written() - before
                transaction.set_rollback(True)
            assert response.status_code in {400, 422}, f"{field}: {response.status_code}"
            assert not written, f"{field} wrote {written} rows"
