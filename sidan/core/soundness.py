"""What must hold of the rows of an installation, asked of the database as a whole: by `sidan doctor`, after loading.

The operations keep these rules and the database guards most of them; a restored backup, rows loaded in bulk or a
hand in the tables may break them. Each app declares its own in statements that cost seconds with millions of rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its code, a sentence that says what holds, and a SELECT of how many rows break it."""

    code: str
    holds: str
    broken: str


@dataclass(frozen=True, slots=True)
class Kept:
    """How a rule is kept: nothing broken is as it should be."""

    rule: Rule
    broken: int


_rules: Final[dict[str, Rule]] = {}


def register_rule(rule: Rule) -> None:
    """Make a rule known; done by each app when it starts."""
    _rules[rule.code] = rule


def rules() -> list[Rule]:
    """Return every rule that the apps declared."""
    return list(_rules.values())


def look_at(rule: Rule) -> Kept:
    """Count the rows that break a rule. The caller may see every row."""
    with connection.cursor() as cursor:
        cursor.execute(rule.broken)
        return Kept(rule, int(cursor.fetchone()[0]))


def look_at_all() -> Iterator[Kept]:
    """Count the rows that break each rule, one rule after the other. The caller may see every row."""
    return map(look_at, rules())
