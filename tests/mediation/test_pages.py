"""The pages of mediation: by hand from the opening to the printed agreement."""

import json
import re
from datetime import timedelta

import pytest
import typst
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from sidan.audit.models import AuditEntry
from sidan.core.clock import business_date, now
from sidan.mediation.models import Case, FollowUp, Sitting
from sidan.mediation.operations import (
    agree_case,
    close_case,
    fail_case,
    plan_sitting,
    reopen_case,
    withdraw_case,
)
from sidan.mediation.views import pages
from tests.cast import Cast
from tests.factories import AT
from tests.mediation.test_cases import agreed, opened
from tests.orders.browsing import once, sent, text_of

pytestmark = pytest.mark.django_db


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def test_a_practitioner_takes_a_case_on_and_sees_what_to_do_next(cast: Cast) -> None:
    client = english(cast.practitioner.client())
    page = sent(client, reverse("mediation:new"), {
        "once": once(), "place": str(cast.places.chengbei.uuid), "dispute": "land",
        "taken_on": business_date(now() - timedelta(days=4)).isoformat(), "first_name": "甲某某",
        "first_phone": "129 0000 0001", "second_name": "乙某某", "words": "争一块地",
    })  # fmt: skip
    assert "甲某某" in page
    assert "12900000001" in page
    assert "争一块地" in page
    assert "Plan a sitting" in page
    assert Case.unscoped.get().taken_on == business_date(now() - timedelta(days=4))
    assert "Day taken on" in page


def test_a_day_that_lies_ahead_is_told_at_its_field(cast: Cast) -> None:
    client, tomorrow = english(cast.practitioner.client()), business_date(now() + timedelta(days=1))
    page = client.get(reverse("mediation:new")).content.decode()
    assert f'value="{business_date(now()).isoformat()}"' in page
    answer = client.post(reverse("mediation:new"), {
        "once": once(), "place": str(cast.places.chengbei.uuid), "dispute": "land",
        "taken_on": tomorrow.isoformat(), "first_name": "甲", "second_name": "乙", "words": "地",
    })  # fmt: skip
    assert answer.status_code == 422
    assert "Day taken on The day on which a case was taken on cannot lie ahead." in text_of(answer)


def test_what_is_not_right_is_told_at_its_field(cast: Cast) -> None:
    client = english(cast.practitioner.client())
    answer = client.post(reverse("mediation:new"), {
        "once": once(), "place": str(cast.places.datong.uuid), "dispute": "land",
        "taken_on": business_date(now()).isoformat(), "first_name": "甲",
        "first_phone": "12", "second_name": "乙", "words": "地",
    })  # fmt: skip
    assert answer.status_code == 422
    assert "Please choose one of the list" in text_of(answer)
    assert "not a phone number" in text_of(answer)
    assert not Case.unscoped.exists()


def test_the_list_tells_nothing_of_the_parties(cast: Cast) -> None:
    opened(cast)
    page = text_of(cast.practitioner.client().get(reverse("mediation:cases")))
    assert "邻里" in page
    assert "甲某某" not in page


def test_the_agreement_is_printed(cast: Cast) -> None:
    case = agreed(cast)
    answer = cast.director.client().get(reverse("mediation:agreement", args=[case.uuid]))
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Cache-Control"] == "no-store"
    assert re.search(r"agreement-\d+\.pdf", answer.headers["Content-Disposition"])


def test_the_sheet_shows_lines_as_typed_and_the_day_in_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, told = agreed(cast), {}
    monkeypatch.setattr(pages, "pdf_of", lambda *, sheet, facts: told.update(facts) or b"%PDF-")
    cast.director.client().get(reverse("mediation:agreement", args=[case.uuid]))
    assert told["day"] == "2026年11月20日"
    told["terms"] = ["1. 墙归两家", "2. 树归乙"]
    facts = {"facts": json.dumps(told, ensure_ascii=False, default=str)}
    assert typst.query(str(pages.SHEET), "enum", sys_inputs=facts) == "[]", (
        "nobody numbers them a second time"
    )


def test_without_an_agreement_nothing_is_printed(cast: Cast) -> None:
    case = opened(cast)
    answer = english(cast.practitioner.client()).get(reverse("mediation:agreement", args=[case.uuid]))
    assert answer.status_code == 409
    assert "no agreement to print" in text_of(answer)


def test_an_agreement_without_terms_is_refused_on_the_page_of_the_case(cast: Cast) -> None:
    case = opened(cast)
    answer = english(cast.practitioner.client()).post(reverse("mediation:agree", args=[case.uuid]), {
        "once": once(), "terms": "", "agreed_on": now().date().isoformat(),
    })  # fmt: skip
    assert answer.status_code == 422
    assert "What both agree on" in text_of(answer)
    assert Case.unscoped.get().state == "opened"


def test_a_refused_agreement_keeps_what_was_typed_and_the_look_stays_on_record(cast: Cast) -> None:
    case, terms = opened(cast), "墙归两家共用" * 400
    answer = cast.practitioner.client().post(reverse("mediation:agree", args=[case.uuid]), {
        "once": once(), "terms": terms, "agreed_on": "",
    })  # fmt: skip
    assert answer.status_code == 422
    assert terms in answer.content.decode()
    assert re.search(
        r"<details[^>]* open><summary>[^<]*</summary>\s*<form[^>]*/agree", answer.content.decode()
    )
    assert AuditEntry.objects.filter(verb="mediation.look", subject_id=case.pk).count() == 1


@pytest.mark.parametrize(
    ("url_name", "typed"),
    [
        ("mediation:fail", {"words": "去过法律援助"}),
        ("mediation:plan_sitting", {"where": "祠堂东厢房", "planned_at": "2001-01-01T09:00"}),
    ],
)
def test_what_no_longer_fits_is_told_without_losing_the_way(
    cast: Cast, url_name: str, typed: dict[str, str]
) -> None:
    """A sitting in the past keeps its words; a case that has ended has no form to end it, but says so."""
    case = opened(cast)
    if url_name == "mediation:fail":
        withdraw_case(actor=cast.practitioner.actor, at=now(), case=case, words="")
    answer = english(cast.practitioner.client()).post(
        reverse(url_name, args=[case.uuid]), typed | {"once": once()}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert ("This case has moved on" in page) == (url_name == "mediation:fail")
    assert ("祠堂东厢房" in page) == (url_name == "mediation:plan_sitting")


def test_refused_minutes_stand_at_their_own_sitting(cast: Cast) -> None:
    case, actor = opened(cast), cast.practitioner.actor
    for day in (1, 2):
        plan_sitting(actor=actor, at=AT, case=case, planned_at=AT + timedelta(days=day), where=f"第{day}处")
    second = Sitting.objects.get(planned_at=AT + timedelta(days=2))
    answer = english(cast.practitioner.client()).post(
        reverse("mediation:hold_sitting", args=[case.uuid, second.uuid]),
        {"once": once(), "minutes": "各退一步" * 1300},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("各退一步" * 1300) == 1
    assert page.index("各退一步") > page.index("第2处")


def test_where_the_words_speak_of_danger_the_mediator_reads_first_whom_to_call(cast: Cast) -> None:
    """Kept or refused, on paper nothing leaves the case: its mediator alone is told."""
    client, danger = english(cast.practitioner.client()), "他喝了农药"
    new = {
        "once": once(), "place": str(cast.places.chengbei.uuid), "dispute": "land",
        "taken_on": business_date(now()).isoformat(), "first_name": "甲", "second_name": "乙", "words": danger,
    }  # fmt: skip
    assert "120" in text_of(client.post(reverse("mediation:new"), {**new, "second_name": ""}))
    assert "Make sure that help has been called." in sent(client, reverse("mediation:new"), new)
    case = Case.unscoped.get()
    ended = {"once": once(), "words": danger}
    assert "Make sure that help has been called." in sent(
        client, reverse("mediation:fail", args=[case.uuid]), ended
    )


def test_an_act_is_offered_from_its_day_on(cast: Cast) -> None:
    """Minutes when the sitting has begun, what a follow-up found when it is due; that it is broken at any time."""
    case, actor, client = opened(cast), cast.practitioner.actor, english(cast.practitioner.client())
    plan_sitting(actor=actor, at=now(), case=case, planned_at=now() + timedelta(days=1), where="")
    url = reverse("mediation:case", args=[case.uuid])
    assert "Write the minutes" not in text_of(client.get(url))
    Sitting.objects.update(planned_at=now() - timedelta(days=1))
    assert "Write the minutes" in text_of(client.get(url))
    today = business_date(now())
    agree_case(
        actor=actor, at=now(), case=case, terms="好", agreed_on=today, follow_ups=[today + timedelta(days=9)]
    )
    page = text_of(client.get(url))
    assert "Write down what you found" not in page
    assert "Follow-ups that are still planned are not held then" in page
    assert "Both keep it" not in page
    assert "Broken before that day? Write it down now" in page
    FollowUp.objects.update(due_on=today)
    assert "Write down what you found" in text_of(client.get(url))
    close_case(actor=actor, at=now(), case=case)
    page = text_of(client.get(url))
    assert "Not held: the case had ended" in page
    assert "Follow-ups not held: today (" in page


def test_a_volunteer_who_was_given_a_case_finds_it(cast: Cast) -> None:
    case = opened(cast)
    assert cast.volunteer.client().get(reverse("mediation:cases")).status_code == 403
    case.mediator = cast.volunteer.person
    case.save(update_fields=["mediator"])
    assert case.number[:3] in text_of(cast.volunteer.client().get(reverse("mediation:cases")))


def test_an_agreement_that_holds_no_more_is_told_as_former_and_not_printed(cast: Cast) -> None:
    case, actor = agreed(cast), cast.practitioner.actor
    client = english(cast.practitioner.client())
    url, paper = (reverse(f"mediation:{name}", args=[case.uuid]) for name in ("case", "agreement"))
    assert client.get(paper).status_code == 200
    reopen_case(actor=actor, at=AT, case=case)
    page = text_of(client.get(url))
    assert "No longer in force" in page
    assert "Print the agreement" not in page
    assert client.get(paper).status_code == 409
    agree_case(actor=actor, at=AT, case=case, terms="树砍掉", agreed_on=business_date(AT), follow_ups=[])
    page = text_of(client.get(url))
    assert page.index("树砍掉") < page.index("No longer in force") < page.index("墙归两家")
    assert client.get(paper).status_code == 200
    reopen_case(actor=actor, at=AT, case=case)
    fail_case(actor=actor, at=AT, case=case, words="去法院")
    assert client.get(paper).status_code == 409


def test_a_sitting_written_down_or_planned_on_two_pages_is_kept_once(cast: Cast) -> None:
    case, client = opened(cast), english(cast.practitioner.client())
    page = client.get(reverse("mediation:case", args=[case.uuid])).content.decode()
    (turn,) = set(re.findall(r'name="turn" value="(\d+)"', page))
    held = localtime(now()).strftime("%Y-%m-%dT%H:%M")
    ahead = localtime(now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    acts = {
        "mediation:plan_sitting": {"planned_at": ahead, "where": "村委会"},
        "mediation:record_sitting": {"held_at": held, "where": "", "minutes": "说开了", "turn": turn},
    }
    for name, told in acts.items():
        answers = [
            client.post(reverse(name, args=[case.uuid]), {**told, "once": once()}) for _nth in range(2)
        ]
        assert [answer.status_code for answer in answers] == [303, 422], name
    assert sorted(Sitting.objects.values_list("state", flat=True)) == ["held", "planned"]
