"""What mediation tells the apps below it when it starts."""

from collections.abc import Collection, Mapping

from sidan.audit.registry import register_names, register_verbs
from sidan.core.badges import register_looks
from sidan.mediation import figures, notices, words
from sidan.mediation.models import Case


def _numbers(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Case.unscoped.filter(pk__in=ids).values_list("pk", "number"))


def register() -> None:
    """Register everything once."""
    notices.register()
    figures.register()
    register_looks(machine="mediation", looks=words.CASE_LOOKS)
    register_looks(machine="sitting", looks=words.SITTING_LOOKS)
    register_verbs(words.TRAIL)
    register_names("mediation_case", _numbers)
