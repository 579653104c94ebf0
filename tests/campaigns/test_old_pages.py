"""A page that was read before somebody else wrote loses nothing, and says what stands there now."""

import pytest
from django.urls import reverse

from sidan.campaigns import operations
from sidan.campaigns.models import Allotment, Campaign, Target
from sidan.campaigns.sheets import pasted_again, split_pasted
from sidan.core.workbooks import MOST_ROWS, TableTooLarge
from tests.activities.test_pages import english
from tests.at_once import all_at_once
from tests.campaigns.scene import announced, drafted, meant
from tests.cast import Cast
from tests.factories import AT
from tests.orders.browsing import once


def shared(cast: Cast, campaign: Campaign, target: Target, amount: int) -> None:
    operations.share_out(
        actor=cast.manager.actor, at=AT, campaign=campaign, target=target,
        shares={cast.places.changning: amount, cast.places.liuche: 1},
    )  # fmt: skip


def amounts() -> list[int]:
    return list(Allotment.objects.order_by("place__sort_code", "place").values_list("amount", flat=True))


@pytest.mark.django_db
def test_shares_from_an_old_page_are_kept_in_the_form_beside_what_stands(cast: Cast) -> None:
    campaign = drafted(cast)
    target = meant(cast, campaign, "school", "places", 10)
    client, url = (
        english(cast.manager.client()),
        reverse("campaigns:shares", args=[campaign.uuid, target.uuid]),
    )
    old = campaign.turn
    assert f'name="turn" value="{old}"' in client.get(url).content.decode()
    shared(cast, campaign, target, 3)
    typed = {str(cast.places.changning.uuid): "7", str(cast.places.liuche.uuid): "1"}
    answer = client.post(url, {"once": once(), "turn": str(old), **typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="7"' in page
    assert page.count("Now it says:") == 1
    assert "Now it says: 3" in page
    assert 3 in amounts()
    again = client.post(url, {"once": once(), "turn": str(old + 1), **typed})
    assert again.status_code == 303
    assert 7 in amounts()


@pytest.mark.django_db
def test_the_head_from_an_old_page_is_kept_in_the_form_beside_what_stands(cast: Cast) -> None:
    campaign = drafted(cast)
    client, url = english(cast.manager.client()), reverse("campaigns:edit", args=[campaign.uuid])
    old, head = campaign.turn, {
        "kind": "campaign", "first_day": f"{campaign.first_day}", "last_day": f"{campaign.last_day}",
        "task": "policy", "answers": "供电公司 李经理",
    }  # fmt: skip
    assert client.post(url, {"once": once(), "turn": str(old), "name": "安全用电", **head}).status_code == 303
    answer = client.post(url, {"once": once(), "turn": str(old), "name": "用电安全", **head})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="用电安全"' in page
    assert "Now it says: 安全用电" in page
    assert page.count("Now it says:") == 1
    assert f'name="turn" value="{old + 1}"' in page


@pytest.mark.django_db(transaction=True)
def test_of_two_who_share_out_at_once_the_second_is_told(cast: Cast) -> None:
    campaign = announced(cast)
    target = Target.objects.get(campaign=campaign, unit="leaflets")
    acts = [
        lambda amount=amount: shared(
            cast, Campaign.unscoped.get(pk=campaign.pk, turn=campaign.turn), target, amount
        )
        for amount in (3, 7)
    ]
    answers = sorted(all_at_once(*acts))
    assert answers == ["campaign_moved_on", "done"]
    assert len(amounts()) == 2


@pytest.mark.django_db
def test_a_list_with_a_wrong_row_comes_back_whole_to_be_mended(cast: Cast) -> None:
    campaign = announced(cast)
    client, url = english(cast.manager.client()), reverse("campaigns:bring", args=[campaign.uuid])
    name = cast.places.chengbei.name
    pasted = f"类别\t名称\t所在村\n学校\t城北幼儿园\t{name}\n庙\t某处\t火星"
    page = client.post(url, {"once": once(), "pasted": pasted}).content.decode()
    assert "1 row cannot be read." in page
    assert f"学校\t城北幼儿园\t{name}\n庙\t某处\t火星</textarea>" in page


def test_a_list_reads_the_same_when_it_is_pasted_again() -> None:
    table = split_pasted("类别,名称\n学校,城北 小学\n企业,")
    assert split_pasted(pasted_again(table)) == table


def test_more_rows_than_a_file_may_have_are_refused_in_words() -> None:
    with pytest.raises(TableTooLarge):
        split_pasted("名称\tx\n" * (MOST_ROWS + 1))
