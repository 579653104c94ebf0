"""The resident reads every look at what is theirs, in whichever app it was taken (R-Z10)."""

import re

from sidan.audit.operations import record
from sidan.audit.registry import looking_verbs
from sidan.orders import queries
from sidan.orders.operations import look_at_code
from sidan.reviews import operations as reviews
from tests.architecture.source import modules
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later
from tests.reviews.helpers import NEXT_DAY, decide, drawn, reviewed

NOT_OF_AN_ORDER = {
    "account.phone_shown": "an account's telephone, by its administrator",
    "volunteer.phone_shown": "a volunteer's telephone, by the team's office",
    "wish.look": "a wish has a page of its own, on which its wisher reads it",
    "wish.look_paper": "the same page",
    "need.look": "numbers in the note of a need, which belongs to no resident; by the trail",
    "survey.look": "numbers in answers that name nobody; by the trail",
    "booking.look": "who booked a room",
    "room.look": "whom the place of a room names for calls: staff, by the trail",
    "mediation.look": "a case is read by its mediator and director alone, and they by the trail",
}
CALLED_OTHERWISE = {"order.code_issued": "who gives out a code holds what opens the order"}


def test_the_look_of_who_calls_back_is_told(scene: Scene) -> None:
    decide(scene)
    call_back = drawn(reviewed(scene).order)
    reviews.look_to_call(actor=scene.actor("li"), at=NEXT_DAY, call_back=call_back)
    number = call_back.order.number
    shown = text_of(browser(scene, "zhou").get(f"/orders/{number}/"))
    assert "Who looked at your contact or code 李文 · address and telephone, to ask how it went" in shown
    told = browser(scene, "zhou").get(f"/api/v1/orders/{number}").json()["looks"]
    assert [(look["who"], look["what"]) for look in told] == [
        ("李文", "address and telephone, to ask how it went")
    ]


def test_the_look_at_the_code_of_the_door_is_told(scene: Scene) -> None:
    order = scene.scheduled().assignment.order
    look_at_code(actor=scene.actor("li"), at=later(hours=1), order=order)
    looks = queries.looks_at(order=order, reader=scene.actor("zhou"))
    assert [(look.who, look.what) for look in looks] == [("李文", "上门码")]


def test_no_other_act_is_told_as_a_look(scene: Scene) -> None:
    order = scene.placed()
    record(actor=scene.actor("li"), at=AT, verb="order.change", subject=("order", order.pk))
    assert queries.looks_at(order=order, reader=scene.actor("zhou")) == []


def test_every_verb_that_is_a_look_is_told_to_whose_it_is() -> None:
    written = {
        verb
        for module in modules("sidan")
        for verb in re.findall(r'"([a-z_]+\.(?:look\w*|\w+_shown))"', module.text)
    }
    assert written | set(CALLED_OTHERWISE) == set(looking_verbs("order")) | set(NOT_OF_AN_ORDER)


def test_the_whole_contact_is_read_only_where_a_look_is_recorded() -> None:
    """Whoever adds a reader here gives the look a verb, and registers it."""
    readers = {
        module.place
        for module in modules("sidan")
        if re.search(r"(?<!def )(?<!_)\bfull_contact\(", module.text)
    }
    assert readers == {
        "sidan/orders/operations/looking.py",
        "sidan/reviews/operations/calling.py",
        # The resident's own form, who reads what they wrote.
        "sidan/orders/views/changing.py",
    }
