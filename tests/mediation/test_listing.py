"""The list of cases: found by number, chosen by kind, and taken along without anybody's name or place."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sidan.audit.models import AuditEntry
from sidan.mediation import operations
from sidan.mediation.models import Case
from tests.cast import Cast
from tests.factories import AT
from tests.mediation.test_cases import agreed, opened, told
from tests.orders.browsing import text_of

pytestmark = pytest.mark.django_db


def numbers(client: Client, query: str) -> list[str]:
    page = text_of(client.get(f"{reverse('mediation:cases')}?{query}"))
    known = Case.unscoped.values_list("number", flat=True)
    shown = {number: page.find(f"{number[:3]} {number[3:6]} {number[6:]}") for number in known}
    return sorted((number for number, at in shown.items() if at >= 0), key=shown.__getitem__)


def test_a_case_is_found_by_its_number_however_it_is_written(cast: Cast) -> None:
    one, _other = opened(cast), opened(cast)
    client = cast.practitioner.client()
    spoken = f"{one.number[:3]}+{one.number[3:6]}+{one.number[6:]}"
    assert numbers(client, f"q={one.number}") == numbers(client, f"q={spoken}") == [one.number]
    assert numbers(client, "q=甲某某") == []
    assert numbers(client, "q=……") == []


def test_cases_are_sorted_and_chosen_by_what_they_are_about(cast: Cast) -> None:
    first, second = opened(cast), opened(cast)
    land = operations.open_case(
        actor=cast.practitioner.actor, at=AT, told=operations.NewCase(
            place=cast.places.chengbei, dispute="land", words="地", first=told(cast).first, second=told(cast).second
        ),
    )  # fmt: skip
    client = cast.practitioner.client()
    assert numbers(client, "all=1") == [land.number, second.number, first.number]
    assert numbers(client, "sort=id") == [first.number, second.number, land.number]
    assert numbers(client, "about=land") == [land.number]
    assert numbers(client, "sort=words&about=words") == [land.number, second.number, first.number]


def test_the_table_holds_no_name_and_no_place_and_is_on_record(cast: Cast) -> None:
    case = agreed(cast)
    answer = cast.director.client().get(reverse("mediation:export"))
    table = b"".join(answer.streaming_content).decode()
    assert case.number in table
    assert f"{AT + timedelta(days=30):%Y-%m-%d}" in table
    for secret in ("甲某某", "乙某某", "争一堵墙", cast.places.chengbei.name, case.mediator.name):
        assert secret not in table
    assert AuditEntry.objects.filter(verb="mediation.exported").count() == 1


def test_who_sees_no_case_takes_none_along(cast: Cast) -> None:
    case = opened(cast)
    assert cast.zhou.client().get(reverse("mediation:export")).status_code == 403
    table = b"".join(cast.grid_keeper.client().get(reverse("mediation:export")).streaming_content).decode()
    assert case.number not in table
