"""The pages, by hand: choosing and seeing it first, issuing, what is shown of it, checking by a stranger."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sidan.core.scope import everything
from sidan.honours.models import Certificate, Sheet
from sidan.honours.policies import shown_code
from sidan.honours.queries import said_by
from sidan.hours.models import Entry
from sidan.people.models import Volunteer
from tests.cast import Cast
from tests.factories import AT
from tests.honours.issuing import issued, taken_back
from tests.hours.serving import hours, served
from tests.orders.browsing import once, sent, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def seeing() -> Iterator[None]:
    with everything("looking at what was written"):
        yield


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def code_of(certificate: Certificate) -> str:
    return shown_code(str(said_by(certificate=certificate)["code"]))


def checked(certificate: Certificate, code: str) -> str:
    answer = english(Client()).get(reverse("honours:checked", args=[certificate.number]), {"code": code})
    return text_of(answer)


def test_a_volunteer_sees_what_it_says_and_issues_just_that(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2.5))
    client = english(cast.volunteer.client())
    chosen = {"extent": "year", "year": "2026", "details": ["teams"]}
    page = text_of(client.get(reverse("honours:new"), chosen))
    assert "2 h 30 min" in page
    assert cast.team.name in page
    assert not Certificate.unscoped.exists()
    done = sent(client, reverse("honours:issue"), {**chosen, "once": once()})
    made = Certificate.unscoped.get()
    assert (made.extent, made.details, made.minutes) == ("year", ["teams"], 150)
    assert made.shown_number in done
    assert code_of(made) in done


def test_a_form_sent_twice_issues_once(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    client, form = cast.volunteer.client(), {"extent": "all", "once": once()}
    places = {client.post(reverse("honours:issue"), form).headers["Location"] for _time in range(2)}
    assert len(places) == 1
    assert Certificate.unscoped.count() == 1


def test_who_has_no_hours_is_told_so(cast: Cast) -> None:
    client = english(cast.zhou.client())
    page = text_of(client.get(reverse("honours:new"), {"extent": "all"}))
    assert "No hours are recorded" in page
    assert client.post(reverse("honours:issue"), {"extent": "all", "once": once()}).status_code == 422


@pytest.mark.parametrize(
    "chosen",
    [
        {"extent": "year"},
        {"extent": "span", "first": "2026-11-02"},
        {"extent": "span", "first": "2026-11-02", "last": "2026-11-01"},
        {"extent": "span", "first": "0001-01-01", "last": "9999-12-31"},
        {"extent": "everything"},
        {"extent": "all", "details": "id_number"},
    ],
)
def test_a_choice_that_is_not_whole_is_told_on_the_page(cast: Cast, chosen: dict[str, str]) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    client = cast.volunteer.client()
    assert client.get(reverse("honours:new"), chosen).status_code == 200
    assert client.post(reverse("honours:issue"), chosen).status_code == 422
    assert not Certificate.unscoped.exists()


def test_a_certificate_is_nobody_elses_page(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    made = issued(cast.volunteer)
    for who in (cast.zhou, cast.leader, cast.manager, cast.mallory):
        assert who.client().get(reverse("honours:certificate", args=[made.uuid])).status_code == 404


def test_a_stranger_reads_what_the_paper_says_and_no_more(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2.5))
    made = issued(cast.volunteer)
    page = checked(made, code_of(made))
    for word in (cast.volunteer.person.name, "2 h 30 min", "义剪", "This certificate is valid"):
        assert word in page
    volunteer = Volunteer.unscoped.get(person=cast.volunteer.person)
    for kept in (cast.team.name, volunteer.number, "Haircut at home", str(made.uuid), cast.volunteer.phone):
        assert kept not in page


def test_a_stranger_sees_since_when_it_is_no_longer_valid(cast: Cast) -> None:
    entry = Entry.unscoped.get(occasion=served(cast, cast.volunteer, AT, hours(2)))
    made = issued(cast.volunteer)
    taken_back(cast, entry, at=AT + timedelta(days=2))
    page = checked(made, code_of(made))
    assert "no longer valid" in page
    assert "22 Nov 2026" in page
    assert "当天没有来" not in page


def test_number_and_code_are_found_however_they_are_typed(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    made = issued(cast.volunteer)
    typed = {"number": made.shown_number, "code": code_of(made).lower().replace("-", " ")}
    client = english(Client())
    answer = client.get(reverse("honours:check"), typed)
    assert answer.status_code == 303
    assert "This certificate is valid" in text_of(client.get(answer.headers["Location"]))


def test_a_wrong_code_and_a_wrong_number_are_told_alike(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    made = issued(cast.volunteer)
    wrong_code = checked(made, "2222-2222")
    other = english(Client()).get(reverse("honours:checked", args=["111111111"]), {"code": code_of(made)})
    for page in (wrong_code, text_of(other)):
        assert "There is no certificate with this number and code" in page
        assert cast.volunteer.person.name not in page


def test_who_guesses_is_locked_out_and_who_is_right_is_not(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    made = issued(cast.volunteer)
    for _time in range(20):
        assert "valid" in checked(made, code_of(made))
    url = reverse("honours:checked", args=[made.number])
    answers = [Client().get(url, {"code": f"2222-222{digit}"}).status_code for digit in "23456789"]
    assert answers[0] == 422
    assert answers[-1] == 429


def test_what_was_erased_is_shown_to_nobody(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    made = issued(cast.volunteer)
    code = code_of(made)
    Sheet.objects.filter(certificate=made).delete()
    assert "There is no certificate" in checked(made, code)
    client = cast.volunteer.client()
    assert client.get(reverse("honours:certificate", args=[made.uuid])).status_code == 200
    assert client.get(reverse("honours:paper", args=[made.uuid])).status_code == 404


def test_the_office_finds_the_volunteer_and_issues_at_the_counter(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    volunteer = Volunteer.unscoped.get(person=cast.volunteer.person)
    client = english(cast.practitioner.client())
    found = text_of(client.get(reverse("honours:people"), {"q": cast.volunteer.person.name}))
    assert volunteer.number in found
    assert "2 hours" in text_of(
        client.get(reverse("honours:new_for", args=[volunteer.uuid]), {"extent": "all"})
    )
    sent(client, reverse("honours:issue_for", args=[volunteer.uuid]), {"extent": "all", "once": once()})
    made = Certificate.unscoped.get()
    assert made.person_id == cast.volunteer.person.pk
    # It stands in the register, by name and by number, and its code in no table.
    for query in (cast.volunteer.person.name, made.shown_number):
        assert made.shown_number in text_of(client.get(reverse("honours:desk"), {"q": query}))
    table = b"".join(client.get(reverse("honours:export"))).decode()  # type: ignore[arg-type] # a streamed answer
    assert made.shown_number in table
    assert code_of(made) not in table


def test_the_register_is_filtered_by_what_each_is_worth_now(cast: Cast) -> None:
    entry = Entry.unscoped.get(occasion=served(cast, cast.volunteer, AT, hours(2)))
    made = issued(cast.volunteer)
    client = cast.manager.client()

    def shown(standing: str) -> bool:
        page = text_of(client.get(reverse("honours:desk"), {"standing": standing}))
        return made.shown_number in page

    assert [shown(standing) for standing in ("valid", "superseded", "invalid")] == [True, False, False]
    taken_back(cast, entry)
    assert [shown(standing) for standing in ("valid", "superseded", "invalid")] == [False, False, True]
