"""Volunteers, teams, members and directors: what may be done, by whom, in which state."""

from datetime import date, timedelta
from typing import Any

import pytest

from sidan.audit.models import AuditEntry
from sidan.core.errors import NotFound
from sidan.people import operations, queries
from sidan.people.enums import TeamState, VolunteerState
from sidan.people.models import Person, Team, TeamMember, Volunteer
from sidan.people.permissions import NotYourPeople, NotYourTeamToRun, NotYourVolunteer
from sidan.people.states import TEAM, VOLUNTEER
from tests.cast import Cast, Someone
from tests.factories import AT, make_account, make_team_category, make_volunteer

NEW = "12155550001"


def enter(by: Someone, **more: Any) -> Volunteer:
    with by.at_work() as actor:
        given = {"name": "钱志愿", "phone": NEW, "skills": ["repair"], **more}
        return operations.register_volunteer(actor=actor, at=AT, **given)


def test_a_resident_applies_and_a_manager_approves(cast: Cast) -> None:
    with cast.zhou.at_work() as actor:
        applied = operations.apply_as_volunteer(
            actor=actor, at=AT, place_id=cast.places.chengbei.pk, skills=["care"]
        )
        assert applied.state == VolunteerState.APPLIED
        with pytest.raises(NotYourPeople):
            operations.approve_volunteer(actor=actor, at=AT, uuid=applied.uuid)
        with pytest.raises(operations.VolunteerAlready):
            operations.apply_as_volunteer(actor=actor, at=AT, place_id=cast.places.chengbei.pk, skills=[])
    with cast.director.at_work() as actor:
        assert (
            operations.approve_volunteer(actor=actor, at=AT, uuid=applied.uuid).state == VolunteerState.ACTIVE
        )
        with pytest.raises(operations.VolunteerMovedOn) as refused:
            operations.approve_volunteer(actor=actor, at=AT, uuid=applied.uuid)
    assert "Active" in str(refused.value)


def test_what_a_practitioner_enters_waits_and_what_a_manager_enters_counts(cast: Cast) -> None:
    assert enter(cast.practitioner, place_id=cast.places.chengbei.pk).state == VolunteerState.APPLIED
    with pytest.raises(operations.VolunteerAlready):
        enter(cast.manager, place_id=cast.places.chengbei.pk)
    other = enter(cast.manager, place_id=cast.places.datong.pk, name="另一位", phone="12155550002")
    assert other.state == VolunteerState.ACTIVE
    assert other.number.startswith("V")


@pytest.mark.parametrize("who", ["mallory", "zhou", "leader", "dispatcher", "supervisor"])
def test_nobody_else_enters_volunteers_here(cast: Cast, who: str) -> None:
    with pytest.raises(NotYourVolunteer):
        enter(getattr(cast, who), place_id=cast.places.chengbei.pk)


@pytest.mark.parametrize("verb", sorted(VOLUNTEER))
@pytest.mark.parametrize("state", sorted(VolunteerState.values))
def test_a_volunteer_moves_as_the_table_says_and_not_otherwise(cast: Cast, verb: str, state: str) -> None:
    if verb == "apply_again":
        return
    volunteer = Volunteer.unscoped.get(person=cast.volunteer.person)
    Volunteer.unscoped.filter(pk=volunteer.pk).update(state=state)
    doors = {
        "approve": operations.approve_volunteer,
        "pause": operations.pause_volunteer,
        "resume": operations.resume_volunteer,
        "leave": operations.leave_as_volunteer,
    }
    with cast.manager.at_work() as actor:
        if state in VOLUNTEER[verb].sources:
            assert doors[verb](actor=actor, at=AT, uuid=volunteer.uuid).state == VOLUNTEER[verb].target
        else:
            with pytest.raises(operations.VolunteerMovedOn):
                doors[verb](actor=actor, at=AT, uuid=volunteer.uuid)


def test_one_pauses_and_leaves_by_oneself_and_may_apply_again(cast: Cast) -> None:
    volunteer = Volunteer.unscoped.get(person=cast.volunteer.person)
    with cast.volunteer.at_work() as actor:
        operations.pause_volunteer(actor=actor, at=AT, uuid=volunteer.uuid)
        operations.leave_as_volunteer(actor=actor, at=AT, uuid=volunteer.uuid)
        again = operations.apply_as_volunteer(
            actor=actor, at=AT, place_id=cast.places.datong.pk, skills=["care"], free_time="周末"
        )
    assert (again.pk, again.state, again.place_id) == (volunteer.pk, "applied", cast.places.datong.pk)


def test_another_countys_volunteer_does_not_exist(cast: Cast) -> None:
    volunteer = Volunteer.unscoped.get(person=cast.volunteer.person)
    with cast.mallory.at_work() as actor:
        for door in (operations.pause_volunteer, operations.leave_as_volunteer):
            with pytest.raises(NotFound):
                door(actor=actor, at=AT, uuid=volunteer.uuid)
        with pytest.raises(NotFound):
            operations.reveal_volunteer_phone(actor=actor, at=AT, uuid=volunteer.uuid)
        assert queries.volunteer_by_uuid(uuid=volunteer.uuid) is None


def test_who_looks_at_a_phone_is_on_record(cast: Cast) -> None:
    volunteer = Volunteer.unscoped.get(person=cast.volunteer.person)
    with cast.practitioner.at_work() as actor:
        assert (
            operations.reveal_volunteer_phone(actor=actor, at=AT, uuid=volunteer.uuid) == cast.volunteer.phone
        )
    assert AuditEntry.objects.get(verb="volunteer.phone_shown").subject_id == volunteer.pk
    with cast.leader.at_work() as actor, pytest.raises(NotYourVolunteer):
        operations.reveal_volunteer_phone(actor=actor, at=AT, uuid=volunteer.uuid)


def test_skills_come_from_the_list(cast: Cast) -> None:
    with pytest.raises(operations.UnknownSkill):
        enter(cast.manager, place_id=cast.places.chengbei.pk, skills=["magic"])


def test_a_manager_founds_a_team_once_under_its_name(cast: Cast) -> None:
    make_team_category("law", "法律服务")
    with cast.manager.at_work() as actor:
        given = {"name": "长宁普法队", "place_id": cast.places.changning.pk, "category_code": "law"}
        team = operations.create_team(actor=actor, at=AT, level="brigade", **given)
        assert (team.county_id, team.state, team.founded_on) == (
            cast.places.center.pk, TeamState.ACTIVE, date(2026, 11, 20),
        )  # fmt: skip
        with pytest.raises(operations.TeamNameTaken):
            operations.create_team(actor=actor, at=AT, **given)
        with pytest.raises(operations.UnknownTeamKind):
            operations.create_team(actor=actor, at=AT, **{**given, "name": "x", "category_code": "none"})
        operations.dissolve_team(actor=actor, at=AT, uuid=team.uuid)
        assert operations.create_team(actor=actor, at=AT, **given).pk != team.pk


@pytest.mark.parametrize("who", ["mallory", "zhou", "leader", "practitioner", "dispatcher", "security_admin"])
def test_nobody_else_founds_teams_here(cast: Cast, who: str) -> None:
    with getattr(cast, who).at_work() as actor, pytest.raises(NotYourPeople):
        operations.create_team(
            actor=actor, at=AT, name="假队", place_id=cast.places.chengbei.pk, category_code="life"
        )


def test_a_new_leader_speaks_for_the_team_and_the_old_one_no_more(cast: Cast) -> None:
    with cast.director.at_work() as actor:
        operations.set_leader(actor=actor, at=AT, uuid=cast.team.uuid, person_uuid=cast.volunteer.person.uuid)
    assert cast.volunteer.actor.led_team_ids == (cast.team.pk,)
    assert cast.leader.actor.led_team_ids == ()
    assert cast.leader.actor.team_ids == (cast.team.pk,)


def test_a_leader_takes_members_in_by_number_and_lets_them_go(cast: Cast) -> None:
    newcomer = make_volunteer("郑新", at_place=cast.places.huangxiang)
    with cast.leader.at_work() as actor:
        with pytest.raises(NotFound):
            operations.add_member(actor=actor, at=AT, uuid=cast.team.uuid, person_uuid=newcomer.person.uuid)
        with pytest.raises(operations.UnknownVolunteerNumber):
            operations.add_member_by_number(actor=actor, at=AT, uuid=cast.team.uuid, number="V1")
        member = operations.add_member_by_number(
            actor=actor, at=AT, uuid=cast.team.uuid, number=f" {newcomer.number.lower()} "
        )
        assert member.joined_on == date(2026, 11, 20)
        with pytest.raises(operations.MemberAlready):
            operations.add_member_by_number(actor=actor, at=AT, uuid=cast.team.uuid, number=newcomer.number)
        operations.remove_member(
            actor=actor, at=AT + timedelta(days=3), uuid=cast.team.uuid, person_uuid=newcomer.person.uuid
        )
        with pytest.raises(operations.NotAMember):
            operations.remove_member(
                actor=actor, at=AT, uuid=cast.team.uuid, person_uuid=newcomer.person.uuid
            )
    assert TeamMember.objects.get(pk=member.pk).left_on == date(2026, 11, 23)


def test_only_an_active_volunteer_joins_a_team(cast: Cast) -> None:
    with cast.manager.at_work() as actor, pytest.raises(operations.NotAnActiveVolunteer):
        operations.add_member(actor=actor, at=AT, uuid=cast.team.uuid, person_uuid=cast.zhou.person.uuid)


def test_the_leader_cannot_be_taken_out_before_another_is_named(cast: Cast) -> None:
    with cast.manager.at_work() as actor, pytest.raises(operations.LeaderStays):
        operations.remove_member(actor=actor, at=AT, uuid=cast.team.uuid, person_uuid=cast.leader.person.uuid)


def test_mallory_and_members_run_nothing(cast: Cast) -> None:
    for one in (cast.mallory, cast.volunteer, cast.zhou):
        with one.at_work() as actor, pytest.raises(NotYourTeamToRun):
            operations.rename_team(actor=actor, at=AT, uuid=cast.team.uuid, name="改名队")


def test_a_member_may_leave_by_oneself(cast: Cast) -> None:
    with cast.volunteer.at_work() as actor:
        operations.remove_member(
            actor=actor, at=AT, uuid=cast.team.uuid, person_uuid=cast.volunteer.person.uuid
        )
    assert cast.volunteer.actor.team_ids == ()


@pytest.mark.parametrize("verb", sorted(TEAM))
@pytest.mark.parametrize("state", sorted(TeamState.values))
def test_a_team_moves_as_the_table_says_and_not_otherwise(cast: Cast, verb: str, state: str) -> None:
    Team.objects.filter(pk=cast.team.pk).update(state=state)
    doors = {
        "pause": operations.pause_team,
        "resume": operations.resume_team,
        "dissolve": operations.dissolve_team,
    }
    with cast.manager.at_work() as actor:
        if state in TEAM[verb].sources:
            assert doors[verb](actor=actor, at=AT, uuid=cast.team.uuid).state == TEAM[verb].target
        else:
            with pytest.raises((operations.TeamMovedOn, operations.TeamDissolved)):
                doors[verb](actor=actor, at=AT, uuid=cast.team.uuid)


def test_a_team_stands_under_another_but_never_in_a_circle(cast: Cast) -> None:
    with cast.manager.at_work() as actor:
        given = {"actor": actor, "at": AT, "category_code": "life", "level": "squad"}
        above = operations.create_team(
            actor=actor, at=AT, name="寻乌总队", place_id=cast.places.center.pk, category_code="life"
        )
        operations.edit_team(uuid=cast.team.uuid, name="城北义剪队", parent_uuid=above.uuid, **given)
        with pytest.raises(operations.TeamInCircle):
            operations.edit_team(uuid=above.uuid, name="寻乌总队", parent_uuid=cast.team.uuid, **given)
        with pytest.raises(operations.HasTeamsBelow):
            operations.dissolve_team(actor=actor, at=AT, uuid=above.uuid)
    assert [team.pk for team in queries.teams_under(team_id=above.pk)] == [cast.team.pk]


def test_a_place_has_one_head_at_a_time(cast: Cast) -> None:
    with cast.manager.at_work() as actor:
        given: dict[str, Any] = {
            "actor": actor, "at": AT, "place_id": cast.places.changning.pk, "title": "所长",
            "person_uuid": cast.director.person.uuid,
        }  # fmt: skip
        first = operations.appoint_director(starts_on=date(2026, 1, 1), **given)
        with pytest.raises(operations.TermOverlaps):
            operations.appoint_director(starts_on=date(2026, 6, 1), **given)
        with pytest.raises(operations.TermEndsBeforeItBegins):
            operations.end_term(actor=actor, at=AT, uuid=first.uuid, last_day=date(2025, 12, 31))
        operations.end_term(actor=actor, at=AT, uuid=first.uuid, last_day=date(2026, 5, 31))
        with pytest.raises(operations.TermEndedAlready):
            operations.end_term(actor=actor, at=AT, uuid=first.uuid, last_day=date(2026, 5, 31))
        operations.appoint_director(starts_on=date(2026, 6, 1), ends_on=date(2027, 5, 31), **given)
    on = {day: queries.current_directors(place_ids=[cast.places.changning.pk], on=day) for day in (
        date(2026, 5, 31), date(2026, 6, 1), date(2027, 6, 1),
    )}  # fmt: skip
    assert [len(found) for found in on.values()] == [1, 1, 0]


def test_mallory_appoints_nobody(cast: Cast) -> None:
    with cast.mallory.at_work() as actor, pytest.raises(NotYourPeople):
        operations.appoint_director(
            actor=actor, at=AT, place_id=cast.places.changning.pk, person_uuid=cast.mallory.person.uuid,
            title="所长", starts_on=date(2026, 1, 1),
        )  # fmt: skip


def test_lists_show_the_own_subtree_only(cast: Cast) -> None:
    make_account("外县人", at_place=cast.places.other_station, phone="12155550009")
    make_volunteer("外县人", at_place=cast.places.other_station, phone="12155550009")
    seen: dict[str, set[str]] = {}
    for name in ("manager", "director", "mallory", "volunteer", "supervisor"):
        with getattr(cast, name).at_work():
            rows = queries.volunteers(wanted=queries.VolunteerFilter())
            seen[name] = set(rows.values_list("person__name", flat=True))
    here = {"李队长", "王小明"}
    assert seen == {
        "manager": here, "director": here, "mallory": {"外县人"}, "volunteer": here, "supervisor": {*here, "外县人"},
    }  # fmt: skip


@pytest.mark.parametrize("query", ["李队", "ldz", "liduizhang", "12100000002"])
def test_a_volunteer_is_found_by_name_pinyin_initials_and_whole_phone(cast: Cast, query: str) -> None:
    with cast.manager.at_work():
        page = queries.volunteer_page_of(wanted=queries.VolunteerFilter(query=query))
    assert [row.person.name for row in page.items] == ["李队长"]


def test_a_part_of_a_phone_finds_nobody(cast: Cast) -> None:
    with cast.manager.at_work():
        assert queries.volunteer_page_of(wanted=queries.VolunteerFilter(query="12100000")).items == []


def test_the_manager_finds_accounts_of_the_county_and_mallory_only_hers(cast: Cast) -> None:
    ours = queries.accounts(actor=cast.manager.actor, wanted=queries.AccountFilter(query="周奶奶"))
    assert ours.get().pk == cast.zhou.account.pk
    theirs = queries.accounts(actor=cast.mallory.actor, wanted=queries.AccountFilter())
    assert [account.pk for account in theirs] == [cast.mallory.account.pk]
    assert not queries.accounts(actor=cast.dispatcher.actor, wanted=queries.AccountFilter()).exists()


def test_persons_to_choose_from_stay_within_the_scope(cast: Cast) -> None:
    with cast.mallory.at_work():
        assert queries.persons_named(query="李队长") == []
    with cast.manager.at_work():
        assert [person.name for person in queries.persons_named(query="ldz")] == ["李队长"]
        assert queries.persons_named(query="  ") == []
    assert Person.unscoped.filter(name="李队长").count() == 1
