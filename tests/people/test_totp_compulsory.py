"""SIDAN_REQUIRE_TOTP: who must have a second factor and has none works nowhere, neither by session nor by token."""

import pytest
from pytest_django.fixtures import Settings

from sidan.core.actor import SYSTEM
from sidan.core.clock import now
from sidan.people import operations
from sidan.people.enums import TOTP_ROLES, Role
from sidan.people.models import ApiToken
from tests.cast import Cast, Someone
from tests.factories import AT, PASSWORD, make_account
from tests.people.test_api import Api, api_of, body
from tests.people.test_second_factor import code_at, set_up

PHONE = "12155550009"


@pytest.fixture
def holder(cast: Cast, settings: Settings, request: pytest.FixtureRequest) -> Someone:
    """Who holds just this one role, on an installation that asks for two factors."""
    settings.REQUIRE_TOTP = True
    account = make_account("某某", at_place=cast.places.center, phone=PHONE)
    operations.grant_role(
        actor=SYSTEM, at=AT, account_id=account.pk, role=request.param, place_id=cast.places.center.pk
    )
    return Someone(account=account, phone=PHONE)


@pytest.mark.parametrize("holder", sorted(TOTP_ROLES), indirect=True)
def test_no_token_is_issued_and_none_is_good_until_it_is_set_up(holder: Someone) -> None:
    before = api_of(holder)
    given = {"phone": PHONE, "password": PASSWORD}
    for refused in (Api()("POST", "/sign-in", **given), before("GET", "/me"), before("GET", "/teams")):
        assert (refused.status_code, body(refused)["code"]) == (401, "totp_compulsory")
        assert "set it up" in body(refused)["title"]
    assert ApiToken.objects.filter(account=holder.account).count() == 1
    assert holder.client().get("/api/v1/me").status_code == 401
    page = holder.client().get("/me/")
    assert page.headers["Location"] == "/me/totp/"
    assert holder.client().get("/me/totp/").status_code == 200
    secret = set_up(holder)
    assert before("GET", "/me").status_code == 200
    assert Api()("POST", "/sign-in", **given, totp=code_at(secret, now())).status_code == 201


@pytest.mark.parametrize("holder", sorted(set(Role) - TOTP_ROLES), indirect=True)
def test_other_roles_work_without_it(holder: Someone) -> None:
    assert api_of(holder)("GET", "/me").status_code == 200


def test_a_granted_role_shuts_the_token_one_had_before(cast: Cast, settings: Settings) -> None:
    settings.REQUIRE_TOTP = True
    program = api_of(cast.dispatcher)
    assert program("GET", "/me").status_code == 200
    operations.grant_role(
        actor=SYSTEM, at=AT, account_id=cast.dispatcher.account.pk, role="supervisor",
        place_id=cast.places.center.pk,
    )  # fmt: skip
    assert body(program("GET", "/me"))["code"] == "totp_compulsory"
