"""Split orders as the office, the teams and the resident see them: splitting in the drawer, codes, times, words."""

import pytest
from django.urls import reverse

from sidan.orders.enums import OrderState
from sidan.orders.operations import (
    PartWish,
    accept_order,
    admit_order,
    look_at_code,
    schedule_visit,
    split_order,
)
from sidan.orders.operations.splitting import (
    PrivatePartHasNoWords,
)
from sidan.orders.policies import MOST_PARTS
from sidan.orders.telling import where_it_stands
from sidan.orders.words import SPLIT_STANDS
from tests.orders.browsing import browser, once, sent, text_of
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import divided, fresh, offered, served, share_of, taken


def test_the_dispatcher_splits_and_dispatches_in_the_drawer(scene: Scene) -> None:
    order, li = scene.admitted(), browser(scene, "li")
    here = reverse("orders:queue_order", args=[order.uuid])
    data = {
        f"split-{name}_{nth}": value
        for nth in (1, 2, 3)
        for name, value in (("category", "hair"), ("people", "1"))
    }
    split = reverse("orders:split", args=[order.uuid])
    assert li.post(split, {**data, "split-words_1": "剪头发", "once": once()}).status_code == 422
    words = {"split-words_1": "剪头发", "split-words_2": "修电灯", "once": once()}
    assert "修电灯" in sent(li, split, {**data, **words})
    hair = order.parts.get(words="剪头发")
    dispatch = {"team": str(scene.team.uuid), "part": str(hair.uuid), "once": once()}
    assert "城北义剪队" in sent(li, reverse("orders:dispatch", args=[order.uuid]), dispatch)
    accept_order(actor=scene.actor("wang"), at=later(minutes=3), assignment=share_of(hair))
    assert "剪头发" in text_of(browser(scene, "wang").get(reverse("orders:board")))
    card = text_of(browser(scene, "wang").get(reverse("orders:card", args=[share_of(hair).uuid])))
    assert "Your part 剪头发" in card
    page = text_of(browser(scene, "zhou").get(f"/orders/{order.number}/"))
    assert "Who does what" in page
    assert "城北义剪队" in page
    assert "We are finding a team." in page
    drawer = text_of(li.get(here))
    assert "Find a team for “修电灯”" in drawer
    assert "Undo the split" not in drawer, "a team has a part"


def test_the_form_splits_into_as_many_parts_as_the_rule_allows(scene: Scene) -> None:
    order, li = scene.admitted(), browser(scene, "li")
    page = li.get(reverse("orders:queue_order", args=[order.uuid])).content.decode()
    assert page.count('name="split-words_') == MOST_PARTS
    named = ("words", "category", "people")
    data = {
        f"split-{name}_{nth}": value
        for nth in range(1, MOST_PARTS + 1)
        for name, value in zip(named, (f"第{nth}件事", "hair", "1"), strict=True)
    }
    assert "第6件事" in sent(li, reverse("orders:split", args=[order.uuid]), {**data, "once": once()})
    assert order.parts.count() == MOST_PARTS


def test_each_visit_of_a_split_order_has_its_own_code(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    taken(scene, order, lamp, other=True)
    for part, leader in ((hair, "wang"), (lamp, "sun")):
        schedule_visit(
            actor=scene.actor(leader), at=later(minutes=5), assignment=share_of(part), planned_from=later(hours=1),
            planned_to=later(hours=2),
        )  # fmt: skip
    assert fresh(order).state == OrderState.SCHEDULED
    zhou = browser(scene, "zhou")
    page = zhou.get(f"/orders/{order.number}/").content.decode()
    for part in (hair, lamp):
        assert f"door-code-{part.uuid}" in page
        answer = zhou.get(f"/orders/{order.number}/code/?part={part.uuid}")
        assert answer.status_code == 200
    assert zhou.get(f"/orders/{order.number}/code/?part={order.uuid}").status_code == 204


def test_while_one_part_waits_the_other_has_its_code_and_its_times(scene: Scene) -> None:
    order, (hair, _lamp) = divided(scene)
    taken(scene, order, hair)
    here, li, zhou = f"/console/queue/{order.uuid}/", browser(scene, "li"), browser(scene, "zhou")
    assert "Tell the code at the door" not in text_of(li.get(here))
    schedule_visit(
        actor=scene.actor("wang"), at=later(minutes=5), assignment=share_of(hair), planned_from=later(hours=1),
        planned_to=later(hours=2),
    )  # fmt: skip
    assert fresh(order).state == OrderState.ADMITTED
    assert "Tell the code at the door" in text_of(li.get(here))
    served(scene, hair, "wang")
    assert fresh(order).state == OrderState.ADMITTED
    for page in (li.get(here), zhou.get(f"/orders/{order.number}/")):
        assert "Times to be confirmed" in text_of(page), (
            "what the leader wrote down waits for a second person"
        )


def test_of_a_private_order_a_part_is_its_kind_and_nobody_reads_more_before_accepting(scene: Scene) -> None:
    order = admit_order(actor=scene.actor("li"), at=AT, order=scene.placed(is_private=True))
    kind = scene.project.category
    with pytest.raises(PrivatePartHasNoWords):
        split_order(
            actor=scene.actor("li"), at=AT, order=order, parts=[PartWish("洗澡", kind), PartWish("", kind)]
        )
    hair, lamp = split_order(
        actor=scene.actor("li"), at=AT, order=fresh(order), parts=[PartWish("", kind), PartWish("", kind)]
    )
    share = offered(scene, order, hair)
    before = text_of(browser(scene, "wang").get(reverse("orders:card", args=[share.uuid])))
    assert "Your part" not in before
    accept_order(actor=scene.actor("wang"), at=later(minutes=3), assignment=share)
    after = text_of(browser(scene, "wang").get(reverse("orders:card", args=[share.uuid])))
    assert f"Your part {kind.name}" in after
    assert browser(scene, "sun").get(reverse("orders:card", args=[share.uuid])).status_code in {403, 404}
    assert lamp.shown_title == kind.name


def test_the_office_tells_the_code_of_every_visit(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    for part, leader in ((hair, "wang"), (lamp, "sun")):
        taken(scene, order, part, other=leader == "sun")
        schedule_visit(
            actor=scene.actor(leader), at=later(minutes=5), assignment=share_of(part),
            planned_from=later(hours=1), planned_to=later(hours=2),
        )  # fmt: skip
    told = look_at_code(actor=scene.actor("li"), at=later(minutes=30), order=fresh(order))
    assert [each.part for each in told] == [hair, lamp]
    assert len({each.digits for each in told}) == 2
    assert where_it_stands(fresh(order), at=later(minutes=30)) == str(SPLIT_STANDS["scheduled"])
