"""The paper: both languages, every word that the page has, the same for ever."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from sidan.core.scope import everything
from sidan.honours.papers import certificate_pdf, sheet_facts
from sidan.honours.queries import said_by
from sidan.hours.models import Entry
from sidan.people.models import Team
from tests.cast import Cast
from tests.factories import AT
from tests.honours.issuing import issued, taken_back
from tests.hours.serving import hours, served

pytestmark = pytest.mark.django_db
LINK = "https://sidan.example/check/481207365/?code=ABCD-2345"


@pytest.fixture(autouse=True)
def seeing() -> Iterator[None]:
    with everything("looking at what was written"):
        yield


def text_of(paper: bytes) -> str:
    """Return what stands on a paper; blanks are where its letters happen to end, so there are none."""
    return "".join("".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(paper)).pages)


def words_in(said: object) -> Iterator[str]:
    """Return every word of what a paper is told to say, without the drawing of its code to scan."""
    if isinstance(said, dict):
        for name, one in said.items():
            yield from words_in(one) if name != "qr" else ()
    elif isinstance(said, list):
        for one in said:
            yield from words_in(one)
    else:
        yield str(said)


def test_each_word_of_a_certificate_stands_on_its_paper(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2.5))
    served(cast, cast.volunteer, AT - timedelta(days=3), hours(1))
    facts = said_by(certificate=issued(cast.volunteer, "teams", "services", "volunteer_number"))
    text = text_of(certificate_pdf(facts=facts, check_url=LINK))
    wanted = list(words_in(sheet_facts(facts=facts, check_url=LINK)))
    assert [word for word in wanted if "".join(word.split()) not in text] == []
    assert {cast.volunteer.person.name, "3.50", "上门理发", cast.team.name} <= set(wanted)
    # What was not chosen is not there: neither the word nor the row.
    assert "性别" not in text


def test_the_paper_says_each_word_in_both_languages(cast: Cast) -> None:
    cast.volunteer.person.sex = "1"
    cast.volunteer.person.save(update_fields=["sex"])
    served(cast, cast.volunteer, AT, hours(2.5))
    facts = said_by(certificate=issued(cast.volunteer, "teams", "services", "sex"))
    sheet = sheet_facts(facts=facts, check_url=LINK)
    for name, pair in sheet["words"].items():
        assert pair["zh"] != pair["en"], name
        assert pair["en"].isascii(), name
    assert sheet["hours"] == "2.50"
    assert sheet["time"] == {"zh": "2 小时 30 分钟", "en": "2 h 30 min"}
    assert sheet["issued_on"]["zh"] == "2026年11月20日"
    labels = [row["label"]["en"] for row in sheet["rows"]]
    assert labels == ["Name", "Sex", "Days", "Recorded by", "Teams"]
    assert sheet["services"][0]["en"] == "Haircut at home"
    # The code stands in what is scanned, and beside it; the address to type has none.
    assert sheet["address"] == "https://sidan.example/check/481207365/"


def test_the_paper_is_the_same_however_often_it_is_printed(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    facts = said_by(certificate=issued(cast.volunteer, "teams", "services"))
    once, twice = (certificate_pdf(facts=facts, check_url=LINK) for _time in range(2))
    assert once == twice
    assert once.startswith(b"%PDF-")
    assert b"NotoSansSC" in once


def test_the_paper_keeps_its_words_when_a_team_is_called_otherwise(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    made = issued(cast.volunteer, "teams")
    before = said_by(certificate=made)["teams"]
    team = Team.objects.get(pk=cast.team.pk)
    team.name = "改了名的队"
    team.save(update_fields=["name"])
    assert said_by(certificate=made)["teams"] == before


def test_a_long_list_goes_on_over_as_many_sheets_as_it_takes(cast: Cast) -> None:
    for ago in range(40):
        served(cast, cast.volunteer, AT - timedelta(days=ago), hours(1))
    facts = said_by(certificate=issued(cast.volunteer, "services"))
    assert len(facts["services"]) == 40
    content = certificate_pdf(facts=facts, check_url=LINK)
    assert len(content) > len(certificate_pdf(facts={**facts, "services": []}, check_url=LINK))


def test_who_prints_is_whose_it_is_or_works_at_the_place(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    made = issued(cast.volunteer)
    url = reverse("honours:paper", args=[made.uuid])
    answer = cast.volunteer.client().get(url)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert cast.manager.client().get(url).status_code == 404
    desk = reverse("honours:staff_paper", args=[made.uuid])
    assert cast.practitioner.client().get(desk).status_code == 200
    assert cast.mallory.client().get(desk).status_code == 404


def test_what_is_no_longer_valid_is_neither_printed_nor_handed_out(cast: Cast) -> None:
    entry = Entry.unscoped.get(occasion=served(cast, cast.volunteer, AT, hours(2)))
    made = issued(cast.volunteer)
    taken_back(cast, entry, at=AT + timedelta(days=2))
    client = cast.volunteer.client()
    client.cookies["django_language"] = "en"
    for name in ("paper", "credential"):
        answer = client.get(reverse(f"honours:{name}", args=[made.uuid]))
        assert answer.status_code == 409
        assert "no longer valid since 22 Nov" in answer.content.decode()
    program = cast.volunteer.client().get(f"/api/v1/certificates/{made.uuid}/credential")
    assert (program.status_code, program.json()["code"]) == (409, "certificate_invalid")
    page = client.get(reverse("honours:certificate", args=[made.uuid])).content.decode()
    assert "no longer valid" in page
    assert reverse("honours:paper", args=[made.uuid]) not in page
    assert reverse("honours:renew", args=[made.uuid]) in page
