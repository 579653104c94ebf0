"""What is counted of needs: who said what, where, and what came of it.

Needs are counted as they were written down. What is merged later or traced is told by the list of needs itself: those
links can be taken back, and a counter only ever adds.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.catalogue.queries import category_words
from sidan.core.figures import Figure, Words, register_source
from sidan.core.figures import Source as Counted
from sidan.needs.enums import Source, TraceKind

_NOTED: Final = "(need.at AT TIME ZONE 'Asia/Shanghai')::date"

NOTED: Final = f"""
SELECT need.place_id, {_NOTED} AS stood_on, {_NOTED} AS day, part.figure, part.key, part.change
FROM needs_need need
CROSS JOIN LATERAL (VALUES
    ('needs.noted', need.source, 1),
    ('needs.voices', coalesce(need.category_id, ''), need.voices)
) AS part(figure, key, change)
WHERE need.id > %(after)s AND need.id <= %(upto)s
"""

TRACES: Final = f"""
SELECT need.place_id, {_NOTED} AS stood_on, (trace.at AT TIME ZONE 'Asia/Shanghai')::date AS day,
       'needs.traced' AS figure, trace.kind AS key, 1 AS change
FROM needs_needtrace trace JOIN needs_need need ON need.id = trace.need_id
WHERE trace.id > %(after)s AND trace.id <= %(upto)s
"""

ANSWERS: Final = """
SELECT sheet.place_id, (sheet.at AT TIME ZONE 'Asia/Shanghai')::date AS stood_on,
       (sheet.at AT TIME ZONE 'Asia/Shanghai')::date AS day, 'needs.answered' AS figure, sheet.source AS key,
       1 AS change
FROM needs_surveyanswer sheet WHERE sheet.id > %(after)s AND sheet.id <= %(upto)s
"""


def _sources() -> Words:
    return dict(Source.choices)


def _categories() -> Words:
    return {**category_words(), "": _("Without a category")}


def _traces() -> Words:
    return dict(TraceKind.choices)


def register() -> None:
    """Declare the sources, once."""
    noted = (
        Figure("needs.noted", _("How needs were heard of"), keys=_sources),
        Figure("needs.voices", _("What people need, by voices"), keys=_categories),
    )
    register_source(Counted("needs.noted", "needs_need", NOTED, noted))
    traced = Figure("needs.traced", _("What needs led to"), keys=_traces)
    register_source(Counted("needs.traces", "needs_needtrace", TRACES, (traced,)))
    answered = Figure("needs.answered", _("Answers to surveys"), keys=_sources)
    register_source(Counted("needs.answers", "needs_surveyanswer", ANSWERS, (answered,)))
