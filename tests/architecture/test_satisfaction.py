"""Satisfaction is never shown by itself: one template tells it with how it was collected and who did not answer."""

import re

import pytest

from tests.architecture.source import ROOT, files

ONE = "sidan/reviews/templates/reviews/_satisfaction.html"
BARE = re.compile(r"satisfaction\.(percent|satisfied|counted)|satisfied\s*%|percent[^{]*satisf", re.I)


def bare(text: str) -> bool:
    """Tell whether a template shows satisfaction by its own hand."""
    return bool(BARE.search(text))


def test_only_one_template_shows_satisfaction() -> None:
    shown = [path.relative_to(ROOT).as_posix() for path in files(".html") if bare(path.read_text("utf-8"))]
    assert shown == [ONE]


def test_that_template_says_how_it_was_collected_and_who_did_not_answer() -> None:
    text = (ROOT / ONE).read_text("utf-8")
    for part in (
        "satisfaction.ways",
        "satisfaction.unanswered",
        "satisfaction.pending",
        "satisfaction.set_aside",
    ):
        assert part in text


@pytest.mark.parametrize(
    "text",
    ["{{ satisfaction.percent }} %", "{{ row.satisfaction.satisfied }}", "{{ share }} percent satisfied"],
)
def test_a_bare_number_is_seen(text: str) -> None:
    assert bare(text)
