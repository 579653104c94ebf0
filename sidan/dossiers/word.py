"""A sheet as a document for Word, which its reader can go on writing in."""

from io import BytesIO
from typing import Any, Final

from django.utils.translation import get_language
from docx import Document
from docx.document import Document as Opened
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from sidan.dossiers.sheet import Sheet

WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LATIN: Final = "Arial"
CHINESE: Final = "SimSun"
"""What every county's Word has."""
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def word_of(sheet: Sheet) -> bytes:
    """Return the document: a title, the sums, and each activity under a heading."""
    document = _empty()
    document.core_properties.title = sheet.title
    document.core_properties.language = get_language() or "zh-hans"
    document.add_heading(sheet.title, level=1)
    document.add_paragraph("　".join(sheet.summary))
    end = document.element.body.sectPr
    for number, entry in enumerate(sheet.entries, start=1):
        end.addprevious(_paragraph([("", f"{number}. {entry.title}")], style="Heading2"))
        short, long = sheet.told(entry)
        for pairs in (short, *([pair] for pair in long)):
            end.addprevious(_paragraph(pairs))
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _empty() -> Opened:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for style in ("Normal", "Heading 1", "Heading 2"):
        fonts = document.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:ascii"), LATIN)
        fonts.set(qn("w:hAnsi"), LATIN)
        fonts.set(qn("w:eastAsia"), CHINESE)
    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(10.5), Pt(3)
    return document


def _paragraph(pairs: list[tuple[str, str]], *, style: str = "") -> Any:
    """Return a paragraph of facts, what each is in bold before it.

    Written as elements: the library looks up the style and the place of each run anew, which for the 2,000 activities
    of a county's month takes ten times as long.
    """
    paragraph = OxmlElement("w:p")
    if style:
        _child(_child(paragraph, "w:pPr"), "w:pStyle").set(qn("w:val"), style)
    for number, (head, words) in enumerate(pairs):
        if head:
            bold = _child(paragraph, "w:r")
            _child(_child(bold, "w:rPr"), "w:b")
            _text(bold, f"　{head}" if number else head)
        run = _child(paragraph, "w:r")
        for nth, line in enumerate(words.split("\n")):
            if nth:
                _child(run, "w:br")
            _text(run, line)
    return paragraph


def _text(run: Any, words: str) -> None:
    text = _child(run, "w:t")
    text.text = words
    text.set(SPACE, "preserve")


def _child(parent: Any, tag: str) -> Any:
    made = OxmlElement(tag)
    parent.append(made)
    return made
