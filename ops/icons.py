"""Draw the icons of the installed page from the logo: `python -m ops.icons`, after the logo has changed.

Telephones put them on the first screen: iOS takes no SVG, and Android cuts its own shape out of a "maskable" one, so
that one has no corners of its own and keeps the drawing within the middle four fifths.
"""

from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import sync_playwright

from ops.chromium import find_chromium

PUBLIC: Final = Path(__file__).parent.parent / "frontend" / "public"
LOGO: Final = PUBLIC / "favicon.svg"
WITHOUT_CORNERS: Final = (
    ('rx="10" ', ""),
    ('width="40" height="40"', 'x="-5" y="-5" width="50" height="50"'),
    ('viewBox="0 0 40 40"', 'viewBox="-5 -5 50 50"'),
)
"""What is changed in the logo, so that its ground fills a square of which the drawing is four fifths."""


class Icon(NamedTuple):
    """A file, its side in pixels, and whether a telephone cuts it."""

    name: str
    side: int
    is_cut: bool


ICONS: Final = (
    Icon("icon-192.png", 192, is_cut=False),
    Icon("icon-512.png", 512, is_cut=False),
    Icon("icon-maskable-512.png", 512, is_cut=True),
    Icon("apple-touch-icon.png", 180, is_cut=True),
)


def drawing(icon: Icon) -> str:
    """Return the logo as this icon shows it.

    Raises:
        ValueError: the logo is no longer drawn as this module knows it.
    """
    logo = LOGO.read_text("utf-8")
    for drawn, instead in WITHOUT_CORNERS if icon.is_cut else ():
        if logo.count(drawn) != 1:
            raise ValueError(f"{LOGO.name} should say {drawn!r} once")
        logo = logo.replace(drawn, instead)
    return logo


def draw() -> None:
    """Write all icons beside the logo."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for icon in ICONS:
            page = browser.new_page(viewport={"width": icon.side, "height": icon.side})
            page.set_content(f"<style>*{{margin:0;display:block}}</style>{drawing(icon)}")
            page.screenshot(path=PUBLIC / icon.name, omit_background=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    draw()
