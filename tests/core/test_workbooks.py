"""Tables that somebody brings along: workbooks as Excel and as our own export write them, and CSV."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from sidan.core.workbooks import MOST_ROWS, BadTable, TableTooLarge, read_table


def workbook(rows: list[list[object]], **options: object) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **options})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            else:
                sheet.write(number, column, cell)
    book.close()
    return target.getvalue()


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}])
def test_a_workbook_is_read_with_shared_and_with_inline_strings(options: dict[str, object]) -> None:
    data = workbook([["时间", "主题"], [date(2027, 3, 5), "反诈宣讲"], ["", ""]], **options)
    assert read_table(data) == [["时间", "主题"], ["2027-03-05", "反诈宣讲"]]


def test_a_cell_stands_in_its_column_though_those_before_it_are_empty() -> None:
    assert read_table(workbook([["", "", "第三列"]])) == [["", "", "第三列"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_as_excel_and_others_write_it(encoding: str) -> None:
    assert read_table('时间,主题\n3月,"讲座, 两场"\n\n'.encode(encoding)) == [
        ["时间", "主题"],
        ["3月", "讲座, 两场"],
    ]


def damaged(data: bytes) -> bytes:
    """Return a workbook of which the sheet ends in the middle, as far as it says of itself that it is whole."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            new.writestr(part.filename, text[:-30] if "sheet1" in part.filename else text)
    return target.getvalue()


def test_numbers_and_signs_are_told_as_they_were_typed() -> None:
    assert read_table(workbook([[3, 2.5, "²", True, 4.0]])) == [["3", "2.5", "²", "True", "4"]]


def test_what_fills_the_last_cell_of_a_sheet_is_too_large_and_what_only_colours_it_is_not() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "时间")
    sheet.write_blank(1_048_575, 0, None, book.add_format({"bg_color": "red"}))
    book.close()
    assert read_table(target.getvalue()) == [["时间"]]
    with pytest.raises(TableTooLarge):
        read_table(workbook([["时间"]] + [[]] * MOST_ROWS + [["", "下面"]]))


def test_what_is_no_table_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr("xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    whole = workbook([["时间", "主题"]])
    for data in (b"PK\x03\x04 broken", packed.getvalue(), b"\x00\x01\x02", damaged(whole), whole[:-40]):
        with pytest.raises(BadTable):
            read_table(data)


def test_a_table_has_bounds() -> None:
    with pytest.raises(TableTooLarge):
        read_table(b"a\n" * (MOST_ROWS + 2))
    with pytest.raises(TableTooLarge):
        read_table(b"a" * 2_000_001)
