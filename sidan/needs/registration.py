"""What needs tell the apps below them when they start."""

from collections.abc import Collection, Mapping

from sidan.audit.registry import register_names, register_verbs
from sidan.core.badges import register_looks
from sidan.needs import figures, notices, words
from sidan.needs.models import Need, Survey


def _needs(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Need.unscoped.filter(pk__in=ids).values_list("pk", "title"))


def _surveys(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Survey.unscoped.filter(pk__in=ids).values_list("pk", "title"))


def register() -> None:
    """Register everything once."""
    notices.register()
    register_looks(machine="need", looks=words.NEED_LOOKS)
    register_looks(machine="survey", looks=words.SURVEY_LOOKS)
    register_verbs(words.TRAIL)
    register_names("need", _needs)
    register_names("survey", _surveys)
    figures.register()
