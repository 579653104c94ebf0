"""Run the contracts of import-linter, after making sure that every app stands in them.

The tool stops at a container that does not exist and says nothing about an app that is not a container, so the list in
pyproject.toml is compared with the folders first.
"""

import sys
import tomllib

from importlinter.cli import lint_imports

from ops.words.tree import ROOT, app_names

INSIDE = "Inside an app: edges, then verbs, then nouns, then pure rules"
# `core` is a box of tools without the shape of an app; `web` and `api` are edges only.
WITHOUT_SHAPE = frozenset({"core", "web", "api"})


def missing_containers() -> list[str]:
    """Name what stands in only one of the two: the apps' folders and the contract's list."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    listed = {name for contract in contracts if contract["name"] == INSIDE for name in contract["containers"]}
    wanted = {f"sidan.{app}" for app in app_names() if app not in WITHOUT_SHAPE}
    return sorted(listed ^ wanted)


def main() -> int:
    """Return the exit status: 0 when all arrows point down."""
    missing = missing_containers()
    if missing:
        print(f"pyproject.toml, containers of “{INSIDE}”: add or remove {', '.join(missing)}")
        return 1
    return lint_imports(cache_dir=str(ROOT / "var" / "cache" / "imports"))


if __name__ == "__main__":
    sys.exit(main())
