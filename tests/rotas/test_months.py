"""The month of a rota by person: what was planned, who was there, who was not and why, what changed hands."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from sidan.audit.models import AuditEntry
from sidan.rotas import operations, queries
from sidan.rotas.models import Rota
from sidan.rotas.queries import MonthOf
from tests.cast import Cast
from tests.factories import AT
from tests.rotas.stage import MONDAY, duties, manned
from tests.rotas.test_rotas import someone

NOVEMBER = date(2026, 11, 1)


def a_month(cast: Cast) -> Rota:
    """Five turns of two: one was there, one was not and said why, one said before, one was handed over."""
    rota, people = manned(cast, 2)
    first, second, third, fourth, _fifth = duties(rota)
    one, two = someone(people[0]).actor, someone(people[1]).actor
    operations.withdraw(actor=one, at=AT, duty=third, words="发烧了")
    swap = operations.ask_swap(actor=two, at=AT, duty=fourth, colleague=people[0])
    operations.accept_swap(actor=one, at=AT, swap=swap)
    code = queries.shown_code(watch=first.watch, at=first.span.begins)
    operations.check_self(actor=one, at=first.span.begins, duty=first, code=code)
    over = second.span.ends
    operations.miss(actor=cast.practitioner.actor, at=over, duty=second, words="没来")
    operations.answer_absence(actor=two, at=over, duty=second, words="车坏在路上")
    return rota


def counted(one: MonthOf) -> tuple[int, ...]:
    return (
        one.planned,
        one.there,
        one.absent,
        one.withdrawn,
        one.handed,
        one.taken_over,
        one.unsaid,
        one.ahead,
    )


@pytest.mark.django_db
def test_each_turn_of_a_month_counts_once_as_what_became_of_it(cast: Cast) -> None:
    rota = a_month(cast)
    with cast.practitioner.at_work():
        one, two = queries.month_of(rota=rota, first=NOVEMBER, at=duties(rota)[1].span.ends)
        assert counted(one) == (4, 1, 0, 1, 0, 1, 0, 2)
        assert counted(two) == (2, 0, 1, 0, 1, 0, 0, 0)
        assert [(reason.state, reason.words) for reason in two.reasons] == [("absent", "车坏在路上")]
        late = queries.month_of(rota=rota, first=NOVEMBER, at=duties(rota)[-1].span.ends + timedelta(days=1))
        assert [(row.ahead, row.unsaid) for row in late] == [(0, 2), (0, 0)], "over, and nobody said a word"
        for row in late:
            assert row.planned == sum(counted(row)[1:5]) + row.unsaid + row.ahead
        assert queries.month_of(rota=rota, first=date(2026, 12, 1), at=AT) == []


@pytest.mark.django_db
def test_the_month_stands_on_the_screen_and_in_a_table_and_reasons_are_for_who_plans(cast: Cast) -> None:
    rota = a_month(cast)
    url, query = reverse("rotas:month", args=[rota.uuid]), f"?month={MONDAY:%Y-%m}"
    export = reverse("rotas:export_month", args=[rota.uuid]) + query
    practitioner, supervisor = cast.practitioner.client(), cast.supervisor.client()
    assert "车坏在路上" in practitioner.get(url + query).content.decode()
    table = b"".join(practitioner.get(export)).decode()
    assert "车坏在路上" in table
    assert "值班员甲" in table
    watched = supervisor.get(url + query).content.decode() + b"".join(supervisor.get(export)).decode()
    assert "车坏在路上" not in watched
    assert "值班员甲" not in watched
    assert "值**甲" in watched
    assert AuditEntry.objects.filter(verb="rota.month").count() == 2
    assert practitioner.get(f"{url}?month=nonsense").status_code == 200
    book = practitioner.get(f"{export}&format=xlsx")
    assert b"".join(book).startswith(b"PK")
    book.close()
