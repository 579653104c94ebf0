"""What the front-end build left behind: which hashed files an entry needs, and the sprite of icons."""

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import TypedDict

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ICON_SPRITE = "src/icons.svg"


class Chunk(TypedDict, total=False):
    """One file of the build, as Vite's manifest describes it."""

    file: str
    css: list[str]
    imports: list[str]


@cache
def _manifest() -> dict[str, Chunk]:
    """Read the manifest once a process: a new build comes with a restart.

    Raises:
        ImproperlyConfigured: the front end was not built.
    """
    path = Path(settings.FRONTEND_DIST) / "manifest.json"
    try:
        manifest: dict[str, Chunk] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ImproperlyConfigured(
            "the front end is not built: run `npm ci && npm run build` in frontend/"
        ) from None
    return manifest


def _chunk(name: str) -> Chunk:
    try:
        return _manifest()[name]
    except KeyError:
        raise ImproperlyConfigured(f"the front-end build has no {name}; build it again") from None


def _with_imports(name: str) -> list[str]:
    """Return the names of an entry and of all it imports, those that are needed first in front."""
    names: list[str] = []
    for imported in _chunk(name).get("imports", []):
        names += [each for each in _with_imports(imported) if each not in names]
    return [*names, name]


def static_url(file: str) -> str:
    """Return the address of a built file; the name carries a hash, so it may be kept for ever."""
    return f"{settings.STATIC_URL}{file}"


@cache
def entry_tags(entry: str) -> SafeString:
    """Return the stylesheet, preload and script tags of an entry such as `src/portal.js`."""
    names = _with_imports(entry)
    sheets = [css for name in names for css in _chunk(name).get("css", [])]
    return format_html(
        '{}{}<script type="module" src="{}"></script>',
        format_html_join("", '<link rel="stylesheet" href="{}">', ((static_url(css),) for css in sheets)),
        format_html_join(
            "",
            '<link rel="modulepreload" href="{}">',
            ((static_url(_chunk(name)["file"]),) for name in names[:-1]),
        ),
        static_url(_chunk(entry)["file"]),
    )


@lru_cache(maxsize=1024)
def icon_svg(name: str, label: str = "", css_class: str = "") -> SafeString:
    """Return one icon of the sprite: silent to screen readers unless it has a label of its own."""
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="{}" {}><use href="{}#{}"></use></svg>',
        f"icon {css_class}".strip(),
        said,
        static_url(_chunk(ICON_SPRITE)["file"]),
        name,
    )


@cache
def built_script(entry: str) -> str:
    """Return the text of a built entry that is served under another address, as a service worker is."""
    return (Path(settings.FRONTEND_DIST) / _chunk(entry)["file"]).read_text(encoding="utf-8")
