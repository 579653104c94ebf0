"""Times sent together: each is answered for by its name, and what is wrong at one stops none beside it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError

from sidan.attendance.models import Mark, OfflineRecord
from sidan.orders import operations as orders
from sidan.people.models import Account
from tests.attendance.test_offline import BACK, THEN, URL, answered, ms, record, send
from tests.orders.browsing import browser
from tests.orders.scene import Scene


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidan.orders.api.inbox.now", lambda: BACK)


def test_one_bad_record_does_not_hold_the_others_up(scene: Scene) -> None:
    visit = scene.scheduled()
    unknown = {**record(visit, THEN), "visit": str(uuid4())}
    told = send(scene, unknown, record(visit, THEN))
    assert [each["outcome"] for each in told] == ["not_found", "written"]


@pytest.mark.parametrize(
    "changes",
    [{"code": "12"}, {"code": ""}, {"elapsed_ms": -1}, {"way": "place", "reading": {"accuracy": 150_000}}],
)
def test_one_that_cannot_be_read_is_answered_for_and_stops_none_that_is_sent_with_it(
    scene: Scene, changes: dict[str, Any]
) -> None:
    visit = scene.scheduled()
    unreadable = record(visit, THEN, **changes)
    if "reading" in unreadable:
        unreadable["reading"] |= {"longitude": 115.6, "latitude": 24.9}
    good = record(visit, THEN)
    told = {each["id"]: each for each in send(scene, unreadable, good)}
    assert told[good["id"]]["outcome"] == "written"
    assert told[unreadable["id"]]["outcome"] == "record_unreadable"
    assert "by hand" in told[unreadable["id"]]["sentence"]
    assert OfflineRecord.objects.count() == 1, "nothing is kept of what was not understood"


@pytest.mark.parametrize("offset_ms", [-1, -90_000, -3_000_000_000_000])
def test_a_moment_before_1970_fits_no_digits_and_stops_none_that_is_sent_with_it(
    scene: Scene, offset_ms: int
) -> None:
    visit = scene.scheduled()
    reset = record(visit, THEN, device_ms=0, offset_ms=offset_ms, elapsed_ms=None)
    told = send(scene, reset, record(visit, THEN))
    assert [each["outcome"] for each in told] == ["record_too_old", "written"]


def test_one_at_which_we_fail_stops_none_and_is_to_be_sent_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = scene.scheduled()
    bad, good = record(visit, THEN), record(visit, THEN)
    taking_in = orders.take_in

    def fails_once(*, sent: orders.Sent, **rest: Any) -> orders.TakenIn:
        if str(sent.uuid) == bad["id"]:
            raise OverflowError("nobody thought of this")
        return taking_in(sent=sent, **rest)

    monkeypatch.setattr(orders, "take_in", fails_once)
    told = answered(scene, bad, good)
    assert [each["id"] for each in told["results"]] == [good["id"]]
    assert [each["id"] for each in told["failed"]] == [bad["id"]]
    assert "our side" in told["failed"][0]["sentence"]
    monkeypatch.undo()
    assert Mark.objects.count() == 1


def test_one_whose_moment_we_fail_to_read_stops_none_either(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = scene.scheduled()
    bad, good = record(visit, THEN), record(visit, THEN, code="", way="hand", reason="no_phone")

    def fails(**_facts: Any) -> bool:
        raise OverflowError("nobody thought of this")

    monkeypatch.setattr("sidan.orders.operations.inbox.code_fits", fails)
    told = answered(scene, bad, good)
    assert [each["id"] for each in told["results"]] == [good["id"]]
    assert [each["id"] for each in told["failed"]] == [bad["id"]]


def test_without_the_database_nothing_is_answered_for_and_all_are_sent_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_rest: Any) -> orders.TakenIn:
        raise OperationalError

    monkeypatch.setattr(orders, "take_in", gone)
    body = {"account": str(Account.objects.get(pk=scene.accounts["zhao"]).uuid), "sent_ms": ms(BACK)}
    answer = browser(scene, "zhao").post(
        f"{URL}/inbox",
        {**body, "records": [record(scene.scheduled(), THEN)]},
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


def test_one_without_a_name_cannot_be_answered_for(scene: Scene) -> None:
    body = {"account": str(Account.objects.get(pk=scene.accounts["zhao"]).uuid), "sent_ms": ms(BACK)}
    for nameless in ({**record(scene.scheduled(), THEN), "id": "no"}, "text", {}):
        answer = browser(scene, "zhao").post(
            f"{URL}/inbox", {**body, "records": [nameless]}, content_type="application/json"
        )
        assert answer.status_code == 422


@pytest.mark.parametrize("is_put_right", [True, False])
def test_a_clock_set_back_between_coming_and_going_changes_nothing_of_their_order(
    scene: Scene, is_put_right: bool
) -> None:
    """The telephone names the going two hours earlier than it was, and sends it first."""
    visit, left, back = scene.scheduled(), THEN + timedelta(hours=1), timedelta(hours=2)
    by_hand = {"way": "hand", "code": "", "reason": "no_network"}
    # Put right before it is sent, the clock tells nothing of it: only the digits do.
    came = record(visit, THEN)
    went = record(
        visit, left, direction="out", device_ms=ms(left - back), **({} if is_put_right else by_hand)
    )

    found = answered(scene, went, came, sent_at=BACK if is_put_right else BACK - back)

    told = {each["id"]: each["outcome"] for each in found["results"]}
    assert told == {came["id"]: "written", went["id"]: "written"}
    assert list(Mark.objects.order_by("at").values_list("direction", "at")) == [("in", THEN), ("out", left)]


def test_a_going_without_proof_whose_clock_was_set_back_comes_after_the_coming_that_was_kept_before_it(
    scene: Scene,
) -> None:
    """The clock is right again when it is sent: of its moments none is right, of their order the telephone is sure."""
    visit, back = scene.scheduled(), timedelta(hours=2)
    came = record(visit, THEN, nth=1)
    went = record(
        visit, THEN, direction="out", device_ms=ms(THEN + timedelta(hours=1) - back), way="hand", code="",
        reason="no_network", elapsed_ms=None, nth=2,
    )  # fmt: skip
    told = {each["id"]: each["outcome"] for each in answered(scene, went, came)["results"]}
    assert told == {came["id"]: "written", went["id"]: "left_before_coming"}
