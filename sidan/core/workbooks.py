"""Tables that somebody brings along: the first sheet of an Excel workbook, or CSV; cells as text. Pure.

A workbook is a zip of XML. What a list of plans or names needs of it (cells of one sheet, shared and inline strings)
is little enough to be read here, within bounds that no prepared file gets past.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Invalid

MOST_BYTES: Final = 2_000_000
MOST_UNPACKED: Final = 20_000_000
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 60
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKED: Final = b"PK\x03\x04"
_CELL: Final = re.compile(r"^([A-Z]{1,3})\d+$")
_LETTERS: Final = 26
UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, ET.ParseError, KeyError, ValueError, NotImplementedError, RuntimeError,
    OSError,
)  # fmt: skip
"""How a file that is no workbook, a damaged one, or one with a password shows itself."""


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

    Days are told as Excel counts them (46086), for only the style of a cell knows that they are days.

    Raises:
        BadTable, TableTooLarge
    """
    if len(data) > MOST_BYTES:
        raise TableTooLarge
    rows = _of_workbook(data) if data.startswith(_PACKED) else _of_csv(data)
    table: list[list[str]] = []
    for row in rows:
        if len(table) > MOST_ROWS:
            raise TableTooLarge
        table.append([cell.strip() for cell in row[:MOST_COLUMNS]])
    while table and not any(table[-1]):
        table.pop()
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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if sum(part.file_size for part in book.infolist()) > MOST_UNPACKED:
                raise TableTooLarge
            shared = _shared_strings(book)
            sheet = _xml(book, _first_sheet(book))
    except UNREADABLE as wrong:
        raise BadTable from wrong
    for row in sheet.iter(f"{_MAIN}row"):
        yield _cells(row, shared)


def _xml(book: zipfile.ZipFile, name: str) -> ET.Element:
    """Read one part, no further than it says it is long; a document that declares entities is none of Excel's."""
    size = book.getinfo(name).file_size
    with book.open(name) as part:
        data = part.read(size + 1)
    if len(data) > size or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError(name)
    return ET.fromstring(data)


def _first_sheet(book: zipfile.ZipFile) -> str:
    """Return the name of the part of the first sheet."""
    first = next(_xml(book, "xl/workbook.xml").iter(f"{_MAIN}sheet"), None)
    if first is None:
        raise KeyError("sheet")
    wanted = first.attrib[_REL]
    for relation in _xml(book, "xl/_rels/workbook.xml.rels"):
        if relation.attrib.get("Id") == wanted:
            target = relation.attrib["Target"]
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(wanted)


def _shared_strings(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    return [_text(item) for item in _xml(book, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]


def _text(item: ET.Element) -> str:
    """Return the text of a string, of its runs too; how a character is pronounced is no part of it."""
    runs = [item.find(f"{_MAIN}t"), *(run.find(f"{_MAIN}t") for run in item.findall(f"{_MAIN}r"))]
    return "".join(run.text or "" for run in runs if run is not None)


def _cells(row: ET.Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.findall(f"{_MAIN}c"):
        column = _column(cell.attrib.get("r", ""), len(cells))
        if column >= MOST_COLUMNS:
            break
        cells += [""] * (column + 1 - len(cells))
        cells[column] = _value(cell, shared)
    return cells


def _column(reference: str, following: int) -> int:
    found = _CELL.match(reference)
    if found is None:
        return following
    number = 0
    for letter in found[1]:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: ET.Element, shared: list[str]) -> str:
    kind = cell.attrib.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return "" if inline is None else _text(inline)
    value = cell.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        number = int(value) if value.isdigit() else -1
        return shared[number] if 0 <= number < len(shared) else ""
    return value.removesuffix(".0") if kind == "n" else value
