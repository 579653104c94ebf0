"""What stands on the stage of the desk: orders that a colleague entered for the resident."""

from datetime import timedelta
from typing import Any, Final

from sidan.core.actor import SYSTEM
from sidan.core.clock import now
from sidan.desk import operations as desk
from sidan.kiosk import operations as kiosk
from sidan.orders import operations as orders
from sidan.orders.models import Order
from sidan.people.models import Account, Person
from sidan.people.operations.persons import add_person
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from tests.cast import Cast, Someone

SHARED_PHONE: Final = "12600000072"


def who_calls(cast: Cast) -> tuple[Someone, ...]:
    """Return everybody who may call residents: they open whom to call before they write down what was said."""
    return cast.director, cast.dispatcher, cast.manager, cast.practitioner, cast.grid_keeper, cast.operator


def build_desk(cast: Cast, things: dict[str, Any]) -> None:
    """One to be called back about, one with a code; two who share a telephone, of whom a terminal asks which."""
    made, coded = enter(things), enter(things)
    for one in who_calls(cast):
        orders.look_at_contact(actor=one.actor, at=now(), order=made)
    actor = actor_for_account(Account.objects.get(uuid=things["colleague"]).pk)
    assert actor is not None
    things |= {
        "entered": made.uuid, "entered_number": made.number, "coded": coded.uuid, "coded_number": coded.number,
        "order_code": desk.issue_code(actor=actor, at=now(), order=coded),
        "done_code": desk.issue_code(actor=actor, at=now(), order=Order.unscoped.get(number=things["done_number"])),
    }  # fmt: skip
    chengbei = Place.objects.get(uuid=things["chengbei"])
    invited = kiosk.invite_terminal(actor=SYSTEM, at=now(), place=chengbei, name="大厅")
    for name in ("王桂英", "王芳"):
        add_person(at=now(), name=name, place=chengbei, phone=SHARED_PHONE)
    things |= {"terminal": invited.terminal.uuid, "setup_code": invited.code}


def enter(things: dict[str, Any]) -> Order:
    """Enter an order for the resident, by a colleague who plays no other part."""
    actor = actor_for_account(Account.objects.get(uuid=things["colleague"]).pk)
    assert actor is not None
    at = now()
    wish = orders.Wish(
        project_uuid=things["published"], wished_from=at + timedelta(days=2), wished_to=at + timedelta(days=2, hours=2)
    )  # fmt: skip
    person = Person.unscoped.get(uuid=things["zhou_person"])
    return orders.place_order_for(actor=actor, at=at, wish=wish, person=person, consent=orders.SPOKEN)
