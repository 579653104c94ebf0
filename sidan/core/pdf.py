"""Paper: a sheet written in Typst, filled with facts, as a PDF.

A sheet is a `.typ` file of an app that reads its facts with `json(bytes(sys.inputs.facts))`. Facts travel as data and
never as source, so that what people typed cannot become instructions; sheets hold no words of a language, these are
facts too. The font of Chinese comes with a package of its own: a server need not have any installed.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, Final

import pylopdf_fonts_zh_cn
import segno
import typst
from django.http import HttpResponse

FONT: Final = "Noto Sans SC"
_FONTS: Final = Path(pylopdf_fonts_zh_cn.__file__).parent
_lock: Final = Lock()


@lru_cache(maxsize=16)
def _compiler(sheet: Path) -> typst.Compiler:
    # Reading the fonts is what costs; a compiler that is kept sets a page in a few milliseconds.
    return typst.Compiler(
        input=str(sheet), root=str(sheet.parent), font_paths=[str(_FONTS)], ignore_system_fonts=True
    )


def pdf_of(*, sheet: Path, facts: Mapping[str, Any]) -> bytes:
    """Set a sheet with these facts (anything that JSON can hold) and return the PDF.

    A picture, such as a QR code, is a fact too: the text of an SVG, drawn with `image(bytes(...), format: "svg")`.
    """
    inputs = {"facts": json.dumps(facts, ensure_ascii=False, default=str)}
    with _lock:
        made = _compiler(sheet).compile(format="pdf", sys_inputs=inputs)
    # A list of pages is what pictures come as; a PDF is one piece.
    return made if isinstance(made, bytes) else b"".join(made or ())


def qr_of(link: str) -> str:
    """Draw a link as the QR code of a sheet: the text of an SVG."""
    drawn = BytesIO()
    segno.make(link, error="m").save(drawn, kind="svg", border=1)
    return drawn.getvalue().decode()


def pdf_answer(*, content: bytes, name: str) -> HttpResponse:
    """Answer with a PDF that the browser shows and offers to keep under an ASCII name; kept by no cache."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
