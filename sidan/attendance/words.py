"""How what is known of a coming or going reads."""

from django.utils.translation import gettext

from sidan.attendance.enums import MeasuredTo, Way


def way_words(*, way: str, distance_m: int | None, accuracy_m: int | None, measured_to: str) -> str:
    """Say how a time is known; of one by place how far from what a telephone was, and how exact that is."""
    how = str(Way(way).label)
    if distance_m is None or accuracy_m is None:
        return how
    measured = gettext("%(distance)s m from %(what)s, exact to %(accuracy)s m") % {
        "distance": distance_m, "accuracy": accuracy_m, "what": MeasuredTo(measured_to).label,
    }  # fmt: skip
    return f"{how} · {measured}"
