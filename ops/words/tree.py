"""Where code, templates and catalogues of an app lie."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "sidan"
LOCALE = "zh_Hans"
TEMPLATE_ENDINGS = frozenset({".html", ".txt", ".xml", ".svg"})


def app_names(*, package: Path = PACKAGE) -> list[str]:
    """Name every app of the package, in the order of the alphabet."""
    return sorted(path.parent.name for path in package.glob("*/__init__.py"))


def catalogue_path(app: str, *, package: Path = PACKAGE) -> Path:
    """Say where the Chinese of an app stands."""
    return package / app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def python_files(app: str, *, package: Path = PACKAGE) -> Iterator[Path]:
    """List an app's code. The settings' own words (names of languages) belong to `core`."""
    yield from sorted((package / app).rglob("*.py"))
    if app == "core":
        yield from sorted((package.parent / "config").glob("*.py"))


def template_files(app: str, *, package: Path = PACKAGE) -> Iterator[Path]:
    """List an app's templates, texts of messages included."""
    folder = package / app / "templates"
    yield from (path for path in sorted(folder.rglob("*")) if path.suffix in TEMPLATE_ENDINGS)
