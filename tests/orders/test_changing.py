"""A wish is changed before a team has taken it: by the resident, or by staff who look after them."""

import re
from datetime import timedelta

import pytest

from sidan.core.errors import Conflict
from sidan.core.phones import BadPhone
from sidan.core.scope import everything
from sidan.notify.models import Notice
from sidan.orders import operations, queries
from sidan.orders.models import Assignment, Order, OrderChange, OrderStep, OrderText
from sidan.orders.operations import Change, Contact, OrderMovedOn
from sidan.orders.operations.changing import NothingChanged, PeopleRefused
from sidan.orders.operations.placing import WishRefused
from sidan.orders.permissions import NotYourOrder
from tests.orders.browsing import browser, once, sent, text_of
from tests.orders.scene import AT, Scene, later

pytestmark = pytest.mark.django_db
WINDOW = (later(days=3), later(days=3, hours=2))


def _kinds(account_id: int) -> list[str]:
    return list(Notice.objects.filter(account=account_id).order_by("id").values_list("kind", flat=True))


def test_a_resident_changes_time_people_and_words_and_the_order_waits_as_long_as_before(scene: Scene) -> None:
    order = scene.admitted()
    since, before = order.state_since, (order.wished_from, order.wished_to)

    change = Change(window=WINDOW, people_needed=3, need="请带梯子，打 12900001111")
    operations.change_order(actor=scene.actor("zhou"), at=AT + timedelta(hours=5), order=order, change=change)

    kept = Order.unscoped.get(pk=order.pk)
    assert (kept.state, kept.state_since) == ("admitted", since)
    assert (kept.wished_from, kept.wished_to, kept.people_needed) == (*WINDOW, 3)
    step = OrderStep.objects.get(order=order, verb="change")
    assert (step.from_state, step.to_state, step.turn) == ("admitted", "admitted", kept.turn)
    told = OrderChange.objects.get(step=step)
    assert (told.wished_from_before, told.wished_to_before, told.people_before) == (*before, 2)
    assert (told.need_changed, told.contact_changed) == (True, False)
    text = OrderText.objects.get(order=order)
    assert "12900001111" not in text.need
    assert queries.full_contact(order=kept).need == "请带梯子，打 12900001111"
    assert "order_changed" in _kinds(scene.accounts["li"])


def test_the_team_that_was_asked_is_told_and_who_took_it_is_left_alone(scene: Scene) -> None:
    assignment = scene.offered()
    order = Order.unscoped.get(pk=assignment.order_id)
    operations.change_order(actor=scene.actor("zhou"), at=AT, order=order, change=Change(people_needed=5))
    assert "order_changed_for_team" in _kinds(scene.accounts["wang"])

    assignment = Assignment.objects.get(pk=assignment.pk)
    operations.accept_order(actor=scene.actor("wang"), at=AT, assignment=assignment)
    order = Order.unscoped.get(pk=order.pk)
    with pytest.raises(OrderMovedOn):
        operations.change_order(actor=scene.actor("zhou"), at=AT, order=order, change=Change(people_needed=6))
    assert Order.unscoped.get(pk=order.pk).people_needed == 5


@pytest.mark.parametrize("who", ["li", "keeper", "director"])
def test_staff_change_it_for_a_resident_who_is_told(scene: Scene, who: str) -> None:
    order = scene.placed()
    change = Change(contact=Contact(phone="129 0000 2222"))
    operations.change_order(actor=scene.actor(who), at=AT, order=order, change=change)
    assert queries.full_contact(order=order).phone == "12900002222"
    assert "order_changed_for_you" in _kinds(scene.accounts["zhou"])


@pytest.mark.parametrize("who", ["mallory", "wang", "supervisor"])
def test_nobody_else_changes_it(scene: Scene, who: str) -> None:
    order = scene.placed()
    with pytest.raises(NotYourOrder):
        operations.change_order(actor=scene.actor(who), at=AT, order=order, change=Change(people_needed=5))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (Change(), NothingChanged),
        (Change(people_needed=2), NothingChanged),
        (Change(contact=Contact(name="周桂英", phone="12010000001")), NothingChanged),
        (Change(people_needed=21), PeopleRefused),
        (Change(people_needed=0), PeopleRefused),
        (Change(window=(later(days=-3), later(days=-2))), WishRefused),
        (Change(contact=Contact(phone="12")), BadPhone),
    ],
)
def test_what_cannot_be_changes_nothing(scene: Scene, change: Change, refusal: type[Exception]) -> None:
    order = scene.placed()
    with pytest.raises(refusal):
        operations.change_order(actor=scene.actor("zhou"), at=AT, order=order, change=change)
    assert Order.unscoped.get(pk=order.pk).turn == 1


def test_staff_who_see_stand_ins_for_numbers_leave_the_numbers_as_they_are(scene: Scene) -> None:
    order = scene.placed(need="门铃坏了，打 12900001111")
    with everything("reading what staff see"):
        shown = OrderText.objects.get(order=order).need
    change = Change(need=shown + "，请敲门")
    operations.change_order(actor=scene.actor("keeper"), at=AT, order=order, change=change)
    assert queries.full_contact(order=order).need == "门铃坏了，打 12900001111，请敲门"


def test_of_two_who_change_the_same_wish_the_second_is_told(scene: Scene) -> None:
    order = scene.placed()
    stale = Order.unscoped.get(pk=order.pk)
    operations.change_order(actor=scene.actor("zhou"), at=AT, order=order, change=Change(people_needed=5))
    with pytest.raises(Conflict):
        operations.change_order(actor=scene.actor("li"), at=AT, order=stale, change=Change(people_needed=6))
    assert Order.unscoped.get(pk=order.pk).people_needed == 5


def _form(scene: Scene, who: str, url: str) -> dict[str, object]:
    """Open the form as a page shows it, and return what it would send, untouched."""
    page = browser(scene, who).get(url)
    form = page.context["form"]
    given = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    turn = re.search(r'name="turn" value="(\d+)"', page.content.decode())
    kept = {name: value for name, value in given.items() if value is not None}
    return {**kept, "turn": turn[1] if turn else "", "once": once()}


def test_a_form_that_lay_open_does_not_write_over_what_somebody_else_changed(scene: Scene) -> None:
    order = scene.placed()
    url = f"/orders/{order.number}/change/"
    old = _form(scene, "zhou", url)
    entered = Change(people_needed=3, need="请带两把剪刀")
    operations.change_order(actor=scene.actor("li"), at=AT, order=order, change=entered)

    page = browser(scene, "zhou").post(url, {**old, "phone": "12900003333"})
    assert page.status_code == 422
    told = text_of(page)
    assert "changed in the meantime (another number of people · what to know)" in told
    assert "Now it says: 3" in told
    assert "Now it says: 请带两把剪刀" in told
    kept = Order.unscoped.get(pk=order.pk)
    assert (kept.people_needed, queries.full_contact(order=kept).need) == (3, "请带两把剪刀")

    again = _form(scene, "zhou", url)
    assert "was changed" in sent(browser(scene, "zhou"), url, {**again, "phone": "12900003333"})
    kept = Order.unscoped.get(pk=order.pk)
    assert (kept.people_needed, queries.full_contact(order=kept).phone) == (3, "12900003333")


def test_staff_too_are_told_what_the_resident_changed_while_their_form_lay_open(scene: Scene) -> None:
    order = scene.placed()
    url = f"/console/queue/{order.uuid}/change/"
    old = _form(scene, "li", url)
    operations.change_order(actor=scene.actor("zhou"), at=AT, order=order, change=Change(window=WINDOW))
    page = browser(scene, "li").post(url, {**old, "people": "0"})
    assert "changed in the meantime" not in text_of(page), "first what is wrong in itself"
    page = browser(scene, "li").post(url, {**old, "people": "4"})
    assert "changed in the meantime (another time)" in text_of(page)
    seen = re.search(r'name="turn" value="(\d+)"', page.content.decode())
    assert seen is not None
    assert "was changed" in sent(browser(scene, "li"), url, {**old, "people": "4", "turn": seen[1]})
    kept = Order.unscoped.get(pk=order.pk)
    assert (kept.people_needed, (kept.wished_from, kept.wished_to)) == (4, WINDOW)


def test_an_order_that_was_only_admitted_meanwhile_is_changed_from_the_open_form(scene: Scene) -> None:
    order = scene.placed()
    url = f"/orders/{order.number}/change/"
    old = _form(scene, "zhou", url)
    operations.admit_order(actor=scene.actor("li"), at=AT, order=order)
    assert "was changed" in sent(browser(scene, "zhou"), url, {**old, "people": "4"})
    assert Order.unscoped.get(pk=order.pk).people_needed == 4


def test_the_page_keeps_the_time_that_is_not_touched(scene: Scene) -> None:
    order = scene.placed()
    client = browser(scene, "zhou")
    url = f"/orders/{order.number}/change/"
    assert "As it is" in text_of(client.get(url))
    data = {"when": "keep", "people": "4", "need": "", "name": "", "phone": "", "address": "", "once": once()}
    assert "was changed" in sent(client, url, data)
    kept = Order.unscoped.get(pk=order.pk)
    assert (kept.people_needed, kept.wished_from) == (4, order.wished_from)
    assert "before: 2" in text_of(client.get(f"/orders/{order.number}/"))


def test_the_page_says_at_the_form_what_is_wrong(scene: Scene) -> None:
    order = scene.placed()
    client = browser(scene, "zhou")
    url = f"/orders/{order.number}/change/"
    page = client.post(url, {"when": "keep", "people": "0", "once": once()})
    assert page.status_code == 422
    nothing = client.post(url, {"when": "keep", "people": "2", "once": once()})
    assert (nothing.status_code, "Nothing is different" in text_of(nothing)) == (422, True)


def test_what_a_team_took_is_told_politely(scene: Scene) -> None:
    assignment = scene.accepted()
    number = Order.unscoped.get(pk=assignment.order_id).number
    page = text_of(browser(scene, "zhou").get(f"/orders/{number}/change/"))
    assert "cannot be changed any more" in page
