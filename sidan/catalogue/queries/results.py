"""What reports of a kind of service ask for: the newest version, its own or of the nearest kind above that has one."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sidan.catalogue.models import Category, ResultTemplate
from sidan.catalogue.policies import ResultField, fields_from
from sidan.catalogue.queries.categories import category_line
from sidan.core.language import ShownName, shown

_USUAL_FILE: Final = Path(__file__).parent.parent / "data" / "usual_results.json"


@dataclass(frozen=True, slots=True)
class UsualResults(ShownName):
    """What reports of a common kind of service ask for, to begin with."""

    code: str
    name: str
    name_en: str
    fields: tuple[ResultField, ...]


def result_template_for(*, code: str) -> ResultTemplate | None:
    """Return the version that reports of a kind are written with now; None where nothing is asked: two queries."""
    line = category_line(code=code)
    newest = _newest(line)
    for each in line:
        template = newest.get(each)
        if template is not None and not template.follows:
            return template if template.fields else None
    return None


def result_template_by_uuid(*, uuid: UUID, category: str) -> ResultTemplate | None:
    """Return a version, an older one too, if it is of a kind or of one above it: a form may have been opened before."""
    found = ResultTemplate.objects.filter(uuid=uuid, follows=False).first()
    return found if found and found.category_id in category_line(code=category) else None


def result_versions(*, code: str) -> list[ResultTemplate]:
    """Return all versions of a kind's own, newest first."""
    return list(ResultTemplate.objects.filter(category=code).order_by("-version"))


def number_words() -> dict[str, str]:
    """Return the words of every number that a report has ever asked for, by the kind and the code of the field."""
    words: dict[str, str] = {}
    rows = ResultTemplate.objects.select_related("category").order_by(
        "category__position", "category_id", "version"
    )
    for template in rows:
        for field in template.asked:
            if field.kind == "number":
                kind, label = template.category.shown_name, shown(field.label, field.label_en)
                words[f"{template.category_id}|{field.code}"] = f"{kind} · {label}"
    return words


def kinds_that_ask(nodes: Iterable[Category]) -> set[str]:
    """Return the codes of the kinds that have a template of their own."""
    newest = _newest([category.code for category in nodes])
    return {code for code, template in newest.items() if not template.follows and template.fields}


@cache
def usual_results() -> tuple[UsualResults, ...]:
    """Return what is usually asked of common kinds of service; staff choose one to begin with."""
    rows: list[dict[str, Any]] = json.loads(_USUAL_FILE.read_text("utf-8"))
    return tuple(UsualResults(**{**row, "fields": tuple(fields_from(row["fields"]))}) for row in rows)


def _newest(codes: Iterable[str]) -> dict[str, ResultTemplate]:
    rows = ResultTemplate.objects.filter(category__in=list(codes)).order_by("category_id", "-version")
    return {row.category_id: row for row in rows.distinct("category_id")}
