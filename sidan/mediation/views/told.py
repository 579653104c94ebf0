"""The history of a case in words."""

from collections.abc import Iterable

from sidan.core.badges import ToldStep, told_turn
from sidan.mediation.models import CaseStep
from sidan.mediation.words import STEPS


def told_steps(steps: Iterable[CaseStep]) -> list[ToldStep]:
    """Tell what happened and who did it, newest first."""
    return [told_turn(step, words=STEPS, who=step.actor.person.name if step.actor else "") for step in steps][
        ::-1
    ]
