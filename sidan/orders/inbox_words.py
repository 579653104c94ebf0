"""What a telephone is told of a time that it had kept without network."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Grade
from sidan.core.errors import DomainError

WRITTEN: Final[dict[str, str | Promise]] = {
    Grade.STRONG: _("Written down, with the code as proof."),
    Grade.FAIR: _("Written down."),
    Grade.WEAK: _("Written down. Somebody else still has to confirm this time."),
}
BEFORE: Final = _("This was sent before; it was not written, and stays kept as you told it.")
KEPT: Final = _("Not written: %(why)s It stays kept as you told it; your leader can put it right.")
WRONG_ACCOUNT: Final = _(
    "Times of somebody else are kept on this telephone. They are sent when that person signs in."
)


def inbox_words(*, outcome: str, grade: str, refusal: DomainError | None) -> str:
    """Return what came of a record, in a sentence."""
    if outcome == "written":
        return str(WRITTEN.get(grade, WRITTEN[Grade.WEAK]))
    return str(KEPT) % {"why": str(refusal)} if refusal else str(BEFORE)
