"""The pages of activities, as visitors and staff walk through them, and programs."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sidan.activities import operations
from sidan.activities.models import Activity
from sidan.core.clock import business_date, now
from sidan.people.operations import issue_token
from tests.cast import Cast
from tests.matrix.stage_activities import ahead, make_activity
from tests.matrix.stage_rooms import open_room

TOLD = {
    "begins": "09:00", "ends": "11:00", "venue": "文化广场", "kind": "lecture", "title": "政策宣讲", "task": "policy",
    "insurance": "not_needed", "risks": "没有特别的风险", "about": "讲一讲新的惠民政策", "bring": "笔和本子",
}  # fmt: skip


def day(days: int = 2) -> str:
    return f"{business_date(now()) + timedelta(days=days)}"


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def text(client: Client, url: str, **data: str) -> str:
    answer = client.get(url, data)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_a_visitor_sees_what_comes_and_no_draft(cast: Cast) -> None:
    make_activity(cast, "announced", "重阳敬老")
    make_activity(cast, "draft", "还没想好")
    shown = text(Client(), reverse("activities:activities"))
    assert "重阳敬老" in shown
    assert "农历" in shown
    assert "还没想好" not in shown
    assert "lunar month" in text(english(Client()), reverse("activities:activities"))


@pytest.mark.django_db
def test_one_activity_says_what_everybody_asks(cast: Cast) -> None:
    activity = make_activity(cast, "announced")
    shown = text(Client(), reverse("activities:activity", args=[activity.uuid]))
    for words in (
        "文化广场",
        "地面湿滑，请慢行。",
        "给老人理发、量血压。",
        activity.number,
        "培育践行主流价值",
    ):
        assert words in shown
    assert cast.practitioner.person.name not in shown
    draft = make_activity(cast, "draft")
    assert Client().get(reverse("activities:activity", args=[draft.uuid])).status_code == 404


@pytest.mark.django_db
def test_what_was_called_off_says_why_and_what_was_changed_says_both(cast: Cast) -> None:
    activity = make_activity(cast, "announced")
    client, url = cast.manager.client(), reverse("activities:activity", args=[activity.uuid])
    told = {"day": day(4), "begins": "15:00", "ends": "17:00", "venue": "村礼堂", "words": "怕下雨"}
    client.post(reverse("activities:change", args=[activity.uuid]), told)
    shown = text(english(Client()), url)
    assert "Was: 文化广场. Now: 村礼堂." in shown
    assert "怕下雨" in text(client, reverse("activities:staff_activity", args=[activity.uuid]))
    refused = client.post(reverse("activities:cancel", args=[activity.uuid]), {"words": ""})
    assert refused.status_code == 422
    client.post(reverse("activities:cancel", args=[activity.uuid]), {"words": "台风要来"})
    assert "台风要来" in text(Client(), url)
    assert "重阳敬老" not in text(Client(), reverse("activities:activities"))


@pytest.mark.django_db
def test_the_list_is_filtered_by_its_address_and_nonsense_filters_nothing(cast: Cast) -> None:
    make_activity(cast, "announced")
    url = reverse("activities:activities")
    for asked, count in (
        ({"kind": "fair"}, 0), ({"kind": "activity"}, 1), ({"kind": "x"}, 1), ({"when": "today"}, 0),
        ({"when": "x"}, 1),
        ({"q": "敬老"}, 1), ({"q": "没有的"}, 0), ({"audience": "child"}, 0), ({"audience": "elder"}, 1),
        ({"place": str(cast.places.changning.uuid)}, 1), ({"place": str(cast.places.datong.uuid)}, 0),
        ({"place": "x"}, 1),
    ):  # fmt: skip
        assert text(Client(), url, **asked).count('class="activity-card"') == count, asked
    assert Client().get(url, {"cursor": "x"}).status_code == 400


@pytest.mark.django_db
def test_home_and_the_page_of_a_place_show_what_comes(cast: Cast) -> None:
    begins = now() + timedelta(minutes=30)
    activity = make_activity(cast, "announced")
    span = type(activity.span)(begins, begins + timedelta(hours=1))
    operations.change_activity(
        actor=cast.manager.actor, at=now(), activity=activity, span=span, venue="文化广场"
    )
    url = reverse("activities:activity", args=[activity.uuid])
    assert url in text(Client(), reverse("places:place", args=[cast.places.chengbei.uuid]))
    if business_date(begins).weekday() or business_date(now()) == business_date(begins):
        assert url in text(cast.zhou.client(), "/")


@pytest.mark.django_db
def test_staff_draft_submit_and_announce_it_with_a_room(cast: Cast) -> None:
    room = open_room(cast, "多功能厅")
    client = english(cast.practitioner.client())
    told = {
        **TOLD,
        "place": str(cast.places.chengbei.uuid),
        "day": day(),
        "room": str(room.uuid),
        "venue": "",
    }
    answer = client.post(reverse("activities:new"), told)
    activity = Activity.unscoped.get()
    page = reverse("activities:staff_activity", args=[activity.uuid])
    assert answer.headers["Location"] == page
    assert activity.booking is not None
    assert activity.venue == "多功能厅"
    client.post(reverse("activities:submit", args=[activity.uuid]))
    assert 'data-row="' in text(client, reverse("activities:desk"), chip="review")
    client.post(reverse("activities:announce", args=[activity.uuid]))
    shown = text(client, page)
    assert "nobody else works there" in shown
    assert Activity.unscoped.get().state == "open"


@pytest.mark.django_db
def test_a_refused_form_keeps_what_was_typed_and_names_the_field(cast: Cast) -> None:
    room = open_room(cast, "多功能厅")
    client = english(cast.practitioner.client())
    told = {**TOLD, "place": str(cast.places.chengbei.uuid), "day": day(), "room": str(room.uuid)}
    client.post(reverse("activities:new"), told)
    taken = client.post(reverse("activities:new"), {**told, "title": "另一个"})
    assert taken.status_code == 422
    assert "The room is taken" in taken.content.decode()
    assert "另一个" in taken.content.decode()
    late = client.post(reverse("activities:new"), {**told, "day": "9999-12-31", "ends": "08:00"})
    assert late.status_code == 422
    past = client.post(reverse("activities:new"), {**told, "day": "2020-01-01"})
    assert "Please choose a time ahead" in past.content.decode()
    half = client.post(reverse("activities:new"), {**told, "longitude": "115.6"})
    assert "all three or none" in half.content.decode()
    assert Activity.unscoped.count() == 1


@pytest.mark.django_db
def test_a_draft_is_shown_again_as_it_was_typed(cast: Cast) -> None:
    room = open_room(cast, "多功能厅")
    client = cast.practitioner.client()
    told: dict[str, Any] = {
        **TOLD, "place": str(cast.places.chengbei.uuid), "day": day(), "begins": "19:00", "ends": "01:00",
        "room": str(room.uuid), "audience": ["elder"], "youngest": "6", "oldest": "80", "seats": "20",
        "signup_from": f"{day(1)}T08:00", "team": str(cast.team.uuid), "coordinate_system": "gcj02",
        "longitude": "115.65", "latitude": "24.95", "is_dangerous": "on", "insurance": "bought",
    }  # fmt: skip
    client.post(reverse("activities:new"), told)
    activity = Activity.unscoped.get()
    form = client.get(reverse("activities:edit", args=[activity.uuid])).context["form"]
    again = {name: form[name].value() for name in told if name != "place"}
    assert str(again["room"]) == told["room"]
    assert again["team"] == told["team"]
    formats = {"signup_from": "%Y-%m-%dT%H:%M", "begins": "%H:%M", "ends": "%H:%M"}
    again = {
        name: value.strftime(formats[name]) if name in formats else value
        for name, value in again.items()
        if value is not None
    }
    before = {
        name: value for name, value in vars(activity).items() if name not in {"_state", "turn", "search"}
    }
    client.post(reverse("activities:edit", args=[activity.uuid]), {**again, "title": activity.title})
    after = vars(Activity.unscoped.get())
    assert {name: after[name] for name in before} == before
    assert after["turn"] == 2


@pytest.mark.django_db
def test_the_desk_counts_what_is_in_hand_and_is_taken_along(cast: Cast) -> None:
    for state in ("draft", "review", "announced", "running", "ended"):
        make_activity(cast, state)
    client = english(cast.manager.client())
    shown = text(client, reverse("activities:desk"))
    assert shown.count("data-row=") == 5
    assert 'In hand<span class="count">5' in shown
    answer = client.get(reverse("activities:export"), {"chip": "draft"})
    table = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined] # a table is streamed
    assert table.count("重阳敬老") == 1


@pytest.mark.django_db
def test_who_may_not_act_is_shown_no_button(cast: Cast) -> None:
    activity = make_activity(cast, "review")
    page = reverse("activities:staff_activity", args=[activity.uuid])
    for one, sees in ((cast.director, True), (cast.dispatcher, False), (cast.supervisor, False)):
        assert (reverse("activities:announce", args=[activity.uuid]) in text(one.client(), page)) == sees


@pytest.mark.django_db
def test_a_program_prepares_and_moves_it_by_the_same_rules(cast: Cast) -> None:
    token = issue_token(actor=cast.practitioner.actor, at=now(), name="test")[0]
    client = Client(headers={"authorization": f"Bearer {token}"})
    told = {
        "place": str(cast.places.chengbei.uuid), "kind": "fair", "title": "文明集市", "task": "culture",
        "venue": "村口", "begins": ahead(2, 9).isoformat(), "ends": ahead(2, 11).isoformat(),
    }  # fmt: skip
    url = "/api/v1/activities"
    made = client.post(url, json.dumps(told), content_type="application/json").json()
    one = f"{url}/{made['id']}"
    assert client.get(f"{one}/office").json()["state"] == "draft"
    assert Client().get(one).status_code == 404
    silent = client.post(f"{one}/submit", "{}", content_type="application/json")
    assert (silent.status_code, silent.json()["code"]) == (422, "risks_missing")
    del told["place"]
    client.put(one, json.dumps({**told, "risks": "人多"}), content_type="application/json")
    for verb in ("submit", "announce"):
        assert client.post(f"{one}/{verb}", "{}", content_type="application/json").status_code == 200
    public = Client().get(one).json()
    assert (public["state"], public["risks"]) == ("open", "人多")
    assert [item["id"] for item in Client().get(url).json()["items"]] == [made["id"]]
    steps = client.get(f"{one}/office").json()["steps"]
    assert [step["verb"] for step in steps] == ["draft", "edit", "submit", "announce_own", "open"]
    again = client.post(f"{one}/submit", "{}", content_type="application/json")
    assert again.json()["code"] == "activity_moved_on"


@pytest.mark.django_db
def test_the_consoles_search_finds_what_is_in_hand(cast: Cast) -> None:
    make_activity(cast, "draft", "采茶戏下乡")
    assert "采茶戏下乡" in text(cast.manager.client(), reverse("web:find"), q="采茶戏")
