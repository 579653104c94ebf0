"""The history of a case in words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext

from sidan.core.badges import ToldStep, told_turn
from sidan.core.moments import day_words
from sidan.mediation.models import CaseStep, FollowUp
from sidan.mediation.words import STEPS


def told_steps(
    steps: Iterable[CaseStep], *, today: date, follow_ups: Iterable[FollowUp] = ()
) -> list[ToldStep]:
    """Tell what happened and who did it, newest first; at an end also which `follow_ups` nobody held."""
    dropped: dict[datetime, list[str]] = {}
    for one in follow_ups:
        if one.dropped_at is not None:
            dropped.setdefault(one.dropped_at, []).append(day_words(one.due_on, today=today))
    return [_told(step, dropped.get(step.at, [])) for step in steps][::-1]


def _told(step: CaseStep, days: list[str]) -> ToldStep:
    told = told_turn(step, words=STEPS, who=step.actor.person.name if step.actor else "")
    if not days:
        return told
    left = gettext("Follow-ups not held: %(days)s") % {"days": ", ".join(days)}
    return replace(told, note=f"{told.note} · {left}" if told.note else left)
