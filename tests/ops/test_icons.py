"""The icons of the installed page: whoever changes the logo is told where they can no longer be drawn from it."""

from pathlib import Path

import pytest

from ops import icons


def test_an_icon_that_a_telephone_cuts_fills_its_square() -> None:
    for icon in icons.ICONS:
        assert (icons.PUBLIC / icon.name).is_file()
        drawn = icons.drawing(icon)
        assert ("rx=" in drawn) != icon.is_cut
        assert ('viewBox="-5 -5 50 50"' in drawn) == icon.is_cut


def test_a_logo_that_is_drawn_otherwise_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "favicon.svg"
    other.write_text('<svg viewBox="0 0 64 64"><circle r="32"/></svg>', "utf-8")
    monkeypatch.setattr(icons, "LOGO", other)
    with pytest.raises(ValueError, match="should say"):
        icons.drawing(icons.ICONS[-1])
