"""What is counted of hours: minutes and records where they were served, less what was taken back (R-H1)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Way
from sidan.core.figures import Figure, Source, Words, register_source

ENTRIES: Final = """
SELECT entry.place_id, entry.day AS stood_on, entry.day AS day, part.figure, part.key, part.change
FROM hours_entry entry
CROSS JOIN LATERAL (VALUES
    ('hours.minutes', '', entry.minutes),
    ('hours.minutes_by_way', entry.way, entry.minutes),
    ('hours.records', '', sign(entry.minutes)::integer)
) AS part(figure, key, change)
WHERE entry.id > %(after)s AND entry.id <= %(upto)s
"""


def _ways() -> Words:
    return {way.value: way.label for way in Way}


def register() -> None:
    """Declare what is counted."""
    register_source(
        Source(
            code="hours.entries",
            table="hours_entry",
            changes=ENTRIES,
            figures=(
                Figure("hours.minutes", _("Minutes served")),
                Figure("hours.minutes_by_way", _("Minutes served, by how they are known"), keys=_ways),
                Figure("hours.records", _("Records of service")),
            ),
        )
    )
