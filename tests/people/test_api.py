"""People over the API: sign-in to a token, the same rights as the pages, problem documents."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from sidan.core.actor import NOBODY
from sidan.core.clock import now
from sidan.people import operations
from sidan.people.models import Account, Volunteer
from tests.cast import Cast, Someone
from tests.factories import PASSWORD, make_volunteer
from tests.people.test_pages import sent_code
from tests.people.test_second_factor import code_at, set_up

NEW = "12155550001"


class Api:
    """A program with a token, or without."""

    def __init__(self, token: str = "") -> None:
        headers = {"accept-language": "en"} | ({"authorization": f"Bearer {token}"} if token else {})
        self._client = Client(headers=headers)

    def __call__(self, method: str, path: str, **body: Any) -> HttpResponse:
        data = json.dumps(body) if body else ""
        return self._client.generic(method, f"/api/v1{path}", data, content_type="application/json")


def api_of(someone: Someone) -> Api:
    return Api(operations.issue_token(actor=someone.actor, at=now())[0])


def body(response: HttpResponse) -> Any:
    return json.loads(response.content)


def test_a_password_becomes_a_token_and_the_token_says_who_one_is(cast: Cast) -> None:
    answer = Api()("POST", "/sign-in", phone=cast.zhou.phone, password=PASSWORD)
    assert answer.status_code == 201
    me = Api(body(answer)["token"])("GET", "/me")
    assert body(me)["name"] == "周奶奶"
    assert body(me)["phone"] == "121****0001"


def test_a_wrong_password_is_a_problem_document_in_the_readers_language(cast: Cast) -> None:
    answer = Api()("POST", "/sign-in", phone=cast.zhou.phone, password="wrong")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert body(answer)["code"] == "wrong_phone_or_password"
    assert "Sign in with a code" in body(answer)["title"]


def test_failures_count_over_the_api_too(cast: Cast) -> None:
    for _try in range(5):
        Api()("POST", "/sign-in", phone=cast.zhou.phone, password="wrong")
    locked = Api()("POST", "/sign-in", phone=cast.zhou.phone, password=PASSWORD)
    assert locked.status_code == 429
    assert locked.headers["Retry-After"] == "900"


def test_a_second_factor_is_asked_for_over_the_api(cast: Cast) -> None:
    secret = set_up(cast.manager)
    given = {"phone": cast.manager.phone, "password": PASSWORD}
    refused = Api()("POST", "/sign-in", **given)
    assert (refused.status_code, body(refused)["code"]) == (401, "totp_needed")
    assert Api()("POST", "/sign-in", **given, totp=code_at(secret, now())).status_code == 201


def test_a_code_signs_in_and_registers(cast: Cast) -> None:
    assert Api()("POST", "/sign-in/code", phone=NEW).status_code == 204
    code = sent_code()
    unknown = Api()("POST", "/sign-in/code/confirm", phone=NEW, code=code)
    assert (unknown.status_code, body(unknown)["code"]) == (404, "phone_not_registered")
    made = Api()(
        "POST", "/register", phone=NEW, code=code, name="孙新人", place_id=str(cast.places.chengbei.uuid)
    )
    assert made.status_code == 201
    Api()("POST", "/sign-in/code", phone=NEW)
    assert Api()("POST", "/sign-in/code/confirm", phone=NEW, code=sent_code()).status_code == 201


def test_signing_out_ends_the_token(cast: Cast) -> None:
    api = api_of(cast.zhou)
    assert api("POST", "/sign-out").status_code == 204
    assert api("GET", "/me").status_code == 401
    assert Api("nonsense")("GET", "/me").status_code == 401
    assert Api()("GET", "/me").status_code == 401


def test_settings_and_contact_are_changed(cast: Cast) -> None:
    api = api_of(cast.zhou)
    assert body(api("PATCH", "/me/settings", large_print=True))["large_print"] is True
    assert body(api("PATCH", "/me/settings", theme="dark"))["large_print"] is True
    changed = api(
        "PUT",
        "/me/contact",
        name="周桂英",
        contact_phone="",
        address="",
        place_id=str(cast.places.datong.uuid),
    )
    assert body(changed)["name"] in {"周奶奶", "周桂英"}
    assert body(api("GET", "/me"))["home_place"]["name"] == cast.places.datong.short_name


def test_volunteers_are_listed_entered_and_moved_by_staff_only(cast: Cast) -> None:
    manager = api_of(cast.manager)
    listed = body(manager("GET", "/volunteers?q=ldz"))
    assert [row["name"] for row in listed["items"]] == ["李队长"]
    assert listed["items"][0]["phone"] == "121****0002"
    given = {"name": "钱志愿", "phone": NEW, "place_id": str(cast.places.datong.uuid), "skills": ["law"]}
    made = body(manager("POST", "/volunteers", **given))
    assert made["state"] == "active"
    assert body(manager("POST", f"/volunteers/{made['id']}/pause"))["state"] == "paused"
    again = manager("POST", f"/volunteers/{made['id']}/pause")
    assert (again.status_code, body(again)["code"]) == (409, "volunteer_moved_on")
    assert body(manager("POST", f"/volunteers/{made['id']}/phone"))["phone"] == NEW
    assert api_of(cast.mallory)("GET", f"/volunteers/{made['id']}").status_code == 404
    assert api_of(cast.zhou)("GET", "/volunteers").status_code == 403


def test_a_repeated_write_with_the_same_key_is_done_once(cast: Cast) -> None:
    token = operations.issue_token(actor=cast.manager.actor, at=now())[0]
    client = Client(headers={"authorization": f"Bearer {token}", "idempotency-key": "0d9e7a50-once"})
    given = json.dumps({"name": "钱志愿", "phone": NEW, "place_id": str(cast.places.datong.uuid)})
    answers = [
        client.post("/api/v1/volunteers", given, content_type="application/json") for _time in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert Volunteer.unscoped.filter(person__name="钱志愿").count() == 1


def test_a_resident_is_written_down_without_a_telephone(cast: Cast) -> None:
    given = {"name": "孙爷爷", "place_id": str(cast.places.chengbei.uuid), "address": "3 号"}
    keeper = api_of(cast.grid_keeper)
    answers = [keeper("POST", "/persons", **given, **phone) for phone in ({}, {"phone": ""})]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert body(answers[0]) == body(answers[1])
    wrong = keeper("POST", "/persons", **given, phone="12")
    assert (wrong.status_code, body(wrong)["code"]) == (422, "bad_phone")


def test_teams_are_public_and_members_are_not(cast: Cast) -> None:
    listed = body(api_of(cast.zhou)("GET", "/teams?q=yjd"))
    assert [row["name"] for row in listed["items"]] == ["城北义剪队"]
    address = f"/teams/{cast.team.uuid}/members"
    assert {row["name"] for row in body(api_of(cast.volunteer)("GET", address))} == {"李队长", "王小明"}
    for outsider in (cast.mallory, cast.zhou):
        assert api_of(outsider)("GET", address).status_code == 403


def test_a_team_is_founded_filled_and_dissolved(cast: Cast) -> None:
    manager = api_of(cast.manager)
    given = {"name": "长宁义修队", "place_id": str(cast.places.changning.uuid), "category": "life"}
    team = body(manager("POST", "/teams", **given))
    found = body(manager("GET", "/persons?q=ldz"))[0]
    assert (
        body(manager("PUT", f"/teams/{team['id']}/leader", person_id=found["id"]))["leader"]["name"]
        == "李队长"
    )
    newcomer = make_volunteer("郑新", at_place=cast.places.huangxiang)
    leader = api_of(cast.leader)
    added = leader("POST", f"/teams/{team['id']}/members/by-number", number=newcomer.number)
    assert added.status_code == 201
    gone = leader("DELETE", f"/teams/{team['id']}/members/{newcomer.person.uuid}")
    assert gone.status_code == 204
    for verb, state in (("pause", "paused"), ("resume", "active"), ("dissolve", "dissolved")):
        assert body(manager("POST", f"/teams/{team['id']}/{verb}"))["state"] == state
    assert api_of(cast.mallory)("POST", f"/teams/{cast.team.uuid}/dissolve").status_code == 403


def test_accounts_are_opened_granted_and_closed_by_those_who_may(cast: Cast) -> None:
    system, security = api_of(cast.system_admin), api_of(cast.security_admin)
    given = {"name": "新同事", "phone": NEW, "place_id": str(cast.places.changning.uuid)}
    account = body(system("POST", "/accounts", **given))
    place_id = str(cast.places.changning.uuid)
    granted = security("POST", f"/accounts/{account['id']}/roles", role="system_admin", place_id=place_id)
    assert granted.status_code == 201
    second = security("POST", f"/accounts/{account['id']}/roles", role="audit_admin", place_id=place_id)
    assert (second.status_code, body(second)["code"]) == (409, "administrations_apart")
    ended = security("DELETE", f"/accounts/{account['id']}/roles/{body(granted)['id']}")
    assert ended.status_code == 204
    assert body(system("POST", f"/accounts/{account['id']}/close"))["is_active"] is False
    assert body(system("POST", f"/accounts/{account['id']}/reopen"))["is_active"] is True
    assert body(security("POST", f"/accounts/{account['id']}/phone"))["phone"] == NEW
    assert api_of(cast.mallory)("GET", f"/accounts/{account['id']}").status_code == 404
    assert api_of(cast.zhou)("GET", "/accounts").status_code == 403
    listed = body(security("GET", "/accounts?limit=2"))
    assert len(listed["items"]) == 2
    assert security("GET", f"/accounts?limit=2&cursor={listed['next_cursor']}").status_code == 200


@pytest.mark.parametrize(
    "given",
    [
        {"phone": "x" * 100, "password": "y"},
        {"phone": "12100000001\0", "password": "y"},
        {"phone": 5, "password": None},
        {"phone": "1\u202e2", "password": "y"},
        {},
    ],
)
def test_nonsense_is_a_clear_refusal(db: None, given: dict[str, Any]) -> None:
    answer = Api()("POST", "/sign-in", **given)
    assert answer.status_code in {400, 422}
    assert body(answer)["title"]


def test_a_closed_account_has_no_token_any_more(cast: Cast) -> None:
    api = api_of(cast.zhou)
    Account.objects.filter(pk=cast.zhou.account.pk).update(is_active=False)
    assert api("GET", "/me").status_code == 401
    with pytest.raises(operations.WrongPhoneOrPassword):
        operations.sign_in_with_password(
            actor=NOBODY, at=now(), phone=cast.zhou.phone, password=PASSWORD, address=""
        )
