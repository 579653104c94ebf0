"""The two pages that a stranger reads first name only what stands on the screen, in its own words."""

import re

from tests.architecture.source import ROOT

# An entry of a catalogue on one line, as `ops.words` writes it.
ENTRY = re.compile(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)


def words_of_the_screens() -> set[tuple[str, str]]:
    """The English and Chinese of every short text."""
    catalogues = (ROOT / "sidan").glob("*/locale/zh_Hans/LC_MESSAGES/django.po")
    return {pair for path in catalogues for pair in ENTRY.findall(path.read_text("utf-8"))}


def test_the_english_page_names_labels_with_their_chinese() -> None:
    text = " ".join((ROOT / "README.md").read_text("utf-8").split())
    named = set(re.findall(r"\*([A-Z][^*]+)\* \(([^)]+)\)", text))
    assert len(named) > 15
    assert named - words_of_the_screens() == set()
    alone = set(re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", text))
    assert alone - {english for english, _ in words_of_the_screens()} == set()


def test_the_chinese_page_names_labels_as_the_screens_do() -> None:
    named = set(re.findall(r"「([^」]*)」", (ROOT / "README.zh-CN.md").read_text("utf-8")))
    assert len(named) > 15
    assert named - {chinese for _, chinese in words_of_the_screens()} == set()
