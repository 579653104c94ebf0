"""Which schools have every class of a series."""

from sidan.activities.models import Recurring
from sidan.schools.models import SeriesSchool


def schools_of_series(*, recurring: Recurring) -> list[SeriesSchool]:
    """Return what was said of a rule, or of those whose place it took: a change of the rule changes no school."""
    found: dict[int, SeriesSchool] = {}
    rule: Recurring | None = recurring
    while rule is not None:
        for told in SeriesSchool.objects.filter(series=rule).select_related("school__place").order_by("pk"):
            found.setdefault(told.school_id, told)
        # Seldom more than one or two: each change of a rule is one step back.
        rule = Recurring.unscoped.filter(pk=rule.follows_id).first() if rule.follows_id else None
    return list(found.values())
