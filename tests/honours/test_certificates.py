"""A certificate says what its records add up to, and is invalid if and only if one of them was taken back."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidan.audit.models import AuditEntry
from sidan.core.scope import everything
from sidan.honours import operations
from sidan.honours.models import Certificate, CertificateLine, Sheet
from sidan.honours.permissions import NotYoursToIssue
from sidan.honours.policies import Wanted
from sidan.honours.queries import NothingToSay, said_by
from sidan.honours.soundness import ADDED, OWN
from sidan.hours.models import Entry
from sidan.notify.models import Notice
from sidan.people.models import Person
from sidan.places.models import Place
from tests.cast import Cast, Someone
from tests.factories import AT
from tests.honours.issuing import again, issued, taken_back, year
from tests.hours.serving import a_cause, broken, come_and_go, hours, over, served

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def seeing() -> Iterator[None]:
    with everything("looking at what was written"):
        yield


def served_days(cast: Cast, *lengths: float) -> list[Entry]:
    """Let the volunteer serve on some days, the last of them before the day of the tests."""
    return [
        Entry.unscoped.get(occasion=served(cast, cast.volunteer, AT - nth * DAY, hours(length)))
        for nth, length in enumerate(lengths, start=1)
    ]


def told(who: Someone) -> list[str]:
    rows = Notice.objects.filter(account=who.actor.account_id).order_by("id")
    return list(rows.values_list("kind", flat=True))


def sums_are_checked() -> None:
    """Let the database ask for the sums now, not at the end of the test's transaction, which never comes."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def saying_more(made: Certificate) -> Certificate:
    """Write a certificate that says a minute more than any record of it; no line is written."""
    return Certificate.unscoped.create(
        number="100000004", person=made.person, place=made.place, county=made.county, extent="all",
        during=made.during, minutes=made.minutes + 1, records=1, issued_by=made.issued_by, issued_at=AT,
    )  # fmt: skip


def test_a_certificate_says_what_the_law_asks_for(cast: Cast) -> None:
    served_days(cast, 2, 1.5)
    made = issued(cast.volunteer)
    sums_are_checked()
    facts = said_by(certificate=made)
    assert (made.minutes, made.records, made.standing) == (210, 2, "valid")
    assert facts["name"] == cast.volunteer.person.name
    assert facts["contents"] == [{"zh": "义剪", "en": "义剪", "minutes": 210}]
    assert facts["unit"]["zh"] == Place.objects.get(pk=cast.places.chengbei.pk).path_names
    assert not {"sex", "volunteer_number", "teams", "services"} & facts.keys()
    assert AuditEntry.objects.filter(verb="certificate.issue").count() == 1


def test_what_else_it_says_is_the_volunteers_choice(cast: Cast) -> None:
    served_days(cast, 2, 1.5)
    facts = said_by(certificate=issued(cast.volunteer, "volunteer_number", "teams", "services"))
    assert facts["volunteer_number"] == cast.volunteer.person.volunteer.number
    assert [team["zh"] for team in facts["teams"]] == [cast.team.name]
    assert [(one["zh"], one["en"], one["minutes"]) for one in facts["services"]] == [
        ("上门理发", "Haircut at home", 90), ("上门理发", "Haircut at home", 120),
    ]  # fmt: skip
    assert "sex" not in facts


def test_a_sex_that_nobody_told_is_not_written(cast: Cast) -> None:
    served_days(cast, 2)
    assert "sex" not in said_by(certificate=issued(cast.volunteer, "sex"))
    cast.volunteer.person.sex = "2"
    cast.volunteer.person.save(update_fields=["sex"])
    assert said_by(certificate=issued(cast.volunteer, "sex"))["sex"] == {"zh": "女", "en": "Female"}


def test_one_record_a_year_or_a_span_is_certified_alone(cast: Cast) -> None:
    one, two = served_days(cast, 2, 3)
    assert issued(cast.volunteer, extent="record", record=two.uuid).minutes == 180
    assert issued(cast.volunteer, extent="span", first=one.day, last=one.day).minutes == 120
    made = issued(cast.volunteer, extent="year", **year(2026))
    assert (made.minutes, made.first_day) == (300, date(2026, 1, 1))
    # It speaks of no day to come.
    assert made.last_day == date(2026, 11, 20)
    with pytest.raises(NothingToSay):
        issued(cast.volunteer, extent="year", **year(2025))


def test_what_was_taken_back_or_waits_is_not_certified(cast: Cast) -> None:
    one, _two = served_days(cast, 2, 11)
    taken_back(cast, one)
    # Of eleven hours eight count at once.
    assert issued(cast.volunteer).minutes == 480


def test_a_certificate_is_invalid_from_when_a_record_of_it_is_taken_back(cast: Cast) -> None:
    one, _two = served_days(cast, 2, 3)
    made = issued(cast.volunteer)
    later = AT + 3 * DAY
    taken_back(cast, one, at=later)
    now = again(made)
    assert (now.standing, now.spoiled_at) == ("invalid", later)
    # It says for ever what the paper says.
    assert said_by(certificate=now) == said_by(certificate=made)
    assert told(cast.volunteer)[-2:].count("certificate_spoiled") == 1


def test_of_a_certificate_one_is_told_once_however_many_records_go(cast: Cast) -> None:
    one, two = served_days(cast, 2, 3)
    issued(cast.volunteer)
    taken_back(cast, one)
    taken_back(cast, two)
    assert told(cast.volunteer).count("certificate_spoiled") == 1


def test_a_new_one_replaces_the_one_before_and_says_what_counts_now(cast: Cast) -> None:
    one, _two = served_days(cast, 2, 3)
    made = issued(cast.volunteer, "teams")
    with cast.volunteer.at_work() as actor:
        newer = operations.renew_certificate(actor=actor, at=AT, certificate=made)
        assert again(made).standing == "superseded"
        assert (newer.minutes, newer.details) == (300, ["teams"])
        with pytest.raises(operations.ReplacedAlready):
            operations.renew_certificate(actor=actor, at=AT, certificate=made)
    taken_back(cast, one)
    assert again(made).standing == again(newer).standing == "invalid"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_certificate_is_the_sum_of_its_records_and_invalid_just_when_one_is_gone(
    cast: Cast, data: st.DataObject
) -> None:
    lengths = data.draw(st.lists(st.sampled_from([0.5, 1, 2, 7.5]), min_size=1, max_size=5))
    with transaction.atomic():
        entries = served_days(cast, *lengths)
        chosen = data.draw(st.sampled_from(entries))
        whole, single = issued(cast.volunteer), issued(cast.volunteer, extent="record", record=chosen.uuid)
        assert whole.minutes == sum(entry.minutes for entry in entries)
        sums_are_checked()
        gone = data.draw(st.lists(st.sampled_from(entries), unique=True))
        for entry in gone:
            taken_back(cast, entry)
        assert (again(whole).standing == "invalid") == bool(gone)
        assert (again(single).standing == "invalid") == (chosen in gone)
        transaction.set_rollback(True)


def test_all_rules_of_certificates_hold_whatever_was_taken_back(cast: Cast) -> None:
    one, _two = served_days(cast, 2, 3)
    made = issued(cast.volunteer)
    taken_back(cast, one)
    issued(cast.volunteer)
    assert [broken(rule) for rule in (ADDED, OWN)] == [0, 0]
    # A rule that cannot be broken says nothing: the certificate before it has lines is one that says too much.
    with transaction.atomic():
        saying_more(made)
        assert broken(ADDED) == 1
        transaction.set_rollback(True)


def test_the_office_of_the_place_issues_for_who_has_no_telephone(cast: Cast) -> None:
    served_days(cast, 2)
    with cast.practitioner.at_work() as actor:
        made = operations.issue_certificate(
            actor=actor, at=AT, person=cast.volunteer.person, wanted=Wanted(extent="all")
        )
    assert made.issued_by_id == cast.practitioner.account.pk
    assert told(cast.volunteer)[-1] == "certificate_issued"


def test_nobody_else_issues_a_certificate(cast: Cast) -> None:
    served_days(cast, 2)
    for who in (cast.leader, cast.zhou, cast.dispatcher, cast.supervisor, cast.mallory):
        with who.at_work() as actor, pytest.raises(NotYoursToIssue):
            operations.issue_certificate(
                actor=actor, at=AT, person=cast.volunteer.person, wanted=Wanted(extent="all")
            )
    assert not Certificate.unscoped.exists()


def test_the_database_refuses_a_certificate_that_says_more_than_its_records(cast: Cast) -> None:
    (entry,) = served_days(cast, 2)
    made = issued(cast.volunteer)
    sums_are_checked()

    def issue_wrongly() -> None:
        CertificateLine.objects.create(certificate=saying_more(made), entry=entry)
        sums_are_checked()

    with pytest.raises(IntegrityError, match="add up to"), transaction.atomic():
        issue_wrongly()


def test_the_database_refuses_a_record_of_somebody_else_and_one_more_than_is_said(cast: Cast) -> None:
    served_days(cast, 2)
    made = issued(cast.volunteer)
    others = Entry.unscoped.get(occasion=served(cast, cast.leader, AT - 5 * DAY, hours(1)))
    later = Entry.unscoped.get(occasion=served(cast, cast.volunteer, AT - DAY + hours(4), hours(1)))
    with pytest.raises(IntegrityError, match="not of the person"), transaction.atomic():
        CertificateLine.objects.create(certificate=made, entry=others)
    with pytest.raises(IntegrityError, match="no more records"), transaction.atomic():
        CertificateLine.objects.create(certificate=made, entry=later)


@pytest.mark.parametrize("table", ["honours_certificate", "honours_certificateline"])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_a_certificate(cast: Cast, table: str, act: str) -> None:
    served_days(cast, 2)
    issued(cast.volunteer)
    with (
        pytest.raises(DatabaseError, match=r"permission denied|appended"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(table))


def test_what_a_certificate_says_is_never_changed_nor_written_anew(cast: Cast) -> None:
    served_days(cast, 2)
    made = issued(cast.volunteer)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Sheet.objects.filter(certificate=made).update(words="{}")
    # Its words may be erased; nobody writes others in their place.
    Sheet.objects.filter(certificate=made).delete()
    with pytest.raises(DatabaseError, match="when it was issued"), transaction.atomic():
        Sheet.objects.create(certificate=made, words="{}")


def test_what_a_certificate_says_is_still_moved_to_a_new_key(cast: Cast) -> None:
    served_days(cast, 2)
    made = issued(cast.volunteer)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE honours_sheet SET words = set_byte(words, 0, get_byte(words, 0) + 1) WHERE certificate_id = %s",
            [made.pk],
        )
        assert cursor.rowcount == 1


def test_hours_of_a_row_that_was_merged_are_certified_for_the_person_that_is_kept(cast: Cast) -> None:
    served_days(cast, 2)
    served(cast, cast.leader, AT - 5 * DAY, hours(1))
    Person.unscoped.filter(pk=cast.leader.person.pk).update(canonical=cast.volunteer.person)
    made = issued(cast.volunteer, "services")
    sums_are_checked()
    assert (made.minutes, made.records) == (180, 2)
    assert said_by(certificate=made)["minutes"] == 180
    assert [broken(rule) for rule in (ADDED, OWN)] == [0, 0]


def test_several_records_of_one_occasion_stand_in_the_list_with_their_sum(cast: Cast) -> None:
    served(cast, cast.volunteer, AT - 3 * DAY, hours(1))
    cause = a_cause(cast)
    come_and_go(cast, cause, cast.volunteer, AT - DAY, AT - DAY + hours(2))
    come_and_go(cast, cause, cast.leader, AT - DAY + hours(3), AT - DAY + hours(4))
    over(cast, cause, day=AT - DAY, at=AT)
    # Two rows of one human, who turned out to be one.
    Person.unscoped.filter(pk=cast.leader.person.pk).update(canonical=cast.volunteer.person)
    made = issued(cast.volunteer, "services")
    minutes = [one["minutes"] for one in said_by(certificate=made)["services"]]
    assert (minutes, made.minutes, made.records) == ([60, 180], 240, 3)
