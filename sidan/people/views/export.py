"""Lists as CSV, row by row: a list of any length costs no more memory than one row."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.http import StreamingHttpResponse
from django.utils import translation

from sidan.core.scope import Scope, scoped

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_BOM: Final = "\ufeff"
"""Excel reads a file without it in the county's old code page and shows nonsense."""


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def plain_cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_response(
    *, filename: str, header: Sequence[object], rows: Iterable[Sequence[object]], scope: Scope
) -> StreamingHttpResponse:
    """Answer with a list as CSV.

    The rows are read while they are sent, when the request's own scope and language are gone: both are entered again.
    """
    language = translation.get_language() or "zh-hans"
    lines = _lines(header=[str(cell) for cell in header], rows=rows, scope=scope, language=language)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _lines(
    *, header: Sequence[str], rows: Iterable[Sequence[object]], scope: Scope, language: str
) -> Iterator[str]:
    writer = csv.writer(_Echo())
    with scoped(scope), translation.override(language):
        yield _BOM + writer.writerow(header)
        for row in rows:
            yield writer.writerow([plain_cell(cell) for cell in row])
