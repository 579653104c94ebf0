"""How what is known of a coming or going reads."""

from django.utils.translation import gettext

from sidan.attendance.enums import MeasuredTo


def measured_words(*, distance_m: int, accuracy_m: int, measured_to: str) -> str:
    """Say how far from what a telephone was, and how exact that is."""
    return gettext("%(distance)s m from %(what)s, exact to %(accuracy)s m") % {
        "distance": distance_m, "accuracy": accuracy_m, "what": MeasuredTo(measured_to).label,
    }  # fmt: skip
