"""The pure rules of the catalogue: room in a month, ordered lists, what a report of a kind of service asks for."""

from sidan.catalogue.policies.capacity import MOST_A_MONTH, MonthRoom, Rooms, month_after, months_from
from sidan.catalogue.policies.growing import standing
from sidan.catalogue.policies.ordering import Step, exchanged
from sidan.catalogue.policies.results import (
    LARGEST_NUMBER,
    LONGEST_LABEL,
    LONGEST_TEXT,
    MOST_CHOICES,
    MOST_FIELDS,
    ResultChoice,
    ResultField,
    fields_from,
    kept_answers,
    wrong_answers,
    wrong_fields,
)
from sidan.core.pressure import SOON

__all__ = [
    "LARGEST_NUMBER",
    "LONGEST_LABEL",
    "LONGEST_TEXT",
    "MOST_A_MONTH",
    "MOST_CHOICES",
    "MOST_FIELDS",
    "SOON",
    "MonthRoom",
    "ResultChoice",
    "ResultField",
    "Rooms",
    "Step",
    "exchanged",
    "fields_from",
    "kept_answers",
    "month_after",
    "months_from",
    "standing",
    "wrong_answers",
    "wrong_fields",
]
