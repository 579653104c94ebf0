"""The project's own files as the architecture tests read them."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = frozenset(
    {".git", ".venv", "var", "node_modules", "dist", "build", "__pycache__", ".hypothesis", "locale"}
)


@dataclass(frozen=True)
class Module:
    """One Python file: where it stands, in which app, and which of the app's files it is."""

    path: Path
    app: str
    kind: str
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        """The path from the root, as an editor opens it."""
        return self.path.relative_to(ROOT).as_posix()


def files(*endings: str) -> Iterator[Path]:
    """List the project's own files with one of these endings, or all."""
    for path in sorted(_walk(ROOT)):
        if not endings or path.suffix in endings:
            yield path


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Read every Python file under the folders; `kind` is the file's or package's name within its app."""
    found = []
    for folder in folders or ("sidan", "config", "ops"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            app, kind = (parts[1], parts[2]) if folder == "sidan" and len(parts) > 2 else ("", parts[-1])
            text = path.read_text("utf-8")
            found.append(Module(path, app, kind, text, ast.parse(text)))
    return tuple(found)


def written_modules() -> list[Module]:
    """The code that people wrote: all but migrations."""
    return [module for module in modules() if module.kind != "migrations"]


@cache
def levels() -> dict[str, int]:
    """Give every app its height in the layers of pyproject.toml; `core` is 0."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        name.strip(" ()"): height
        for height, layer in enumerate(reversed(layers))
        for name in layer.split("|")
    }


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_symlink() or path.name in NOT_OURS or path.name.endswith(("_cache", ".egg-info")):
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path
