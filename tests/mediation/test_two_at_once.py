"""Two people act on one case at the same moment: nothing is planned beside a case that is over, or another's by now."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from sidan.core.clock import business_date
from sidan.mediation import operations
from sidan.mediation.models import Case, FollowUp, Sitting
from tests.at_once import all_at_once, second_behind
from tests.cast import Cast
from tests.factories import AT
from tests.mediation.test_cases import LATER, agreed, opened

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
END = [operations.fail_case, operations.withdraw_case]


def sitting_of(cast: Cast, case: Case) -> Sitting:
    return operations.plan_sitting(
        actor=cast.practitioner.actor, at=AT, case=case, planned_at=LATER, where="祠堂"
    )


def given_away(cast: Cast, case: Case) -> Case:
    """The director gives the case to the grid keeper."""
    same = Case.unscoped.get(pk=case.pk)
    return operations.hand_over_case(
        actor=cast.director.actor, at=LATER, case=same, person_uuid=cast.grid_keeper.person.uuid
    )


@pytest.mark.parametrize("end", END)
def test_no_sitting_is_planned_beside_a_case_that_is_just_ending(
    cast: Cast, end: Callable[..., Case]
) -> None:
    case, actor = opened(cast), cast.practitioner.actor
    same = Case.unscoped.get(pk=case.pk)
    answer = second_behind(
        lambda: end(actor=actor, at=LATER, case=case, words=""),
        lambda: operations.plan_sitting(actor=actor, at=LATER, case=same, planned_at=LATER + DAY, where=""),
    )
    assert answer == "case_moved_on"
    assert not Sitting.objects.exists()


def test_a_sitting_planned_just_before_the_case_ends_is_called_off_with_it(cast: Cast) -> None:
    case, actor = opened(cast), cast.practitioner.actor
    same = Case.unscoped.get(pk=case.pk)
    answer = second_behind(
        lambda: operations.plan_sitting(actor=actor, at=LATER, case=same, planned_at=LATER + DAY, where=""),
        lambda: operations.withdraw_case(actor=actor, at=LATER, case=case, words=""),
    )
    assert answer == "done"
    assert Sitting.objects.get().state == "called_off"


def test_no_follow_up_is_planned_beside_a_case_that_is_just_closing(cast: Cast) -> None:
    case, actor = agreed(cast), cast.practitioner.actor
    same, day = Case.unscoped.get(pk=case.pk), business_date(LATER) + 7 * DAY
    answer = second_behind(
        lambda: operations.close_case(actor=actor, at=LATER, case=case),
        lambda: operations.plan_follow_up(actor=actor, at=LATER, case=same, due_on=day),
    )
    assert answer == "case_moved_on"
    assert FollowUp.objects.count() == FollowUp.objects.exclude(dropped_at=None).count() == 2


def test_who_has_just_given_a_case_away_writes_nothing_beside_it(cast: Cast) -> None:
    case, actor = opened(cast), cast.practitioner.actor
    sitting = sitting_of(cast, case)
    acts: list[Callable[[], object]] = [
        lambda: operations.plan_sitting(actor=actor, at=LATER, case=case, planned_at=LATER + DAY, where=""),
        lambda: operations.hold_sitting(actor=actor, at=LATER, case=case, uuid=sitting.uuid, minutes="谈了"),
        lambda: operations.call_off_sitting(actor=actor, at=LATER, case=case, uuid=sitting.uuid),
    ]
    answers = [second_behind(lambda: given_away(cast, case), acts[0]), *all_at_once(*acts[1:])]
    assert answers == ["not_your_case"] * 3
    assert [one.state for one in Sitting.objects.all()] == ["planned"]


def test_minutes_and_an_agreement_at_once_never_wait_for_each_other_in_a_ring(cast: Cast) -> None:
    actor, seen = cast.practitioner.actor, set()
    for _again in range(5):
        case = opened(cast)
        sitting, same = sitting_of(cast, case), Case.unscoped.get(pk=case.pk)

        def hold(case: Case = case, sitting: Sitting = sitting) -> object:
            return operations.hold_sitting(
                actor=actor, at=LATER, case=case, uuid=sitting.uuid, minutes="各退一步"
            )

        def agree(case: Case = same) -> object:
            return operations.agree_case(
                actor=actor, at=LATER, case=case, terms="好", agreed_on=business_date(AT), follow_ups=[]
            )

        seen.add(tuple(all_at_once(hold, agree)))
        # It has begun, so the agreement does not call it off: its minutes are written after another look.
        assert Sitting.objects.get(case=case).state in {"held", "planned"}
    assert seen <= {("done", "case_moved_on"), ("case_moved_on", "done")}
