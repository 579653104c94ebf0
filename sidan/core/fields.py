"""Columns for what must not lie open in the database: an encrypted text and the keyed hash that finds it.

A typical pair (the first names the second nowhere; the hash follows its source by itself at every save):

    phone = EncryptedTextField(max_length=20)
    phone_hash = LookupHashField(source="phone", unique=True)

`Account.objects.filter(phone_hash="12012345678")` takes the plain value and compares hashes. With
`save(update_fields=[…])` both columns must be named, as with any column derived from another.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Exact, In, IsNull

from sidan.core.crypto import field_keys, lookup_keys

if TYPE_CHECKING:
    _TextField = models.Field[str | None, str]
    _BytesField = models.Field[bytes | str | None, bytes]
else:
    _TextField = _BytesField = models.Field


class SecretText(str):
    """A decrypted text. It prints where it is wanted but hides in tracebacks, logs and debuggers."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'•••'"


class EncryptedTextField(_TextField):
    """A text that is stored encrypted. It cannot be searched; `LookupHashField` beside it can.

    Args:
        purpose: the name authenticated with the value; by default table.column. Give it when a table may be renamed.

    An empty text is stored as no bytes at all: its length would tell as much.
    """

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self._given_purpose = purpose
        super().__init__(*args, **kwargs)

    @property
    def purpose(self) -> str:
        """What is authenticated with each value of this column."""
        return self._given_purpose or f"{self.model._meta.db_table}.{self.column}"

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self._given_purpose:
            kwargs["purpose"] = self._given_purpose
        return name, path, args, kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "bytea"

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None:
            return None
        if value == "":
            return b""
        return field_keys().encrypt(value=str(value), purpose=self.purpose)

    def from_db_value(self, value: Any, expression: object, connection: object) -> str | None:
        if value is None:
            return None
        token = bytes(value)
        return SecretText(field_keys().decrypt(token=token, purpose=self.purpose)) if token else ""

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else str(value)

    def value_to_string(self, obj: models.Model) -> str:
        # Fixtures and dumps made by Django would be plain: refuse rather than leak.
        raise FieldError(f"{self.model.__name__}.{self.name} is encrypted and is not serialised")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return IsNull
        raise FieldError(f"{self.name} is encrypted: search its lookup hash instead")

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        defaults: dict[str, Any] = {"max_length": self.max_length, "form_class": forms.CharField}
        return super().formfield(*args, **{**defaults, **kwargs})


class LookupHashField(_BytesField):
    """The keyed hash of a normalised value: equal values are found, nothing else can be learned.

    Args:
        source: the attribute whose value is hashed at every save; without it the hash is assigned as plain text.
        purpose: what separates this column's hashes from others; by default table.column. Columns that must be
            comparable with each other share one.
        normalise: brings a text to its one written form before it is hashed, on saving and on searching.
    """

    def __init__(
        self,
        *args: Any,
        source: str = "",
        purpose: str = "",
        normalise: Callable[[str], str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.source = source
        self.normalise = normalise
        self._given_purpose = purpose
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    @property
    def purpose(self) -> str:
        """What is hashed together with each value of this column."""
        return self._given_purpose or f"{self.model._meta.db_table}.{self.column}"

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        for key, value in (("source", self.source), ("purpose", self._given_purpose)):
            if value:
                kwargs[key] = value
        if self.normalise is not None:
            kwargs["normalise"] = self.normalise
        return name, path, args, kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "bytea"

    def plain_form(self, value: str) -> str:
        """Return the one written form of a value, which is what is hashed."""
        return self.normalise(value) if self.normalise else value

    def hash_of(self, value: str | None) -> bytes | None:
        """Return what is stored for a plain value; nothing is stored for none."""
        if not value:
            return None
        return lookup_keys().hash(value=self.plain_form(value), purpose=self.purpose)

    def hashes_of(self, value: str) -> list[bytes]:
        """Return every hash under which a plain value may stand."""
        return lookup_keys().candidates(value=self.plain_form(value), purpose=self.purpose)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if not self.source:
            return super().pre_save(model_instance, add)
        hashed = self.hash_of(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, hashed)
        return hashed

    def get_prep_value(self, value: Any) -> bytes | None:
        return self.hash_of(value) if isinstance(value, str) else value

    def from_db_value(self, value: Any, expression: object, connection: object) -> bytes | None:
        return None if value is None else bytes(value)

    def get_lookup(self, lookup_name: str) -> Any:
        allowed = {"exact": _HashExact, "in": _HashIn, "isnull": IsNull}
        if lookup_name not in allowed:
            raise FieldError(f"{self.name} is a hash: it can only be equal to something")
        return allowed[lookup_name]


def _stored_forms(field: object, value: object) -> list[bytes]:
    # Reached through a relation, the lookup's left side still carries the hash field as its output field.
    if isinstance(value, str):
        return cast("LookupHashField", field).hashes_of(value)
    return [cast("bytes", value)]


class _HashIn(In):
    """`IN` over plain values: each becomes its possible hashes."""

    def get_prep_lookup(self) -> Any:
        if isinstance(self.rhs, (list, tuple, set, frozenset)):
            field = self.lhs.output_field
            self.rhs = [form for value in self.rhs for form in _stored_forms(field, value)]
        return super().get_prep_lookup()


class _HashExact(Exact):
    """Equality with a plain value: equality with any hash under which it may stand."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if isinstance(self.rhs, _Candidates) and len(self.rhs) > 1:
            left, params = self.process_lhs(compiler, connection)
            return f"{left} = ANY(%s)", [*params, list(self.rhs)]
        if isinstance(self.rhs, _Candidates):
            self.rhs = self.rhs[0]
        return super().as_sql(compiler, connection)

    def get_prep_lookup(self) -> Any:
        if isinstance(self.rhs, str):
            return _Candidates(_stored_forms(self.lhs.output_field, self.rhs))
        return super().get_prep_lookup()


class _Candidates(list[bytes]):
    """The hashes of one plain value, told apart from a value that is a list."""
