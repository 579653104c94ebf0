"""Counters: right at every moment, the same when counted anew, and parent = own + children for every figure."""

import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sidan.analytics.models import Counted, Rollup
from sidan.analytics.operations import catch_up, rebuild
from sidan.analytics.policies import Period
from sidan.analytics.queries import TODAY, place_figures
from sidan.core.actor import SYSTEM
from sidan.core.clock import business_date
from sidan.core.errors import DomainError
from sidan.core.figures import Source, sources
from sidan.core.ids import order_number, uuid7
from sidan.core.scope import everything
from sidan.mediation.enums import Dispute
from sidan.mediation.models import Case
from sidan.mediation.operations.door import append_step as append_case_step
from sidan.mediation.operations.door import pass_door as pass_case_door
from sidan.needs.enums import Source as HeardFrom
from sidan.needs.models import Need, NeedTrace, Survey, SurveyAnswer
from sidan.needs.operations import answer_need, merge_need, part_need, take_trace_back, trace_to_order
from sidan.orders.enums import Outcome
from sidan.orders.models import Order, OrderStep
from sidan.orders.operations import (
    admit_order,
    ask_for_help,
    pass_up_order,
    refuse_order,
    reopen_order,
    review_order,
    send_down_order,
)
from sidan.people.models import Person
from sidan.places.models import Place
from sidan.places.operations import move_place, open_place
from sidan.wishes.enums import ForWhom
from sidan.wishes.models import Wish
from sidan.wishes.operations.door import append_step, pass_door
from tests.figures import (
    ALL,
    Numbers,
    count_up_to,
    counted_directly,
    directly_counted_of,
    each_place_has_what_its_parents_show_of_it,
    not_nothing,
)
from tests.orders.scene import AT, Scene, build_scene, later

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
NEVER_NOTHING = {
    "orders.placed", "wishes.for_whom", "needs.noted", "needs.voices", "needs.traced", "needs.answered",
    "mediation.state", "mediation.opened",
}  # fmt: skip
EVER = Period()
PATIENCE = 400


def read(place: Place, period: Period = EVER, tree: str = "of_the_day") -> Numbers:
    return not_nothing(place_figures(root=place, figures=ALL, period=period, tree=tree).total.counts)


def counted_by_job() -> None:
    """Take in everything, as two runs of the job do when nobody else is at work."""
    catch_up()
    catch_up()


@pytest.mark.django_db
def test_what_nobody_has_counted_yet_is_there_already(scene: Scene) -> None:
    scene.offered()
    for place in (scene.station, scene.town, scene.center, Place.objects.get(pk=scene.center.parent_id)):
        found = read(place)
        assert found["orders.placed", ""] == 1
        assert found["orders.state", "dispatched"] == 1
        assert ("orders.state", "submitted") not in found
        assert found["orders.category", "hair"] == 1
    assert read(scene.far_center) == {}


@pytest.mark.django_db
def test_a_review_counts_with_its_outcome_and_one_that_never_came_too(scene: Scene) -> None:
    for answered in (True, False):
        order = scene.placed()
        _append(order, "done")
        if answered:
            review_order(actor=scene.actor("zhou"), at=later(days=2), order=order, outcome="half")
        else:
            _append(order, "closed", verb="close")
    found = read(scene.center)
    assert (found["orders.reviewed", "half"], found["orders.reviewed", "unanswered"]) == (1, 1)
    assert found["orders.ended", "closed"] == 2
    alone = place_figures(root=scene.center, figures=["orders.reviewed"], period=Period()).total
    assert alone.parts("orders.reviewed") == {"half": 1, "unanswered": 1}


@pytest.mark.django_db
def test_an_order_that_is_opened_again_has_not_ended_until_it_ends_again(scene: Scene) -> None:
    order = scene.placed()
    _append(order, "done")
    _append(order, "closed", verb="close")
    reopen_order(actor=scene.actor("li"), at=later(days=9), order=Order.unscoped.get(pk=order.pk))
    found = read(scene.center)
    assert ("orders.ended", "closed") not in found
    assert ("orders.reviewed", "unanswered") not in found
    again = Order.unscoped.get(pk=order.pk)
    _append(again, "done")
    review_order(actor=scene.actor("zhou"), at=later(days=10), order=again, outcome="done")
    found = read(scene.center)
    assert (found["orders.placed", ""], found["orders.ended", "closed"]) == (1, 1)
    assert [found.get(("orders.reviewed", key), 0) for key in ("done", "unanswered")] == [1, 0]


def _append(
    order: Order, to_state: str, *, verb: str = "finish", machine: str = "order", at: datetime = AT
) -> None:
    """Take a step without the people it needs: counting reads the history alone."""
    OrderStep.objects.create(
        uuid=uuid7(), order=order, turn=order.turn + 1, machine=machine, verb=verb, from_state=order.state,
        to_state=to_state, place_id=order.holder_place_id, county_id=order.county_id, at=at,
    )  # fmt: skip
    order.state, order.turn = to_state, order.turn + 1
    Order.unscoped.filter(pk=order.pk).update(state=to_state, turn=order.turn)


def _count_all() -> None:
    """Count as the job does until every row of every source is in. Any transaction of the whole server that is older
    holds the job back, those of the tests beside this one too: it waits for them, and so does this."""
    give_up = time.monotonic() + PATIENCE
    counted_by_job()
    while left := [source.code for source in sources() if not _is_counted(source)]:
        assert time.monotonic() < give_up, f"not counted: {left}"
        time.sleep(0.5)
        counted_by_job()


def _is_counted(source: Source) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {source.table}")
        [last] = cursor.fetchone()
    return Counted.objects.filter(source=source.code, counted_to__gte=last).exists()


@pytest.mark.django_db(transaction=True)
def test_the_job_counts_once_and_anew_gives_the_same(transactional_db: None) -> None:
    scene = build_scene()
    with everything("a test of the job"):
        scene.accepted()
        before = read(scene.center)
        assert not Rollup.objects.exists()
        _count_all()
        assert Rollup.objects.exists()
        assert read(scene.center) == before
        refuse_order(actor=scene.actor("li"), at=later(days=40), order=scene.placed(), reason="not_safe")
        tail = read(scene.center)
        assert tail["orders.refused", "not_safe"] == 1
        _count_all()
        kept = _rows()
        assert read(scene.center) == tail
        rebuild()
        assert not Rollup.objects.exists()
        assert read(scene.center) == tail
        _count_all()
        assert _rows() == kept


@pytest.mark.django_db(transaction=True)
def test_figures_kept_by_another_definition_are_counted_anew(transactional_db: None) -> None:
    scene = build_scene()
    with everything("a test of the job"):
        scene.accepted()
        _count_all()
        kept = _rows()
        Rollup.objects.filter(figure="orders.placed").update(count=99)
        counted_by_job()
        assert _rows() != kept
        Counted.objects.filter(source="orders.steps").update(definition="as it was in another version")
        counted_by_job()
        _count_all()
        assert _rows() == kept


@pytest.mark.django_db(transaction=True)
def test_the_command_counts_every_figure_anew(transactional_db: None) -> None:
    scene = build_scene()
    with everything("a test of the command"):
        scene.accepted()
        _count_all()
        kept, before = _rows(), read(scene.center)
        Rollup.objects.update(count=99)
        call_command("recount_figures")
        assert read(scene.center) == before
        _count_all()
        assert _rows() == kept


def _rows() -> list[tuple[object, ...]]:
    fields = ("place", "below", "grain", "start", "figure", "key", "count")
    return sorted(Rollup.objects.exclude(count=0).values_list(*fields), key=str)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_appears_late_under_a_smaller_id_is_not_lost(transactional_db: None) -> None:
    """One writer draws an id and waits; another commits a larger one; the job must not pass over the first."""
    scene = build_scene()
    with everything("a test of the job"):
        order = scene.placed()
        counted_by_job()
        with _other_connection() as other:
            with other.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute("UPDATE orders_order SET turn = turn WHERE id = %s", [order.pk])
                cursor.execute("SELECT nextval('orders_orderstep_id_seq')")
                drawn = cursor.fetchone()[0]
            second = scene.placed()
            assert OrderStep.objects.get(order=second).pk > drawn
            for _run in range(3):
                catch_up()
            assert Counted.objects.get(source="orders.steps").counted_to < drawn
            with other.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO orders_orderstep (id, uuid, order_id, turn, machine, verb, from_state, to_state,"
                    " place_id, reason_code, at) SELECT %s, gen_random_uuid(), id, 2, 'order', 'admit', 'submitted',"
                    " 'admitted', holder_place_id, '', %s FROM orders_order WHERE id = %s",
                    [drawn, AT, order.pk],
                )
                cursor.execute("COMMIT")
        _count_all()
        found = read(scene.center)
        assert (found["orders.state", "admitted"], found["orders.state", "submitted"]) == (1, 1)
        assert Counted.objects.get(source="orders.steps").counted_to > drawn


def _other_connection() -> "closing[BaseDatabaseWrapper]":
    return closing(connection.copy())


@pytest.mark.django_db
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=WITHOUT_SHRINKING)
@given(data=st.data())
def test_a_parent_is_its_own_and_its_children_s_whatever_the_routes(
    scene: Scene, data: st.DataObject
) -> None:
    """Random trees with dated moves, random routes of orders; every figure, at every place, in any period."""
    with transaction.atomic():
        try:
            _random_county(scene, data)
        finally:
            transaction.set_rollback(True)


def _random_county(scene: Scene, data: st.DataObject) -> None:
    places = _random_tree(scene, data)
    orders: list[Order] = []
    for _order in range(data.draw(st.integers(1, 5))):
        origin = data.draw(st.sampled_from(places))
        at = AT + timedelta(days=data.draw(st.integers(0, 60)))
        orders.append(_placed_at(scene, origin, at))
        _random_route(scene, orders[-1], places, at, data)
        _random_end(scene, orders[-1], at + timedelta(days=data.draw(st.integers(1, 40))), data)
    needs, survey = list[Need](), _open_survey(scene)
    for _nth in range(data.draw(st.integers(1, 3))):
        at = AT + timedelta(days=data.draw(st.integers(0, 60)))
        _random_wish(scene, data.draw(st.sampled_from(places)), at, data)
        needs.append(_random_need(data.draw(st.sampled_from(places)), at, data))
        _random_answer(survey, data.draw(st.sampled_from(places)), at, data)
        _random_case(scene, data.draw(st.sampled_from(places)), at, data)
    _random_traces(scene, needs, orders, data)
    if data.draw(st.booleans()):
        count_up_to()
    first = AT.date() + timedelta(days=data.draw(st.integers(-5, 70)))
    periods = (EVER, Period(first, first + timedelta(days=data.draw(st.integers(0, 70)))))
    whole = [Place.objects.get(pk=scene.center.parent_id), scene.center, *places]
    for period in periods:
        for tree in ("of_the_day", TODAY):
            found = each_place_has_what_its_parents_show_of_it(whole, period=period, tree=tree)
            if (period, tree) == (EVER, "of_the_day"):
                _each_figure_is_what_the_rows_say(whole, found)


def _each_figure_is_what_the_rows_say(places: list[Place], found: dict[int, Numbers]) -> None:
    """Each row counts once at every ancestor that the place where it arose had on its day."""
    for place in places:

        def is_below(place_id: int, moment: datetime, root: Place = place) -> bool:
            return root.links_down.filter(
                descendant=place_id, during__contains=business_date(moment)
            ).exists()

        assert directly_counted_of(found[place.pk]) == counted_directly(is_below=is_below)
    assert {figure for figure, _key in found[places[0].pk]} >= NEVER_NOTHING


def _random_end(scene: Scene, order: Order, at: datetime, data: st.DataObject) -> None:
    """Somebody came, perhaps, and the resident said how it was, perhaps."""
    order = Order.unscoped.get(pk=order.pk)
    how = data.draw(st.sampled_from(["", "closed", *Outcome.values]))
    if not how:
        return
    _append(order, order.state, verb="finish", machine="visit", at=at)
    _append(order, "done", at=at)
    if how == "closed":
        _append(order, "closed", verb="close", at=at)
    else:
        stars = None if how == Outcome.NOT_DONE else data.draw(st.sampled_from([None, 2, 5]))
        review_order(actor=scene.actor("zhou"), at=at, order=order, outcome=how, stars=stars)


def _random_wish(scene: Scene, place: Place, at: datetime, data: st.DataObject) -> None:
    for_whom = data.draw(st.sampled_from(ForWhom.values))
    wish = Wish.unscoped.create(
        wisher=Person.unscoped.get(account=scene.accounts["zhou"]), entered_by_id=scene.accounts["zhou"],
        channel="portal", place=place, holder=place, county_id=place.county_id, for_whom=for_whom,
        sentence="一副老花镜", state_since=at, created_at=at,
    )  # fmt: skip
    append_step(wish=wish, actor=SYSTEM, at=at, verb="submit", from_state="")
    for verb in data.draw(st.sampled_from([[], ["answer"], ["withdraw"], ["publish", "adopt", "fulfil"]])):
        pass_door(wish=wish, actor=SYSTEM, at=at + timedelta(days=data.draw(st.integers(0, 9))), verb=verb)


def _random_need(place: Place, at: datetime, data: st.DataObject) -> Need:
    return Need.unscoped.create(
        place=place, county_id=place.county_id, title="修伞", source=data.draw(st.sampled_from(HeardFrom.values)),
        category_id=data.draw(st.sampled_from(["hair", None])), voices=data.draw(st.integers(1, 5)), at=at,
    )  # fmt: skip


def _random_traces(scene: Scene, needs: list[Need], orders: list[Order], data: st.DataObject) -> None:
    """Every need is answered; some led to orders, are counted together, are parted again, have a link taken back."""
    li, at = scene.actor("li"), AT + timedelta(days=110)
    for need in needs:
        answer_need(actor=li, at=at, need=need, answer="下月起有人来修")
        for order in data.draw(st.lists(st.sampled_from(orders), max_size=2, unique_by=lambda one: one.pk)):
            _tried(lambda need=need, order=order: trace_to_order(actor=li, at=at, need=need, order=order))
    for need in needs[1:]:
        if data.draw(st.booleans()):
            merge_need(actor=li, at=at, need=need, into=needs[0])
    if data.draw(st.booleans()):
        _tried(lambda: part_need(actor=li, at=at, need=needs[-1]))
    for link in NeedTrace.objects.filter(kind="order").select_related("need"):
        if data.draw(st.booleans()):
            take_trace_back(actor=li, at=at, need=link.need, trace_uuid=link.uuid)


def _tried(act: Callable[[], object]) -> None:
    """Act where it is allowed."""
    with suppress(DomainError), transaction.atomic():
        act()


def _open_survey(scene: Scene) -> Survey:
    return Survey.unscoped.create(
        place=scene.center, county_id=scene.center.pk, title="您需要什么", state="open", created_at=AT, opened_at=AT,
        questions=[{"kind": "text", "words": "还需要什么？", "choices": []}],
    )  # fmt: skip


def _random_answer(survey: Survey, place: Place, at: datetime, data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(["link", "paper", "visit"]))
    SurveyAnswer.objects.create(survey=survey, place=place, source=source, answers="{}", at=at)


def _random_case(scene: Scene, place: Place, at: datetime, data: st.DataObject) -> None:
    """A case that was taken on up to some weeks before it was written down, and goes on or ends."""
    case = Case.unscoped.create(
        number=order_number(), place=place, county_id=place.county_id, created_at=at, state_since=at,
        mediator=Person.unscoped.get(account=scene.accounts["zhou"]),
        dispute=data.draw(st.sampled_from(Dispute.values)),
        taken_on=business_date(at) - timedelta(days=data.draw(st.integers(0, 40))),
    )  # fmt: skip
    append_case_step(case=case, actor=SYSTEM, at=at, verb="open", from_state="")
    ways = [
        [],
        ["hold", "minutes"],
        ["hold", "agree", "close"],
        ["fail", "reopen"],
        ["withdraw", "hand_over"],
    ]
    for verb in data.draw(st.sampled_from(ways)):
        at += timedelta(days=data.draw(st.integers(0, 9)))
        _tried(lambda verb=verb, at=at: pass_case_door(case=case, actor=SYSTEM, at=at, verb=verb))


def _random_tree(scene: Scene, data: st.DataObject) -> list[Place]:
    opened = AT.date() - timedelta(days=200)
    towns = [scene.town] + [
        open_place(
            actor=SYSTEM, at=AT, kind="institute", name=f"镇{nth}", parent_id=scene.center.pk, on=opened
        )
        for nth in range(data.draw(st.integers(1, 2)))
    ]
    villages = [
        open_place(
            actor=SYSTEM, at=AT, kind="station", name=f"村{nth}", on=opened,
            parent_id=data.draw(st.sampled_from([*towns, scene.center])).pk,
        )
        for nth in range(data.draw(st.integers(1, 4)))
    ]  # fmt: skip
    on = AT.date()
    for _move in range(data.draw(st.integers(0, 4))):
        on += timedelta(days=data.draw(st.integers(1, 15)))
        village, town = data.draw(st.sampled_from(villages)), data.draw(st.sampled_from(towns))
        village.refresh_from_db()
        if village.parent_id != town.pk:
            move_place(
                actor=SYSTEM, at=AT + timedelta(days=100), place_id=village.pk, parent_id=town.pk, on=on
            )
    return [*towns, *villages, scene.station]


def _placed_at(scene: Scene, origin: Place, at: datetime) -> Order:
    order = scene.placed()
    copy = Order.unscoped.get(pk=order.pk)
    copy.pk, copy.uuid, copy.number = None, uuid7(), f"9{order.pk:08d}"[-9:]
    copy.origin_place, copy.created_at, copy.state_since = origin, at, at
    copy.save(force_insert=True)
    OrderStep.objects.create(
        uuid=uuid7(), order=copy, turn=1, machine="order", verb="submit", from_state="", to_state="submitted",
        place_id=copy.holder_place_id, county_id=copy.county_id, at=at,
    )  # fmt: skip
    return copy


def _random_route(scene: Scene, order: Order, places: list[Place], at: datetime, data: st.DataObject) -> None:
    for nth in range(data.draw(st.integers(0, 4))):
        when = at + timedelta(days=nth * data.draw(st.integers(0, 10)))
        verb = data.draw(st.sampled_from(["up", "help", "down", "admit"]))
        try:
            with transaction.atomic():
                _hand(scene, order, verb, when, data.draw(st.sampled_from(places)))
        except DomainError:
            order = Order.unscoped.get(pk=order.pk)


def _hand(scene: Scene, order: Order, verb: str, at: datetime, place: Place) -> None:
    if verb == "up":
        pass_up_order(actor=SYSTEM, at=at, order=order, reason="overdue")
    elif verb == "help":
        ask_for_help(actor=SYSTEM, at=at, order=order, reason="no_skill")
    elif verb == "down":
        send_down_order(actor=scene.actor("li"), at=at, order=order, to=place, reason="nearer")
    else:
        admit_order(actor=scene.actor("li"), at=at, order=order)
