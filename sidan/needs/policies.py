"""What questions of a survey may be, and whether answers fit them. No database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MOST_QUESTIONS: Final = 12
MOST_CHOICES: Final = 12
LONGEST_TEXT: Final = 500
LONGEST_KEPT_SECONDS: Final = 365 * 24 * 3600
"""What a device says at most of how long it kept a sheet; a clock that was wrong may tell anything."""


class BadQuestions(ValueError):
    """Questions that nobody could answer; `line` says where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its kind (one, many, text), its words, and what may be chosen."""

    kind: str
    words: str
    choices: tuple[str, ...] = ()


def read_questions(text: str) -> list[Question]:
    """Read questions as people write them: a line each, choices on the next lines after "-" (one) or "+" (several).

    A question without choices is answered in words.

    Raises:
        BadQuestions: a choice before any question, a single choice, both signs mixed, too many of either.
    """
    found: list[tuple[int, str, list[str], str]] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        if line[0] in "-+":
            if not found or found[-1][3] not in {"", line[0]} or not line[1:].strip():
                raise BadQuestions(number)
            at, words, choices, _sign = found[-1]
            found[-1] = (at, words, [*choices, line[1:].strip()], line[0])
        else:
            found.append((number, line, [], ""))
    for at, _words, choices, _sign in found:
        if len(choices) == 1 or len(choices) > MOST_CHOICES or len(set(choices)) != len(choices):
            raise BadQuestions(at)
    if not 1 <= len(found) <= MOST_QUESTIONS:
        raise BadQuestions(0)
    kinds = {"": "text", "-": "one", "+": "many"}
    return [Question(kinds[sign], words, tuple(choices)) for _at, words, choices, sign in found]


def said_in_words(questions: Sequence[Question], answers: Mapping[str, Sequence[str]]) -> str:
    """Return all that one sheet says in somebody's own words; what was chosen is the office's."""
    lines = [
        value
        for number, question in enumerate(questions)
        for value in answers.get(str(number), ())
        if question.kind == "text"
    ]
    return "\n".join(lines)


def fits(questions: Sequence[Question], answers: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether answers (by the number of the question) are answers to these questions; all may be left out.

    Each choice is made once, and a number is written as it is read: "2", not "02".
    """
    by_number = {str(number): question for number, question in enumerate(questions)}
    for key, values in answers.items():
        question = by_number.get(key)
        if question is None or len(values) != len(set(values)):
            return False
        if question.kind == "text":
            if len(values) > 1 or any(len(value) > LONGEST_TEXT for value in values):
                return False
        elif not set(values) <= set(question.choices) or (question.kind == "one" and len(values) > 1):
            return False
    return any(values for values in answers.values())
