"""Lists to take away: CSV row by row, or a workbook for Excel. No cell is ever taken for a formula."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import translation

from sidan.core.clock import BUSINESS_ZONE
from sidan.core.scope import Scope, current_scope, scoped

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_BOM: Final = "\ufeff"
"""Excel reads a file without it in the county's old code page and shows nonsense."""
MOST_ROWS: Final = 1_048_575
"""What a sheet of Excel holds under its head."""
WIDTH: Final = 18
XLSX: Final = "xlsx"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def plain_cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def moment_cell(at: datetime) -> str:
    """Return a moment as a cell shows it, in China's own time."""
    return f"{at.astimezone(BUSINESS_ZONE):%Y-%m-%d %H:%M}"


def table_response(
    request: HttpRequest, *, name: str, header: Sequence[object], rows: Iterable[Sequence[object]]
) -> HttpResponseBase:
    """Answer with a list as a file: CSV, or a workbook where the address says `format=xlsx`.

    Rows of CSV are read while they are sent, when the request's scope and language are gone: both are entered again.
    """
    heads = [str(cell) for cell in header]
    if request.GET.get("format") == XLSX or request.POST.get("format") == XLSX:
        return _workbook(name=name, header=heads, rows=rows)
    language = translation.get_language() or "zh-hans"
    lines = _lines(header=heads, rows=rows, scope=current_scope(), language=language)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(
    *, header: Sequence[str], rows: Iterable[Sequence[object]], scope: Scope, language: str
) -> Iterator[str]:
    writer = csv.writer(_Echo())
    with scoped(scope), translation.override(language):
        yield _BOM + writer.writerow(header)
        for row in rows:
            yield writer.writerow([plain_cell(cell) for cell in row])


def _workbook(*, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> FileResponse:
    """Write the sheet to a file that vanishes when it was sent: memory holds one row at a time."""
    # Handed to the answer, which closes it.
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by FileResponse
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    bold, sheet = book.add_format({"bold": True}), book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(header) - 1, 0), WIDTH)
    for column, head in enumerate(header):
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            break
        for column, value in enumerate(row):
            _write(sheet, number, column, value)
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)


def _write(sheet: Any, row: int, column: int, value: object) -> None:
    if isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, value.isoformat() if isinstance(value, date) else str(value))
