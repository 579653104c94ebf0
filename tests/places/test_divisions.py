"""Taking in the official divisions."""

import gzip
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sidan.core.actor import SYSTEM
from sidan.places.management.commands.load_divisions import COMPACT_FILE
from sidan.places.models import Division, Place
from sidan.places.operations.divisions import DivisionReport, load_divisions
from sidan.places.sources import BrokenSource, NoSource, division_rows, level_of, parent_code_of

SMALL = """code,name
36,江西省
3607,赣州市
360734,寻乌县
360734100,长宁镇
360734100001,中山居委会
360734100200,城北村委会
360734101,晨光镇
360734101200,沁园春村委会
"""


def _load(at: datetime, tmp_path: Path, text: str, name: str = "some.csv") -> DivisionReport:
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    return load_divisions(actor=SYSTEM, at=at, rows=division_rows(source))


def test_level_and_parent_follow_from_the_code() -> None:
    assert [level_of(code) for code in ("360000000000", "360700000000", "360734000000")] == [1, 2, 3]
    assert (level_of("360734100000"), parent_code_of("360734100000")) == (4, "360734000000")
    assert (level_of("360734100200"), parent_code_of("360734100200")) == (5, "360734100000")
    assert parent_code_of("360000000000") == ""
    # Dongguan has no counties: its townships stand right under the city
    assert parent_code_of("441900003000") == "441900000000"


@pytest.mark.django_db
def test_a_second_run_doubles_nothing(at: datetime, tmp_path: Path) -> None:
    first, second = (_load(at, tmp_path, SMALL) for _ in range(2))
    assert (first.added, first.unchanged) == (8, 0)
    assert (second.added, second.renamed, second.withdrawn, second.unchanged) == (0, 0, 0, 8)


@pytest.mark.django_db
def test_it_tells_what_was_added_renamed_withdrawn_and_came_back(at: datetime, tmp_path: Path) -> None:
    _load(at, tmp_path, SMALL)
    changed = SMALL.replace("长宁镇", "城关街道").replace("360734101,晨光镇\n360734101200,沁园春村委会\n", "")
    report = _load(at, tmp_path, changed + "360734102,留车镇\n")
    assert (report.added, report.renamed, report.withdrawn, report.unchanged) == (1, 1, 2, 5)
    assert report.renamed_examples == (("360734100000", "长宁镇", "城关街道"),)
    assert {code for code, _name in report.withdrawn_examples} == {"360734101000", "360734101200"}
    again = _load(at, tmp_path, SMALL)
    assert (again.returned, again.renamed, again.withdrawn) == (2, 1, 1)
    assert Division.objects.get(code="360734101200").withdrawn_on is None


@pytest.mark.django_db
def test_a_part_of_the_country_withdraws_nothing_elsewhere(at: datetime, tmp_path: Path) -> None:
    _load(at, tmp_path, SMALL + "44,广东省\n4401,广州市\n")
    report = _load(at, tmp_path, "code,name\n360734100001,中山居委会\n360734100200,城北村委会\n")
    assert (report.withdrawn, report.unchanged) == (0, 2)


@pytest.mark.django_db
def test_places_on_a_changed_division_are_named(
    at: datetime, tmp_path: Path, county: dict[str, Place]
) -> None:
    _load(at, tmp_path, SMALL)
    Place.objects.filter(pk=county["changning"].pk).update(division="360734100000")
    report = _load(at, tmp_path, SMALL.replace("长宁镇", "城关街道"))
    assert report.places_to_check == (("长宁镇新时代文明实践所", "360734100000"),)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bad", "line", "fault"),
    [
        (SMALL + "36073410A,坏的\n", 10, "not a code"),
        (SMALL + "360734105,\n", 10, "name of"),
        (SMALL + "360734105\n", 10, "column is missing"),
        (SMALL + "360735100,没有县的镇\n", 10, "above 360735100000 is not known"),
        (SMALL + "360734100,另一个名字\n", 10, "with another name"),
        (SMALL + "360734105,\x07铃\n", 10, "name of"),
        (SMALL + '360734105,"没有结尾\n', 10, "unexpected end"),
    ],
)
def test_a_broken_file_changes_nothing_and_says_which_line(
    at: datetime, tmp_path: Path, bad: str, line: int, fault: str
) -> None:
    with pytest.raises(BrokenSource, match=fault) as broken:
        _load(at, tmp_path, bad)
    assert broken.value.facts["line"] == line
    assert not Division.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize(("line", "rest"), [(4, "360734100,长宁镇\n" * 3), (9, ""), (9, "\n"), (5004, "")])
@pytest.mark.parametrize("name", ["bad.csv", "bad.csv.gz"])
def test_a_byte_that_is_no_text_is_told_with_its_own_line(
    at: datetime, tmp_path: Path, encoding: str, line: int, rest: str, name: str
) -> None:
    lines = [*SMALL.splitlines(), *(f"3607341{nth // 100:02},晨光镇" for nth in range(5000))][: line - 1]
    text = "".join(f"{one}\n" for one in lines).encode(encoding)
    text += "360734102,三".encode(encoding) + b"\xff" + rest.encode(encoding)
    source = tmp_path / name
    source.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    with pytest.raises(BrokenSource, match="not text") as broken:
        load_divisions(actor=SYSTEM, at=at, rows=division_rows(source))
    assert broken.value.facts["line"] == line
    assert not Division.objects.exists()


@pytest.mark.django_db
def test_offices_write_gb18030_compressed_and_with_their_own_titles(at: datetime, tmp_path: Path) -> None:
    source = tmp_path / "bureau.csv.gz"
    text = "统计用区划代码,城乡分类代码,名称\n360000000000,,江西省\n360700000000,,赣州市\n"
    source.write_bytes(gzip.compress(text.encode("gb18030")))
    report = load_divisions(actor=SYSTEM, at=at, rows=division_rows(source))
    assert report.added == 2
    assert Division.objects.get(code="360700000000").name == "赣州市"


@pytest.mark.django_db
def test_a_file_cut_short_is_refused(at: datetime, tmp_path: Path) -> None:
    source = tmp_path / "cut.csv.gz"
    source.write_bytes(gzip.compress(SMALL.encode() * 200)[:-20])
    with pytest.raises(BrokenSource):
        load_divisions(actor=SYSTEM, at=at, rows=division_rows(source))


def test_what_holds_no_divisions_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1x,2\n")
    for source in (tmp_path, tmp_path / "absent.csv", tmp_path / "other.csv"):
        with pytest.raises(NoSource):
            list(division_rows(source))


@pytest.mark.django_db
def test_the_command_takes_the_compact_file_by_default(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    call_command("load_divisions")
    assert "1,612 added" in capsys.readouterr().out
    xunwu = Division.objects.filter(code__startswith="360734")
    assert (xunwu.filter(level=4).count(), xunwu.filter(level=5).count()) == (15, 188)
    with pytest.raises(CommandError, match="holds no divisions"):
        call_command("load_divisions", source=tmp_path / "nothing.csv")
    assert COMPACT_FILE.stat().st_size < 100_000


@pytest.mark.django_db
def test_the_first_place_is_opened_by_a_command_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_divisions", verbosity=0)
    call_command("open_first_place", name="寻乌县新时代文明实践中心", division="360734000000")
    place = Place.objects.get()
    assert (place.kind, place.short_name, place.county_id) == ("center", "寻乌县", place.pk)
    assert str(place.uuid) in capsys.readouterr().out
    with pytest.raises(CommandError, match="uppermost place already"):
        call_command("open_first_place", name="第二个")
