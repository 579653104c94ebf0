"""The talk about an order: its parties of the moment read and write it, and nobody else."""

import json

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils.translation import override

from sidan.audit.models import AuditEntry
from sidan.core.errors import NotFound
from sidan.core.ids import uuid7
from sidan.core.scope import scoped
from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice
from sidan.orders.enums import ENDED, OrderState
from sidan.orders.models import Order
from sidan.orders.operations import (
    accept_order,
    cancel_order,
    dispatch_order,
    release_order,
    send_down_order,
)
from sidan.orders.words import stands_words
from sidan.people.access import scope_for
from sidan.talk import operations, queries
from sidan.talk.enums import Side, Verdict, Why
from sidan.talk.models import Message, MessageText, Phrase
from sidan.talk.permissions import NoPartOfIt, NotOffice, TalkIsOver, seat_of
from sidan.talk.phrases import SENTENCES, begun_with
from tests.orders.browsing import browser, once, sent, text_of
from tests.orders.scene import AT, Scene, later

pytestmark = pytest.mark.django_db
NUMBER = "12900001111"


def say(scene: Scene, name: str, order: Order, words: str, minutes: int = 1, sentence: str = "") -> Message:
    return operations.say(
        actor=scene.actor(name), at=later(minutes=minutes), order=Order.unscoped.get(pk=order.pk), words=words,
        sentence=sentence,
    )  # fmt: skip


def heard(scene: Scene, name: str, order: Order) -> list[str]:
    actor, order = scene.actor(name), Order.unscoped.get(pk=order.pk)
    seat = seat_of(actor=actor, order=order)
    return [told.words for told in queries.stretch_of(actor=actor, order=order, seat=seat).lines]


def offered(order: Order) -> list[str]:
    return [str(one.words) for one in queries.phrases_for(order=order, side="team")]


def told(scene: Scene, name: str) -> int:
    return Notice.objects.filter(account_id=scene.accounts[name], kind__startswith="talk_message").count()


def test_resident_team_and_office_hear_each_other(scene: Scene) -> None:
    order = scene.scheduled().assignment.order
    say(scene, "zhou", order, "门口有狗，别怕")
    say(scene, "zhao", order, "好的")
    say(scene, "li", order, "都好吗？")
    for name in ("zhou", "wang", "zhao", "qian", "li"):
        assert heard(scene, name, order) == ["门口有狗，别怕", "好的", "都好吗？"]
    sides = list(Message.objects.order_by("id").values_list("side", flat=True))
    assert sides == [Side.RESIDENT, Side.TEAM, Side.OFFICE]


@pytest.mark.parametrize("name", ["mallory", "sun", "supervisor"])
def test_nobody_else_reads_or_writes(scene: Scene, name: str) -> None:
    order = scene.accepted().order
    with pytest.raises(NoPartOfIt):
        seat_of(actor=scene.actor(name), order=order)
    with pytest.raises(NoPartOfIt):
        say(scene, name, order, "我也说")
    answer = browser(scene, name).get(f"/talk/{order.number}/")
    assert answer.status_code == 404


def test_a_private_order_that_was_sent_down_is_not_talked_about_above_it(scene: Scene) -> None:
    order = scene.placed(is_private=True)
    assert seat_of(actor=scene.actor("li"), order=order).side == Side.OFFICE
    send_down_order(actor=scene.actor("li"), at=later(minutes=1), order=order, to=scene.town, reason="nearer")
    assert seat_of(actor=scene.actor("director"), order=order).side == Side.OFFICE
    for name in ("li", "keeper"):
        with pytest.raises(NoPartOfIt):
            seat_of(actor=scene.actor(name), order=order)
    assert seat_of(actor=scene.actor("zhou"), order=order).side == Side.RESIDENT


def test_a_team_that_was_only_offered_it_has_no_seat_yet(scene: Scene) -> None:
    assignment = scene.offered()
    with pytest.raises(NoPartOfIt):
        seat_of(actor=scene.actor("wang"), order=assignment.order)


def test_a_team_member_who_is_not_named_has_no_seat(scene: Scene) -> None:
    order = scene.accepted().order
    with pytest.raises(NoPartOfIt):
        seat_of(actor=scene.actor("zhao"), order=order)
    assert seat_of(actor=scene.actor("wang"), order=order).side == Side.TEAM


def test_the_next_team_does_not_read_what_was_said_to_the_first(scene: Scene) -> None:
    assignment = scene.accepted()
    order = assignment.order
    say(scene, "zhou", order, "给第一队", minutes=1)
    release_order(
        actor=scene.actor("wang"), at=later(minutes=2), assignment=assignment, reason="no_people", words=""
    )
    with pytest.raises(NoPartOfIt):
        seat_of(actor=scene.actor("wang"), order=Order.unscoped.get(pk=order.pk))
    second = dispatch_order(
        actor=scene.actor("li"),
        at=later(minutes=3),
        order=Order.unscoped.get(pk=order.pk),
        team=scene.other_team,
    )
    accept_order(actor=scene.actor("sun"), at=later(minutes=4), assignment=second)
    say(scene, "zhou", order, "给第二队", minutes=5)
    assert heard(scene, "sun", order) == ["给第二队"]
    assert heard(scene, "zhou", order) == ["给第一队", "给第二队"]


def test_after_the_end_it_is_read_and_nothing_is_added(scene: Scene) -> None:
    order = scene.placed()
    say(scene, "zhou", order, "算了")
    cancel_order(
        actor=scene.actor("zhou"), at=later(minutes=2), order=order, reason="no_longer_needed", words=""
    )
    assert heard(scene, "zhou", order) == ["算了"]
    for name in ("zhou", "li"):
        with pytest.raises(TalkIsOver):
            say(scene, name, order, "还有")
    page = text_of(browser(scene, "zhou").get(f"/talk/{order.number}/"))
    assert "Nothing can be added any more" in page


def test_numbers_are_shown_to_the_resident_only(scene: Scene) -> None:
    order = scene.accepted().order
    say(scene, "wang", order, f"我的电话 {NUMBER}")
    say(scene, "zhou", order, f"打这个 {NUMBER}")
    assert all(NUMBER in words for words in heard(scene, "zhou", order))
    assert not any(NUMBER in words for words in heard(scene, "li", order))
    assert NUMBER in heard(scene, "wang", order)[0], "one's own words are shown as they were written"
    assert NUMBER not in heard(scene, "wang", order)[1]


def test_words_are_encrypted_and_a_message_is_never_changed(scene: Scene) -> None:
    message = say(scene, "zhou", scene.placed(), "请早点来")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM talk_messagetext")
        assert "请早点来".encode() not in bytes(cursor.fetchone()[0])
    for sql in ("UPDATE talk_message SET at = now()", "DELETE FROM talk_message"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    MessageText.objects.filter(message=message).update(words="")
    assert MessageText.objects.get(message=message).words == ""


def test_the_other_side_is_told_and_never_what_was_said(scene: Scene) -> None:
    order = scene.placed()
    say(scene, "zhou", order, "有人吗")
    assert told(scene, "li") == 1, "no team has it: the office is told"
    order = scene.scheduled().assignment.order
    say(scene, "zhou", order, "秘密的话")
    assert [told(scene, name) for name in ("wang", "zhao", "qian", "li", "zhou")] == [1, 1, 1, 1, 0]
    say(scene, "wang", order, "好")
    assert told(scene, "zhou") == 1
    assert "秘密的话" not in json.dumps(
        list(Notice.objects.values_list("facts", flat=True)), ensure_ascii=False
    )


def test_what_is_unread_is_counted_until_it_is_read(scene: Scene) -> None:
    order = scene.accepted().order
    say(scene, "wang", order, "一")
    say(scene, "wang", order, "二")
    client = browser(scene, "zhou")
    page = client.get(f"/talk/{order.number}/")
    assert page.context["unread"] == 2
    assert browser(scene, "wang").get(f"/talk/{order.number}/").context["unread"] == 0
    for _turn in range(2):
        assert client.post(f"/talk/{order.number}/read/").status_code == 303
    assert client.get(f"/talk/{order.number}/").context["unread"] == 0
    say(scene, "wang", order, "三")
    assert client.get(f"/talk/{order.number}/").context["unread"] == 1


def test_what_came_in_after_the_page_was_shown_is_not_marked_as_read(scene: Scene) -> None:
    order = scene.accepted().order
    first = say(scene, "wang", order, "一")
    client, url = browser(scene, "zhou"), f"/talk/{order.number}/"
    lines = client.get(f"{url}lines/").content.decode()
    assert f'name="upto" value="{first.uuid}"' in lines
    say(scene, "wang", order, "二")
    assert (
        client.post(f"{url}read/", {"upto": str(first.uuid)}, headers={"HX-Request": "true"}).status_code
        == 204
    )
    assert client.get(url).context["unread"] == 1
    assert client.post(f"/api/v1{url}read?upto={first.uuid}").status_code == 204
    assert client.get(url).context["unread"] == 1, "what was read stays read, and no more"
    assert client.post(f"{url}read/", {"upto": str(uuid7())}).status_code == 404
    assert client.post(f"{url}read/", {"upto": "x"}).status_code == 400
    client.post(f"{url}read/")
    assert "upto" not in client.get(f"{url}lines/").content.decode()


def test_a_form_sent_twice_says_it_once(scene: Scene) -> None:
    order, client = scene.placed(), browser(scene, "zhou")
    url, data = f"/talk/{order.number}/say/", {"words": "请打电话", "once": once()}
    for _turn in range(2):
        assert client.post(url, data).status_code == 303
    assert Message.objects.count() == 1
    piece = client.post(url, {"words": "再说", "once": once()}, headers={"HX-Request": "true"})
    assert "再说" in piece.content.decode()
    empty = client.post(url, {"words": "  ", "once": once()})
    assert empty.status_code == 422


def test_sixty_messages_an_hour_are_enough(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "MOST_AN_HOUR", 2)
    order = scene.placed()
    say(scene, "zhou", order, "一")
    say(scene, "zhou", order, "二")
    with pytest.raises(operations.TooMuchSaid):
        say(scene, "zhou", order, "三")
    say(scene, "zhou", order, "四", minutes=62)


def test_a_reported_message_is_taken_off_by_the_office_of_the_order(scene: Scene) -> None:
    order = scene.accepted().order
    bad = say(scene, "wang", order, "给我红包")
    zhou, li = scene.actor("zhou"), scene.actor("li")
    operations.report_message(actor=zhou, at=later(minutes=2), order=order, uuid=bad.uuid, why=Why.MONEY)
    with pytest.raises(operations.ReportedAlready):
        operations.report_message(actor=zhou, at=later(minutes=2), order=order, uuid=bad.uuid, why=Why.RUDE)
    with pytest.raises(operations.OwnMessage):
        operations.report_message(actor=scene.actor("wang"), at=AT, order=order, uuid=bad.uuid, why=Why.RUDE)
    report = bad.reports.get()
    for name, error in (("mallory", NotFound), ("zhou", NotOffice)):
        actor = scene.actor(name)
        with scoped(scope_for(actor)), pytest.raises(error):
            operations.settle_report(actor=actor, at=AT, uuid=report.uuid, verdict=Verdict.HIDDEN)
    page = browser(scene, "li").get("/console/talk/reports/").content.decode()
    assert "给我红包" in page
    operations.settle_report(actor=li, at=later(minutes=3), uuid=report.uuid, verdict=Verdict.HIDDEN)
    with pytest.raises(operations.SettledAlready):
        operations.settle_report(actor=li, at=later(minutes=4), uuid=report.uuid, verdict=Verdict.KEPT)
    assert heard(scene, "zhou", order) == [""]
    assert heard(scene, "li", order) == ["给我红包"]
    assert "The office took this message off." in text_of(
        browser(scene, "zhou").get(f"/talk/{order.number}/")
    )


def test_a_county_s_own_sentences_take_the_place_of_the_first_ones_of_their_step(scene: Scene) -> None:
    order = scene.accepted().order
    begun = [*begun_with(side="team", step="accepted"), *begun_with(side="team", step="")]
    order = Order.unscoped.get(pk=order.pk)
    assert offered(order) == [str(one.words) for one in begun]
    Phrase.objects.create(county=scene.center, side="team", step="scheduled", words="路上")
    Phrase.objects.create(county=scene.far_center, side="team", words="别县的话")
    Phrase.objects.create(county=scene.center, side="resident", step="accepted", words="好的")
    assert offered(order) == [str(one.words) for one in begun], "of other steps and sides"
    Phrase.objects.create(county=scene.center, side="team", step="accepted", words="今天就来")
    always = [str(one.words) for one in begun_with(side="team", step="")]
    assert offered(order) == ["今天就来", *always]
    assert "今天就来" in browser(scene, "wang").get(f"/talk/{order.number}/").content.decode()
    Phrase.objects.create(county=scene.center, side="team", words="谢谢")
    assert offered(order) == ["今天就来", "谢谢"]


def test_who_uses_a_sentence_is_told_in_a_word_of_its_own() -> None:
    with override("zh-hans"):
        assert str(Side.TEAM.label) == "队伍"
        assert stands_words(state="accepted", team="", when="").startswith("队伍已接单")


def test_the_pages_of_an_order_have_a_place_for_it(scene: Scene) -> None:
    assignment = scene.scheduled().assignment
    order = assignment.order
    for name, url in (
        ("zhou", f"/orders/{order.number}/"),
        ("wang", f"/console/board/{assignment.uuid}/"),
        ("zhao", f"/tasks/{assignment.uuid}/"),
        ("li", f"/console/queue/{order.uuid}/"),
    ):
        page = browser(scene, name).get(url)
        assert page.status_code == 200, url
        assert f'hx-get="/talk/{order.number}/?within=1"' in page.content.decode(), url


def test_what_was_typed_is_kept_where_it_cannot_be_sent(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, client = scene.placed(), browser(scene, "zhou")
    url = f"/talk/{order.number}/say/"
    monkeypatch.setattr(operations, "MOST_AN_HOUR", 0)
    answer = client.post(url, {"words": "我在门口等", "once": once()})
    assert answer.status_code == 422
    assert "我在门口等</textarea>" in answer.content.decode()
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=1), order=Order.unscoped.get())
    answer = client.post(url, {"words": "我在门口等", "once": once()})
    assert answer.status_code == 422
    assert "我在门口等</blockquote>" in answer.content.decode()


def test_a_report_without_a_reason_and_a_sentence_too_long_are_told_where_they_were_typed(
    scene: Scene,
) -> None:
    order = scene.accepted().order
    bad = say(scene, "wang", order, "给我红包")
    answer = browser(scene, "zhou").post(f"/talk/{order.number}/{bad.uuid}/report/", {"why": "no-such"})
    assert answer.status_code == 422
    assert "给我红包" in answer.content.decode()
    told = {"words": "长" * 201, "words_en": "short", "side": "team", "step": ""}
    answer = browser(scene, "mallory").post("/console/talk/phrases/", told)
    assert answer.status_code == 422
    assert "长" * 201 in answer.content.decode()


@pytest.mark.parametrize("name", ["supervisor", "director"])
def test_who_has_no_seat_is_not_shown_a_way_to_it(scene: Scene, name: str) -> None:
    order = scene.accepted().order
    page = browser(scene, name).get(f"/console/queue/{order.uuid}/")
    assert page.status_code == 200
    has_way = f"/talk/{order.number}/" in page.content.decode()
    assert has_way == (browser(scene, name).get(f"/talk/{order.number}/").status_code == 200)


def test_danger_in_a_message_is_answered_with_the_number_and_told_to_the_office_at_once(scene: Scene) -> None:
    order = scene.scheduled().assignment.order
    client, url = browser(scene, "zhou"), f"/talk/{order.number}/"
    assert "120 Ambulance" in sent(client, f"{url}say/", {"once": once(), "words": "他晕倒了"})
    assert kind_of("talk_danger").is_urgent
    warned = Notice.objects.filter(account_id=scene.accounts["li"], kind="talk_danger")
    assert warned.count() == 1
    assert Order.unscoped.get(pk=order.pk).urgency == "danger", "it stands first in the queue"
    assert "120 Ambulance" not in sent(client, f"{url}say/", {"once": once(), "words": "好了，已经醒了"})
    assert warned.count() == 1


def test_reports_are_found_by_order_stand_behind_chips_and_are_taken_along_without_words(
    scene: Scene,
) -> None:
    order = scene.accepted().order
    bad = say(scene, "wang", order, f"给我五十块，打{NUMBER}")
    actor = scene.actor("zhou")
    operations.report_message(actor=actor, at=later(minutes=2), order=order, uuid=bad.uuid, why=Why.MONEY)
    client, url = browser(scene, "li"), "/console/talk/reports/"
    for asked, is_there in (
        (f"q={order.number}", True),
        ("q=理发&count=1", True),
        ("q=水管", False),
        ("sort=-why", True),
    ):
        page = client.get(f"{url}?{asked}").content.decode()
        assert ("给我五十块" in page) == is_there, asked
        assert NUMBER not in page, "a number in a message is for the resident alone, reported or not"
    answer = client.get(f"{url}export/")
    table = b"".join(answer.streaming_content).decode()
    assert (order.number in table, "给我五十块" in table) == (True, False)
    assert AuditEntry.objects.filter(verb="talk.reports_exported").count() == 1
    report = bad.reports.get()
    operations.settle_report(
        actor=scene.actor("li"), at=later(minutes=3), uuid=report.uuid, verdict=Verdict.HIDDEN
    )
    assert "给我五十块" not in client.get(url).content.decode()
    assert "给我五十块" in client.get(f"{url}?verdict=hidden").content.decode()


def test_who_writes_has_not_read_what_was_not_shown(scene: Scene) -> None:
    order = scene.accepted().order
    first = say(scene, "wang", order, "一")
    client, url = browser(scene, "zhou"), f"/talk/{order.number}/"
    assert f'name="shown_upto" value="{first.uuid}"' in client.get(url).content.decode()
    say(scene, "wang", order, "二")
    client.post(f"{url}say/", {"words": "三", "once": once(), "shown_upto": str(first.uuid)})
    page = client.get(url)
    assert [line.words for line in page.context["lines"] if line.is_new] == ["二"]
    assert client.post(f"/api/v1{url}messages", {"words": "四"}, "application/json").status_code == 204
    assert client.get(f"/api/v1{url[:-1]}").json()["unread"] == 1


def test_what_is_no_message_of_the_thread_cannot_be_reported(scene: Scene) -> None:
    order, other = scene.accepted().order, scene.placed()
    elsewhere = say(scene, "zhou", other, "别处的话")
    client = browser(scene, "wang")
    for uuid in (uuid7(), elsewhere.uuid):
        url = f"/talk/{order.number}/{uuid}/report/"
        assert client.get(url).status_code == 404
        assert client.post(url, {"why": ""}).status_code == 404


def test_earlier_messages_are_reached_page_by_page(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_SHOWN", 2)
    order = scene.accepted().order
    said = [say(scene, "wang", order, words) for words in "一二三四五"]
    client, url = browser(scene, "zhou"), f"/talk/{order.number}/"
    assert f'href="{url}?before={said[3].uuid}"' in client.get(url).content.decode()
    earlier = client.get(url, {"before": said[3].uuid})
    text = earlier.content.decode()
    assert [line.words for line in earlier.context["lines"]] == ["二", "三"]
    assert "<textarea" not in text
    assert "hx-trigger" not in text.split('id="talk"')[1].split("</section>")[0], (
        "nothing is marked or asked anew"
    )
    last = client.get(f"/api/v1{url[:-1]}", {"before": said[1].uuid}).json()
    assert [one["words"] for one in last["items"]] == ["一"]
    assert not last["has_earlier"]
    assert client.get(f"/api/v1{url[:-1]}").json()["has_earlier"]
    assert client.get(url, {"before": said[0].uuid}).context["lines"] == []
    assert client.get(f"{url}{said[0].uuid}/report/").status_code == 200
    assert client.get(url, {"before": uuid7()}).status_code == 404
    assert client.get(url, {"before": "x"}).status_code == 400


THANKS = "谢谢。"


def test_a_sentence_sent_with_a_tap_is_read_in_the_reader_s_language(scene: Scene) -> None:
    order = scene.accepted().order
    own = Phrase.objects.create(county=scene.center, side="team", words="马上到", words_en="Nearly there.")
    say(scene, "zhou", order, "Thank you.", sentence="thanks")
    say(scene, "wang", order, "马上到", sentence=str(own.uuid))
    with override("en"):
        assert heard(scene, "wang", order) == heard(scene, "zhou", order) == ["Thank you.", "Nearly there."]
    Phrase.objects.filter(pk=own.pk).update(ended_at=later(minutes=3))
    with override("zh-hans"):
        assert heard(scene, "zhou", order) == [THANKS, "马上到"], "though the county offers it no more"
    assert list(MessageText.objects.order_by("pk").values_list("words", flat=True)) == [
        "Thank you.",
        "马上到",
    ]
    MessageText.objects.update(words="")
    assert heard(scene, "wang", order) == ["", ""], "what was erased stays erased"


def test_a_sentence_with_other_words_or_of_somebody_else_is_a_plain_message(scene: Scene) -> None:
    order = scene.accepted().order
    far = Phrase.objects.create(county=scene.far_center, side="team", words="别县的话", words_en="Far away.")
    theirs = Phrase.objects.create(county=scene.center, side="office", words="办公室的话", words_en="Of us.")
    for words, sentence in (
        ("谢谢。麻烦早一点来。", "thanks"), (THANKS, "no_such"), (THANKS, ""), (far.words, str(far.uuid)),
        (theirs.words, str(theirs.uuid)), (THANKS, str(uuid7())),
    ):  # fmt: skip
        say(scene, "wang", order, words, sentence=sentence)
    with override("en"):
        assert not [words for words in heard(scene, "zhou", order) if words.isascii()]
    with pytest.raises(DatabaseError), transaction.atomic():
        MessageText.objects.filter(pk=MessageText.objects.first().pk).update(begun="thanks", phrase=far)


def test_a_tap_on_the_page_and_over_the_api_is_the_sentence(scene: Scene) -> None:
    order = scene.accepted().order
    client, url = browser(scene, "zhou"), f"/talk/{order.number}/"
    assert 'name="sentence" value="thanks"' in client.get(url).content.decode()
    client.post(f"{url}say/", {"words": "Thank you.", "sentence": "thanks", "once": once()})
    offers = client.get(f"/api/v1{url[:-1]}").json()["phrases"]
    assert {"code": "thanks", "words": "Thank you."} in offers
    for told in ({"words": THANKS, "sentence": "thanks"}, {"words": "Thank you!", "sentence": "thanks"}):
        assert client.post(f"/api/v1{url}messages", told, "application/json").status_code == 204
    reader = browser(scene, "wang")
    chinese = {"Accept-Language": "zh-Hans"}
    reader.cookies["django_language"] = "zh-hans"
    page = reader.get(url, headers=chinese)
    assert [line.words for line in page.context["lines"]] == [THANKS, THANKS, "Thank you!"]
    told = reader.get(f"/api/v1{url[:-1]}", headers=chinese).json()
    assert [one["words"] for one in told["items"]] == [THANKS, THANKS, "Thank you!"]


def test_every_sentence_has_a_code_of_its_own() -> None:
    codes = {one.code: one.words for sentences in SENTENCES.values() for one in sentences}
    words = {str(one.words) for sentences in SENTENCES.values() for one in sentences}
    assert len(codes) == len(words)
    assert max(map(len, codes)) <= MessageText._meta.get_field("begun").max_length


WITH_A_TEAM = {"accepted", "scheduled", "under_way", "done"}
"""Where its seat writes: who could not do it has given the order out of hand."""


@pytest.mark.parametrize("state", sorted(set(OrderState.values) - {state.value for state in ENDED}))
def test_at_every_step_each_side_that_may_write_finds_a_sentence_for_it(state: str) -> None:
    sides = [Side.RESIDENT, Side.OFFICE, *([Side.TEAM] if state in WITH_A_TEAM else [])]
    assert [side for side in sides if not begun_with(side=side, step=state)] == []
