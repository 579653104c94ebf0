"""Numbers that point at somebody leave a free text in whatever writing, and who may not see the contact reads none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidan.core.numbers import SeparatedText, rejoin_numbers, separate_numbers
from sidan.core.scope import scoped
from sidan.orders.models import Order, OrderText
from sidan.orders.operations import (
    check_in,
    check_out,
    close_order,
    dispatch_order,
    look_at_contact,
    reopen_order,
    report_visit,
)
from sidan.orders.operations.looking import ContactHidden
from sidan.orders.operations.visiting import Proof, Report
from sidan.orders.permissions import may_see_contact
from sidan.orders.queries import QueueFilter, queue, reading_of
from sidan.people.access import scope_for
from tests.orders.browsing import browser, text_of
from tests.orders.scene import Scene, later

HAND = Proof(way="hand", reason_code="no_phone")
NEED = "请打 120 123 45678 或１２０９８７６５４３２，我住7组23号"


@pytest.mark.parametrize(
    "number",
    [
        "120 123 45678", "１２０９８７６５４３２", "120.1234.5678", "120—1234—5678", "120 - 1234 - 5678",
        "一二〇一二三四五六七八", "幺二零一二三四五六七八", "8312345", "0379-8312345", "00010119491231002X",
        "zhou@example.com", "一三○一二三四五六七八", "抖音号zhou1988", "WeChat: zhou88", "ＱＱ：１２３４５６",
        "支付宝zhou_88",
    ],
)  # fmt: skip
def test_a_number_leaves_the_text_as_people_write_it(number: str) -> None:
    separated = separate_numbers(f"请打{number}，下午来")
    assert separated.text == "请打［号码1］，下午来"
    assert separated.numbers == (number,)
    assert rejoin_numbers(separated) == f"请打{number}，下午来"


@pytest.mark.parametrize(
    "words",
    ["2026-11-22 9:30 以后", "1000-2000元", "打12345热线问过", "两位老人，９点到１１点", "5-2-501 单元"],
)
def test_dates_sums_and_short_numbers_stay(words: str) -> None:
    assert separate_numbers(words) == SeparatedText(text=words, numbers=())


@given(st.text(alphabet="0123456789０９一幺- —请来［］号码", max_size=40))
def test_what_was_taken_out_can_be_put_back_and_nothing_is_left(words: str) -> None:
    separated = separate_numbers(words)
    assert separate_numbers(separated.text).numbers == ()
    if "［号码" not in words:
        assert rejoin_numbers(separated) == words


def found_by(scene: Scene, words: str) -> set[int]:
    with scoped(scope_for(scene.actor("supervisor"))):
        return set(queue(chosen=QueueFilter(text=words)).values_list("pk", flat=True))


def test_numbers_of_any_writing_are_not_found_by_searching_and_a_supervisor_reads_none(scene: Scene) -> None:
    order = scene.placed(need=NEED)
    text = OrderText.objects.get(order=order)
    assert json.loads(text.numbers) == ["120 123 45678", "１２０９８７６５４３２"]
    assert found_by(scene, "我住")
    for words in ("45678", "98765432", "１２０９８７６５４３２", "120"):
        assert not found_by(scene, words)

    url = f"/console/queue/{order.uuid}/"
    read = {name: text_of(browser(scene, name).get(url)) for name in ("li", "supervisor")}
    assert "请打 ［号码1］ 或［号码2］，我住7组23号" in read["li"]
    assert "请打 ［号码］ 或［号码］，我住［门牌］" in read["supervisor"]
    assert not may_see_contact(actor=scene.actor("supervisor"), order=order)


def test_what_was_written_before_is_hidden_at_reading(scene: Scene) -> None:
    order = scene.placed()
    OrderText.objects.filter(order=order).update(need=NEED)
    for name in ("li", "supervisor"):
        page = text_of(browser(scene, name).get(f"/console/queue/{order.uuid}/"))
        assert "45678" not in page
        assert "１２０９" not in page


def test_staff_read_veiled_words_once_the_order_has_ended(scene: Scene) -> None:
    order = scene.placed()
    words = "在三栋二单元502，打120 123 45678"
    read = {name: reading_of(reader=scene.actor(name), order=order)(words) for name in ("li", "supervisor")}
    assert read == {"li": "在三栋二单元502，打［号码1］", "supervisor": "在［门牌］，打［号码］"}
    Order.unscoped.filter(pk=order.pk).update(state="cancelled", turn=99)
    order.refresh_from_db()
    assert reading_of(reader=scene.actor("li"), order=order)(words) == "在［门牌］，打［号码］"


def who_reads(scene: Scene, order: Order) -> set[str]:
    order = Order.unscoped.get(pk=order.pk)
    names = ("zhou", "li", "wang", "zhao", "sun", "supervisor")
    return {name for name in names if may_see_contact(actor=scene.actor(name), order=order)}


def test_the_team_has_the_contact_from_accepting_until_closing_and_no_longer_after_reopening(
    scene: Scene,
) -> None:
    order = scene.placed()
    assert who_reads(scene, order) == {"zhou", "li"}
    visit = scene.scheduled()
    order, zhao = visit.assignment.order, scene.actor("zhao")
    assert who_reads(scene, order) == {"zhou", "li", "wang", "zhao"}
    check_in(actor=zhao, at=later(days=1), visit=visit, proof=HAND)
    assert who_reads(scene, order) == {"zhou", "li", "wang", "zhao"}
    check_out(actor=zhao, at=later(days=1, hours=1), visit=visit, proof=HAND)
    order = report_visit(actor=zhao, at=later(days=1, hours=1), visit=visit, report=Report(words="理好了"))
    assert who_reads(scene, order) == {"zhou", "li", "wang", "zhao"}
    task = browser(scene, "zhao").get(f"/tasks/{visit.assignment.uuid}/")
    assert "Show address and telephone" in text_of(task)

    close_order(actor=scene.actor("li"), at=later(days=9), order=order, words="好了")
    assert who_reads(scene, order) == {"zhou"}
    with pytest.raises(ContactHidden):
        look_at_contact(actor=scene.actor("wang"), at=later(days=9, hours=1), order=order)

    order = reopen_order(actor=scene.actor("li"), at=later(days=1, hours=3), order=order, words="又漏")
    assert who_reads(scene, order) == {"zhou", "li"}
    dispatch_order(actor=scene.actor("li"), at=later(days=1, hours=4), order=order, team=scene.other_team)
    assert who_reads(scene, order) == {"zhou", "li"}
