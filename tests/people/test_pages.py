"""The pages of people: everybody sees what is theirs, nothing more, and refusals keep what was typed."""

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sidan.audit.models import AuditEntry
from sidan.core.clock import now
from sidan.notify.models import Delivery
from sidan.people import operations
from sidan.people.access import SEEN_KEY
from sidan.people.models import Account, RoleGrant, Team, TeamMember, Volunteer
from tests.cast import Cast, Someone
from tests.factories import AT, PASSWORD, make_account, make_volunteer
from tests.people.test_second_factor import code_at, set_up

NEW = "12155550001"
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def text(response: HttpResponse) -> str:
    return response.content.decode()


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def post_and_follow(client: Client, address: str, data: dict[str, str]) -> str:
    """Send a form, go where it leads, and return that page."""
    return text(client.get(client.post(address, data).headers["Location"]))


def visitor() -> Client:
    return english(Client())


def sent_code() -> str:
    body = Delivery.objects.order_by("-id")[0].body
    return "".join(char for char in body if char.isdigit())[:6]


CONSOLE_LISTS = ("people:volunteers", "people:teams", "people:accounts")
OWN_PAGES = (
    "people:me",
    "people:settings",
    "people:contact",
    "people:email",
    "people:password",
    "people:totp",
    "people:become_volunteer",
)


@pytest.mark.parametrize("name", ["people:sign_in", "people:sign_in_code", "people:register"])
def test_the_door_is_open_to_visitors_in_both_languages(cast: Cast, name: str) -> None:
    for client in (Client(), visitor()):
        response = client.get(reverse(name))
        assert response.status_code == 200
    assert "<form" in text(response)


@pytest.mark.parametrize("name", [*OWN_PAGES, *CONSOLE_LISTS])
def test_everything_else_leads_visitors_to_the_door_and_back(cast: Cast, name: str) -> None:
    response = visitor().get(reverse(name))
    assert response.status_code == 302
    assert response.headers["Location"] == f"/sign-in/?next={reverse(name)}"


@pytest.mark.parametrize("query", ["q=%00", "q=%F0", "cursor=%00"])
def test_an_address_that_cannot_be_read_is_told_in_the_language_of_the_account(
    cast: Cast, query: str
) -> None:
    def page(client: Client) -> str:
        # The browser's own language is not the account's.
        answer = client.get("/services/", QUERY_STRING=query, headers={"Accept-Language": "en"})
        assert answer.status_code == 400
        return text(answer)

    assert '<html lang="zh-Hans"' in page(Client())
    assert '<html lang="zh-Hans"' in page(cast.zhou.client())
    assert '<html lang="en"' in page(english(cast.zhou.client()))
    Account.objects.filter(pk=cast.zhou.account.pk).update(language="en")
    assert '<html lang="en"' in page(cast.zhou.client())


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_open_for_residents_and_staff(cast: Cast, name: str) -> None:
    for one in (cast.zhou, cast.volunteer, cast.manager):
        assert english(one.client()).get(reverse(name)).status_code == 200


def test_a_password_signs_in_and_leads_to_where_one_works(cast: Cast) -> None:
    for one, home in ((cast.zhou, "/"), (cast.manager, "/console/"), (cast.leader, "/console/")):
        response = visitor().post("/sign-in/", {"phone": one.phone, "password": PASSWORD})
        assert (response.status_code, response.headers["Location"]) == (303, home)


def test_after_signing_in_one_comes_back_to_an_address_of_ours_only(cast: Cast) -> None:
    for wanted, reached in (
        ("/me/settings/", "/me/settings/"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
    ):
        response = visitor().post(
            "/sign-in/", {"phone": cast.zhou.phone, "password": PASSWORD, "next": wanted}
        )
        assert response.headers["Location"] == reached


def test_a_refused_sign_in_keeps_the_number_and_says_what_to_do(cast: Cast) -> None:
    response = visitor().post("/sign-in/", {"phone": cast.zhou.phone, "password": "wrong"})
    assert response.status_code == 422
    assert "Sign in with a code by message" in text(response)
    assert cast.zhou.phone in text(response)
    assert "wrong" not in text(response).replace("wrong_", "")


def test_a_session_gets_a_new_key_at_the_door(cast: Cast) -> None:
    client = visitor()
    client.get("/sign-in/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = before = session.session_key or ""
    client.post("/sign-in/", {"phone": cast.zhou.phone, "password": PASSWORD})
    assert client.session.session_key != before


def test_a_code_signs_in(cast: Cast) -> None:
    client = visitor()
    response = client.post("/sign-in/code/", {"phone": cast.zhou.phone})
    assert response.status_code == 200
    assert "six digits" in text(response)
    refused = client.post("/sign-in/code/", {"phone": cast.zhou.phone, "code": "abc"})
    assert refused.status_code == 422
    response = client.post("/sign-in/code/", {"phone": cast.zhou.phone, "code": sent_code()})
    assert response.status_code == 303
    assert client.get("/me/").status_code == 200


def test_who_is_not_registered_goes_on_to_register_with_the_same_code(cast: Cast) -> None:
    client = visitor()
    client.post("/sign-in/code/", {"phone": NEW})
    code = sent_code()
    response = client.post("/sign-in/code/", {"phone": NEW, "code": code})
    assert "not registered yet" in text(response)
    assert code in text(response)
    given = {
        "phone": NEW,
        "code": code,
        "name": "孙新人",
        "place": str(cast.places.chengbei.uuid),
        "password": "",
    }
    response = client.post("/register/", given)
    assert response.status_code == 303
    assert Account.objects.filter(phone_hash=NEW).exists()
    assert "孙新人" in text(client.get("/me/"))


def test_registering_asks_for_a_code_first_and_keeps_what_was_typed(cast: Cast) -> None:
    client = visitor()
    assert "six digits" in text(client.post("/register/", {"phone": NEW}))
    given = {"phone": NEW, "code": "000000", "name": "孙新人", "place": str(cast.places.chengbei.uuid)}
    response = client.post("/register/", given)
    assert response.status_code == 422
    assert "孙新人" in text(response)


def test_signing_out_is_a_post_and_ends_the_session(cast: Cast) -> None:
    client = english(cast.zhou.client())
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert client.get("/me/").status_code == 302
    assert AuditEntry.objects.filter(verb="account.signed_out").exists()


def test_signing_in_and_out_are_refused_without_the_token_of_the_page(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/sign-in/", {"phone": cast.zhou.phone, "password": PASSWORD}).status_code == 403


def test_the_second_factor_stands_between_password_and_session(cast: Cast) -> None:
    moment = now()
    secret = set_up(cast.manager, moment - timedelta(minutes=5))
    client = visitor()
    response = client.post("/sign-in/", {"phone": cast.manager.phone, "password": PASSWORD})
    assert response.headers["Location"].startswith("/sign-in/second/")
    assert client.get("/me/").status_code == 302
    assert client.post("/sign-in/second/", {"code": "000"}).status_code == 422
    response = client.post("/sign-in/second/", {"code": code_at(secret, now())})
    assert response.headers["Location"] == "/console/"
    assert client.get("/me/").status_code == 200


def test_nobody_reaches_the_second_factor_without_the_first(cast: Cast) -> None:
    set_up(cast.manager)
    assert visitor().get("/sign-in/second/").headers["Location"] == "/sign-in/"


def test_managers_must_set_up_two_factors_where_the_installation_says_so(
    cast: Cast, settings: LazySettings
) -> None:
    settings.REQUIRE_TOTP = True
    client = english(cast.manager.client())
    assert client.get("/console/volunteers/").headers["Location"] == "/me/totp/"
    assert client.get("/me/totp/").status_code == 200
    assert english(cast.zhou.client()).get("/me/").status_code == 200
    set_up(cast.manager, now() - timedelta(minutes=5))
    assert client.get("/console/volunteers/").status_code == 200


def test_setting_up_two_factors_shows_a_picture_and_keeps_the_secret_of_a_refused_form(cast: Cast) -> None:
    client = english(cast.manager.client())
    page = text(client.get("/me/totp/"))
    assert "<svg" in page
    secret = page.split('name="secret" value="')[1].split('"')[0]
    refused = client.post("/me/totp/", {"secret": secret, "code": "000000"})
    assert secret in text(refused)
    client.post("/me/totp/", {"secret": secret, "code": code_at(secret, now())})
    assert Account.objects.get(pk=cast.manager.account.pk).totp_secret == secret
    assert "The second factor is on" in text(client.get("/me/totp/"))


def test_staff_who_were_away_too_long_sign_in_again_and_residents_do_not(
    cast: Cast, settings: LazySettings
) -> None:
    settings.IDLE_MINUTES = 30
    for one, is_out in ((cast.dispatcher, True), (cast.zhou, False)):
        client = english(one.client())
        session = client.session
        session[SEEN_KEY] = int(now().timestamp()) - 31 * 60
        session.save()
        assert (client.get("/me/").status_code == 302) == is_out
    client = english(cast.dispatcher.client())
    session = client.session
    session[SEEN_KEY] = int(now().timestamp()) - 31 * 60
    session.save()
    client.get("/me/")
    assert "nobody used this page" in text(client.get("/sign-in/"))


def test_a_changed_password_ends_other_sessions_and_keeps_this_one(cast: Cast) -> None:
    here, there = english(cast.zhou.client()), english(cast.zhou.client())
    here.post("/me/password/", {"present": PASSWORD, "new": "a-fine-day-2026"})
    assert here.get("/me/").status_code == 200
    assert there.get("/me/").status_code == 302


def test_a_closed_account_is_out_at_its_next_click(cast: Cast) -> None:
    client = english(cast.zhou.client())
    assert client.get("/me/").status_code == 200
    operations.close_account(actor=cast.manager.actor, at=AT, account_id=cast.zhou.account.pk)
    assert client.get("/me/").status_code == 302


def test_settings_are_kept_with_the_account_and_rule_over_the_device(cast: Cast) -> None:
    client = english(cast.zhou.client())
    response = client.post("/me/settings/", {"language": "en", "size": "large", "theme": "dark"})
    assert response.status_code == 303
    for cookie in ("django_language", "sidan_size", "sidan_theme"):
        # A browser drops what has expired; the test's client would send it on, empty.
        assert client.cookies.pop(cookie).value == ""
    actor = cast.zhou.actor
    assert (actor.language, actor.large_print, actor.theme) == ("en", True, "dark")
    page = text(client.get("/me/settings/"))
    assert 'data-size="large"' in page
    assert "Settings" in page


def test_a_resident_offers_to_serve_rests_and_leaves(cast: Cast) -> None:
    client = english(cast.zhou.client())
    client.post(
        "/me/volunteer/", {"place": str(cast.places.chengbei.uuid), "skills": ["care"], "free_time": ""}
    )
    volunteer = Volunteer.unscoped.get(person=cast.zhou.person)
    assert volunteer.state == "applied"
    english(cast.director.client()).post(reverse("people:approve_volunteer", args=[volunteer.uuid]))
    assert "rest?" in text(client.get("/me/volunteer/pause/"))
    for step, state in (("pause", "paused"), ("resume", "active"), ("leave", "left")):
        client.post(f"/me/volunteer/{step}/")
        volunteer.refresh_from_db()
        assert volunteer.state == state


@pytest.mark.parametrize("name", CONSOLE_LISTS)
def test_lists_open_for_those_who_work_with_them(cast: Cast, name: str) -> None:
    response = english(cast.manager.client()).get(reverse(name))
    assert response.status_code == 200
    assert "data-rows" in text(response)
    assert english(cast.zhou.client()).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", CONSOLE_LISTS)
def test_lists_do_not_tell_whole_phones(cast: Cast, name: str) -> None:
    for address in (reverse(name), reverse(name) + "export/"):
        response = english(cast.manager.client()).get(address)
        page = b"".join(response.streaming_content).decode() if response.streaming else text(response)
        for one in cast.everybody().values():
            assert one.phone not in page


@pytest.mark.parametrize("name", CONSOLE_LISTS)
def test_exports_are_csv_that_excel_reads(cast: Cast, name: str) -> None:
    response = english(cast.manager.client()).get(reverse(name) + "export/")
    lines = b"".join(response.streaming_content).decode()
    assert response.headers["Content-Type"].startswith("text/csv")
    assert lines.startswith("\ufeff")
    assert "李队长" in lines
    assert "马外人" not in lines


def test_an_export_holds_no_formula(cast: Cast) -> None:
    make_volunteer("=HYPERLINK(1)", at_place=cast.places.chengbei)
    response = english(cast.manager.client()).get("/console/volunteers/export/")
    assert "'=HYPERLINK" in b"".join(response.streaming_content).decode()


def test_filters_that_are_nonsense_are_ignored(cast: Cast) -> None:
    client = english(cast.manager.client())
    for query in ("state=xx&skill=yy&place=zz&sort=qq", "q=%E6%9D%8E&state=active", "role=king&state=zz"):
        for name in CONSOLE_LISTS:
            assert client.get(f"{reverse(name)}?{query}").status_code == 200
    assert client.get("/console/volunteers/?cursor=nonsense").status_code == 400


def test_an_empty_list_says_what_to_do(cast: Cast) -> None:
    page = text(english(cast.manager.client()).get("/console/volunteers/?q=没有这个人"))
    assert "Nobody fits these filters" in page


@pytest.mark.parametrize("name", CONSOLE_LISTS)
def test_a_list_costs_the_same_queries_with_more_rows(
    cast: Cast, name: str, django_assert_max_num_queries: Callable[..., object]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = english(cast.manager.client())
    client.get(reverse(name))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse(name))
    for number in range(3):
        phone = f"1216666000{number}"
        make_account(
            f"新人{number}",
            at_place=cast.places.chengbei,
            phone=phone,
            roles=[("operator", cast.places.chengbei)],
        )
        make_volunteer(f"新人{number}", at_place=cast.places.chengbei, phone=phone)
        Team.objects.create(
            name=f"队{number}", place=cast.places.chengbei, county=cast.places.center, category_id="life",
            leader=cast.leader.person,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(name))
    assert len(many) == len(few)


def volunteer_of(someone: Someone) -> Volunteer:
    return Volunteer.unscoped.get(person=someone.person)


def test_a_volunteer_is_entered_changed_and_taken_off(cast: Cast) -> None:
    client = english(cast.manager.client())
    given = {
        "name": "钱志愿", "phone": NEW, "sex": "9", "place": str(cast.places.datong.uuid), "skills": ["law"],
        "free_time": "周末",
    }  # fmt: skip
    refused = client.post("/console/volunteers/new/", given)
    assert refused.status_code == 422
    assert "without knowing it" in text(refused)
    response = client.post("/console/volunteers/new/", {**given, "consent": "on"})
    assert response.status_code == 303
    page = client.get(response.headers["Location"])
    assert "钱志愿" in text(page)
    edit = response.headers["Location"] + "edit/"
    assert client.get(edit).status_code == 200
    client.post(edit, {"place": str(cast.places.chengbei.uuid), "skills": ["arts"], "free_time": ""})
    volunteer = Volunteer.unscoped.get(person__name="钱志愿")
    assert (volunteer.skills, volunteer.place_id) == (["arts"], cast.places.chengbei.pk)
    asked = client.get(response.headers["Location"] + "leave/")
    assert "off the roll?" in text(asked)
    client.post(response.headers["Location"] + "leave/")
    volunteer.refresh_from_db()
    assert volunteer.state == "left"


def test_a_whole_phone_is_shown_once_by_a_post_that_is_on_record(cast: Cast) -> None:
    client = english(cast.manager.client())
    address = reverse("people:volunteer", args=[volunteer_of(cast.volunteer).uuid])
    assert "121 0000 0003" not in text(client.get(address))
    assert client.get(address + "phone/").status_code == 405
    assert "121 0000 0003" in text(client.post(address + "phone/"))
    assert AuditEntry.objects.filter(verb="volunteer.phone_shown").count() == 1


@pytest.mark.parametrize("step", ["", "edit/", "approve/", "pause/", "leave/"])
def test_mallory_finds_no_volunteer_of_ours(cast: Cast, step: str) -> None:
    address = reverse("people:volunteer", args=[volunteer_of(cast.volunteer).uuid]) + step
    assert english(cast.mallory.client()).get(address).status_code == 404
    if step:
        assert english(cast.mallory.client()).post(address).status_code == 404


def test_a_team_is_founded_led_filled_and_dissolved(cast: Cast) -> None:
    client = english(cast.manager.client())
    given = {
        "name": "长宁义修队", "name_en": "", "place": str(cast.places.changning.uuid), "category": "life",
        "level": "squad", "parent": str(cast.team.uuid), "about": "修灯",
    }  # fmt: skip
    response = client.post("/console/teams/new/", given)
    assert response.status_code == 303
    address = response.headers["Location"]
    team = Team.objects.get(name="长宁义修队")
    assert "李队长" in text(client.get(address + "leader/?q=ldz"))
    client.post(address + "leader/", {"person": str(cast.leader.person.uuid)})
    client.post(address + "members/add/", {"person": str(cast.volunteer.person.uuid)})
    assert TeamMember.objects.filter(team=team, left_on=None).count() == 2
    assert "王小明" in text(client.get(address))
    client.post(address + "members/remove/", {"person": str(cast.volunteer.person.uuid)})
    assert TeamMember.objects.filter(team=team, left_on=None).count() == 1
    assert client.post(address + "members/remove/", {"person": "nonsense"}).status_code == 400
    given.pop("place")
    client.post(address + "edit/", {**given, "name": "长宁维修队"})
    for step, state in (("pause", "paused"), ("resume", "active"), ("dissolve", "dissolved")):
        assert client.get(address + f"{step}/").status_code == 200
        client.post(address + f"{step}/")
        team.refresh_from_db()
        assert (team.name, team.state) == ("长宁维修队", state)
    assert client.get(address).status_code == 200


def test_a_leader_takes_in_by_number_and_mallory_does_not(cast: Cast) -> None:
    newcomer = make_volunteer("郑新", at_place=cast.places.huangxiang)
    address = reverse("people:team", args=[cast.team.uuid])
    assert (
        english(cast.mallory.client())
        .post(address + "members/number/", {"number": newcomer.number})
        .status_code
        == 403
    )
    client = english(cast.leader.client())
    assert "No volunteer of this county" in post_and_follow(
        client, address + "members/number/", {"number": "V0"}
    )
    page = post_and_follow(client, address + "members/number/", {"number": newcomer.number})
    assert "belongs to the team now" in page
    assert "郑新" in page


def test_who_is_outside_a_team_sees_no_members(cast: Cast) -> None:
    page = text(english(cast.mallory.client()).get(reverse("people:team", args=[cast.team.uuid])))
    assert "王小明" not in page


def test_an_account_is_opened_granted_ended_and_closed(cast: Cast) -> None:
    system, client = english(cast.system_admin.client()), english(cast.security_admin.client())
    given = {"name": "新同事", "phone": NEW, "place": str(cast.places.changning.uuid), "password": ""}
    assert client.post("/console/accounts/new/", given).status_code == 403
    response = system.post("/console/accounts/new/", given)
    address = response.headers["Location"]
    account = Account.objects.get(phone_hash=NEW)
    client.post(address + "grant/", {"role": "dispatcher", "place": str(cast.places.changning.uuid)})
    grant = RoleGrant.objects.get(account=account)
    assert "Dispatcher" in text(client.get(address))
    given = {"role": "dispatcher", "place": str(cast.places.changning.uuid)}
    assert "holds this role at this place already" in post_and_follow(client, address + "grant/", given)
    assert client.post(address + "grant/", {"role": "king"}).status_code == 422
    assert "End this role" in text(client.get(f"{address}roles/{grant.uuid}/end/"))
    client.post(f"{address}roles/{grant.uuid}/end/")
    grant.refresh_from_db()
    assert grant.ended_at is not None
    assert "121 5555 0001" not in text(client.get(address))
    assert NEW[:3] + " 5555 0001" in text(client.post(address + "phone/"))
    for step, is_active in (("close", False), ("reopen", True)):
        assert client.get(address + f"{step}/").status_code == 403
        assert system.get(address + f"{step}/").status_code == 200
        system.post(address + f"{step}/")
        account.refresh_from_db()
        assert account.is_active == is_active


def test_a_manager_is_offered_working_roles_only(cast: Cast) -> None:
    page = text(english(cast.manager.client()).get(reverse("people:account", args=[cast.zhou.account.uuid])))
    assert 'value="dispatcher"' in page
    assert 'value="supervisor"' not in page


@pytest.mark.parametrize("who", ["mallory", "dispatcher", "director", "audit_admin"])
def test_other_peoples_accounts_are_not_there(cast: Cast, who: str) -> None:
    response = english(getattr(cast, who).client()).get(
        reverse("people:account", args=[cast.zhou.account.uuid])
    )
    assert response.status_code in {403, 404}


def test_a_director_is_found_appointed_and_ended(cast: Cast) -> None:
    client = english(cast.manager.client())
    address = reverse("people:directors", args=[cast.places.changning.uuid])
    assert "陈所长" in text(client.get(address + "?q=csz"))
    chosen = f"{address}?person={cast.director.person.uuid}"
    assert client.get(chosen).status_code == 200
    client.post(chosen, {"title": "所长", "starts_on": "2026-01-01", "ends_on": ""})
    page = text(client.get(address))
    assert "所长" in page
    overlap = client.post(chosen, {"title": "所长", "starts_on": "2026-02-01", "ends_on": ""})
    assert "End that term first" in text(overlap)
    end = page.split('href="')[1:]
    term = next(part.split('"')[0] for part in end if "/end/" in part.split('"')[0])
    assert client.get(term).status_code == 200
    assert client.post(term, {"last_day": "2026-05-31"}).status_code == 303
    assert english(cast.mallory.client()).get(address).status_code == 403


def test_where_our_own_proxy_stands_the_address_is_the_visitors(cast: Cast) -> None:
    with patch(
        "sidan.people.operations.sign_in_with_password", side_effect=operations.WrongPhoneOrPassword
    ) as door:
        visitor().post("/sign-in/", {"phone": "1", "password": "1"}, HTTP_X_REAL_IP="203.0.113.7")
        assert door.call_args.kwargs["address"] == "203.0.113.7"
        visitor().post(
            "/sign-in/",
            {"phone": "1", "password": "1"},
            HTTP_X_REAL_IP="203.0.113.7",
            REMOTE_ADDR="198.51.100.9",
        )
        assert door.call_args.kwargs["address"] == "198.51.100.9"
