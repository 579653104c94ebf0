"""From an account or a token to the actor."""

from datetime import timedelta

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sidan.core.scope import current_scope
from sidan.people import operations, queries
from sidan.people.models import Account
from tests.cast import Cast
from tests.factories import AT


def test_the_actor_of_an_account_holds_everything_that_rights_are_read_from(cast: Cast) -> None:
    actor = queries.actor_for_account(cast.leader.account.pk)
    assert actor is not None
    assert (actor.person_id, actor.name) == (cast.leader.person.pk, "李队长")
    assert actor.account_uuid == str(cast.leader.account.uuid)
    assert actor.home_place_id == cast.places.chengbei.pk
    assert actor.roles == {"leader"}
    assert actor.led_team_ids == (cast.team.pk,)
    assert actor.team_ids == (cast.team.pk,)


def test_a_grant_carries_the_kind_and_the_county_of_its_place(cast: Cast) -> None:
    (grant,) = cast.director.actor.grants
    assert (grant.role, grant.kind) == ("director", "institute")
    assert (grant.place_id, grant.county_id) == (cast.places.changning.pk, cast.places.center.pk)
    (above,) = cast.supervisor.actor.grants
    assert (above.kind, above.county_id) == ("city", None)


def test_loading_an_actor_takes_one_query_however_many_roles(
    cast: Cast, django_assert_num_queries: type[CaptureQueriesContext]
) -> None:
    for one in (cast.zhou, cast.mallory):
        with django_assert_num_queries(1):  # type: ignore[operator] # a fixture that makes a context
            queries.actor_for_account(one.account.pk)


def test_a_closed_account_has_no_actor(cast: Cast) -> None:
    Account.objects.filter(pk=cast.zhou.account.pk).update(is_active=False)
    assert queries.actor_for_account(cast.zhou.account.pk) is None


def test_a_token_stands_for_its_account_until_it_ends(cast: Cast) -> None:
    text, token = operations.issue_token(actor=cast.zhou.actor, at=AT, name="phone")
    actor = queries.actor_for_token(text, at=AT)
    assert actor is not None
    assert actor.account_id == cast.zhou.account.pk
    assert queries.actor_for_token(text, at=token.expires_at) is None
    assert queries.actor_for_token(text + "x", at=AT) is None
    operations.revoke_token(actor=cast.zhou.actor, at=AT + timedelta(minutes=1), uuid=token.uuid)
    assert queries.actor_for_token(text, at=AT) is None


def test_only_the_hash_of_a_token_is_kept(cast: Cast) -> None:
    text, token = operations.issue_token(actor=cast.zhou.actor, at=AT)
    assert text.encode() not in bytes(token.token_hash)
    assert bytes(token.token_hash) == queries.token_hash(text)


def test_who_works_sees_the_subtree_and_who_administers_sees_no_orders(cast: Cast) -> None:
    with cast.manager.at_work():
        assert current_scope().whole_county_ids == (cast.places.center.pk,)
    with cast.director.at_work():
        assert current_scope().root_ids == (cast.places.changning.pk,)
    with cast.security_admin.at_work():
        assert current_scope().whole_county_ids == ()


@pytest.mark.parametrize("place", ["chengbei", "datong"])
def test_the_nearest_holders_of_a_role_are_told(cast: Cast, place: str) -> None:
    told = queries.accounts_with_roles(
        place_id=getattr(cast.places, place).pk, roles={"dispatcher", "director", "manager"}
    )
    nearest = [cast.director] if place == "chengbei" else [cast.dispatcher, cast.manager]
    assert told == [one.account.pk for one in nearest]


@pytest.mark.parametrize("place", ["chengbei", "huangxiang"])
def test_a_role_that_counts_here_alone_is_not_looked_for_above(cast: Cast, place: str) -> None:
    asked = {"place_id": getattr(cast.places, place).pk, "roles": {"director"}, "here": {"practitioner"}}
    nearest = cast.practitioner if place == "chengbei" else cast.director
    home = cast.places.chengbei if place == "chengbei" else cast.places.changning
    assert queries.accounts_with_roles(**asked) == [nearest.account.pk]
    assert queries.nearest_place_with_roles(**asked) == home.pk


def test_leaders_members_and_persons_are_found_by_account(cast: Cast) -> None:
    assert queries.leader_account_ids(team_id=cast.team.pk) == [cast.leader.account.pk]
    assert queries.member_account_ids(team_id=cast.team.pk) == [
        cast.leader.account.pk,
        cast.volunteer.account.pk,
    ]
    assert queries.account_ids_of_persons(person_ids=[cast.zhou.person.pk]) == [cast.zhou.account.pk]


def test_a_session_ends_when_the_password_changes(cast: Cast) -> None:
    client = cast.zhou.client()
    assert isinstance(client, Client)
    operations.change_password(
        actor=cast.zhou.actor, at=AT, present="sidan-test-2026", new="another-good-one"
    )
    known = queries.known_actor_for_account(cast.zhou.account.pk)
    assert known is not None
    assert known.password_hash != cast.zhou.account.password
