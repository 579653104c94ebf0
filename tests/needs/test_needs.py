"""Surveys and needs: asked, answered, merged, traced."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module
from itertools import count
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from sidan.analytics.operations import catch_up, rebuild
from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.audit.models import AuditEntry
from sidan.catalogue.models import Category
from sidan.core.clock import business_date
from sidan.core.errors import Forbidden
from sidan.core.scope import everything
from sidan.needs import operations, queries
from sidan.needs.models import Need, NeedKind, NeedTrace, SheetArrival, Survey, SurveyAnswer
from sidan.needs.operations.needs import PersonalTitle
from sidan.needs.policies import BadQuestions, fits, read_questions
from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice
from sidan.people.access import scope_for
from sidan.places.models import Place
from tests.cast import Cast
from tests.factories import AT
from tests.orders.browsing import once, sent, text_of

TEXT = "您最需要什么？\n- 理发\n- 家电维修\n平时哪天有空？\n+ 周六\n+ 周日\n还想说什么？"


def asked(cast: Cast, *, then: str = "open") -> Survey:
    made = operations.draft_survey(
        actor=cast.practitioner.actor, at=AT, place=cast.places.chengbei, title="问问大家", text=TEXT
    )
    if then == "open":
        operations.open_survey(actor=cast.practitioner.actor, at=AT, survey=made)
    return made


def noted(cast: Cast, title: str = "想有人修家电", voices: int = 1) -> Need:
    told = operations.NewNeed(
        place=cast.places.chengbei, title=title, source="visit", words="周奶奶说的", voices=voices
    )
    return operations.note_need(actor=cast.practitioner.actor, at=AT, told=told)


def haircuts() -> Category:
    return Category.objects.create(code="hair", name="义剪")


@pytest.mark.django_db
def test_needs_are_found_by_words_sorted_by_voices_and_taken_along_so(cast: Cast) -> None:
    noted(cast, "想有人修家电", 3), noted(cast, "路灯不亮", 11), noted(cast, "家电旧了", 2)
    client, desk, table = cast.practitioner.client(), reverse("needs:desk"), reverse("needs:export")

    def titles(url: str) -> list[str]:
        answer = client.get(url)
        text = b"".join(answer.streaming_content).decode() if answer.streaming else text_of(answer)
        places = {title: text.find(title) for title in ("想有人修家电", "路灯不亮", "家电旧了")}
        return sorted((title for title, at in places.items() if at >= 0), key=places.__getitem__)

    assert titles(f"{desk}?all=1") == ["家电旧了", "路灯不亮", "想有人修家电"]
    assert titles(f"{desk}?sort=-all_voices") == ["路灯不亮", "想有人修家电", "家电旧了"]
    assert titles(f"{desk}?q=家电&sort=all_voices") == ["家电旧了", "想有人修家电"]
    assert titles(f"{table}?q=家电&sort=-all_voices") == ["想有人修家电", "家电旧了"]
    assert titles(f"{desk}?q=周奶奶") == []


def test_questions_are_read_as_people_write_them() -> None:
    one, many, text = read_questions(TEXT)
    assert (one.kind, one.choices) == ("one", ("理发", "家电维修"))
    assert (many.kind, text.kind) == ("many", "text")


@pytest.mark.parametrize(
    "text", ["", "- 没有题目", "题\n- 一个", "题\n- 甲\n+ 乙", "题\n- 同\n- 同", "题\n-"]
)
def test_questions_nobody_could_answer_are_refused(text: str) -> None:
    with pytest.raises(BadQuestions):
        read_questions(text)


@pytest.mark.parametrize(
    ("answers", "fit"),
    [
        ({"0": ["理发"]}, True), ({"1": ["周六", "周日"]}, True), ({"2": ["好"]}, True), ({}, False),
        ({"0": ["理发", "家电维修"]}, False), ({"0": ["别的"]}, False), ({"9": ["理发"]}, False), ({"x": ["1"]}, False),
        ({"2": ["长" * 501]}, False), ({"1": ["周六", "周六"]}, False), ({"02": ["好"]}, False), ({"٢": ["好"]}, False),
    ],
)  # fmt: skip
def test_an_answer_must_be_one_of_those_offered(answers: dict[str, list[str]], fit: bool) -> None:
    assert fits(read_questions(TEXT), answers) is fit


@pytest.mark.django_db
def test_anybody_with_the_link_answers_without_a_name_and_it_lies_open_nowhere(cast: Cast) -> None:
    survey = asked(cast)
    answer = Client().post(reverse("needs:sheet", args=[survey.uuid]), {"q0": "理发", "q2": "谢谢你们"})
    assert answer.status_code == 303
    row = SurveyAnswer.objects.get()
    assert json.loads(str(row.answers)) == {"0": ["理发"], "2": ["谢谢你们"]}
    assert row.entered_by is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row::text, ' ') FROM needs_surveyanswer AS row")
        assert "谢谢" not in cursor.fetchone()[0]


@pytest.mark.django_db
def test_danger_on_a_sheet_is_answered_with_the_number_marked_and_told_to_the_office_at_once(
    cast: Cast,
) -> None:
    survey, reader = asked(cast), Client()
    reader.cookies["django_language"] = "en"
    url = reverse("needs:sheet", args=[survey.uuid])
    assert "110 Police" in sent(reader, url, {"q0": "理发", "q2": "活不下去了，想死"})
    assert "110 Police" not in sent(reader, url, {"q2": "都挺好的"})
    warned = Notice.objects.filter(kind="survey_danger")
    assert kind_of("survey_danger").is_urgent
    told = warned.filter(account_id=cast.practitioner.account.pk).count()
    assert (told, warned.filter(account_id=cast.zhou.account.pk).count()) == (1, 0)
    office = cast.practitioner.client()
    office.cookies["django_language"] = "en"
    page = text_of(office.get(reverse("needs:survey", args=[survey.uuid])))
    assert page.index("110 Police") < page.index("活不下去") < page.index("都挺好的"), (
        "first, though it is older"
    )


@pytest.mark.django_db
def test_who_enters_a_sheet_with_words_of_danger_is_told_whom_to_call(cast: Cast) -> None:
    survey, client = asked(cast), cast.practitioner.client()
    client.cookies["django_language"] = "en"
    place = str(cast.places.chengbei.uuid)
    url = reverse("needs:enter_answer", args=[survey.uuid])
    sheet = {"once": once(), "place": place, "source": "visit", "q2": "老伴晕倒了"}
    assert "120 Ambulance" in sent(client, url, sheet)
    assert not Notice.objects.filter(kind="survey_danger", account_id=cast.practitioner.account.pk).exists()
    answer = client.post(
        f"/api/v1/needs/surveys/{survey.uuid}/sheets",
        {"place": place, "source": "paper", "answers": {"2": ["厨房着火了"]}},
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["call_now"]) == (201, ["119"])


@pytest.mark.django_db
def test_an_address_cannot_make_the_page_name_another_number(cast: Cast) -> None:
    page = Client().get(
        reverse("needs:thanks", args=[asked(cast).uuid]), {"call": ["4008001234", "120", "120"]}
    )
    assert page.content.decode().count("tel:") == 1
    assert "tel:120" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_sheet_sent_twice_at_once_by_a_double_tap_counts_once(cast: Cast) -> None:
    url, gate = reverse("needs:sheet", args=[asked(cast).uuid]), Barrier(2)
    found = re.search(r'name="client" value="([^"]+)"', Client().get(url).content.decode())
    assert found is not None

    def tap(_nth: int) -> int:
        try:
            gate.wait(timeout=60)
            return Client().post(url, {"q0": "理发", "client": found[1]}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(tap, range(2))) == [303, 303]
    assert SurveyAnswer.objects.count() == 1
    assert SheetArrival.objects.count() == 1, "the second tap is no second arrival, either"
    Client().post(url, {"q0": "家电维修", "client": found[1]})
    assert SurveyAnswer.objects.count() == 2, "the next person went back to the page of the one before"


@pytest.mark.django_db
def test_a_draft_and_a_closed_survey_take_no_answers(cast: Cast) -> None:
    survey = asked(cast, then="draft")
    url = reverse("needs:sheet", args=[survey.uuid])
    assert Client().get(url).status_code == 404
    operations.open_survey(actor=cast.practitioner.actor, at=AT, survey=survey)
    assert Client().get(url).status_code == 200
    operations.close_survey(actor=cast.practitioner.actor, at=AT, survey=survey)
    reader = Client()
    reader.cookies["django_language"] = "en"
    late = reader.post(url, {"q2": "还想学用手机"})
    assert late.status_code == 422
    assert "还想学用手机" in late.content.decode(), "what was typed is still there"
    assert "This survey is “Closed” now." in text_of(late)
    assert "takes no more answers" in text_of(reader.get(url))
    assert not SurveyAnswer.objects.exists()
    with pytest.raises(operations.SurveyMovedOn):
        operations.answer_survey(at=AT, address="", survey=survey, answers={"0": ["理发"]})


@pytest.mark.django_db
def test_the_questions_of_an_open_survey_stay(cast: Cast) -> None:
    survey = asked(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Survey.unscoped.filter(pk=survey.pk).update(questions=[])


@pytest.mark.django_db
def test_a_practitioner_enters_what_was_told_at_the_door_and_the_answers_are_counted(cast: Cast) -> None:
    survey, client = asked(cast), cast.practitioner.client()
    client.cookies["django_language"] = "en"
    page = client.post(reverse("needs:enter_answer", args=[survey.uuid]), {
        "once": once(), "place": str(cast.places.chengbei.uuid), "source": "visit", "q0": "理发",
        "q1": ["周六", "周日"],
    })  # fmt: skip
    assert page.headers["Location"].endswith("?kept=1")
    assert "data-draft-sent" in client.get(page.headers["Location"]).content.decode()
    assert [tally.counts for tally in queries.tallies(survey=survey)] == [
        [("理发", 1), ("家电维修", 0)], [("周六", 1), ("周日", 1)], [],
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_paper_is_a_pdf(cast: Cast) -> None:
    answer = cast.practitioner.client().get(reverse("needs:paper", args=[asked(cast).uuid]))
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.django_db
def test_likes_are_counted_together_and_can_be_parted(cast: Cast) -> None:
    one, other, third = noted(cast, voices=3), noted(cast, "家电坏了没人修", 4), noted(cast, "修电扇", 2)
    actor = cast.practitioner.actor
    operations.merge_need(actor=actor, at=AT, need=third, into=other)
    operations.merge_need(actor=actor, at=AT, need=other, into=one)
    with everything("a test"):
        assert [(need.pk, need.all_voices) for need in queries.needs(chosen=queries.NeedFilter())] == [
            (one.pk, 9)
        ]
    with pytest.raises(operations.MergedAlready):
        operations.merge_need(actor=actor, at=AT, need=one, into=other)
    operations.part_need(actor=actor, at=AT, need=other)
    assert Need.unscoped.filter(same_as=None).count() == 2


@pytest.mark.django_db
def test_what_came_of_a_merged_need_counts_for_the_one_it_is_counted_with(cast: Cast) -> None:
    actor = cast.practitioner.actor
    one, other, third = noted(cast), noted(cast, "家电坏了没人修"), noted(cast, "修电扇")

    def listed() -> dict[int, tuple[str, int]]:
        with everything("a test"):
            rows: Any = queries.needs(chosen=queries.NeedFilter())
            return {row.pk: (row.state, row.trace_count) for row in rows}

    operations.answer_need(actor=actor, at=AT, need=third, answer="问过电工了")
    operations.merge_need(actor=actor, at=AT, need=third, into=one)
    assert listed()[one.pk] == ("traced", 1), "what was told before the merging"
    operations.part_need(actor=actor, at=AT, need=third)
    assert listed()[one.pk] == ("noted", 0)
    operations.merge_need(actor=actor, at=AT, need=other, into=one)
    client = cast.practitioner.client()
    url = reverse("needs:trace", args=[other.uuid])
    assert "下月起" in sent(client, url, {"once": once(), "answer": "下月起每周六有人来修"})
    assert listed() == {one.pk: ("traced", 1), third.pk: ("traced", 1)}
    assert "下月起" in text_of(client.get(reverse("needs:need", args=[one.uuid])))
    operations.part_need(actor=actor, at=AT, need=other)
    assert listed() == {one.pk: ("noted", 0), other.pk: ("traced", 1), third.pk: ("traced", 1)}


@pytest.mark.django_db(transaction=True)
def test_two_merges_the_opposite_way_round_and_a_trace_do_not_lock_each_other(cast: Cast) -> None:
    """One of the two merges holds, the other is told; what came of either stands with the one that is left."""
    actor, one, other = cast.practitioner.actor, noted(cast, voices=3), noted(cast, "家电坏了没人修", 4)

    def merge(need: Need, into: Need) -> str:
        try:
            operations.merge_need(actor=actor, at=AT, need=need, into=into)
        except operations.MergedAlready:
            return "told"
        return "merged"

    def trace() -> str:
        operations.answer_need(actor=actor, at=AT, need=other, answer=f"第{next(rounds)}次答复")
        return "traced"

    rounds, gate = count(1), Barrier(3)
    acts = (lambda: merge(one, other), lambda: merge(other, one), trace)

    def together(act: Callable[[], str]) -> str:
        try:
            gate.wait(timeout=60)
            return act()
        finally:
            connection.close()

    for _round in range(5):
        with ThreadPoolExecutor(3) as pool:
            assert sorted(pool.map(together, acts)) == ["merged", "told", "traced"]
        like = Need.unscoped.exclude(same_as=None).get()
        assert like.same_as is not None
        assert like.same_as.state == "traced"
        operations.part_need(actor=actor, at=AT, need=like)


@pytest.mark.django_db
def test_a_need_is_not_merged_with_itself(cast: Cast) -> None:
    one = noted(cast)
    with pytest.raises(operations.NotAlike):
        operations.merge_need(actor=cast.practitioner.actor, at=AT, need=one, into=one)


@pytest.mark.django_db
def test_a_title_with_a_telephone_is_refused(cast: Cast) -> None:
    with pytest.raises(PersonalTitle):
        noted(cast, "打12900000001")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["zhou", "volunteer", "mallory", "supervisor"])
def test_nobody_else_writes_needs_down_here(cast: Cast, name: str) -> None:
    told = operations.NewNeed(place=cast.places.chengbei, title="要路灯", source="meeting")
    with pytest.raises(Forbidden):
        operations.note_need(actor=getattr(cast, name).actor, at=AT, told=told)


@pytest.mark.django_db
def test_whose_office_it_is_sees_the_need_and_nobody_else(cast: Cast) -> None:
    noted(cast)
    see = set()
    for name, one in cast.everybody().items():
        if Need.unscoped.filter(Need.scope_q(scope_for(one.actor))).exists():
            see.add(name)
    assert see == {
        "practitioner", "grid_keeper", "operator", "director", "dispatcher", "manager", "supervisor",
    }  # fmt: skip


@pytest.mark.django_db
def test_what_came_of_it_is_written_once_and_never_changed(cast: Cast) -> None:
    one = noted(cast)
    operations.answer_need(actor=cast.practitioner.actor, at=AT, need=one, answer="下月起每周六有人来修")
    assert Need.unscoped.get().state == "traced"
    for change in (
        lambda: NeedTrace.objects.update(answer="没有"),
        lambda: NeedTrace.objects.all().delete(),
        lambda: NeedTrace.objects.create(need=one, kind="order", at=AT),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db
def test_the_pages_lead_from_a_visit_to_what_came_of_it(cast: Cast) -> None:
    client = cast.practitioner.client()
    client.cookies["django_language"] = "en"
    page = sent(client, reverse("needs:new"), {
        "once": once(), "place": str(cast.places.chengbei.uuid), "title": "想有人修家电", "source": "visit",
        "voices": "2", "category": "", "words": "",
    })  # fmt: skip
    assert "No category yet" in page, "nothing is offered for a kind that nobody named"
    assert queries.offered_for(need=Need.unscoped.get()) == []
    url = reverse("needs:trace", args=[Need.unscoped.get().uuid])
    refused = client.post(url, {"once": once()})
    assert refused.status_code == 422
    assert "one of the three" in text_of(refused)
    assert "下月起" in sent(client, url, {"once": once(), "answer": "下月起每周六有人来修"})
    table = b"".join(client.get(reverse("needs:export")).streaming_content).decode()
    assert "想有人修家电" in table
    assert "想有人修家电" in text_of(client.get(reverse("needs:desk")))


@pytest.mark.django_db
def test_a_sheet_that_is_sent_again_is_kept_once(cast: Cast) -> None:
    survey, name = asked(cast), uuid4()
    for _sending in range(2):
        operations.enter_answer(
            actor=cast.practitioner.actor, at=AT, survey=survey, place=cast.places.chengbei, source="visit",
            answers={"0": ["理发"]}, client_id=name,
        )  # fmt: skip
    assert SurveyAnswer.objects.filter(survey=survey).count() == 1


@pytest.mark.django_db
def test_one_network_address_cannot_fill_a_survey(cast: Cast, settings: Any) -> None:
    settings.SHEETS_PER_ADDRESS = 2
    survey, answers = asked(cast), {"0": ["理发"]}
    for _sheet in range(2):
        operations.answer_survey(at=AT, survey=survey, answers=answers, address="10.0.0.1")
    with pytest.raises(operations.TooManySheets):
        operations.answer_survey(at=AT, survey=survey, answers=answers, address="10.0.0.1")
    operations.answer_survey(at=AT, survey=survey, answers=answers, address="10.0.0.2")
    operations.answer_survey(at=AT + timedelta(hours=1), survey=survey, answers=answers, address="10.0.0.1")
    assert SheetArrival.objects.filter(survey=survey).count() == 1, "what is older than an hour is gone"


@pytest.mark.django_db
def test_what_one_sheet_says_becomes_one_need(cast: Cast) -> None:
    survey = asked(cast)
    operations.answer_survey(at=AT, survey=survey, answers={"2": ["想学用手机"]}, address="")
    client = cast.practitioner.client()
    page = client.get(reverse("needs:survey", args=[survey.uuid])).content.decode()
    link = re.search(rf'"({reverse("needs:heard", args=[survey.uuid])}\?of=2\.[^"]*)"', page)
    assert link is not None
    url = link[1]
    assert "想学用手机" in client.get(url).content.decode()
    told = {
        "place": cast.places.chengbei.uuid,
        "title": "学用手机",
        "voices": "1",
        "category": "",
        "words": "想学用手机",
    }
    sent(client, url, {**told, "once": once()})
    need = Need.unscoped.get(title="学用手机")
    assert (need.survey, need.source, need.question) == (survey, "link", 2)
    assert need.answer is not None
    assert "学用手机" in client.get(reverse("needs:survey", args=[survey.uuid])).content.decode()
    again = client.post(url, {**told, "title": "又一次", "once": once()})
    assert again.status_code == 422
    assert not Need.unscoped.filter(title="又一次").exists()


@pytest.mark.django_db
def test_a_choice_becomes_a_need_with_all_who_made_it(cast: Cast) -> None:
    survey = asked(cast)
    for _sheet in range(3):
        operations.answer_survey(at=AT, survey=survey, answers={"0": ["家电维修"]}, address="")
    url = reverse("needs:heard", args=[survey.uuid])
    page = cast.practitioner.client().get(f"{url}?of=0.1").content.decode()
    assert 'name="once"' in page
    told = {
        "place": cast.places.chengbei.uuid,
        "title": "修家电",
        "category": "",
        "words": "",
        "voices": "900",
    }
    client = cast.practitioner.client()
    early = client.post(f"{url}?of=0.1", {**told, "once": once()})
    assert early.status_code == 422, "more voices may come"
    assert not Need.unscoped.exists()
    operations.enter_answer(
        actor=cast.practitioner.actor, at=AT, survey=survey, place=cast.places.chengbei, source="paper",
        answers={"0": ["家电维修"]},
    )  # fmt: skip
    operations.close_survey(actor=cast.practitioner.actor, at=AT, survey=survey)
    sent(client, f"{url}?of=0.1", {**told, "once": once()})
    again = client.post(f"{url}?of=0.1", {**told, "title": "又一次", "once": once()})
    assert again.status_code == 422
    need = Need.unscoped.get()
    assert (need.choice, need.voices, need.source) == (1, 4, "survey"), "counted, not typed"
    client.cookies["django_language"] = "en"
    shown = text_of(client.get(reverse("needs:need", args=[need.uuid])))
    assert "Heard by Survey “问问大家” · Link or QR code 3 · Paper 1" in shown
    client.cookies["django_language"] = "zh-hans"
    assert "修家电" in client.get(reverse("needs:survey", args=[survey.uuid])).content.decode()
    for nothing in (
        "",
        "?of=0",
        "?of=0.0",
        "?of=9.0",
        f"?of=2.{uuid4()}",
        "?of=2.------------------------------------",
    ):
        assert cast.practitioner.client().get(url + nothing).status_code == 404


@pytest.mark.django_db
def test_all_that_was_said_in_words_can_be_read_by_pages(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidan.needs.views.surveys.WORDS_SHOWN", 2)
    survey = asked(cast)
    for nth in range(5):
        operations.answer_survey(at=AT, survey=survey, answers={"2": [f"第{nth}句"]}, address="")
    client, url = cast.practitioner.client(), reverse("needs:survey", args=[survey.uuid])
    pages = [text_of(client.get(url, {"words": number})) for number in (1, 2, 3)]
    assert [[nth for nth in range(5) if f"第{nth}句" in page] for page in pages] == [[3, 4], [1, 2], [0]]


@pytest.mark.django_db
def test_a_need_is_merged_with_one_that_is_found_by_its_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("sidan.needs.queries.needs"), "MOST_ALIKE", 1)
    old, _newest, one = noted(cast, "旧路灯不亮"), noted(cast, "想学视频"), noted(cast, "路灯坏了")
    client, url = cast.practitioner.client(), reverse("needs:need", args=[one.uuid])
    assert str(old.uuid) not in client.get(url).content.decode(), "the newest are offered"
    assert str(old.uuid) in client.get(url, {"q": "路灯"}).content.decode()


def asked_of_the_county(cast: Cast) -> Survey:
    made = operations.draft_survey(
        actor=cast.manager.actor, at=AT, place=cast.places.center, title="全县问问", text=TEXT
    )
    return operations.open_survey(actor=cast.manager.actor, at=AT, survey=made)


@pytest.mark.django_db
def test_the_link_of_a_village_says_where_the_answer_comes_from(cast: Cast) -> None:
    survey, village = asked_of_the_county(cast), cast.places.chengbei
    url = f"{reverse('needs:sheet', args=[survey.uuid])}?place={village.uuid}"
    reader = Client()
    assert village.name in text_of(reader.get(url))
    assert 'type="hidden" name="place"' in reader.get(url).content.decode()
    reader.post(url, {"q0": "理发", "place": str(village.uuid)})
    assert SurveyAnswer.objects.get().place == village

    client = cast.manager.client()
    page = client.get(reverse("needs:survey", args=[survey.uuid]), {"place": str(village.uuid)})
    assert f"?place={village.uuid}" in page.content.decode()
    paper = client.get(reverse("needs:paper", args=[survey.uuid]), {"place": str(village.uuid)})
    assert paper.content.startswith(b"%PDF-")


@pytest.mark.django_db
def test_without_a_village_in_the_link_it_may_be_told_or_left_out(cast: Cast) -> None:
    survey, village = asked_of_the_county(cast), cast.places.chengbei
    url = reverse("needs:sheet", args=[survey.uuid])
    assert "<select" in Client().get(url).content.decode()
    Client().post(url, {"q0": "理发", "place": str(village.uuid)})
    Client().post(url, {"q0": "理发", "place": ""})
    assert {row.place for row in SurveyAnswer.objects.all()} == {village, cast.places.center}
    told = dict(queries.answers_by_place(survey=survey))
    assert told == {village.short_name: 1, cast.places.center.short_name: 1}
    client = cast.manager.client()
    client.cookies["django_language"] = "en"
    assert "Where the answers come from" in text_of(client.get(reverse("needs:survey", args=[survey.uuid])))


@pytest.mark.django_db
@pytest.mark.parametrize("told", ["no id", "019a0000-0000-7000-8000-000000000000", "of Anyuan"])
def test_a_village_of_elsewhere_is_refused_and_nothing_is_lost(cast: Cast, told: str) -> None:
    survey = asked_of_the_county(cast)
    place = str(cast.places.other_station.uuid) if told == "of Anyuan" else told
    url = reverse("needs:sheet", args=[survey.uuid])
    answer = Client().post(url, {"q2": "还想学用手机", "place": place})
    assert answer.status_code == 422
    assert "还想学用手机" in answer.content.decode()
    assert Client().get(url, {"place": place}).status_code == 200, "a link that is wrong asks"
    with pytest.raises(operations.ElsewhereAnswered):
        operations.answer_survey(
            at=AT, survey=survey, answers={"0": ["理发"]}, address="", place=cast.places.other_station
        )


@pytest.mark.django_db
def test_a_survey_of_one_village_asks_for_none(cast: Cast) -> None:
    page = Client().get(reverse("needs:sheet", args=[asked(cast).uuid])).content.decode()
    assert 'name="place"' not in page


@pytest.mark.django_db
def test_the_sheets_that_a_device_keeps_hold_questions_and_no_session(cast: Cast) -> None:
    survey = asked(cast)
    asked(cast, then="draft")
    told = cast.practitioner.client().get(reverse("needs:offline_sheets")).json()
    assert told["account"] == str(cast.practitioner.account.uuid)
    assert [sheet["survey"] for sheet in told["sheets"]] == [str(survey.uuid)]
    html = told["sheets"][0]["html"]
    assert "您最需要什么" in html
    assert cast.places.chengbei.name in html
    for session in ("csrfmiddlewaretoken", 'name="once"', cast.practitioner.person.name):
        assert session not in html
    page = Client().get(reverse("needs:offline")).content.decode()
    assert "您最需要什么" not in page
    assert "offline/" in Client().get(reverse("needs:offline_worker")).content.decode()


@pytest.mark.django_db
def test_what_was_counted_of_a_need_is_never_changed(cast: Cast) -> None:
    need = noted(cast)
    for column, value in (("voices", 9), ("source", "paper"), ("category", "hair")):
        with pytest.raises(DatabaseError), transaction.atomic():
            Need.unscoped.filter(pk=need.pk).update(**{column: value})


@pytest.mark.django_db
def test_of_a_need_without_a_kind_it_is_said_once(cast: Cast) -> None:
    need, client, _hair = noted(cast), cast.practitioner.client(), haircuts()
    here, url = reverse("needs:need", args=[need.uuid]), reverse("needs:kind", args=[need.uuid])
    offered = "Say of which kind it is"
    client.cookies["django_language"] = "en"
    assert offered in text_of(client.get(here))
    assert "Kind of service" in sent(client, url, {"once": once(), "category": "nothing"})
    assert "stands beside the services" in sent(client, url, {"once": once(), "category": "hair"})
    need.refresh_from_db()
    said = NeedKind.objects.get()
    assert (need.category_id, said.category_id, said.by_id) == (
        "hair",
        "hair",
        cast.practitioner.actor.account_id,
    )
    page = text_of(client.get(here))
    assert offered not in page
    again = client.post(
        f"/api/v1/needs/{need.uuid}/kind", {"category": "hair"}, content_type="application/json"
    )
    assert (again.status_code, again.json()["code"]) == (409, "need_kind_said_already")
    assert AuditEntry.objects.filter(verb="need.kind", subject_id=need.pk).count() == 1


@pytest.mark.django_db
def test_the_kind_that_was_said_is_never_changed(cast: Cast) -> None:
    need = noted(cast)
    hair = haircuts()
    operations.say_kind(actor=cast.practitioner.actor, at=AT, need=need, category=hair)
    for change in (
        lambda: Need.unscoped.filter(pk=need.pk).update(category=None),
        lambda: NeedKind.objects.update(at=AT),
        lambda: NeedKind.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["zhou", "volunteer", "grid_keeper", "mallory"])
def test_nobody_else_says_of_which_kind_a_need_is(cast: Cast, name: str) -> None:
    need, hair = noted(cast), haircuts()
    with pytest.raises(Forbidden):
        operations.say_kind(actor=getattr(cast, name).actor, at=AT, need=need, category=hair)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("counted", ["before and after", "after"])
def test_the_voices_go_over_to_the_kind_that_was_said_later(cast: Cast, counted: str) -> None:
    need, hair, station = noted(cast, voices=4), haircuts(), cast.places.chengbei
    if counted == "before and after":
        catch_up()
        assert voices_at(station) == {"": 4}
    operations.say_kind(actor=cast.practitioner.actor, at=AT + timedelta(days=40), need=need, category=hair)
    catch_up()
    assert voices_at(station) == {"hair": 4}
    rebuild()
    assert voices_at(station) == {"hair": 4}


def voices_at(place: Place) -> dict[str, int]:
    """Return what people need by voices, of the day on which they said it."""
    day = business_date(AT)
    counts = place_figures(root=place, figures=["needs.voices"], period=Period(day, day)).total.counts
    return {key: count for (_figure, key), count in counts.items() if count}


@pytest.mark.django_db
def test_surveys_are_found_sorted_and_taken_along(cast: Cast) -> None:
    made = asked(cast)
    client = cast.manager.client()
    place, url = cast.places, reverse("needs:surveys")
    found = {
        "q=大家": True, "q=没有": False, "state=open": True, "state=draft": False, "sort=-answered&count=1": True,
        f"place={place.chengbei.uuid}": True, f"place={place.liuche.uuid}": False,
    }  # fmt: skip
    for query, is_there in found.items():
        assert (made.title in client.get(f"{url}?{query}").content.decode()) == is_there, query
    table = b"".join(client.get(f"{url}export/?state=open").streaming_content).decode()
    assert made.title in table
    assert AuditEntry.objects.filter(verb="needs.surveys_exported").count() == 1


@pytest.mark.django_db
def test_one_sheet_makes_a_choice_once_however_often_it_is_sent(cast: Cast) -> None:
    survey = asked(cast)
    url = reverse("needs:sheet", args=[survey.uuid])
    refused = Client().post(url, {"q1": ["周六"] * 900})
    assert (refused.status_code, SurveyAnswer.objects.count()) == (422, 0)
    assert Client().post(url, {"q1": ["周六", "周日"]}).status_code == 303
    row = SurveyAnswer.objects.get()
    # As one was kept before such sheets were refused.
    SurveyAnswer.objects.filter(pk=row.pk).update(answers=json.dumps({"1": ["周六", "周六", "周日"]}))
    assert dict(queries.tallies(survey=survey)[1].counts) == {"周六": 1, "周日": 1}
