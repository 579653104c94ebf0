"""Tables to take along: one file for every spreadsheet, sent row by row."""

import csv
from collections.abc import Iterable, Iterator
from typing import Final

from django.http import StreamingHttpResponse
from django.utils import translation

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_file(*, name: str, rows: Iterable[list[object]]) -> StreamingHttpResponse:
    """Send a table row by row. A cell that a spreadsheet would take for a formula is shown as text."""
    language = translation.get_language()

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        # The mark by which spreadsheets know that it is UTF-8.
        yield "\ufeff"
        # Rows are made after the page's own language has been left.
        with translation.override(language):
            for row in rows:
                yield writer.writerow([_cell(value) for value in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
