"""Paper: facts are set, never obeyed."""

from pathlib import Path

import pytest

from sidan.core.pdf import pdf_answer, pdf_of

SHEET = """#let f = json(bytes(sys.inputs.facts))
#set text(font: "Noto Sans SC")
#f.words
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.typ"
    path.write_text(SHEET, "utf-8")
    return path


def test_a_sheet_is_set_with_the_font_of_the_package(sheet: Path) -> None:
    made = pdf_of(sheet=sheet, facts={"words": "双方同意"})
    assert made.startswith(b"%PDF-")
    assert b"NotoSansSC" in made


def test_the_same_sheet_is_set_anew_with_other_facts(sheet: Path) -> None:
    assert pdf_of(sheet=sheet, facts={"words": "一"}) != pdf_of(sheet=sheet, facts={"words": "二"})


def test_what_somebody_typed_is_no_instruction(sheet: Path) -> None:
    typed = '#panic("done for") $x$ #read("/etc/passwd") "] #f'
    assert pdf_of(sheet=sheet, facts={"words": typed}).startswith(b"%PDF-")


def test_an_answer_is_kept_by_no_cache() -> None:
    response = pdf_answer(content=b"%PDF-", name="menu.pdf")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == "application/pdf"
