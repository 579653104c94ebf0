"""What becomes of a wish when its order is over, and that no state of a wish is a dead end."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localtime

from sidan.catalogue import operations as catalogue
from sidan.core.actor import SYSTEM
from sidan.core.clock import now
from sidan.core.events import publish
from sidan.core.scope import everything
from sidan.core.transitions import KEEPS
from sidan.notify.models import Notice
from sidan.orders.events import OrderMoved
from sidan.orders.models import Order, OrderStep
from sidan.orders.operations import (
    admit_order,
    cancel_order,
    close_order,
    merge_order,
    refuse_order,
    say_cannot,
)
from sidan.wishes import operations, queries
from sidan.wishes.enums import ENDED
from sidan.wishes.models import Adoption, Wish, WishOrderOver
from sidan.wishes.operations.door import WishHasOpenOrder
from sidan.wishes.operations.handling import WishHasAdopters
from sidan.wishes.operations.wishing import WishBelongsToAdopter
from sidan.wishes.states import WISH
from tests.cast import Cast
from tests.orders.browsing import once, text_of
from tests.wishes.test_wishes import LATER, adopted, again, ordered, service_of, wished

THEN = LATER + timedelta(hours=2)


def reached(state: str) -> set[str]:
    """Return every state that some chain of verbs leads to."""
    found, waiting = set[str](), {state}
    while waiting:
        source = waiting.pop()
        waiting |= {row.reached_from(source) for row in WISH.values() if source in row.sources} - found
        found |= {row.reached_from(source) for row in WISH.values() if source in row.sources}
    return found


@pytest.mark.parametrize("state", sorted({row.target for row in WISH.values()} - ENDED - {KEEPS}))
def test_from_every_state_that_is_not_an_end_every_end_is_reached(state: str) -> None:
    assert reached(state) >= ENDED


@pytest.mark.parametrize("state", sorted(ENDED))
def test_an_end_is_never_left(state: str) -> None:
    assert reached(state) <= {state}


def in_hand(cast: Cast) -> tuple[Wish, Order]:
    wish = adopted(cast)
    order = ordered(cast, wish)
    return again(wish), order


def cancelled(cast: Cast, order: Order) -> None:
    with cast.zhou.at_work() as actor:
        cancel_order(actor=actor, at=THEN, order=Order.unscoped.get(pk=order.pk))


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["volunteer", "director"])
def test_an_adopter_steps_back_while_it_is_arranged_and_it_can_be_answered(cast: Cast, who: str) -> None:
    wish, order = in_hand(cast)
    with pytest.raises(WishHasAdopters):
        operations.answer_wish(actor=cast.manager.actor, at=THEN, wish=again(wish), words="做不了")
    operations.release_adoption(actor=getattr(cast, who).actor, at=THEN, wish=again(wish))
    assert again(wish).state == "in_hand"
    assert Adoption.objects.get().released_at == THEN
    assert Notice.objects.filter(kind="wish_stepped_back").exists()
    with pytest.raises(WishHasOpenOrder):
        operations.answer_wish(actor=cast.manager.actor, at=THEN, wish=again(wish), words="做不了")
    assert again(wish).state == "in_hand"
    office = reverse("wishes:staff_wish", args=[wish.uuid])
    assert "答复为什么办不了" not in text_of(cast.manager.client().get(office))
    cancelled(cast, order)
    assert "答复为什么办不了" in text_of(cast.manager.client().get(office))
    operations.answer_wish(actor=cast.manager.actor, at=THEN, wish=again(wish), words="做不了")
    assert again(wish).state == "answered"


@pytest.mark.django_db
def test_the_wisher_takes_back_what_is_arranged_once_nobody_is_at_work_for_it(cast: Cast) -> None:
    wish, order = in_hand(cast)
    with pytest.raises(WishBelongsToAdopter):
        operations.withdraw_wish(actor=cast.zhou.actor, at=THEN, wish=again(wish))
    operations.release_adoption(actor=cast.volunteer.actor, at=THEN, wish=again(wish))
    with pytest.raises(WishHasOpenOrder):
        operations.withdraw_wish(actor=cast.zhou.actor, at=THEN, wish=again(wish))
    assert again(wish).state == "in_hand"
    own_page, way = reverse("wishes:wish", args=[wish.uuid]), reverse("wishes:withdraw", args=[wish.uuid])
    assert way not in cast.zhou.client().get(own_page).content.decode()
    office = reverse("wishes:staff_wish", args=[wish.uuid])
    assert "为它点的单已结束" not in text_of(cast.dispatcher.client().get(office))
    cancelled(cast, order)
    assert "为它点的单已结束" in text_of(cast.dispatcher.client().get(office))
    assert way in cast.zhou.client().get(own_page).content.decode()
    operations.withdraw_wish(actor=cast.zhou.actor, at=THEN, wish=again(wish))
    assert again(wish).state == "withdrawn"


@pytest.mark.django_db
def test_the_office_is_told_when_the_order_of_a_wish_is_refused_and_finds_it_on_its_desk(cast: Cast) -> None:
    wish, order = in_hand(cast)
    with everything("a test"):
        assert not queries.desk(chosen=queries.WishFilter(chip="order_over")).exists()
        refuse_order(
            actor=cast.manager.actor, at=THEN, order=Order.unscoped.get(pk=order.pk), reason="no_people"
        )
        [found] = queries.desk(chosen=queries.WishFilter(chip="order_over"))
        counts = queries.desk_counts(chosen=queries.WishFilter())
    assert (found.pk, counts["order_over"], counts["in_hand"]) == (wish.pk, 1, 1)
    told = Notice.objects.filter(kind="wish_order_over")
    assert cast.practitioner.account in {notice.account for notice in told}
    client = cast.practitioner.client()
    client.cookies["django_language"] = "en"
    page = text_of(client.get(f"{reverse('wishes:desk')}?chip=order_over"))
    assert "一位老人想要一副老花镜" in page
    assert "Order over" in page


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["closed", "failed", "refused", "cancelled"])
def test_it_is_told_once_for_each_step_however_often_the_event_comes(cast: Cast, state: str) -> None:
    _wish, order = in_hand(cast)
    for _time in range(2):
        moved(order, "done", state)
    moved(order, "failed", "closed")
    one_each = Notice.objects.filter(kind="wish_order_over").values_list("account", flat=True)
    assert len(one_each) == len(set(one_each)) > 0
    assert WishOrderOver.objects.count() == 1


def stands(order: Order, state: str) -> None:
    """Put an order where its visits would have led it."""
    Order.unscoped.filter(pk=order.pk).update(state=state, turn=F("turn") + 1)


def moved(order: Order, before: str, after: str) -> None:
    step = OrderStep.objects.filter(order=order).latest("id")
    with transaction.atomic():
        publish(
            OrderMoved(
                order_id=order.pk, step_id=step.pk, verb="close", from_state=before, to_state=after,
                origin_place_id=order.origin_place_id, county_id=order.county_id, team_id=None, at=THEN,
            )
        )  # fmt: skip


@pytest.mark.django_db
def test_nobody_is_told_of_a_wish_that_has_ended_or_of_an_order_that_goes_on(cast: Cast) -> None:
    wish, order = in_hand(cast)
    moved(order, "submitted", "admitted")
    assert not Notice.objects.filter(kind="wish_order_over").exists()
    stands(order, "done")
    operations.fulfil_wish(actor=cast.manager.actor, at=THEN, wish=again(wish))
    moved(order, "done", "closed")
    assert not Notice.objects.filter(kind="wish_order_over").exists()


@pytest.mark.django_db
def test_a_wish_does_not_come_true_while_somebody_is_to_come_for_it(cast: Cast) -> None:
    """Whether the office says so or who adopted it: else a team would stand at the door for nothing."""
    wish, order = in_hand(cast)
    with pytest.raises(WishHasOpenOrder):
        operations.fulfil_wish(actor=cast.manager.actor, at=THEN, wish=again(wish))
    url, said = reverse("wishes:staff_fulfil", args=[wish.uuid]), {"words": "都办好了", "once": once()}
    assert "点单还没有结束" in text_of(cast.manager.client().post(url, said, follow=True))
    cancelled(cast, order)
    operations.fulfil_wish(actor=cast.volunteer.actor, at=THEN, wish=again(wish))
    assert again(wish).state == "fulfilled"


@pytest.mark.django_db
def test_the_last_share_is_kept_while_somebody_is_to_come_and_the_office_says_the_rest(cast: Cast) -> None:
    wish, order = in_hand(cast)
    client = cast.volunteer.client()
    client.cookies["django_language"] = "en"
    here = reverse("wishes:wish", args=[wish.uuid])
    assert "the office says afterwards that it came true" in text_of(client.get(here))
    said = {"words": "镜框配好了", "once": once()}
    assert client.post(reverse("wishes:fulfil", args=[wish.uuid]), said).status_code == 303
    assert "You told us that your share is done" in text_of(client.get(here))
    assert (again(wish).state, Adoption.objects.get().share_told_at is None) == ("in_hand", False)
    assert wish.steps.latest("turn").verb == "share"
    assert Notice.objects.filter(kind="wish_share_staff").exists()
    stands(order, "done")
    operations.fulfil_wish(actor=cast.manager.actor, at=THEN, wish=again(wish))
    assert again(wish).state == "fulfilled"


@pytest.mark.django_db
def test_a_wish_comes_true_while_its_order_waits_for_a_review(cast: Cast) -> None:
    wish, order = in_hand(cast)
    stands(order, "done")
    operations.fulfil_wish(actor=cast.volunteer.actor, at=THEN, wish=again(wish))
    assert again(wish).state == "fulfilled"


@pytest.mark.parametrize("state", ["failed", "reopened"])
@pytest.mark.django_db
def test_a_wish_does_not_come_true_while_a_team_may_yet_be_found(cast: Cast, state: str) -> None:
    """Dispatched anew, somebody would stand at the door for nothing."""
    wish, order = in_hand(cast)
    stands(order, state)
    with pytest.raises(WishHasOpenOrder):
        operations.fulfil_wish(actor=cast.manager.actor, at=THEN, wish=again(wish))
    stands(order, "closed")
    operations.fulfil_wish(actor=cast.manager.actor, at=THEN, wish=again(wish))
    assert again(wish).state == "fulfilled"


@pytest.mark.django_db
def test_adopters_are_told_when_a_service_is_drafted_for_their_wish(cast: Cast) -> None:
    wish = adopted(cast)
    kind = catalogue.create_category(actor=SYSTEM, at=LATER, name="配镜", code="glasses")
    text = catalogue.ProjectText(title="上门验光", category=kind, team=cast.team, area=cast.places.chengbei)
    with everything("a test"):
        operations.draft_project(actor=cast.manager.actor, at=LATER, wish=wish, text=text)
    told = Notice.objects.filter(kind="wish_in_hand", account=cast.volunteer.account)
    assert told.count() == 1


@pytest.mark.django_db
def test_an_order_that_could_not_be_done_is_not_over_before_it_is_closed(cast: Cast) -> None:
    wish = wished(cast)
    order = ordered(cast, wish)
    office, own_page = (reverse(name, args=[wish.uuid]) for name in ("wishes:staff_wish", "wishes:wish"))
    way = reverse("wishes:withdraw", args=[wish.uuid])
    with everything("a test"):
        admit_order(actor=cast.manager.actor, at=LATER, order=order)
        say_cannot(actor=cast.manager.actor, at=LATER, order=order, reason="no_skill")
    with pytest.raises(WishHasOpenOrder):
        operations.answer_wish(actor=cast.manager.actor, at=THEN, wish=again(wish), words="做不了")
    with pytest.raises(WishHasOpenOrder):
        operations.withdraw_wish(actor=cast.zhou.actor, at=THEN, wish=again(wish))
    assert way not in cast.zhou.client().get(own_page).content.decode()
    page = text_of(cast.manager.client().get(office))
    assert "为它点的单已结束或没能办成" in page, "its office is asked all the same"
    assert "答复为什么办不了" not in page
    with everything("a test"):
        assert queries.desk(chosen=queries.WishFilter(chip="order_over")).exists()
        close_order(actor=cast.manager.actor, at=THEN, order=order)
    assert way in cast.zhou.client().get(own_page).content.decode()
    assert "答复为什么办不了" in text_of(cast.manager.client().get(office))
    operations.answer_wish(actor=cast.manager.actor, at=THEN, wish=again(wish), words="做不了")
    assert again(wish).state == "answered"


def put_together(cast: Cast, order: Order, into: Order) -> None:
    with everything("a test"):
        old, new = (Order.unscoped.get(pk=one.pk) for one in (order, into))
        merge_order(actor=cast.manager.actor, at=LATER, order=old, into=new)


def offices_told() -> list[int]:
    return sorted(WishOrderOver.objects.values_list("link__wish", flat=True))


@pytest.mark.django_db
def test_a_wish_follows_its_order_through_every_merge(cast: Cast) -> None:
    """Its order goes on as another of the same person: nobody is told that it is over before that one is."""
    wish, other = wished(cast), wished(cast)
    first, second, third = ordered(cast, wish), ordered(cast, other), ordered(cast, other)
    put_together(cast, first, second)
    put_together(cast, second, third)
    with pytest.raises(WishHasOpenOrder):
        operations.withdraw_wish(actor=cast.zhou.actor, at=THEN, wish=again(wish))
    with everything("a test"):
        assert not queries.desk(chosen=queries.WishFilter(chip="order_over")).exists()
        assert [one.pk for one in queries.links_of(wish=again(wish)).orders] == [third.pk]
        assert [one.pk for one in queries.links_of(wish=again(other)).orders] == [third.pk]
    assert offices_told() == []
    cancelled(cast, third)
    assert offices_told() == sorted([wish.pk, other.pk])
    with everything("a test"):
        assert queries.desk(chosen=queries.WishFilter(chip="order_over")).count() == 2
    operations.withdraw_wish(actor=cast.zhou.actor, at=THEN, wish=again(wish))
    assert again(wish).state == "withdrawn"


def turn_on(page: str) -> str:
    """The turn that the forms of a page say was read."""
    (turn,) = set(re.findall(r'name="turn" value="(\d+)"', page))
    return str(turn)


def test_what_a_colleague_did_on_another_page_is_not_done_again_unwarned(cast: Cast) -> None:
    service, wish, office = service_of(cast), adopted(cast), cast.practitioner.client()
    page = office.get(reverse("wishes:staff_wish", args=[wish.uuid])).content.decode()
    begins = (localtime(now()) + timedelta(days=3)).strftime("%Y-%m-%dT10:00")
    told = {"service": str(service.uuid), "wished_from": begins, "turn": turn_on(page)}
    sent = [
        office.post(reverse("wishes:order", args=[wish.uuid]), {**told, "once": once()}) for _nth in range(2)
    ]
    assert [answer.status_code for answer in sent] == [303, 422]
    assert Order.unscoped.count() == 1
    read_anew = turn_on(sent[1].content.decode())
    assert (
        office.post(reverse("wishes:order", args=[wish.uuid]), {**told, "turn": read_anew}).status_code == 303
    )
    endless = office.post(
        reverse("wishes:order", args=[wish.uuid]), {**told, "turn": "9" * 5000, "once": once()}
    )
    assert endless.status_code == 303, "what is no turn says nothing"
