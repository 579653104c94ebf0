"""The same view for pages and pieces."""

import json

from django.http import HttpResponse
from django.test import RequestFactory

from sidan.core.htmx import go_to, is_fragment, with_toast, with_trigger

ask = RequestFactory()
PIECE = {"HX-Request": "true"}


def test_a_piece_is_wanted_only_by_a_plain_htmx_request() -> None:
    assert is_fragment(ask.get("/", headers=PIECE))
    assert not is_fragment(ask.get("/"))
    assert not is_fragment(ask.get("/", headers={**PIECE, "HX-Boosted": "true"}))
    assert not is_fragment(ask.get("/", headers={**PIECE, "HX-History-Restore-Request": "true"}))


def test_a_write_leads_on_in_the_way_the_asker_understands() -> None:
    page, piece = go_to(ask.post("/"), "/next/"), go_to(ask.post("/", headers=PIECE), "/next/")
    assert (page.status_code, page.headers["Location"]) == (303, "/next/")
    assert (piece.status_code, piece.headers["HX-Redirect"]) == (204, "/next/")


def test_events_add_up_and_chinese_fits_into_a_header() -> None:
    response = with_toast(
        with_trigger(HttpResponse(), event="sidan:moved", order="1"), sentence="已派给城北义剪队"
    )
    header = response.headers["HX-Trigger"]
    assert header.isascii()
    assert json.loads(header) == {
        "sidan:moved": {"order": "1"}, "sidan:toast": {"sentence": "已派给城北义剪队", "kind": "ok"}
    }  # fmt: skip
