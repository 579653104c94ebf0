"""What the demo wrote, table by table, told without the ids that a database counts up.

Run as a program it loads the county in this process, prints the fingerprint and takes the county back.
"""

import hashlib
import json
import sys
from datetime import date
from typing import Any, Final

import django
from django.apps import apps
from django.db import models, transaction

TODAY: Final = date(2026, 11, 21)
KINDS_OF_ROWS_LEFT_OUT: Final = {
    "limits.limit", "limits.edition", "places.workingdayentry", "audit.entry",
}  # fmt: skip
"""Rows of migrations, which every installation names for itself, numbers of editions, which never come twice, and the
trail, which tells ids as facts."""
COUNTED: Final = frozenset(
    {
        "step_id",
        "order_id",
        "assignment_id",
        "visit_id",
        "part_id",
        "team_id",
        "place_id",
        "county_id",
        "upto",
        "told_by",
        "subject_id",
    }
)
"""Ids that are no foreign keys."""
IDS_INSIDE: Final = frozenset({"before", "after", "effect"})
"""Facts of a place's change, the id of its parent among them; the name of what a notice was caused by."""
SALTED: Final = frozenset({"password"})


def fingerprint(*, today: date) -> dict[str, str]:
    """Load a tiny county, hash the rows of every table that has some, and take the county back."""
    from sidan.core.scope import everything  # the program sets Django up first
    from sidan.web.demo import Size, load_county  # as above

    tiny = Size("small", teams=50, volunteers=420, projects=55, orders=80, residents=20, practitioners=5)
    with transaction.atomic(), everything("a look at the demo"):
        load_county(size=tiny, today=today)
        ranks: dict[type[models.Model], dict[Any, int]] = {}
        told = {}
        for model in _models():
            rows = list(model._base_manager.order_by("pk"))
            if rows:
                text = "\n".join(_told(row, ranks) for row in rows)
                told[model._meta.label_lower] = hashlib.sha256(text.encode()).hexdigest()[:16]
        transaction.set_rollback(True)
    return told


def _models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("sidan.")
        and model._meta.managed
        and model._meta.label_lower not in KINDS_OF_ROWS_LEFT_OUT
    ]


def _told(row: models.Model, ranks: dict[type[models.Model], dict[Any, int]]) -> str:
    """Return a row's columns; a foreign key is told as the rank of the row it points at."""
    columns: list[Any] = []
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, models.ForeignKey):
            columns.append(_rank(field, value, ranks))
        elif not field.primary_key and field.attname not in COUNTED | IDS_INSIDE | SALTED:
            columns.append(str(value))
    return json.dumps(columns, ensure_ascii=False)


def _rank(
    field: models.ForeignKey[Any, Any], value: Any, ranks: dict[type[models.Model], dict[Any, int]]
) -> int | None:
    if value is None:
        return None
    target: Any = field.related_model
    if target not in ranks:
        keys = target._base_manager.order_by("pk").values_list(field.target_field.attname, flat=True)
        ranks[target] = {key: nth for nth, key in enumerate(keys)}
    return ranks[target][value]


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(fingerprint(today=TODAY)))
