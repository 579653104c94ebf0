"""What people wrote to the office, as each reader may see it (R-Z10).

Numbers are read by who writes needs down at the place, and only through a look that is recorded. Whoever else sees
needs and surveys there, as the city's supervisor, reads no note, and answers without house and door as well.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sidan.core.actor import Actor
from sidan.core.numbers import separate_numbers
from sidan.needs.models import Need, Survey
from sidan.needs.permissions import may_note
from sidan.needs.queries.surveys import Said
from sidan.orders.policies import veiled


def note_shown(*, need: Need, reader: Actor) -> str:
    """Return the note of a need without numbers; it is for the office of its place, and empty for others."""
    words = whole_note(need=need)
    return separate_numbers(words).text if words and may_note(actor=reader, place_id=need.place_id) else ""


def whole_note(*, need: Need) -> str:
    """Return the note of a need as it was written; the caller has checked who reads it, and records the look."""
    return str(need.text.words) if hasattr(need, "text") else ""


def answer_shown(*, words: str, survey: Survey, reader: Actor) -> str:
    """Return what was answered in words without numbers, and for who is not of the office without doors."""
    is_office = may_note(actor=reader, place_id=survey.place_id)
    return separate_numbers(words).text if is_office else veiled(words)


def answers_shown(
    *, said: Sequence[Said], survey: Survey, reader: Actor, opened: UUID | None = None
) -> list[Said]:
    """Return answers in words as a reader may see them; the sheet that was opened, and recorded so, in clear."""
    is_office = may_note(actor=reader, place_id=survey.place_id)
    return [
        one
        if one.answer.uuid == opened
        else replace(
            one,
            words=answer_shown(words=one.words, survey=survey, reader=reader),
            may_be_opened=is_office and bool(separate_numbers(one.words).numbers),
        )
        for one in said
    ]
