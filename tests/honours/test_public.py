"""What everybody reads of stars and titles, and what of it is hidden."""

from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from sidan.core.clock import business_date, now
from sidan.core.phones import mask_name
from sidan.honours import operations
from sidan.honours.models import Award, Ladder, Nominee, Objection, Proposal
from tests.cast import Cast
from tests.factories import AT
from tests.honours.giving import PROPOSED, noticed, objected, two_reach
from tests.hours.serving import hours, served
from tests.orders.browsing import text_of

pytestmark = pytest.mark.django_db


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def on_notice(cast: Cast) -> Proposal:
    """The stars of the volunteer and of the leader, on notice since now."""
    today = business_date(now())
    Ladder.objects.create(
        county=cast.places.center, basis="all", rungs=[1], during=DateRange(today - timedelta(days=9), None)
    )
    for who in (cast.volunteer, cast.leader):
        served(cast, who, AT, hours(2))
    with cast.manager.at_work() as actor:
        made = operations.propose_stars(actor=actor, at=now(), county=cast.places.center)
        return operations.publish_proposal(actor=actor, at=now(), proposal=made)


def test_a_name_is_shown_in_part_until_its_owner_lets_it_be_read(cast: Cast) -> None:
    made = on_notice(cast)
    url = reverse("honours:notice", args=[made.uuid])
    name = cast.volunteer.person.name
    page = text_of(Client().get(url))
    assert name not in page
    assert mask_name(name) in page
    assert cast.volunteer.client().post(reverse("honours:show_name")).status_code == 303
    assert name in text_of(Client().get(url))
    assert cast.volunteer.client().post(reverse("honours:hide_name")).status_code == 303
    assert name not in text_of(Client().get(url))


def test_a_draft_is_nobodys_but_the_offices(cast: Cast) -> None:
    made = on_notice(cast)
    Proposal.unscoped.filter(pk=made.pk).update(state="dropped", turn=9)
    url = reverse("honours:notice", args=[made.uuid])
    assert Client().get(url).status_code == 404
    assert cast.manager.client().get(url).status_code == 404
    staff = reverse("honours:proposal", args=[made.uuid])
    assert cast.manager.client().get(staff).status_code == 200
    for who in (cast.mallory, cast.director, cast.practitioner):
        assert who.client().get(staff).status_code == 404


def test_who_signs_in_objects_on_the_page_and_reads_the_answer_there(cast: Cast) -> None:
    made = on_notice(cast)
    nominee = Nominee.objects.get(proposal=made, person=cast.leader.person)
    url = reverse("honours:object", args=[made.uuid, nominee.uuid])
    assert Client().get(url).status_code in {302, 401}
    client = english(cast.zhou.client())
    assert client.post(url, {"words": ""}).status_code == 422
    assert client.post(url, {"words": "那天没有见到人"}).status_code == 303
    one = Objection.objects.get()
    # The office reads who it was; the notice tells nobody else.
    assert cast.zhou.person.name in text_of(
        cast.manager.client().get(reverse("honours:proposal", args=[made.uuid]))
    )
    notice = reverse("honours:notice", args=[made.uuid])
    assert "那天没有见到人" not in text_of(Client().get(notice))
    turn = Proposal.unscoped.get(pk=made.pk).turn
    taken = cast.manager.client().post(
        reverse("honours:take_out", args=[made.uuid, one.uuid]), {"words": "核实过，属实", "turn": turn}
    )
    assert taken.status_code == 303
    page = text_of(client.get(notice))
    assert "The name was taken out" in page
    assert "核实过，属实" in page
    assert "核实过，属实" in text_of(cast.leader.client().get(reverse("honours:my_honours")))


def test_a_search_does_not_tell_what_the_list_hides(cast: Cast) -> None:
    made = on_notice(cast)
    later = now() + timedelta(days=30)
    with cast.manager.at_work() as actor:
        operations.award_proposal(actor=actor, at=later, proposal=made)
    url, year = reverse("honours:honours"), later.year
    asked = {"q": cast.volunteer.person.name, "year": year}
    rows = Award.unscoped.filter(person=cast.volunteer.person)
    assert rows.get().given_year == business_date(later).year
    assert mask_name(cast.volunteer.person.name) not in text_of(Client().get(url, asked))
    cast.volunteer.client().post(reverse("honours:show_name"))
    if str(year) == str(business_date(now()).year):
        assert cast.volunteer.person.name in text_of(Client().get(url, asked))


def test_the_pages_of_a_volunteer_and_of_a_team_tell_what_they_have(cast: Cast) -> None:
    made = on_notice(cast)
    with cast.manager.at_work() as actor:
        operations.award_proposal(actor=actor, at=now() + timedelta(days=30), proposal=made)
    volunteer = cast.volunteer.person.volunteer
    page = text_of(english(cast.manager.client()).get(reverse("people:volunteer", args=[volunteer.uuid])))
    assert "Star volunteer, 1 star" in page
    assert "Star volunteer, 1 star" in text_of(
        english(cast.volunteer.client()).get(reverse("honours:my_honours"))
    )


def test_who_objected_reads_what_became_of_it_after_the_notice_was_taken_off(cast: Cast) -> None:
    two_reach(cast)
    made = noticed(cast)
    objected(cast, made, cast.leader)
    made.refresh_from_db()
    with cast.manager.at_work() as actor:
        operations.withdraw_proposal(actor=actor, at=PROPOSED, proposal=made, words="名单漏了一个村")
    address = reverse("honours:notice", args=[made.uuid])
    page = cast.zhou.client().get(address)
    assert page.status_code == 200
    assert "这次公示已撤下，没有据此授予任何荣誉。" in page.content.decode()
    assert cast.leader.person.name not in page.content.decode()
    assert cast.mallory.client().get(address).status_code == 404
    assert Client().get(address).status_code == 404
