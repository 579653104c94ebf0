"""Days that have a name, as they are chosen."""

from sidan.activities.enums import NamedDayKind
from sidan.activities.models import NamedDay


def named_days() -> list[tuple[NamedDayKind, list[NamedDay]]]:
    """Return the days with a name that are kept now, by their kinds and in the order of the year."""
    kept = list(NamedDay.objects.filter(is_active=True))
    return [(kind, [named for named in kept if named.kind == kind]) for kind in NamedDayKind]
