"""Tables that somebody brings along: the first sheet of an Excel workbook, or CSV; cells as text."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from sidan.core.errors import Invalid

MOST_BYTES: Final = 2_000_000
MOST_UNPACKED: Final = 20_000_000
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 60
_PACKED: Final = b"PK\x03\x04"


class BadTable(Invalid):
    code = "bad_table"
    sentence = _("This file could not be read. Please send an Excel workbook (.xlsx) or a table in CSV.")


class TableTooLarge(Invalid):
    code = "table_too_large"
    sentence = _("This table is too large: %(rows)s rows and 2 MB at most.")

    def __init__(self) -> None:
        super().__init__(rows=MOST_ROWS)


def read_table(data: bytes) -> list[list[str]]:
    """Return the rows of a table as text, without empty ones at the end; a formula is what it came to.

    A day is told as 2027-03-05, a number without a point that says nothing.

    Raises:
        BadTable, TableTooLarge
    """
    if len(data) > MOST_BYTES:
        raise TableTooLarge
    rows = _of_workbook(data) if data.startswith(_PACKED) else _of_csv(data)
    table: list[list[str]] = []
    # A workbook may have a million rows that are only coloured.
    for number, row in enumerate(rows):
        cells = [cell.strip() for cell in row[:MOST_COLUMNS]]
        if not any(cells):
            continue
        if number > MOST_ROWS:
            raise TableTooLarge
        table += [[] for _empty in range(number - len(table))]
        table.append(cells)
    return table


def _of_csv(data: bytes) -> Iterator[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise BadTable
    if "\x00" in text:
        raise BadTable
    try:
        yield from csv.reader(io.StringIO(text, newline=""))
    except csv.Error as wrong:
        raise BadTable from wrong


def _of_workbook(data: bytes) -> Iterator[list[str]]:
    """Read row by row: a few bytes can name the last cell of a million rows."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            is_large = sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED
        if is_large:
            raise TableTooLarge
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        # What a workbook says of its size may be wrong, and nothing be read.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            yield [_text(cell) for cell in row[:MOST_COLUMNS]]
    except TableTooLarge:
        raise
    except Exception as wrong:  # a damaged file may fail anywhere in the reader, in any way
        raise BadTable from wrong


def _text(value: Any) -> str:
    """Return what a cell holds as somebody would have typed it."""
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
