"""The pages of stalls: a place lays a fair out, a team asks on the telephone, everybody finds the stall."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sidan.core.clock import now
from sidan.core.scope import everything
from sidan.fairs.models import Stall, StallCount, Stallholder
from tests.cast import Cast
from tests.matrix.stage_fairs import add_stalls, make_fair, place


def answered(client: Client, url: str, **typed: str) -> str:
    """Send a form and read the page that follows."""
    answer = client.post(url, typed)
    return client.get(answer.headers["Location"]).content.decode()


@pytest.mark.django_db
def test_a_team_asks_on_the_telephone_and_the_place_gives_the_stall(cast: Cast) -> None:
    with everything("the stage"):
        fair = make_fair(cast, "open")
        stall = add_stalls(cast, fair, 1)[0]
    leader, office = cast.leader.client(), cast.practitioner.client()
    told = {"team": str(cast.team.uuid), "offers": "义剪四把椅子", "stall": str(stall.uuid)}
    assert "申请中" in answered(leader, reverse("fairs:ask", args=[fair.uuid]), **told)
    page = office.get(reverse("fairs:layout", args=[fair.uuid])).content.decode()
    assert "义剪四把椅子" in page
    with everything("who asks"):
        holder = Stallholder.objects.get()
    give = reverse("fairs:give", args=[fair.uuid, holder.uuid])
    assert "已安排" in answered(office, give, stall=str(stall.uuid), turn="1")
    # Whoever presses on an older page is told what it is now.
    assert "请重新" in answered(
        office, reverse("fairs:refuse", args=[fair.uuid, holder.uuid]), words="满了", turn="1"
    )
    public = Client().get(reverse("activities:activity", args=[fair.uuid])).content.decode()
    assert cast.team.name in public
    assert reverse("fairs:public_stall", args=[fair.uuid, stall.uuid]) in public


@pytest.mark.django_db
def test_a_button_counts_five_and_it_is_put_right_where_it_was_pressed_by_mistake(cast: Cast) -> None:
    with everything("the stage"):
        fair = make_fair(cast, "running", begins=now() + timedelta(minutes=20))
        holder = place(cast, add_stalls(cast, fair, 1)[0])
    leader = cast.leader.client()
    assert "这里服务了 5 人次" in answered(leader, reverse("fairs:my_count", args=[holder.uuid]), served="5")
    count = StallCount.objects.get()
    url = reverse("fairs:my_correct", args=[holder.uuid, count.uuid])
    assert "这里服务了 0 人次" in answered(leader, url, served="0")
    assert "更正过" in answered(leader, url, served="3")


@pytest.mark.django_db
def test_stalls_of_a_kind_are_shown_alone_and_paper_is_a_pdf(cast: Cast) -> None:
    with everything("the stage"):
        fair = make_fair(cast, "open")
        stalls = add_stalls(cast, fair, 2)
        place(cast, stalls[0])
    client = Client()
    for name in ("fairs:plan",):
        assert client.get(reverse(name, args=[fair.uuid])).content.startswith(b"%PDF")
    office = cast.practitioner.client()
    assert office.get(reverse("fairs:signs", args=[fair.uuid])).content.startswith(b"%PDF")
    table = b"".join(office.get(reverse("fairs:export_stalls", args=[fair.uuid])).streaming_content).decode()  # type: ignore[attr-defined] # a file row by row
    assert cast.team.name in table


@pytest.mark.django_db
def test_of_a_draft_nobody_outside_sees_a_stall(cast: Cast) -> None:
    with everything("the stage"):
        fair = make_fair(cast, "draft")
        stall = add_stalls(cast, fair, 1)[0]
    for url in (
        reverse("fairs:public_stall", args=[fair.uuid, stall.uuid]),
        reverse("fairs:plan", args=[fair.uuid]),
        f"/api/v1/fairs/{fair.uuid}/stalls",
    ):
        assert Client().get(url).status_code == 404
    with everything("it is there"):
        assert Stall.objects.count() == 1
