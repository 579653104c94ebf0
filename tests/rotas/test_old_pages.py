"""What is older than what stands overwrites nothing; who only watches reads names in part; clashes are told."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sidan.audit.models import AuditEntry
from sidan.core.clock import now
from sidan.core.phones import mask_name
from sidan.core.scope import everything
from sidan.rotas import operations
from sidan.rotas.models import Duty, Rota, Shift
from sidan.rotas.operations import NewRota
from tests.cast import Cast, Someone
from tests.rotas.stage import MORNINGS, a_group, a_rota, duties, manned, plan, volunteers, watches
from tests.rotas.test_rotas import someone

TYPED = {
    "kind": "desk", "name": "便民服务台", "turns": "people", "weeks_ahead": "1", "days_0": ["0", "2"],
    "begins_0": "09:00", "ends_0": "11:00", "needed_0": "3",
}  # fmt: skip


def page(who: Someone, url: str) -> str:
    answer = who.client().get(url, headers={"accept-language": "en"})
    assert answer.status_code == 200, answer
    return answer.content.decode()


def ahead(rota: Rota) -> list[Duty]:
    return [one for one in duties(rota, "planned") if one.span.begins > now()]


@pytest.mark.django_db
def test_a_page_of_a_rota_that_is_older_than_what_stands_keeps_nothing_and_shows_what_stands(
    cast: Cast,
) -> None:
    rota = a_rota(cast)
    url, old = reverse("rotas:change", args=[rota.uuid]), rota.turn
    told = NewRota(kind="desk", name="便民服务台", spot="二楼", shifts=[MORNINGS], weeks_ahead=1)
    with everything("test"):
        operations.change_rota(actor=cast.manager.actor, at=now(), rota=rota, told=told)
    client = cast.practitioner.client()
    refused = client.post(url, {**TYPED, "turn": str(old)})
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "二楼" in shown, "what somebody else wrote stands beside it"
    assert 'value="11:00"' in shown, "nothing that was typed is lost"
    assert Shift.objects.get(rota=rota, until=None).needed == 1
    again = client.post(url, {**TYPED, "turn": str(refused.context["read_turn"])})
    assert again.status_code == 303
    assert Shift.objects.get(rota=rota, until=None).needed == 3


@pytest.mark.django_db
def test_a_rota_that_was_changed_meanwhile_is_not_ended_from_an_old_page(cast: Cast) -> None:
    rota = a_rota(cast)
    old = Rota.unscoped.get(pk=rota.pk)
    told = NewRota(kind="desk", name="便民服务台", shifts=[MORNINGS], weeks_ahead=1)
    with everything("test"):
        operations.change_rota(actor=cast.manager.actor, at=now(), rota=rota, told=told)
    with pytest.raises(operations.RotaRewritten):
        operations.end_rota(actor=cast.practitioner.actor, at=now(), rota=old, words="撤了")
    assert Rota.unscoped.get(pk=rota.pk).state == "running"


@pytest.mark.django_db
def test_who_only_watches_reads_names_in_part_and_who_works_there_whole(cast: Cast) -> None:
    rota, _people = manned(cast, 2)
    duty = ahead(rota)[0]
    name = duty.person.name
    day = f"?day={duty.watch.day}"
    for url in (
        reverse("rotas:rota", args=[rota.uuid]) + day,
        reverse("rotas:watch", args=[duty.watch.uuid]),
        reverse("rotas:staff_duty", args=[duty.uuid]),
    ):
        assert name in page(cast.practitioner, url)
        seen = page(cast.supervisor, url)
        assert name not in seen, url
        assert mask_name(name) in seen, url


@pytest.mark.django_db
def test_that_a_week_with_names_was_printed_is_written_down(cast: Cast) -> None:
    rota = a_rota(cast)
    cast.practitioner.client().get(reverse("rotas:paper", args=[rota.uuid]))
    entry = AuditEntry.objects.get(verb="rota.printed")
    assert entry.subject_id == rota.pk


@pytest.mark.django_db
def test_what_somebody_promised_elsewhere_is_told_when_filling_taking_and_swapping(cast: Cast) -> None:
    rota, _people = manned(cast, 2)
    first, second = ahead(rota)[:2]
    one, two, actor = first.person, second.person, cast.practitioner.actor
    elsewhere = a_rota(cast, name="东门岗亭")
    plan(elsewhere)
    clash = next(watch for watch in watches(elsewhere) if watch.day == first.watch.day)
    operations.fill(actor=actor, at=now(), watch=clash, person=two)
    swap = operations.ask_swap(actor=someone(one).actor, at=now(), duty=first, colleague=two)
    assert "东门岗亭" in page(someone(two), reverse("rotas:swap", args=[swap.uuid]))
    operations.cancel_swap(actor=someone(one).actor, at=now(), swap=swap)
    first.refresh_from_db()
    operations.withdraw(actor=someone(one).actor, at=now(), duty=first, words="来不了")
    operations.announce(actor=actor, at=now(), watch=first.watch)
    assert "东门岗亭" in page(someone(two), reverse("rotas:gap", args=[first.watch.uuid]))
    assert "东门岗亭" in page(cast.practitioner, reverse("rotas:watch", args=[first.watch.uuid]))
    assert "东门岗亭" not in page(someone(one), reverse("rotas:gap", args=[first.watch.uuid]))


@pytest.mark.django_db
def test_a_group_is_read_in_part_by_who_only_watches(cast: Cast) -> None:
    rota = a_rota(cast)
    (person,) = volunteers(cast, 1)
    a_group(cast, rota, person, when=now() - timedelta(days=1))
    assert person.name not in page(cast.supervisor, reverse("rotas:rota", args=[rota.uuid]))
