"""The ledger of a month: the same on paper, in Word and in Excel."""

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from docx import Document
from pypdf import PdfReader

from sidan.activities.models import Activity
from sidan.core.phones import mask_name
from sidan.dossiers import sheet
from sidan.dossiers.sheet import heads
from sidan.dossiers.views import month as view
from tests.activities.test_pages import english
from tests.cast import Cast
from tests.dossiers.stage import bare, held, hung, minuted, planned, published

URL = "/console/ledger/month/"
MONTH = "2026-11"


def taken(client: Client, cast: Cast, form: str, **asked: str) -> HttpResponse:
    """Return the document of the station."""
    data = {"place": str(cast.places.chengbei.uuid), "month": MONTH, "format": form, **asked}
    answer = client.get(URL, data)
    assert answer.status_code == 200
    return answer


def whole(cast: Cast) -> Activity:
    activity = held(cast)
    planned(cast, activity)
    minuted(cast, activity, "讲了三个案例。\n老人问得很细。")
    published(cast, activity, hung(cast, activity, "开场白"))
    return activity


def bare_words(text: str) -> str:
    return "".join(text.split())


def content_of(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined] # a stream has its content in parts


def of_pdf(answer: HttpResponse) -> str:
    pages = PdfReader(BytesIO(content_of(answer))).pages
    # below each page stands its number
    count = len(pages)
    return "".join(
        bare_words(page.extract_text()).removesuffix(f"{nth}/{count}")
        for nth, page in enumerate(pages, start=1)
    )


def of_word(answer: HttpResponse) -> str:
    return bare_words("".join(one.text for one in Document(BytesIO(content_of(answer))).paragraphs))


def of_excel(answer: HttpResponse) -> list[list[str]]:
    book = openpyxl.load_workbook(BytesIO(content_of(answer)))
    return [["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].values]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_three_say_the_same_in_the_same_order(cast: Cast, language: str) -> None:
    whole(cast)
    bare(cast)
    client = cast.practitioner.client()
    if language == "en":
        english(client)
    pdf, word = of_pdf(taken(client, cast, "pdf")), of_word(taken(client, cast, "docx"))
    assert pdf == word
    head, *rows = of_excel(taken(client, cast, "xlsx"))
    assert len(rows) == 2
    at = 0
    for row in rows:
        number, title, *fields = row
        for told in (
            f"{number}.{title}",
            *(part for pair in zip(head[2:], fields, strict=True) if pair[1] for part in pair),
        ):
            found = word.find(bare_words(told), at)
            assert found >= at, told
            at = found + len(bare_words(told))


@pytest.mark.django_db
def test_it_says_all_that_belongs_to_an_activity(cast: Cast) -> None:
    whole(cast)
    words = of_word(taken(cast.practitioner.client(), cast, "docx"))
    for told in (
        "城北社区2026年11月活动台账", "1场活动", "到场参加1人次", "服务1.5小时", "资料齐全1场", "1.反诈宣讲",
        "文化广场", "李老师", "报名人数：2", "现场清点人数：40", "7项中有7项", "给老人讲怎么防骗。", "1张照片、开场白",
        "讲了三个案例。老人问得很细。", "反诈宣讲进社区四十多位老人来听课。",
    ):  # fmt: skip
        assert told in words, told


@pytest.mark.django_db
def test_the_list_has_names_for_its_keeper_and_names_in_part_for_who_watches(cast: Cast) -> None:
    held(cast)
    helper, guest = (one.person.name for one in (cast.volunteer, cast.zhou))
    for form, read in (("docx", of_word), ("pdf", of_pdf)):
        kept = read(taken(cast.manager.client(), cast, form))
        assert f"1.{helper}（服务）" in kept
        assert f"{guest}（到场）" in kept
        watched = read(taken(cast.supervisor.client(), cast, form))
        assert f"1.{mask_name(helper)}（服务）" in watched
        assert helper not in watched
        assert guest not in watched


@pytest.mark.django_db
def test_of_a_crowd_so_many_names_are_written_and_how_many_more_there_are(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "MOST_NAMES", 1)
    held(cast)
    words = of_word(taken(cast.manager.client(), cast, "docx"))
    assert "另有1人" in words


@pytest.mark.django_db
def test_who_only_watches_reads_minutes_and_captions_veiled(cast: Cast) -> None:
    activity = held(cast)
    minuted(cast, activity, "去了城北路88号看望。")
    hung(cast, activity, "城北路88号门口")
    assert "88号" in of_word(taken(cast.manager.client(), cast, "docx"))
    for form, read in (("docx", of_word), ("pdf", of_pdf)):
        assert "88号" not in read(taken(cast.supervisor.client(), cast, form))
    assert "88号" not in str(of_excel(taken(cast.supervisor.client(), cast, "xlsx")))


@pytest.mark.django_db
def test_a_month_holds_its_own_days_and_all_below_the_place(cast: Cast) -> None:
    held(cast)
    client = cast.manager.client()
    assert len(of_excel(taken(client, cast, "xlsx", month="2026-10"))) == 1
    assert len(of_excel(taken(client, cast, "xlsx", place=str(cast.places.center.uuid)))) == 2
    assert len(of_excel(taken(client, cast, "xlsx", place=str(cast.places.datong.uuid)))) == 1


@pytest.mark.django_db
def test_the_place_must_be_of_ones_own_office_and_the_form_known(cast: Cast) -> None:
    data = {"place": str(cast.places.chengbei.uuid), "month": MONTH}
    assert cast.mallory.client().get(URL, data).status_code == 404
    assert cast.manager.client().get(URL, {**data, "format": "exe"}).status_code == 400


@pytest.mark.django_db
def test_too_many_for_one_document_are_refused_in_words(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    held(cast)
    monkeypatch.setattr(view, "MOST_IN_A_MONTH", 0)
    answer = cast.manager.client().get(URL, {"place": str(cast.places.chengbei.uuid), "month": MONTH})
    assert answer.status_code == 409
    assert "请选择下一级阵地" in answer.content.decode()


@pytest.mark.django_db
def test_each_field_has_a_name_of_its_own(cast: Cast) -> None:
    named = heads()
    assert len(set(named)) == len(named)


def read_by_docx(path: Path) -> str:
    paper = Document(str(path))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(part.text for part in paper.paragraphs), *cells))


def read_by_libreoffice(path: Path) -> str:
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "txt:Text (encoded):UTF8", path.name],
        cwd=path.parent, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return path.with_suffix(".txt").read_text(encoding="utf-8-sig")


READERS = [read_by_docx, *([read_by_libreoffice] if shutil.which("soffice") else [])]
"""What opens the document; LibreOffice where there is one."""


@pytest.mark.django_db
@pytest.mark.parametrize("read", READERS)
def test_other_programs_open_the_document(cast: Cast, tmp_path: Path, read: Callable[[Path], str]) -> None:
    whole(cast)
    path = tmp_path / "ledger.docx"
    path.write_bytes(content_of(taken(cast.manager.client(), cast, "docx")))
    assert "反诈宣讲" in read(path)
