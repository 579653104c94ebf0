"""The loop from the first wish to the review, and what refuses to go round."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sidan.attendance.operations import AlreadyMarked, NotCheckedIn, Proof, WrongCode
from sidan.attendance.queries import present_code
from sidan.core.actor import NOBODY
from sidan.core.errors import NotFound
from sidan.core.scope import Scope, scoped
from sidan.notify.models import Notice
from sidan.orders import operations, queries
from sidan.orders.models import Order, OrderParty, OrderStep, OrderText, Review
from sidan.orders.operations.handling import ReasonMissing, TeamDoesNotServe
from sidan.orders.operations.placing import HomeUnknown, ServiceNotOffered, SignInToOrder, WishRefused
from sidan.orders.operations.reporting import NobodyCame
from sidan.orders.operations.reviewing import OutcomeMissing, StarsRefused
from sidan.orders.operations.team_work import MemberStillThere, MembersUnknown, NoOpenOffer, VisitTimeRefused
from sidan.orders.operations.visiting import OnlyTheLeaderByHand, SomebodyStillThere
from sidan.orders.permissions import MayNotEnter, NotNamedForVisit, NotYourOrder, NotYourQueue, NotYourTeam
from sidan.people.access import scope_for
from sidan.people.models import Person
from tests.orders.browsing import browser, once
from tests.orders.scene import AT, Scene, later

HAND = Proof(way="hand", reason_code="other")


def walk(scene: Scene) -> Order:
    """Take one order all the way to its review."""
    visit = scene.scheduled()
    for name in ("zhao", "qian"):
        code = present_code(cause_uuid=str(visit.uuid), at=later(days=1))
        operations.check_in(
            actor=scene.actor(name), at=later(days=1), visit=visit, proof=Proof(way="code", code=code)
        )
    for name in ("zhao", "qian"):
        operations.check_out(actor=scene.actor(name), at=later(days=1, hours=1), visit=visit, proof=HAND)
    order = operations.report_visit(
        actor=scene.actor("zhao"),
        at=later(days=1, hours=1),
        visit=visit,
        report=operations.Report(words="理好了"),
    )
    operations.review_order(
        actor=scene.actor("zhou"), at=later(days=2), order=order, outcome="done", stars=5, words="很好"
    )
    return order


def test_an_order_goes_all_the_way_round_and_leaves_every_step(scene: Scene) -> None:
    order = walk(scene)

    order.refresh_from_db()
    steps = list(OrderStep.objects.filter(order=order))
    assert order.state == "closed"
    assert [step.turn for step in steps] == list(range(1, order.turn + 1))
    assert [step.verb for step in steps if step.machine == "order"] == [
        "submit", "admit", "dispatch", "accept", "schedule", "begin", "finish", "review",
    ]  # fmt: skip
    assert [step.verb for step in steps if step.machine == "visit"] == ["plan", "begin", "finish"]
    assert Review.objects.get(order=order).outcome == "done"
    assert [entry.verb for entry in queries.timeline(order=order, reader=scene.actor("li"))][-1] == "review"


def test_everyone_who_must_act_is_told(scene: Scene) -> None:
    walk(scene)

    told = {
        name: set(Notice.objects.filter(account=account).values_list("kind", flat=True))
        for name, account in scene.accounts.items()
    }
    assert told["li"] == {"order_submitted"}
    assert told["wang"] == {"order_offered", "order_reviewed"}
    assert told["zhao"] == {"order_named", "order_scheduled"}
    assert told["zhou"] == {
        "order_admitted", "order_dispatched", "order_accepted", "order_scheduled", "order_done",
    }  # fmt: skip
    assert told["mallory"] == set()


def test_the_history_cannot_be_changed_even_by_hand(scene: Scene) -> None:
    order = scene.placed()

    for statement in (
        "UPDATE orders_orderstep SET verb = 'x' WHERE order_id = %s",
        "DELETE FROM orders_orderstep WHERE order_id = %s",
        "UPDATE orders_order SET state = 'closed' WHERE id = %s",
        "UPDATE orders_order SET turn = turn + 1, origin_place_id = holder_place_id WHERE id = %s",
    ):
        refused = pytest.raises(
            DatabaseError, match=r"permission denied|never changed|without a turn|keeps its number"
        )
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [order.pk])


def test_a_free_text_loses_its_numbers_to_an_encrypted_field(scene: Scene) -> None:
    order = scene.placed(need="请打 120 1234 5678 找我女儿，她身份证 110105194912310021")

    text = OrderText.objects.get(order=order)
    assert "1234" not in text.need
    assert "［号码1］" in text.need
    assert "110105194912310021" in queries.full_contact(order=order).need
    with connection.cursor() as cursor:
        cursor.execute("SELECT orders_ordertext::text FROM orders_ordertext WHERE order_id = %s", [order.pk])
        assert "110105194912310021" not in cursor.fetchone()[0]


def test_words_beside_the_history_lie_encrypted_and_hide_their_numbers_from_all_but_the_resident(
    scene: Scene,
) -> None:
    order = scene.placed()
    words = "请打 120 1234 5678 找王医生"
    operations.refuse_order(actor=scene.actor("li"), at=AT, order=order, reason="other", words=words)

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM orders_ordernote")
        assert "王医生".encode() not in bytes(cursor.fetchone()[0])
    told = {
        name: queries.timeline(order=order, reader=scene.actor(name))[-1].words for name in ("zhou", "li")
    }
    assert told == {"zhou": words, "li": "请打 ［号码］ 找王医生"}
    assert queries.full_contact(order=order).notes == [words]


def test_a_team_that_handed_an_order_back_no_longer_sees_it(scene: Scene) -> None:
    visit = scene.scheduled()
    operations.give_up(actor=scene.actor("wang"), at=AT, assignment=visit.assignment, reason="nobody_home")

    for name in ("wang", "zhao"):
        with scoped(scope_for(scene.actor(name))):
            assert not Order.objects.filter(pk=visit.assignment.order_id).exists()


def test_a_place_that_is_a_party_sees_the_order(scene: Scene) -> None:
    order = scene.placed()
    beside = Scope(root_ids=(scene.far_center.pk,))
    with scoped(beside):
        assert not Order.objects.filter(pk=order.pk).exists()
    OrderParty.objects.create(order=order, place=scene.far_center, since=AT)
    with scoped(beside):
        assert Order.objects.filter(pk=order.pk).exists()


def test_a_wish_that_cannot_be_is_refused_and_nothing_is_written(scene: Scene) -> None:
    for wrong in (
        {"wished_to": later(days=1) - timedelta(minutes=1)},
        {"wished_from": later(days=-3), "wished_to": later(days=-2)},
        {"wished_from": later(days=200), "wished_to": later(days=201)},
    ):
        with pytest.raises(WishRefused):
            scene.placed(**wrong)
    assert Order.unscoped.count() == 0


def test_who_may_not_order_is_told_why(scene: Scene) -> None:
    homeless = scene.actor("supervisor")
    with pytest.raises(HomeUnknown):
        operations.place_order(actor=homeless, at=AT, wish=scene.wish())
    with pytest.raises(ServiceNotOffered):
        operations.place_order(actor=scene.actor("mallory"), at=AT, wish=scene.wish())
    with pytest.raises(SignInToOrder):
        operations.place_order(actor=NOBODY, at=AT, wish=scene.wish())


def test_a_suspended_project_cannot_be_ordered(scene: Scene) -> None:
    scene.project.state = "suspended"
    scene.project.save(update_fields=["state"])

    with pytest.raises(ServiceNotOffered):
        scene.placed()


def test_only_the_holder_and_above_decide(scene: Scene) -> None:
    order = scene.placed()

    for stranger in ("mallory", "zhou", "wang", "keeper", "director", "supervisor"):
        with pytest.raises(NotYourQueue):
            operations.admit_order(actor=scene.actor(stranger), at=AT, order=order)


def test_refusing_needs_a_reason(scene: Scene) -> None:
    order = scene.placed()

    with pytest.raises(ReasonMissing):
        operations.refuse_order(actor=scene.actor("li"), at=AT, order=order, reason="because")
    operations.refuse_order(actor=scene.actor("li"), at=AT, order=order, reason="out_of_area", words="太远了")
    assert order.state == "refused"
    assert queries.timeline(order=order, reader=scene.actor("zhou"))[-1].words == "太远了"


def test_only_a_team_that_serves_here_is_offered_an_order(scene: Scene) -> None:
    order = scene.admitted()
    scene.team.services.all().delete()

    with pytest.raises(TeamDoesNotServe):
        operations.dispatch_order(actor=scene.actor("li"), at=AT, order=order, team=scene.team)


def test_of_two_who_act_at_once_one_wins_and_the_other_is_told(scene: Scene) -> None:
    order = scene.placed()
    seen_by_both = Order.unscoped.get(pk=order.pk)
    operations.admit_order(actor=scene.actor("li"), at=AT, order=order)

    with pytest.raises(operations.OrderMovedOn) as told:
        operations.refuse_order(actor=scene.actor("li"), at=AT, order=seen_by_both, reason="other")
    assert told.value.facts["state"] == "admitted"
    assert OrderStep.objects.filter(order=order).count() == 2


def test_a_declined_order_goes_back_and_the_team_no_longer_sees_it(scene: Scene) -> None:
    assignment = scene.offered()
    with scoped(scope_for(scene.actor("wang"))):
        assert Order.objects.filter(pk=assignment.order_id).exists()

    operations.decline_order(actor=scene.actor("wang"), at=AT, assignment=assignment, reason="no_people")

    assert assignment.order.state == "admitted"
    with scoped(scope_for(scene.actor("wang"))):
        assert not Order.objects.filter(pk=assignment.order_id).exists()


def test_an_offer_is_withdrawn_and_made_to_another(scene: Scene) -> None:
    assignment = scene.offered()
    order = operations.withdraw_offer(actor=scene.actor("li"), at=AT, order=assignment.order)

    operations.dispatch_order(actor=scene.actor("li"), at=AT, order=order, team=scene.other_team)

    assert order.state == "dispatched"
    with pytest.raises(NotYourTeam):
        operations.accept_order(actor=scene.actor("sun"), at=AT, assignment=assignment)


def test_a_stale_offer_cannot_be_accepted_after_the_order_went_to_another_team(scene: Scene) -> None:
    stale = scene.offered()
    order = operations.withdraw_offer(
        actor=scene.actor("li"), at=AT, order=Order.unscoped.get(pk=stale.order_id)
    )
    operations.dispatch_order(actor=scene.actor("li"), at=AT, order=order, team=scene.other_team)
    stale.order = Order.unscoped.get(pk=stale.order_id)

    with pytest.raises(operations.OrderMovedOn):
        operations.accept_order(actor=scene.actor("wang"), at=AT, assignment=stale)


def test_only_members_of_the_team_are_named(scene: Scene) -> None:
    assignment = scene.accepted()
    stranger = Person.unscoped.get(account=scene.accounts["mallory"])

    for people in ([], [stranger.uuid]):
        with pytest.raises(MembersUnknown):
            operations.name_members(
                actor=scene.actor("wang"), at=AT, assignment=assignment, person_uuids=people
            )


def test_a_visit_is_agreed_for_a_sane_time_and_moved_once_more(scene: Scene) -> None:
    visit = scene.scheduled()
    assignment = visit.assignment
    with pytest.raises(VisitTimeRefused):
        operations.schedule_visit(
            actor=scene.actor("wang"), at=AT, assignment=assignment, planned_from=later(days=1),
            planned_to=later(days=3),
        )  # fmt: skip

    again = operations.schedule_visit(
        actor=scene.actor("wang"), at=AT, assignment=assignment, planned_from=later(days=2),
        planned_to=later(days=2, hours=1),
    )  # fmt: skip

    visit.refresh_from_db()
    assert (visit.state, again.state, assignment.order.state) == ("called_off", "planned", "scheduled")


def test_the_door_opens_only_with_the_code_of_the_minute(scene: Scene) -> None:
    visit = scene.scheduled()
    code = present_code(cause_uuid=str(visit.uuid), at=later(days=1))
    wrong = "000000" if code != "000000" else "000001"

    for proof, moment in (
        (Proof("code", wrong), later(days=1)),
        (Proof("code", code), later(days=1, minutes=9)),
    ):
        with pytest.raises(WrongCode):
            operations.check_in(actor=scene.actor("zhao"), at=moment, visit=visit, proof=proof)
    assert visit.state == "planned"


def test_nobody_checks_in_twice_or_leaves_without_coming(scene: Scene) -> None:
    visit = scene.scheduled()
    operations.check_in(actor=scene.actor("zhao"), at=later(days=1), visit=visit, proof=HAND)

    with pytest.raises(AlreadyMarked):
        operations.check_in(actor=scene.actor("zhao"), at=later(days=1), visit=visit, proof=HAND)
    with pytest.raises(NotCheckedIn):
        operations.check_out(actor=scene.actor("qian"), at=later(days=1), visit=visit, proof=HAND)


def test_leaving_before_anybody_came_is_told_as_that(scene: Scene) -> None:
    with pytest.raises(NotCheckedIn):
        operations.check_out(actor=scene.actor("zhao"), at=AT, visit=scene.scheduled(), proof=HAND)


def test_who_has_checked_in_is_not_taken_off_the_list_until_they_have_left(scene: Scene) -> None:
    visit, wang, zhao = scene.scheduled(), scene.actor("wang"), scene.actor("zhao")
    operations.check_in(actor=zhao, at=later(days=1), visit=visit, proof=HAND)
    only_qian = [Person.unscoped.get(pk=scene.actor("qian").person_id).uuid]
    naming = {"actor": wang, "at": later(days=1), "assignment": visit.assignment, "person_uuids": only_qian}

    with pytest.raises(MemberStillThere) as told:
        operations.name_members(**naming)
    assert told.value.facts == {"names": "赵敏"}
    operations.check_out(actor=zhao, at=later(days=1, hours=1), visit=visit, proof=HAND)
    operations.name_members(**naming)
    assert (
        operations.report_visit(
            actor=wang, at=later(days=1, hours=2), visit=visit, report=operations.Report()
        ).state
        == "done"
    )


def test_only_the_leader_writes_for_others_and_only_by_hand(scene: Scene) -> None:
    visit, then = scene.scheduled(), later(days=1)
    zhao = scene.actor("zhao").person_id

    with pytest.raises(OnlyTheLeaderByHand):
        operations.check_in(actor=scene.actor("qian"), at=then, visit=visit, proof=HAND, person_id=zhao)
    with pytest.raises(NotNamedForVisit):
        operations.check_in(actor=scene.actor("sun"), at=then, visit=visit, proof=HAND)
    operations.check_in(actor=scene.actor("wang"), at=then, visit=visit, proof=HAND, person_id=zhao)
    assert visit.state == "under_way"


def test_a_visit_is_done_when_somebody_came_and_all_have_gone(scene: Scene) -> None:
    visit, then = scene.scheduled(), later(days=1)
    operations.check_in(actor=scene.actor("zhao"), at=then, visit=visit, proof=HAND)
    with pytest.raises(SomebodyStillThere) as told:
        operations.report_visit(actor=scene.actor("zhao"), at=then, visit=visit, report=operations.Report())
    assert told.value.facts["names"] == "赵敏"


def test_a_visit_nobody_went_to_is_not_done(scene: Scene) -> None:
    visit = scene.scheduled()
    with pytest.raises((NobodyCame, operations.OrderMovedOn)):
        operations.report_visit(actor=scene.actor("zhao"), at=AT, visit=visit, report=operations.Report())


def test_what_could_not_be_done_is_dispatched_again_to_the_same_team(scene: Scene) -> None:
    visit = scene.scheduled()
    order = operations.give_up(
        actor=scene.actor("wang"), at=AT, assignment=visit.assignment, reason="nobody_home"
    )
    assert order.state == "failed"

    operations.dispatch_order(actor=scene.actor("li"), at=AT, order=order, team=scene.team)
    assert order.state == "dispatched"


def test_a_resident_cancels_until_the_visit_begins(scene: Scene) -> None:
    visit = scene.scheduled()
    order = Order.unscoped.get(pk=visit.assignment.order_id)
    with pytest.raises(NotYourOrder):
        operations.cancel_order(actor=scene.actor("mallory"), at=AT, order=order)

    operations.cancel_order(actor=scene.actor("zhou"), at=AT, order=order, reason="no_longer_needed")

    visit.refresh_from_db()
    assert (order.state, visit.state) == ("cancelled", "called_off")
    with pytest.raises(NoOpenOffer):
        operations.accept_order(actor=scene.actor("wang"), at=AT, assignment=visit.assignment)


def _opened_again(scene: Scene) -> Order:
    order = walk(scene)
    return operations.reopen_order(actor=scene.actor("li"), at=later(days=3), order=order)


def _handed_back(scene: Scene) -> Order:
    share = scene.accepted()
    return operations.give_up(actor=scene.actor("wang"), at=AT, assignment=share, reason="no_skill")


@pytest.mark.parametrize(
    ("brought", "state"), [(_opened_again, "reopened"), (_handed_back, "failed")], ids=["reopened", "failed"]
)
def test_who_no_longer_wants_what_a_first_try_did_not_help_has_a_way_out(
    scene: Scene, brought: Callable[[Scene], Order], state: str
) -> None:
    order = brought(scene)
    assert order.state == state
    page = f"/orders/{order.number}/"
    assert f'href="{page}cancel/"' in browser(scene, "zhou").get(page).content.decode()
    with pytest.raises(NotYourOrder):
        operations.cancel_order(actor=scene.actor("mallory"), at=later(days=4), order=order)
    answer = browser(scene, "zhou").post(f"{page}cancel/", {"reason": "no_longer_needed", "once": once()})
    assert answer.status_code == 303
    kept = Order.unscoped.get(pk=order.pk)
    assert (kept.state, kept.due_at) == ("cancelled", None)


def test_a_review_says_the_outcome_first_and_is_given_once(scene: Scene) -> None:
    order = walk(scene)

    with pytest.raises(OutcomeMissing):
        operations.review_order(actor=scene.actor("zhou"), at=AT, order=order, outcome="")
    with pytest.raises(StarsRefused):
        operations.review_order(actor=scene.actor("zhou"), at=AT, order=order, outcome="done", stars=6)
    with pytest.raises(operations.OrderMovedOn):
        operations.review_order(actor=scene.actor("zhou"), at=AT, order=order, outcome="done")


def test_a_closed_order_is_opened_again_and_reviewed_again(scene: Scene) -> None:
    order = walk(scene)
    operations.reopen_order(actor=scene.actor("li"), at=later(days=3), order=order)

    operations.dispatch_order(actor=scene.actor("li"), at=later(days=3), order=order, team=scene.team)
    assert order.state == "dispatched"


def test_practitioners_enter_orders_for_their_own_village_only(scene: Scene) -> None:
    zhou = Person.unscoped.get(account=scene.accounts["zhou"])
    with pytest.raises(MayNotEnter):
        operations.place_order_for(
            actor=scene.actor("mallory"), at=AT, wish=scene.wish(), person=zhou, consent=operations.SPOKEN
        )
    order = operations.place_order_for(
        actor=scene.actor("keeper"), at=AT, wish=scene.wish(), person=zhou, consent=operations.SPOKEN
    )
    assert (order.channel, order.origin_place_id) == ("on_behalf", scene.station.pk)


def test_outside_the_scope_an_order_is_simply_not_there(scene: Scene) -> None:
    order = scene.placed()

    with scoped(scope_for(scene.actor("mallory"))), pytest.raises(NotFound):
        queries.order_by_number(number=order.number)
    for name in ("zhou", "li", "director", "keeper", "supervisor"):
        with scoped(scope_for(scene.actor(name))):
            assert queries.order_by_number(number=order.number).pk == order.pk


def test_an_order_number_with_a_slip_of_the_tongue_finds_nothing(scene: Scene) -> None:
    order = scene.placed()
    wrong = str((int(order.number[0]) % 9) + 1) + order.number[1:]

    with pytest.raises(NotFound):
        queries.order_by_number(number=wrong)


def test_a_state_outside_the_table_is_refused_by_the_database(scene: Scene) -> None:
    order = scene.placed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.unscoped.filter(pk=order.pk).update(state="nowhere", turn=2)
