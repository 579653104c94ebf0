"""Encrypted columns and lookup hashes in the database, and their rotation."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models
from django.test import override_settings

from sidan.core.crypto import UnknownKeyVersion, field_keys, lookup_keys, new_key_text
from sidan.core.fields import EncryptedTextField, LookupHashField, SecretText
from sidan.core.rotation import hashed_columns
from sidan.core.search import SearchField
from sidan.notify.models import Delivery
from sidan.people.models import Person, SignInAttempt

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 2, tzinfo=UTC)


def delivery(effect: str = "code:1", address: str = "12012345678") -> Delivery:
    return Delivery.objects.create(
        effect=effect, channel="console", address_kind="phone", address=address, subject="", body="登录码 482913",
        next_try_at=AT, give_up_at=AT + timedelta(minutes=5), at=AT,
    )  # fmt: skip


def person(phone: str) -> Person:
    return Person.unscoped.create(name="甲", contact_phone=phone, contact_phone_hash=phone, created_at=AT)


def stored(table: str, column: str, key: int) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


def test_a_value_lies_encrypted_and_is_read_plain() -> None:
    row = delivery()
    raw = stored("notify_delivery", "address", row.pk)
    assert b"12012345678" not in raw
    assert raw[:2] == field_keys().active_head
    again = Delivery.objects.get(pk=row.pk)
    assert again.address == "12012345678"
    assert again.subject == ""
    assert stored("notify_delivery", "subject", row.pk) == b""


def test_a_value_hides_where_it_is_only_looked_at() -> None:
    again = Delivery.objects.get(pk=delivery().pk)
    assert isinstance(again.address, SecretText)
    assert repr(again.address) == "'•••'"
    assert "12012345678" not in f"{vars(again)!r}"
    assert f"{again.address}" == "12012345678"


def test_an_encrypted_column_is_not_searched_by_mistake() -> None:
    with pytest.raises(FieldError, match="lookup hash"):
        list(Delivery.objects.filter(address="12012345678"))
    assert not Delivery.objects.filter(address__isnull=True).exists()


def test_a_value_carried_over_by_sql_is_refused() -> None:
    row = delivery()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notify_delivery SET body = address WHERE id = %s", [row.pk])
    with pytest.raises(Exception, match="belongs elsewhere"):
        Delivery.objects.get(pk=row.pk)


def test_a_hash_finds_its_value_and_nothing_else() -> None:
    first, second, third = person("12000000001"), person("12000000001"), person("12000000002")
    found = Person.unscoped.filter(contact_phone_hash="12000000001").order_by("pk")
    assert list(found) == [first, second]
    both = Person.unscoped.filter(contact_phone_hash__in=["12000000002", "12000000003"])
    assert list(both) == [third]
    assert stored("people_person", "contact_phone_hash", first.pk)[:2] == lookup_keys().active_head
    with pytest.raises(FieldError):
        list(Person.unscoped.filter(contact_phone_hash__startswith="120"))


def test_a_hash_without_a_value_is_nothing() -> None:
    row = Person.unscoped.create(name="甲", contact_phone="", contact_phone_hash=None, created_at=AT)
    assert Person.unscoped.filter(contact_phone_hash__isnull=True).get() == row
    row.contact_phone_hash = ""
    row.save(update_fields=["contact_phone_hash"])
    assert Person.unscoped.filter(contact_phone_hash__isnull=True).get() == row


def test_fields_can_be_written_into_a_migration() -> None:
    for field in (
        EncryptedTextField(purpose="a.b", blank=True),
        LookupHashField(source="phone", purpose="phone", unique=True, normalise=str.strip),
        SearchField(sources=("title",), names=("name",)),
    ):
        _name, _path, args, kwargs = field.deconstruct()
        again = type(field)(*args, **kwargs)
        assert again.deconstruct()[1:] == field.deconstruct()[1:]


class Unsaved(models.Model):
    """Only to run `pre_save`; no table belongs to it."""

    name = models.CharField(max_length=20)
    phone = EncryptedTextField()
    phone_hash = LookupHashField(source="phone", normalise=str.strip)
    search = SearchField(names=("name",))

    class Meta:
        app_label = "core_tests"
        managed = False


def test_derived_columns_follow_their_source_at_every_save() -> None:
    row = Unsaved(name="张明", phone=" 12012345678 ")
    hashed = Unsaved._meta.get_field("phone_hash").pre_save(row, True)
    assert hashed == lookup_keys().hash(value="12012345678", purpose="core_tests_unsaved.phone_hash")
    assert "zm" in Unsaved._meta.get_field("search").pre_save(row, True)
    assert Unsaved._meta.get_field("phone").purpose == "core_tests_unsaved.phone"


@pytest.fixture
def new_keys() -> Iterator[None]:
    """A second version of both keys, and the other cipher."""
    fields = f"{settings.FIELD_KEYS},{new_key_text(version=2)}"
    lookups = f"{settings.LOOKUP_KEYS},{new_key_text(version=2)}"
    with override_settings(FIELD_KEYS=fields, LOOKUP_KEYS=lookups, FIELD_CIPHER="sm4-gcm"):
        yield


def run(command: str) -> str:
    out = io.StringIO()
    call_command(command, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_field_keys_rotate_in_batches_and_a_second_run_finds_nothing(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [delivery(effect=f"code:{number}", address=f"1201234567{number}") for number in range(5)]
    monkeypatch.setattr("sidan.core.rotation.BATCH", 2)
    request.getfixturevalue("new_keys")
    assert "notify_delivery.address: 5 moved" in run("rotate_field_keys")
    assert stored("notify_delivery", "address", rows[0].pk)[:2] == bytes((2, 2))
    assert [row.address for row in Delivery.objects.order_by("pk")] == [row.address for row in rows]
    assert "notify_delivery.address: 0 moved" in run("rotate_field_keys")
    # The old version may now be left out.
    with override_settings(FIELD_KEYS=settings.FIELD_KEYS.rpartition(",")[2]):
        assert Delivery.objects.get(pk=rows[0].pk).address == "12012345670"


def test_lookup_keys_rotate_and_are_found_before_and_after(request: pytest.FixtureRequest) -> None:
    row = person("12000000001")
    SignInAttempt.objects.create(phone_hash="12000000001", address_hash="127.0.0.1", at=AT)
    request.getfixturevalue("new_keys")
    assert Person.unscoped.get(contact_phone_hash="12000000001") == row
    told = run("rotate_lookup_keys")
    assert "people_person.contact_phone_hash: 1 moved" in told
    assert "people_signinattempt.phone_hash: left to run out" in told
    assert stored("people_person", "contact_phone_hash", row.pk)[:2] == bytes((2, 2))
    assert Person.unscoped.get(contact_phone_hash="12000000001") == row


def test_every_hash_that_lasts_has_its_encrypted_source() -> None:
    _kept, lost = hashed_columns()
    # These rows live for a day, the marks of devices for half a year, and are left to run out: a new one here means
    # a hash that no rotation could carry over.
    assert sorted(lost) == [
        "needs_sheetarrival.address_hash", "people_devicemark.mark_hash", "people_signinattempt.address_hash",
        "people_signinattempt.phone_hash", "people_signincode.address_hash", "people_signincode.phone_hash",
        "reviews_reviewdevice.mark_hash",
    ]  # fmt: skip


def test_a_rotation_without_the_old_key_says_so_and_changes_nothing() -> None:
    row = delivery()
    before = stored("notify_delivery", "address", row.pk)
    with (
        override_settings(FIELD_KEYS=new_key_text(version=2)),
        pytest.raises(CommandError, match="version 1"),
    ):
        run("rotate_field_keys")
    assert stored("notify_delivery", "address", row.pk) == before
    with override_settings(FIELD_KEYS=new_key_text(version=2)), pytest.raises(UnknownKeyVersion):
        Delivery.objects.get(pk=row.pk)


def test_uniqueness_holds_over_hashes() -> None:
    delivery()
    with pytest.raises(IntegrityError):
        delivery()
