"""Hours of a person are the sum of records less counter-records: at any moment, in any order and in parallel."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidan.attendance.enums import Way
from sidan.core.errors import DomainError
from sidan.core.scope import everything
from sidan.core.soundness import look_at_all
from sidan.hours import operations
from sidan.hours.enums import ClaimState, Subject
from sidan.hours.models import Claim, Entry, Standing, Total
from sidan.hours.tasks import end_notices
from tests.at_once import DONE, all_at_once
from tests.cast import Cast, Someone, cast_on_stage
from tests.factories import AT
from tests.hours.serving import a_cause, come_and_go, hours, over, served

SERVE, SERVE_LATE, TAKE_BACK, CORRECT, AGREE, REFUSE, OBJECT, WAIT = range(8)
ACTS = st.lists(
    st.tuples(
        st.integers(SERVE, WAIT), st.integers(0, 1), st.integers(0, 40), st.sampled_from([0.25, 1, 3.5, 9, 13, 20])
    ),
    min_size=1, max_size=12,
)  # fmt: skip


def _one(rows: list[Entry] | list[Claim], number: int) -> Entry | Claim:
    return rows[number % len(rows)]


def act(cast: Cast, kind: int, who: Someone, number: int, length: float) -> None:
    """Do one thing; what it finds nothing for, or what is refused in words, is left."""
    begins = AT + hours(number * 3)
    records = list(Entry.unscoped.filter(counters=None).order_by("id"))
    claims = list(Claim.unscoped.order_by("id"))
    at = AT + timedelta(days=10)
    if kind == SERVE:
        served(cast, who, begins, hours(length))
    elif kind == SERVE_LATE:
        served(cast, who, begins, hours(length), way=Way.HAND, written=at)
    elif kind == WAIT:
        end_notices.run(at=at + timedelta(days=8))
    elif kind in {TAKE_BACK, CORRECT} and records:
        _change(cast, kind, _one(records, number))  # type: ignore[arg-type] # of the list of records
    elif kind in {AGREE, REFUSE, OBJECT} and claims:
        _decide(cast, kind, _one(claims, number))  # type: ignore[arg-type] # of the list of claims


def _change(cast: Cast, kind: int, entry: Entry) -> None:
    told = {"actor": cast.manager.actor, "at": AT, "entry": entry, "reason": "wrong_time", "words": "记错了"}
    if kind == TAKE_BACK:
        operations.take_back(**told)  # type: ignore[arg-type] # five of their own types
    else:
        begins, ends = entry.during.lower, entry.during.upper
        assert begins is not None
        assert ends is not None
        operations.correct_times(begins=begins, ends=begins + (ends - begins) / 2, **told)  # type: ignore[arg-type] # as above


def _decide(cast: Cast, kind: int, claim: Claim) -> None:
    actor = cast.manager.actor
    if kind == OBJECT:
        operations.object_to_claim(actor=cast.zhou.actor, at=AT, claim=claim, words="没看见他")
    elif kind == REFUSE:
        operations.refuse_claim(actor=actor, at=AT, claim=claim, words="不是服务")
    elif claim.state == ClaimState.WAITING and claim.kind == "late":
        operations.publish_claim(actor=actor, at=AT, claim=claim)
    else:
        operations.agree_to_claim(actor=actor, at=AT, claim=claim)


def hold(cast: Cast, people: list[Someone]) -> None:
    """What is kept beside the entries is what they add up to, and no two standing records of a person overlap."""
    for who in people:
        rows = Entry.unscoped.filter(person=who.actor.person_id)
        total = Total.objects.filter(subject=Subject.PERSON, subject_id=who.actor.person_id)
        assert sum(total.values_list("minutes", flat=True)) == sum(rows.values_list("minutes", flat=True))
    assert all(kept.broken == 0 for kept in look_at_all() if kept.rule.code.startswith("hours."))
    team = Total.objects.filter(subject=Subject.TEAM, subject_id=cast.team.pk)
    assert sum(team.values_list("minutes", flat=True)) == sum(
        Entry.unscoped.values_list("minutes", flat=True)
    )
    for who in people:
        spans = sorted(
            (row.during.lower, row.during.upper)
            for row in Standing.objects.filter(person=who.actor.person_id)
        )
        assert all(one[1] <= two[0] for one, two in pairwise(spans))


def told_so_far() -> list[tuple[object, ...]]:
    """Every record and claim as it stands."""
    records = Entry.unscoped.order_by("id").values_list("id", "minutes")
    return [*records, *Claim.unscoped.order_by("id").values_list("id", "state", "turn")]


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS)
def test_after_any_sequence_of_acts_the_totals_are_the_sums_of_the_records(
    acts: list[tuple[int, int, int, float]],
) -> None:
    with transaction.atomic(), everything("a test"):
        cast = cast_on_stage()
        people = [cast.volunteer, cast.leader]
        for kind, who, number, length in acts:
            before, refusal = told_so_far(), None
            try:
                with transaction.atomic():
                    act(cast, kind, people[who], number, length)
            except DomainError as told:
                refusal = told
            assert refusal is None or told_so_far() == before, "what is refused leaves nothing behind"
            hold(cast, people)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_same_record_back_at_once_one_does() -> None:
    cast = cast_on_stage()
    with everything("a test"):
        served(cast, cast.volunteer, AT, hours(2))
        entry = Entry.unscoped.get()

        def back(who: Someone) -> Callable[[], object]:
            actor = who.actor
            return lambda: operations.take_back(
                actor=actor, at=AT, entry=entry, reason="twice", words="重复了"
            )

        answers = all_at_once(back(cast.manager), back(cast.director))
        assert sorted(answers) == sorted([DONE, "hours_taken_back_already"])
        hold(cast, [cast.volunteer])


@pytest.mark.django_db(transaction=True)
def test_visits_of_one_team_that_end_at_once_lose_no_minute_and_wait_in_no_circle() -> None:
    cast = cast_on_stage()
    with everything("a test"):
        people = [cast.volunteer, cast.leader]
        causes = []
        for number in range(6):
            cause = a_cause(cast)
            causes.append(cause)
            for who in people if number % 2 else reversed(people):
                come_and_go(cast, cause, who, AT + hours(number), AT + hours(number + 1))
        answers = all_at_once(*[lambda cause=cause: over(cast, cause, at=AT) for cause in causes])  # type: ignore[misc] # one each
        assert answers == [DONE] * 6
        hold(cast, people)
        assert sum(Total.objects.filter(subject=Subject.TEAM).values_list("minutes", flat=True)) == 720
