"""What is counted of needs: who said what, where, and what came of it.

Needs are counted as they were written down, and by the kind that was said of them later, where they had none. What is
merged later or traced is told by the list of needs itself: those links can be taken back, and a counter only ever adds.
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
FROM needs_need need LEFT JOIN needs_needkind said ON said.need_id = need.id
CROSS JOIN LATERAL (VALUES
    ('needs.noted', need.source, 1),
    ('needs.voices', CASE WHEN said.id IS NULL THEN coalesce(need.category_id, '') ELSE '' END, need.voices)
) AS part(figure, key, change)
WHERE need.id > %(after)s AND need.id <= %(upto)s
"""

KINDS: Final = f"""
SELECT need.place_id, {_NOTED} AS stood_on, {_NOTED} AS day, 'needs.voices' AS figure, part.key, part.change
FROM needs_needkind said JOIN needs_need need ON need.id = said.need_id
CROSS JOIN LATERAL (VALUES ('', -need.voices), (said.category_id, need.voices)) AS part(key, change)
WHERE said.id > %(after)s AND said.id <= %(upto)s
"""
"""Voices go over to the kind that was said of their need later, on the day on which it was heard."""

TRACES: Final = f"""
SELECT need.place_id, {_NOTED} AS stood_on, (trace.at AT TIME ZONE 'Asia/Shanghai')::date AS day,
       'needs.traced' AS figure, trace.kind AS key, 1 AS change
FROM needs_needtrace trace JOIN needs_need need ON need.id = trace.need_id
WHERE trace.id > %(after)s AND trace.id <= %(upto)s
"""

UNTRACED: Final = f"""
SELECT need.place_id, {_NOTED} AS stood_on, (gone.at AT TIME ZONE 'Asia/Shanghai')::date AS day,
       'needs.traced' AS figure, trace.kind AS key, -1 AS change
FROM needs_needtraceend gone JOIN needs_needtrace trace ON trace.id = gone.trace_id
JOIN needs_need need ON need.id = trace.need_id
WHERE gone.id > %(after)s AND gone.id <= %(upto)s AND coalesce((
    SELECT last.stands FROM needs_needtracestanding last WHERE last.trace_id = trace.id ORDER BY last.id DESC LIMIT 1
), true)
"""
"""A link that counted no longer is not taken off twice; once it is taken back, its standing never changes again."""

STANDINGS: Final = f"""
SELECT need.place_id, {_NOTED} AS stood_on, (turn.at AT TIME ZONE 'Asia/Shanghai')::date AS day,
       'needs.traced' AS figure, trace.kind AS key, CASE WHEN turn.stands THEN 1 ELSE -1 END AS change
FROM needs_needtracestanding turn JOIN needs_needtrace trace ON trace.id = turn.trace_id
JOIN needs_need need ON need.id = trace.need_id
WHERE turn.id > %(after)s AND turn.id <= %(upto)s
"""
"""What ended without a service is taken off on that day, and counts again from the day on which it is opened. Of two
links that lead to the same one is taken off on the day on which their needs, or their orders, were merged."""

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
    noted = Figure("needs.noted", _("How needs were heard of"), keys=_sources)
    voices = Figure("needs.voices", _("What people need, by voices"), keys=_categories)
    register_source(Counted("needs.noted", "needs_need", NOTED, (noted, voices)))
    register_source(Counted("needs.kinds", "needs_needkind", KINDS, (voices,)))
    traced = Figure("needs.traced", _("What needs led to"), keys=_traces)
    register_source(Counted("needs.traces", "needs_needtrace", TRACES, (traced,)))
    register_source(Counted("needs.untraced", "needs_needtraceend", UNTRACED, (traced,)))
    register_source(Counted("needs.standings", "needs_needtracestanding", STANDINGS, (traced,)))
    answered = Figure("needs.answered", _("Answers to surveys"), keys=_sources)
    register_source(Counted("needs.answers", "needs_surveyanswer", ANSWERS, (answered,)))
