"""Messages about an order name its service, its team and its places in the language of who reads them."""

import pytest
from django.utils.translation import override

from sidan.catalogue.models import Project
from sidan.core.ids import format_number
from sidan.core.scope import everything
from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice
from sidan.orders.models import Order
from sidan.orders.operations import ask_for_help, send_down_order
from sidan.people.models import Team
from sidan.places.models import Place
from tests.orders.scene import AT, Scene

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(scene: Scene) -> None:
    with everything("test"):
        Team.objects.update(name_en="Chengbei Haircutters")
        Project.objects.update(title_en="Haircut at home")
        Place.objects.filter(pk=scene.station.pk).update(name_en="Chengbei")
    for each in (scene.project, scene.team, scene.station):
        each.refresh_from_db()


def said(kind: str, order: Order, language: str) -> str:
    notice = Notice.objects.filter(kind=kind).latest("id")
    with override(language):
        return kind_of(kind).render(notice.facts).replace(format_number(order.number), "NUMBER")


def test_a_service_and_a_team_are_named_in_english_to_who_reads_english(scene: Scene) -> None:
    order = scene.accepted().order
    assert said("order_submitted", order, "en") == "New order NUMBER: Haircut at home"
    assert (
        said("order_accepted", order, "en")
        == "Chengbei Haircutters has taken your order NUMBER and will call you."
    )
    assert "Haircut" not in said("order_submitted", order, "zh-hans")
    assert "Haircut" not in said("order_accepted", order, "zh-hans")


def test_a_place_is_named_in_english_to_who_reads_english(scene: Scene) -> None:
    order = send_down_order(
        actor=scene.actor("li"), at=AT, order=scene.placed(), to=scene.station, reason="nearer"
    )
    ask_for_help(actor=scene.actor("keeper"), at=AT, order=order, reason="no_people")
    assert "Chengbei " in said("order_help_asked", order, "en")
    assert "Chengbei" not in said("order_help_asked", order, "zh-hans")


def test_a_message_that_was_kept_with_one_name_reads_by_it(scene: Scene) -> None:
    facts = {"number": "481207365", "team": "城北义剪队", "title": "义剪"}
    with override("en"):
        assert kind_of("order_declined").render(facts).startswith("城北义剪队 declined order 481 207 365.")
