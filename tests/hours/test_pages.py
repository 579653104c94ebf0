"""The pages of hours, by hand: my year, the notice and an objection, agreeing, correcting, telling a late time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from sidan.attendance.enums import Way
from sidan.core.clock import now
from sidan.core.ids import uuid7
from sidan.core.scope import everything
from sidan.hours.enums import ClaimState
from sidan.hours.models import Claim, Entry
from tests.cast import Cast
from tests.hours.serving import hours, served
from tests.matrix.stage_hours import day
from tests.orders.browsing import once, sent, text_of

pytestmark = pytest.mark.django_db
WHY = {"reason": "not_left", "words": "签退忘了按"}


@pytest.fixture(autouse=True)
def seeing() -> Iterator[None]:
    with everything("looking at what was written"):
        yield


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def typed(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%dT%H:%M}"


def late(cast: Cast, *, ago: int = 20) -> Claim:
    """Return a time of the volunteer on public notice."""
    occasion = served(cast, cast.volunteer, day(ago), hours(2), way=Way.HAND, written=now())
    return Claim.unscoped.get(occasion=occasion)


def test_a_volunteer_reads_the_year_and_each_record(cast: Cast) -> None:
    occasion = served(cast, cast.volunteer, day(3), hours(2.5))
    client = english(cast.volunteer.client())
    page = text_of(client.get(reverse("hours:mine"), {"year": occasion.day.year}))
    assert "2 h 30 min" in page
    assert "Haircut at home" in page
    entry = Entry.unscoped.get(occasion=occasion)
    one = text_of(client.get(reverse("hours:record", args=[entry.uuid])))
    for told in (
        cast.volunteer.person.name,
        "义剪",
        cast.team.name,
        cast.leader.person.name,
        "confirmed by" if entry.confirmed_by else "code",
    ):
        assert told in one


def test_a_record_is_nobody_elses_page(cast: Cast) -> None:
    entry = Entry.unscoped.get(occasion=served(cast, cast.volunteer, day(3), hours(2)))
    for who in (cast.zhou, cast.leader, cast.manager, cast.mallory):
        assert who.client().get(reverse("hours:record", args=[entry.uuid])).status_code == 404


def test_the_public_notice_names_nobody_in_full(cast: Cast) -> None:
    claim = late(cast)
    for url in (reverse("hours:notices"), reverse("hours:claim", args=[claim.uuid])):
        page = text_of(Client().get(url))
        assert "上门理发" in page
        assert cast.volunteer.person.name not in page


def test_a_leader_on_public_notice_is_not_named_as_the_person_in_charge_either(cast: Cast) -> None:
    occasion = served(cast, cast.leader, day(20), hours(2), way=Way.HAND, written=now())
    claim = Claim.unscoped.get(occasion=occasion)
    assert cast.leader.person.name not in text_of(Client().get(reverse("hours:claim", args=[claim.uuid])))
    told = Client().get(f"/api/v1/hours/claims/{claim.uuid}").content.decode()
    assert cast.leader.person.name not in told
    assert cast.leader.person.name in text_of(
        cast.leader.client().get(reverse("hours:claim", args=[claim.uuid]))
    )


def test_a_neighbour_objects_and_the_office_answers(cast: Cast) -> None:
    claim = late(cast)
    url = reverse("hours:object", args=[claim.uuid])
    page = sent(english(cast.zhou.client()), url, {"once": once(), "words": "那天没人来"})
    assert "Somebody objects" in page
    assert "那天没人来" not in page
    desk = english(cast.manager.client())
    assert cast.volunteer.person.name in text_of(desk.get(reverse("hours:claims"), {"chip": "disputed"}))
    shown = text_of(desk.get(reverse("hours:staff_claim", args=[claim.uuid])))
    assert "那天没人来" in shown
    empty = desk.post(reverse("hours:dismiss", args=[claim.uuid]), {"once": once(), "words": " "})
    assert empty.status_code == 422
    sent(desk, reverse("hours:dismiss", args=[claim.uuid]), {"once": once(), "words": "问过队长，在场"})
    claim.refresh_from_db()
    assert claim.state == ClaimState.NOTICED


def test_the_office_agrees_to_a_long_day(cast: Cast) -> None:
    claim = Claim.unscoped.get(occasion=served(cast, cast.volunteer, day(5), hours(10)))
    sent(english(cast.manager.client()), reverse("hours:agree", args=[claim.uuid]), {"once": once()})
    assert sum(Entry.unscoped.values_list("minutes", flat=True)) == 600


def test_a_time_is_corrected_with_the_seconds_that_a_field_does_not_show(cast: Cast) -> None:
    begins = day(5) + timedelta(seconds=30)
    entry = Entry.unscoped.get(occasion=served(cast, cast.volunteer, begins, hours(3)))
    desk, url = english(cast.manager.client()), reverse("hours:correct", args=[entry.uuid])
    right = WHY | {"begins": typed(begins), "ends": typed(begins + hours(2))}
    page = sent(desk, url, {"once": once()} | right)
    assert "Taken back" in page
    assert "签退忘了按" in page
    told = Entry.unscoped.order_by("id").values_list("minutes", flat=True)
    assert list(told) == [180, -180, 119]
    mine = text_of(english(cast.volunteer.client()).get(reverse("hours:mine"), {"year": begins.year}))
    assert "1 h 59 min" in mine
    assert "签退忘了按" in mine


def test_a_longer_time_is_refused_and_what_was_typed_stays(cast: Cast) -> None:
    entry = Entry.unscoped.get(occasion=served(cast, cast.volunteer, day(5), hours(3)))
    url = reverse("hours:correct", args=[entry.uuid])
    longer = WHY | {"begins": typed(day(5)), "ends": typed(day(5) + hours(4))}
    answer = english(cast.manager.client()).post(url, {"once": once()} | longer)
    assert answer.status_code == 422
    assert "签退忘了按" in text_of(answer)


def test_a_leader_tells_who_was_forgotten_and_a_second_person_publishes_it(cast: Cast) -> None:
    occasion = served(cast, cast.leader, day(5), hours(2))
    leader, url = english(cast.leader.client()), reverse("hours:late", args=[occasion.cause.uuid])
    team = text_of(leader.get(reverse("hours:team", args=[cast.team.uuid]), {"year": occasion.day.year}))
    assert "2 hours" in team
    page = sent(leader, url, {
        "once": once(), "person": str(cast.volunteer.person.uuid), "begins": typed(day(5)),
        "ends": typed(day(5) + hours(2)), "reason_code": "forgotten",
    })  # fmt: skip
    assert "Written down" in page
    claim = Claim.unscoped.get(person=cast.volunteer.person)
    sent(english(cast.manager.client()), reverse("hours:publish", args=[claim.uuid]), {"once": once()})
    claim.refresh_from_db()
    assert (claim.state, claim.confirmed_by_id) == (ClaimState.NOTICED, cast.manager.account.pk)


def test_the_office_adds_up_what_is_filtered(cast: Cast) -> None:
    served(cast, cast.volunteer, day(5), hours(2))
    served(cast, cast.leader, day(6), hours(3))
    desk, url = english(cast.manager.client()), reverse("hours:desk")
    assert "Together: 5 hours" in text_of(desk.get(url, {"count": "1"}))
    assert "Together: 3 hours" in text_of(desk.get(url, {"count": "1", "q": cast.leader.person.name}))
    assert cast.leader.person.name not in text_of(desk.get(url, {"from": day(5).date().isoformat()}))


def test_an_export_is_written_down(cast: Cast) -> None:
    served(cast, cast.volunteer, day(5), hours(2))
    answer = cast.manager.client().get(reverse("hours:export"))
    table = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined] # a streaming answer
    assert cast.volunteer.person.name in table
    assert ",120," in table


def test_the_api_filters_records_as_the_page_does(cast: Cast) -> None:
    served(cast, cast.volunteer, day(5), hours(2))
    served(cast, cast.leader, day(6), hours(3), way=Way.HAND)
    desk = cast.manager.client()

    def minutes(**asked: object) -> list[int]:
        answer = desk.get("/api/v1/hours/records", asked)
        assert answer.status_code == 200, answer.content
        return [item["minutes"] for item in answer.json()["items"]]

    assert minutes() == [120, 180]
    assert minutes(q=cast.leader.person.name) == minutes(way="hand") == [180]
    assert minutes(**{"from": day(5).date().isoformat()}) == minutes(way="code") == [120]
    assert minutes(to=day(6).date().isoformat()) == [180]
    assert minutes(team=cast.team.uuid, place=cast.places.changning.uuid) == [120, 180]
    assert minutes(place=cast.places.huangxiang.uuid) == minutes(kind="counter") == []
    assert desk.get("/api/v1/hours/records", {"place": uuid7()}).status_code == 404
    assert desk.get("/api/v1/hours/claims", {"q": "nobody"}).json()["items"] == []


def test_who_reads_english_reads_the_english_title_where_there_is_one(cast: Cast) -> None:
    served(cast, cast.volunteer, day(5), hours(2))
    client = cast.manager.client()
    assert "上门理发" in text_of(client.get(reverse("hours:desk")))
    page = text_of(english(client).get(reverse("hours:desk")))
    assert "Haircut at home" in page
    assert "上门理发" not in page
    notice = text_of(english(cast.volunteer.client()).get(reverse("notify:inbox")))
    assert "Haircut at home" in notice
    assert "上门理发" not in notice


def test_what_waits_and_what_stands_out_lead_to_each_other_where_both_are_open(cast: Cast) -> None:
    waits, odd = reverse("hours:claims"), reverse("orders:standing_out")
    for who, pages in ((cast.manager, {waits, odd}), (cast.practitioner, {waits}), (cast.dispatcher, {odd})):
        client = who.client()
        for page, other in ((waits, odd), (odd, waits)):
            if page in pages:
                leads = f'btn-quiet" href="{other}"' in client.get(page).content.decode()
                assert leads == (other in pages)
