"""Static files as a browser gets them: compressed, kept for ever where the name changes, within the page's budget."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from ops.frontend import DIST
from ops.static import compress_static, with_static_files

KILOBYTE = 1000
# What is left of a page's 150 kB for its own HTML; the longest list of the portal takes less than half of that.
STATIC_BUDGET = 110 * KILOBYTE


def the_application(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"a page"]


def ask(root: Path, path: str, *, accept: str = "gzip, deflate, br") -> tuple[str, dict[str, str], bytes]:
    """Ask for one address as a browser does."""
    environ: dict[str, Any] = {"PATH_INFO": path, "HTTP_ACCEPT_ENCODING": accept}
    setup_testing_defaults(environ)
    said: list[Any] = []
    answer = with_static_files(the_application, root=root)(environ, lambda *all_: said.extend(all_))
    body = b"".join(answer)
    if close := getattr(answer, "close", None):
        close()
    return said[0], dict(said[1]), body


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "start-1a2b.js").write_text("let four = 'orders';\n" * 200, encoding="utf-8")
    (tmp_path / "plain.css").write_text("p { color: black }\n" * 200, encoding="utf-8")
    (tmp_path / "small.css").write_text("p { color: black }\n", encoding="utf-8")
    compress_static(tmp_path)
    return tmp_path


def test_a_hashed_file_comes_compressed_and_is_kept_for_a_year(root: Path) -> None:
    status, headers, body = ask(root, "/static/assets/start-1a2b.js")
    assert status == "200 OK"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in headers["Vary"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert gzip.decompress(body) == (root / "assets" / "start-1a2b.js").read_bytes()


def test_who_takes_no_gzip_gets_the_file_itself(root: Path) -> None:
    _, headers, body = ask(root, "/static/assets/start-1a2b.js", accept="identity")
    assert "Content-Encoding" not in headers
    assert body == (root / "assets" / "start-1a2b.js").read_bytes()


def test_a_file_that_keeps_its_name_is_asked_for_again_after_an_hour(root: Path) -> None:
    _, headers, _ = ask(root, "/static/plain.css")
    assert headers["Cache-Control"] == "max-age=3600, public"
    assert not (root / "small.css.gz").exists()


@pytest.mark.parametrize("path", ["/", "/static/assets/none.js", "/static/../secret", "/static/"])
def test_everything_else_is_the_applications(root: Path, path: str) -> None:
    assert ask(root, path)[2] == b"a page"


def test_nothing_collected_yet_is_no_reason_to_fail(tmp_path: Path) -> None:
    assert ask(tmp_path / "absent", "/static/plain.css")[2] == b"a page"


def test_all_that_a_page_of_the_portal_loads_fits_the_budget() -> None:
    """R: the first load of a page is at most 150 kB; this counts even what only the console loads."""
    assets = [path for path in (DIST / "assets").iterdir() if path.suffix in {".js", ".css", ".svg"}]
    assert assets, "the front end is not built: make test builds it"
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in assets}
    assert sum(sizes.values()) <= STATIC_BUDGET, sizes
