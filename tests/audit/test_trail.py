"""The trail: who reads which part of it, in words; and the database keeps it as it was."""

from datetime import UTC, datetime
from http import HTTPStatus

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from sidan.audit.models import AuditEntry
from sidan.audit.operations import make_months_ahead, record
from sidan.audit.permissions import READING_ROLES, MayNotReadTrail
from sidan.audit.queries import TrailFilter, told, trail
from sidan.audit.registry import sentence_of
from sidan.people.enums import Role
from sidan.places.models import Place
from tests.cast import Cast, Someone

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def leave(
    who: Someone, place: Place | None, verb: str = "team.renamed", at: datetime = AT, subject: int = 0
) -> None:
    record(
        actor=who.actor, at=at, verb=verb, subject=("team", subject or None), place_id=place.pk if place else None,
        county_id=place.county_id if place else None,
    )  # fmt: skip


def count_for(who: Someone, **wanted: object) -> int:
    return trail(actor=who.actor, wanted=TrailFilter(**wanted)).count()  # type: ignore[arg-type] # names are those of the filter


def test_the_roles_are_those_of_people() -> None:
    assert {Role.AUDIT_ADMIN, Role.SECURITY_ADMIN} == READING_ROLES


def test_an_auditor_reads_the_own_subtree_only(cast: Cast) -> None:
    leave(cast.manager, cast.places.center)
    leave(cast.director, cast.places.chengbei)
    leave(cast.mallory, cast.places.other_station)
    assert count_for(cast.audit_admin) == count_for(cast.security_admin) == 2


def test_signing_in_belongs_to_where_the_person_lives(cast: Cast) -> None:
    leave(cast.zhou, None, verb="account.signed_in")
    leave(cast.mallory, None, verb="account.signed_in")
    assert count_for(cast.audit_admin) == 1


def test_nobody_else_reads_the_trail(cast: Cast) -> None:
    for name, someone in cast.everybody().items():
        if name in {"audit_admin", "security_admin"}:
            continue
        with pytest.raises(MayNotReadTrail):
            count_for(someone)
        assert someone.client().get(reverse("audit:trail")).status_code == HTTPStatus.FORBIDDEN
        assert someone.client().post(reverse("audit:export")).status_code == HTTPStatus.FORBIDDEN


def test_filters_narrow_the_trail(cast: Cast) -> None:
    leave(cast.manager, cast.places.center, subject=cast.team.pk)
    leave(cast.director, cast.places.center, verb="team.pause", at=datetime(2026, 11, 20, 16, 0, tzinfo=UTC))
    assert count_for(cast.audit_admin, verb="team.pause") == 1
    assert count_for(cast.audit_admin, actor_uuid=cast.manager.account.uuid) == 1
    assert count_for(cast.audit_admin, subject_kind="team", subject_id=cast.team.pk) == 1
    # 16:00 in UTC is midnight in Jiangxi: the act is of the 21st.
    assert count_for(cast.audit_admin, last_day=AT.date()) == 1
    assert count_for(cast.audit_admin, first_day=datetime(2026, 11, 21, tzinfo=UTC).date()) == 1


def test_an_entry_reads_as_a_sentence_with_names(cast: Cast) -> None:
    leave(cast.manager, cast.places.center, subject=cast.team.pk)
    (line,) = told(list(trail(actor=cast.audit_admin.actor, wanted=TrailFilter())))
    assert (line.who, line.place) == ("卫主任", "寻乌县")
    assert "城北义剪队" in line.sentence
    text = cast.audit_admin.client().get(reverse("audit:trail")).content.decode()
    assert "卫主任" in text
    assert "城北义剪队" in text


def test_an_act_without_words_is_shown_as_it_is() -> None:
    assert sentence_of("something.new", "x") == "something.new x"


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_the_trail_asks_as_often_for_three_as_for_one(cast: Cast, count: int) -> None:
    for _number in range(count):
        leave(cast.manager, cast.places.center, subject=cast.team.pk)
    client = cast.audit_admin.client()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("audit:trail")).status_code == HTTPStatus.OK
    assert len(queries) == 10


def test_exporting_is_written_down_itself(cast: Cast) -> None:
    leave(cast.manager, cast.places.center, subject=cast.team.pk)
    answer = cast.audit_admin.client().post(reverse("audit:export"), {"verb": "team.renamed"})
    text = b"".join(answer.streaming_content).decode()
    assert "卫主任" in text
    assert text.count("team.renamed") == 1
    assert AuditEntry.objects.filter(verb="audit.export", actor=cast.audit_admin.account).count() == 1


def test_a_visitor_is_led_to_sign_in(db: None) -> None:
    assert Client().get(reverse("audit:trail")).status_code == HTTPStatus.FOUND


def test_a_bad_filter_is_told_and_everything_shown(cast: Cast) -> None:
    leave(cast.manager, cast.places.center)
    answer = cast.audit_admin.client().get(
        reverse("audit:trail"), {"first": "2026-12-01", "last": "2026-11-01"}
    )
    assert 'role="alert"' in answer.content.decode()
    assert "卫主任" in answer.content.decode()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_the_database_refuses_to_change_the_trail(cast: Cast, statement: str) -> None:
    leave(cast.manager, cast.places.center)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.filter(verb="team.renamed").count() == 1


def test_the_coming_months_have_their_partitions_and_are_made_once(db: None) -> None:
    later = datetime(2031, 5, 20, tzinfo=UTC)
    assert make_months_ahead(at=later) == 4
    assert make_months_ahead(at=later) == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('audit_entry_203108') IS NOT NULL")
        assert cursor.fetchone() == (True,)
        # A partition is guarded as its parent is.
        cursor.execute("SELECT has_table_privilege('sidan_app', 'audit_entry_203108', 'DELETE')")
        assert cursor.fetchone() == (False,)


def test_facts_read_in_words_with_names_for_their_ids(cast: Cast) -> None:
    place, person = cast.places.changning, cast.zhou.person
    with override("en"):
        record(
            actor=cast.manager.actor, at=AT, verb="role.granted", subject=("account", cast.zhou.account.pk),
            place_id=cast.places.center.pk, county_id=cast.places.center.pk, role="grid_keeper", place=place.pk,
            person=person.pk, turn=3, grant=41, odd="x",
        )  # fmt: skip
        (line,) = told(list(trail(actor=cast.audit_admin.actor, wanted=TrailFilter(verb="role.granted"))))
    assert "Role: Grid keeper" in line.details
    assert f"Place: {place.short_name}" in line.details
    assert f"Person: {person.name}" in line.details
    assert "odd: x" in line.details, "what has no words is shown as it is stored"
    assert "turn" not in line.details
    assert "41" not in line.details, "nobody knows a grant by its number"
    assert "grant: 41" in line.facts
    assert "role: grid_keeper" in line.facts, "programs read codes"
