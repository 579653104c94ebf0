"""Typed readers of the environment: the only place where a setting is read from outside.

Every name read here must stand in docs/settings.md; a test compares the two.
"""

import os
from pathlib import Path


class SettingError(SystemExit):
    """A setting is missing or cannot be understood; ends the process with one clear sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"sidan: {sentence}")


def env_text(name: str, default: str | None = None) -> str:
    """Read a text; without a default the setting is compulsory."""
    value = os.environ.get(name, default)
    if value is None:
        raise SettingError(f"the setting {name} is missing; see docs/settings.md")
    return value


def env_int(name: str, default: int) -> int:
    """Read a whole number."""
    value = os.environ.get(name, "")
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise SettingError(f"the setting {name} must be a whole number, not {value!r}") from None


def env_flag(name: str, *, default: str = "no") -> bool:
    """Read yes/no; anything else is refused rather than guessed."""
    value = os.environ.get(name, default).lower()
    if value not in {"yes", "no"}:
        raise SettingError(f"the setting {name} must be yes or no, not {value!r}")
    return value == "yes"


def env_choice(name: str, choices: tuple[str, ...], default: str) -> str:
    """Read one of a few words."""
    value = os.environ.get(name, default)
    if value not in choices:
        raise SettingError(f"the setting {name} must be one of {', '.join(choices)}, not {value!r}")
    return value


def env_list(name: str, default: str = "") -> list[str]:
    """Read words parted by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def env_path(name: str, default: Path) -> Path:
    """Read a folder or file, made absolute."""
    value = os.environ.get(name, "")
    return Path(value).expanduser().resolve() if value else default
