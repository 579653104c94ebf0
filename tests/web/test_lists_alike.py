"""What every list of the console can do: sort by its heads, choose columns, count when asked, be taken away."""

import io
import zipfile
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from sidan.audit.models import AuditEntry
from sidan.core.tables import plain_cell
from tests.cast import Cast
from tests.factories import make_volunteer

pytestmark = pytest.mark.django_db

SORTED = {
    "people:volunteers": ("-name", "place", "-state", "oldest"),
    "people:teams": ("-name", "level", "-kind", "place"),
    "people:accounts": ("name", "-name"),
    "catalogue:projects": ("title", "-category_id", "state"),
    "places:tree": ("-pinyin", "kind", "path_names"),
}


def _page(cast: Cast, name: str, **asked: str) -> str:
    url = reverse(name) + (f"?{urlencode(asked)}" if asked else "")
    answer = cast.manager.client().get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.mark.parametrize(("name", "sort"), [(name, sort) for name, all_ in SORTED.items() for sort in all_])
def test_a_list_is_sorted_by_its_heads(cast: Cast, name: str, sort: str) -> None:
    make_volunteer("甲", at_place=cast.places.chengbei)
    page = _page(cast, name, sort=sort, **({"kind": "station"} if name == "places:tree" else {}))
    if name != "catalogue:projects":
        assert page.count("aria-sort=") == 1


def test_names_are_sorted_both_ways(cast: Cast) -> None:
    for name in ("阿明", "周全"):
        make_volunteer(name, at_place=cast.places.chengbei)
    up, down = _page(cast, "people:volunteers", sort="name"), _page(cast, "people:volunteers", sort="-name")
    assert up.index("阿明") < up.index("周全")
    assert down.index("阿明") > down.index("周全")


def test_an_order_that_is_not_there_is_the_usual_one(cast: Cast) -> None:
    assert "aria-sort" in _page(cast, "people:volunteers", sort="password")


def test_only_the_chosen_columns_are_shown_and_the_leading_one_stays(cast: Cast) -> None:
    made = make_volunteer("甲乙", at_place=cast.places.chengbei)
    page = _page(cast, "people:volunteers", cols="state")
    assert made.person.name in page
    assert made.number not in page
    assert made.number in _page(cast, "people:volunteers")


def test_rows_are_counted_only_when_asked(cast: Cast) -> None:
    make_volunteer("甲乙", at_place=cast.places.chengbei)
    assert 'role="status"' not in _page(cast, "people:volunteers").split("<main")[1]
    counted = _page(cast, "people:volunteers", count="1").split("<main")[1]
    assert 'role="status"' in counted


def test_a_list_is_taken_away_as_a_workbook_masked_and_written_down(cast: Cast) -> None:
    made = make_volunteer("=甲", at_place=cast.places.chengbei)
    answer = cast.manager.client().get(reverse("people:export_volunteers"), {"format": "xlsx"})
    assert answer.headers["Content-Disposition"].endswith('"volunteers.xlsx"')
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined] # a streamed answer
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert made.number in sheet
    assert "<t>=甲</t>" in sheet
    assert "<f>" not in sheet, "a text, never a formula"
    assert made.person.contact_phone is not None
    assert str(made.person.contact_phone) not in sheet
    entry = AuditEntry.objects.filter(verb="people.volunteers_exported").get()
    assert entry.actor_id == cast.manager.account.pk


def test_a_cell_is_never_a_formula() -> None:
    assert [plain_cell(text) for text in ("=1+1", "+86", "-", "@a", "plain", None)] == [
        "'=1+1", "'+86", "'-", "'@a", "plain", ""
    ]  # fmt: skip
