"""Stars and titles: proposed by the office, read by everybody, objected to and answered, given, and taken back."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given as for_all
from hypothesis import strategies as st

from sidan.core.clock import BUSINESS_ZONE, business_date
from sidan.core.errors import SayWhy
from sidan.honours import operations, queries
from sidan.honours.models import Award, Nominee, Objection, Proposal, ProposalStep, StandingAward
from sidan.honours.operations import (
    AnsweredAlready,
    NamedAlready,
    NobodyLeft,
    NobodyReaches,
    NoNames,
    NotForThem,
    NoticeIsOver,
    NoticeStillRuns,
    NoticeTooShort,
    ObjectedAlready,
    ProposalMovedOn,
    StarsByHours,
    TakenBackAlready,
    TakenOutAlready,
    TitleEnded,
    TitleThere,
    Unanswered,
)
from sidan.honours.permissions import NotAboutYourself, NotYoursToGive
from sidan.honours.policies import LONGEST_HOLIDAY, last_day_of_notice
from sidan.hours.models import Entry
from sidan.notify.models import Notice
from sidan.people.models import Person, Volunteer
from tests.cast import Cast, Someone
from tests.factories import AT
from tests.honours.giving import (
    OVER,
    PROPOSED,
    given,
    name_of,
    noticed,
    objected,
    proposed,
    title,
    two_reach,
)
from tests.honours.issuing import taken_back
from tests.hours.serving import hours, served

pytestmark = pytest.mark.django_db


def told(who: Someone) -> list[str]:
    return list(Notice.objects.filter(account=who.account).order_by("pk").values_list("kind", flat=True))


def refused_by_the_database() -> object:
    return pytest.raises((IntegrityError, DatabaseError))


def test_everybody_whose_hours_reach_a_star_is_proposed_once_with_the_highest(cast: Cast) -> None:
    two_reach(cast)
    made = proposed(cast)
    names = {one.person_id: (one.stars, one.minutes) for one in Nominee.objects.filter(proposal=made)}
    assert names == {cast.volunteer.person.pk: (2, 150), cast.leader.person.pk: (1, 90)}
    # They wait in this list, so that nobody is left for a second one.
    with pytest.raises(NobodyReaches):
        proposed(cast)
    with cast.manager.at_work() as actor:
        operations.drop_proposal(actor=actor, at=PROPOSED, proposal=made)
    assert Nominee.objects.filter(proposal=proposed(cast)).count() == 2


def test_hours_of_a_merged_row_count_for_the_person_that_is_kept(cast: Cast) -> None:
    two_reach(cast)
    Person.unscoped.filter(pk=cast.leader.person.pk).update(canonical=cast.volunteer.person)
    names = list(Nominee.objects.filter(proposal=proposed(cast)))
    assert [(one.person_id, one.minutes) for one in names] == [(cast.volunteer.person.pk, 240)]


def test_only_the_office_of_the_county_proposes_and_gives(cast: Cast) -> None:
    two_reach(cast)
    made = noticed(cast)
    for who in (cast.mallory, cast.director, cast.practitioner, cast.volunteer, cast.supervisor):
        with who.at_work() as actor:
            with pytest.raises(NotYoursToGive):
                operations.propose_stars(actor=actor, at=PROPOSED, county=cast.places.center)
            with pytest.raises(NotYoursToGive):
                operations.award_proposal(actor=actor, at=OVER, proposal=made)


def test_what_was_on_notice_for_a_week_is_given_and_told(cast: Cast) -> None:
    two_reach(cast)
    awards = given(cast)
    assert {(one.person_id, one.stars) for one in awards} == {
        (cast.volunteer.person.pk, 2),
        (cast.leader.person.pk, 1),
    }
    assert told(cast.volunteer)[-2:] == ["honour_noticed", "honour_given"]
    assert StandingAward.objects.count() == 2
    with pytest.raises(NobodyReaches):
        proposed(cast, OVER)


def test_a_higher_star_is_proposed_when_more_hours_have_come(cast: Cast) -> None:
    two_reach(cast)
    given(cast)
    served(cast, cast.leader, AT + timedelta(days=2), hours(3))
    names = list(Nominee.objects.filter(proposal=proposed(cast, OVER)))
    assert [(one.person_id, one.stars) for one in names] == [(cast.leader.person.pk, 2)]


@for_all(
    days=st.integers(7, 60), minute=st.integers(0, 60 * 24 * 366), free=st.sets(st.integers(0, 6), max_size=7)
)
def test_no_notice_is_shorter_than_its_days_whatever_days_are_free(
    days: int, minute: int, free: set[int]
) -> None:
    at = datetime(2026, 1, 1, tzinfo=BUSINESS_ZONE) + timedelta(minutes=minute)
    today = business_date(at)
    last = last_day_of_notice(today=today, days=days, works_on=lambda day: day.weekday() not in free)
    assert (last - today).days >= days
    assert last.weekday() not in free or (last - today).days == days + LONGEST_HOLIDAY


def test_a_notice_cannot_be_cut_short(cast: Cast) -> None:
    two_reach(cast)
    made = proposed(cast)
    with cast.manager.at_work() as actor:
        for days in (0, 6, 61):
            with pytest.raises(NoticeTooShort):
                operations.publish_proposal(actor=actor, at=PROPOSED, proposal=made, days=days)
        operations.publish_proposal(actor=actor, at=PROPOSED, proposal=made)
        assert made.public_until is not None
        assert made.public_until >= PROPOSED + timedelta(days=7)
        with pytest.raises(NoticeStillRuns):
            operations.award_proposal(actor=actor, at=made.public_until - timedelta(seconds=1), proposal=made)
    rows = Proposal.unscoped.filter(pk=made.pk)
    early = PROPOSED + timedelta(days=1)
    for columns in (
        {"public_until": made.public_until - timedelta(days=1)},
        {"public_from": PROPOSED - timedelta(days=30), "public_until": early},
        {"state": "awarded", "turn": 9, "state_since": early},
        {"state": "draft", "turn": 9},
        {"state": "awarded", "state_since": OVER},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**columns)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


def test_a_notice_begins_when_it_goes_up(cast: Cast) -> None:
    two_reach(cast)
    made = proposed(cast)
    rows = Proposal.unscoped.filter(pk=made.pk)
    rows.update(public_from=AT - timedelta(days=40), public_until=AT - timedelta(days=30))
    with pytest.raises(DatabaseError, match="begins when it goes up"), transaction.atomic():
        rows.update(state="noticed", turn=7, state_since=PROPOSED)


def test_nobody_is_added_to_a_list_on_notice_nor_changed_in_it(cast: Cast) -> None:
    two_reach(cast)
    made = noticed(cast)
    one = name_of(made, cast.leader)
    with pytest.raises(DatabaseError, match="on notice"), transaction.atomic():
        Nominee.objects.create(
            proposal=made, person=cast.zhou.person, place=cast.places.chengbei, stars=1, minutes=60, needed=60
        )
    with pytest.raises(DatabaseError, match="on notice"), transaction.atomic():
        Nominee.objects.filter(pk=one.pk).delete()
    with pytest.raises(DatabaseError, match="as it was proposed"), transaction.atomic():
        Nominee.objects.filter(pk=one.pk).update(stars=2, minutes=120, needed=120)


def test_an_objection_is_answered_before_anything_is_given(cast: Cast) -> None:
    two_reach(cast)
    made = noticed(cast)
    one = objected(cast, made, cast.leader)
    made.refresh_from_db()
    assert told(cast.manager)[-1] == "honour_objected"
    with cast.manager.at_work() as actor:
        with pytest.raises(Unanswered):
            operations.award_proposal(actor=actor, at=OVER, proposal=made)
        # Nor past the operation.
        with pytest.raises(DatabaseError, match="no answer"), transaction.atomic():
            Proposal.unscoped.filter(pk=made.pk).update(state="awarded", turn=99, state_since=OVER)
        with pytest.raises(SayWhy):
            operations.keep_name(actor=actor, at=PROPOSED, proposal=made, objection=one, words=" ")
        operations.keep_name(actor=actor, at=PROPOSED, proposal=made, objection=one, words="核对了签到，属实")
        with pytest.raises(AnsweredAlready):
            operations.take_name_out(actor=actor, at=PROPOSED, proposal=made, objection=one, words="再看一次")
        made.refresh_from_db()
        assert len(operations.award_proposal(actor=actor, at=OVER, proposal=made)) == 2
    assert told(cast.zhou)[-1] == "honour_answered"


def test_a_name_that_was_taken_out_is_not_given_anything(cast: Cast) -> None:
    two_reach(cast)
    made = noticed(cast)
    one = objected(cast, made, cast.leader)
    made.refresh_from_db()
    with cast.manager.at_work() as actor:
        operations.take_name_out(actor=actor, at=PROPOSED, proposal=made, objection=one, words="当天确实不在")
        awards = operations.award_proposal(actor=actor, at=OVER, proposal=made)
    assert [award.person_id for award in awards] == [cast.volunteer.person.pk]
    assert told(cast.leader)[-1] == "honour_taken_out"
    with pytest.raises(TakenOutAlready if made.state == "noticed" else ProposalMovedOn):
        objected(cast, made, cast.leader)
    out = name_of(made, cast.leader)
    with pytest.raises(DatabaseError, match="not on a notice"), transaction.atomic():
        Award.unscoped.create(
            nominee=out, kind="star", county=cast.places.center, place=out.place, person=out.person, stars=1, year=0,
            given_year=2026, at=OVER, actor=cast.manager.account,
        )  # fmt: skip


def test_one_objects_to_a_name_once_until_it_is_answered_and_never_after_the_end(cast: Cast) -> None:
    two_reach(cast)
    made = noticed(cast)
    objected(cast, made, cast.leader)
    with pytest.raises(ObjectedAlready):
        objected(cast, made, cast.leader)
    with pytest.raises(NoticeIsOver):
        objected(cast, made, cast.volunteer, OVER)
    with pytest.raises(DatabaseError, match="not on notice"), transaction.atomic():
        Objection.objects.create(
            proposal=made,
            nominee=name_of(made, cast.volunteer),
            by=cast.zhou.account,
            words="晚了",
            answer="",
            at=OVER,
        )


def test_nobody_answers_an_objection_about_themself(cast: Cast) -> None:
    two_reach(cast)
    Person.unscoped.filter(pk=cast.manager.person.pk).update(canonical=cast.leader.person)
    made = noticed(cast)
    one = objected(cast, made, cast.leader)
    made.refresh_from_db()
    with cast.manager.at_work() as actor, pytest.raises(NotAboutYourself):
        operations.keep_name(actor=actor, at=PROPOSED, proposal=made, objection=one, words="没有问题")


def test_from_an_old_page_nothing_is_given(cast: Cast) -> None:
    two_reach(cast)
    made = noticed(cast)
    objected(cast, made, cast.leader)
    with cast.manager.at_work() as actor, pytest.raises((ProposalMovedOn, Unanswered)):
        operations.award_proposal(actor=actor, at=OVER, proposal=made)


def test_a_withdrawn_list_gives_nothing_and_says_why(cast: Cast) -> None:
    two_reach(cast)
    made = noticed(cast)
    with cast.manager.at_work() as actor:
        with pytest.raises(SayWhy):
            operations.withdraw_proposal(actor=actor, at=PROPOSED, proposal=made, words="")
        operations.withdraw_proposal(actor=actor, at=PROPOSED, proposal=made, words="名单漏了一个村")
        with pytest.raises(ProposalMovedOn):
            operations.award_proposal(actor=actor, at=OVER, proposal=made)
    assert told(cast.volunteer)[-1] == "honour_withdrawn"


def test_whose_hours_were_corrected_while_the_notice_ran_is_given_nothing(cast: Cast) -> None:
    two_reach(cast)
    made = noticed(cast)
    taken_back(cast, Entry.unscoped.get(person=cast.leader.person), at=PROPOSED)
    with cast.manager.at_work() as actor:
        awards = operations.award_proposal(actor=actor, at=OVER, proposal=made)
    assert [award.person_id for award in awards] == [cast.volunteer.person.pk]
    assert name_of(made, cast.leader).out_why == "hours"


def test_a_list_of_which_nobody_is_left_is_not_given(cast: Cast) -> None:
    two_reach(cast)
    made = noticed(cast)
    for who in (cast.leader, cast.volunteer):
        taken_back(cast, Entry.unscoped.get(person=who.person), at=PROPOSED)
    with cast.manager.at_work() as actor, pytest.raises(NobodyLeft):
        operations.award_proposal(actor=actor, at=OVER, proposal=made)


def test_a_star_is_taken_back_when_records_no_longer_reach_it_and_told_once(cast: Cast) -> None:
    two_reach(cast)
    given(cast)
    taken_back(cast, Entry.unscoped.get(person=cast.leader.person), at=OVER)
    for _again in range(2):
        operations.recheck_stars(at=OVER, person_id=cast.leader.person.pk)
        operations.recheck_stars(at=OVER, person_id=cast.volunteer.person.pk)
    back = Award.unscoped.get(takes_back__isnull=False)
    assert (back.person_id, back.reason, back.actor_id) == (cast.leader.person.pk, "corrected", None)
    assert told(cast.leader).count("honour_taken_back") == 1
    assert [one.person_id for one in StandingAward.objects.all()] == [cast.volunteer.person.pk]
    # Served anew, the star is within reach again.
    served(cast, cast.leader, AT + timedelta(days=3), hours(1.5))
    assert Nominee.objects.filter(proposal=proposed(cast, OVER)).count() == 1


def test_the_office_takes_a_star_back_once_with_a_reason(cast: Cast) -> None:
    two_reach(cast)
    award = given(cast)[0]
    asked = {"at": OVER, "award": award, "reason": "untrue"}
    with cast.mallory.at_work() as actor, pytest.raises(NotYoursToGive):
        operations.take_award_back(actor=actor, words="不属实", **asked)  # type: ignore[arg-type] # named above
    with cast.manager.at_work() as actor:
        with pytest.raises(SayWhy):
            operations.take_award_back(actor=actor, words="", **asked)  # type: ignore[arg-type] # named above
        operations.take_award_back(actor=actor, words="经核实不属实", **asked)  # type: ignore[arg-type] # named above
        with pytest.raises(TakenBackAlready):
            operations.take_award_back(actor=actor, words="再来一次", **asked)  # type: ignore[arg-type] # named above


def test_awards_and_their_history_are_never_changed_and_what_stands_follows_from_them(cast: Cast) -> None:
    two_reach(cast)
    award = given(cast)[0]
    for statement in (
        "UPDATE honours_award SET stars = 5",
        "DELETE FROM honours_award",
        "UPDATE honours_proposalstep SET verb = 'drop'",
        "DELETE FROM honours_standingaward",
        "UPDATE honours_standingaward SET stars = 1",
        "INSERT INTO honours_standingaward (award_id, county_id, year) SELECT id, county_id, 1 FROM honours_award",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.unscoped.create(
            nominee=award.nominee, kind="star", county=award.county, place=award.place, person=award.person,
            stars=award.stars, year=0, given_year=2026, at=OVER, actor=cast.manager.account,
        )  # fmt: skip
    assert ProposalStep.objects.count() == 3


def test_by_the_year_the_same_star_is_given_again_in_the_next(cast: Cast) -> None:
    from_year = two_reach_by_the_year(cast)
    assert {one.year for one in given(cast)} == {from_year}
    with pytest.raises(NobodyReaches):
        proposed(cast, OVER)


def two_reach_by_the_year(cast: Cast) -> int:
    two_reach(cast)
    ladder = queries.ladder_of(county_id=cast.places.center.pk, on=business_date(AT))
    assert ladder is not None
    with cast.manager.at_work() as actor:
        operations.begin_ladder(
            actor=actor, at=AT - timedelta(days=1), county=cast.places.center, basis="year", rungs=[1, 2],
            first_day=business_date(AT),
        )  # fmt: skip
    return AT.year


def of_the_next_county(cast: Cast) -> Volunteer:
    place = cast.places.other_station
    return Volunteer(person=cast.mallory.person, place=place, county_id=place.county_id, state="active")


def volunteer_of(who: Someone) -> Volunteer:
    return Volunteer.unscoped.get(person=who.person)


def test_a_title_is_given_to_those_who_were_written_down_and_once_a_year(cast: Cast) -> None:
    made = title(cast)
    for _time in range(2):
        with cast.manager.at_work() as actor:
            listed = operations.propose_title(actor=actor, at=PROPOSED, title=made, year=2026)
            with pytest.raises(NoNames):
                operations.publish_proposal(actor=actor, at=PROPOSED, proposal=listed)
            listed.refresh_from_db()
            operations.name_volunteer(
                actor=actor, at=PROPOSED, proposal=listed, volunteer=volunteer_of(cast.volunteer)
            )
            with pytest.raises(NamedAlready):
                operations.name_volunteer(
                    actor=actor, at=PROPOSED, proposal=listed, volunteer=volunteer_of(cast.volunteer)
                )
            listed.refresh_from_db()
            with pytest.raises(NotForThem):
                operations.name_team(actor=actor, at=PROPOSED, proposal=listed, team=cast.team)
            with pytest.raises(NotForThem):
                operations.name_volunteer(
                    actor=actor, at=PROPOSED, proposal=listed, volunteer=of_the_next_county(cast)
                )
            operations.publish_proposal(actor=actor, at=PROPOSED, proposal=listed)
            if _time == 0:
                (award,) = operations.award_proposal(actor=actor, at=OVER, proposal=listed)
                assert (award.title_id, award.year) == (made.pk, 2026)
            else:
                with pytest.raises(NobodyLeft):
                    operations.award_proposal(actor=actor, at=OVER, proposal=listed)


def test_a_title_for_teams_is_told_to_their_leader(cast: Cast) -> None:
    made = title(cast, "优秀志愿服务队", "team")
    with cast.manager.at_work() as actor:
        listed = operations.propose_title(actor=actor, at=PROPOSED, title=made, year=2026)
        operations.name_team(actor=actor, at=PROPOSED, proposal=listed, team=cast.team)
        with pytest.raises(NotForThem):
            operations.name_team(actor=actor, at=PROPOSED, proposal=listed, team=cast.other_team)
        operations.publish_proposal(actor=actor, at=PROPOSED, proposal=listed)
        operations.award_proposal(actor=actor, at=OVER, proposal=listed)
    assert told(cast.leader)[-2:] == ["honour_noticed", "honour_given"]


def test_nobody_is_written_down_by_hand_for_a_star(cast: Cast) -> None:
    two_reach(cast)
    made = proposed(cast)
    with cast.manager.at_work() as actor, pytest.raises(StarsByHours):
        operations.name_volunteer(
            actor=actor, at=PROPOSED, proposal=made, volunteer=volunteer_of(cast.volunteer)
        )


def test_a_title_ends_and_is_never_rewritten(cast: Cast) -> None:
    made = title(cast)
    with cast.manager.at_work() as actor:
        with pytest.raises(TitleThere):
            title(cast)
        operations.end_title(actor=actor, at=PROPOSED, title=made)
        with pytest.raises(TitleEnded):
            operations.end_title(actor=actor, at=PROPOSED, title=made)
        made.refresh_from_db()
        with pytest.raises(TitleEnded):
            operations.propose_title(actor=actor, at=PROPOSED, title=made, year=2026)
    with pytest.raises(DatabaseError), transaction.atomic():
        type(made).unscoped.filter(pk=made.pk).update(criteria="改过")
    title(cast)
