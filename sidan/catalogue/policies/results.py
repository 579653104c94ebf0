"""What the report of a visit asks for by its kind of service, and whether answers fit. No database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

MOST_FIELDS: Final = 12
"""A volunteer fills it in on a telephone after the work."""
MOST_CHOICES: Final = 8
LONGEST_LABEL: Final = 40
LONGEST_TEXT: Final = 100
LARGEST_NUMBER: Final = 99_999
Answer = int | bool | str


@dataclass(frozen=True, slots=True)
class ResultChoice:
    """One of several answers; its code stays the same from version to version."""

    code: str
    label: str
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class ResultField:
    """One thing that a report says. `kind` is of `enums.ResultKind`; numbers are counted by the code."""

    code: str
    kind: str
    label: str
    label_en: str = ""
    is_required: bool = False
    choices: tuple[ResultChoice, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the field as it is stored."""
        return asdict(self)


def fields_from(rows: Sequence[Mapping[str, Any]]) -> list[ResultField]:
    """Return stored fields as the rules know them."""
    return [
        ResultField(**{**row, "choices": tuple(ResultChoice(**choice) for choice in row["choices"])})
        for row in rows
    ]


def wrong_fields(fields: Sequence[ResultField]) -> dict[int, str]:
    """Return what is wrong with fields that staff wrote, by their place: "taken", "choices" or "many"."""
    wrong: dict[int, str] = {}
    seen: set[str] = set()
    for nth, field in enumerate(fields):
        labels = [choice.label for choice in field.choices]
        if field.label in seen:
            wrong[nth] = "taken"
        elif field.kind == "choice" and not 2 <= len(set(labels)) == len(labels) <= MOST_CHOICES:
            wrong[nth] = "choices"
        elif nth >= MOST_FIELDS:
            wrong[nth] = "many"
        seen.add(field.label)
    return wrong


def kept_answers(answers: Mapping[str, object]) -> dict[str, object]:
    """Return the answers that say something: what was left open is not kept."""
    return {code: answer for code, answer in answers.items() if answer is not None and answer != ""}


def wrong_answers(fields: Sequence[ResultField], answers: Mapping[str, object]) -> dict[str, str]:
    """Return what is wrong with answers, by the code of the field: "missing", "unknown", or the kind that it is not."""
    kept = kept_answers(answers)
    known = {field.code: field for field in fields}
    wrong = {code: "unknown" for code in kept if code not in known}
    for code, field in known.items():
        if code not in kept:
            if field.is_required:
                wrong[code] = "missing"
        elif not _fits(field, kept[code]):
            wrong[code] = field.kind
    return wrong


def _fits(field: ResultField, answer: object) -> bool:
    if field.kind == "number":
        return isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer <= LARGEST_NUMBER
    if field.kind == "yes_no":
        return isinstance(answer, bool)
    if field.kind == "choice":
        return answer in {choice.code for choice in field.choices}
    return isinstance(answer, str) and len(answer) <= LONGEST_TEXT
