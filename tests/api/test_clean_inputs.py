"""No text of any request reaches an operation with what no person types in it: a NUL would stop PostgreSQL."""

from collections.abc import Iterator
from typing import Annotated, Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

import config.urls  # noqa: F401 - the routes import the schemas of every app
from sidan.core.inputs import Input

HASHED: Final = frozenset({"password", "new", "present"})
"""Passwords are taken as they are typed, and never kept or looked for in the database."""
UNCLEAN: Final = "a\0b"


def schemas(of: type[Input] = Input) -> Iterator[type[Input]]:
    """Yield every schema that a program may send, however deep."""
    for schema in of.__subclasses__():
        if schema.__module__.startswith("sidan."):
            yield schema
        yield from schemas(schema)


def takes(field: FieldInfo) -> bool:
    """Tell whether a field takes the text, or a list or mapping of it."""
    adapter = TypeAdapter[Any](Annotated[field.annotation, *field.metadata, "as the schema reads it"])
    for value in (UNCLEAN, [UNCLEAN], [UNCLEAN] * 3, {"1": [UNCLEAN]}, {UNCLEAN: 1}, {UNCLEAN: ["a"]}):
        try:
            adapter.validate_python(value)
        except ValidationError:
            continue
        return True
    return False


FIELDS: Final = [
    (schema, name, field)
    for schema in dict.fromkeys(schemas())
    for name, field in schema.model_fields.items()
    if name not in HASHED
]


def test_no_field_takes_what_nobody_types() -> None:
    """Of a schema as of any list or mapping in it; new fields are looked at without being named here."""
    assert len(FIELDS) > 200
    assert not [f"{schema.__name__}.{name}" for schema, name, field in FIELDS if takes(field)]
