"""The API's promise as a committed file: `docs/openapi.json` must be what the code says.

`python -m ops.checks.openapi` compares, `--write` brings the file up to date; the difference is then
read in the commit.
"""

import argparse
import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Sequence

import django

from ops.words.tree import ROOT

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ops.checks.settings")

# Only now: ninja reads the settings when it is imported.
from ninja import NinjaAPI

SNAPSHOT = ROOT / "docs" / "openapi.json"


def current_document() -> str:
    """Return the OpenAPI document of the code, with keys in a fixed order.

    Raises LookupError when the package has not exactly one API.
    """
    django.setup()
    package = importlib.import_module("sidan.api")
    modules = [
        importlib.import_module(f"{package.__name__}.{module.name}")
        for module in pkgutil.iter_modules(package.__path__)
    ]
    apis = {
        id(value): value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, NinjaAPI)
    }
    if len(apis) != 1:
        raise LookupError(f"sidan.api holds {len(apis)} APIs, and one is expected")
    # The routes are named from the site's own table of contents, so that the paths are those that clients use.
    importlib.import_module("config.urls")
    (api,) = apis.values()
    schema = api.get_openapi_schema()
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare or write, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m ops.checks.openapi", description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args(arguments).write
    document = current_document()
    if write:
        SNAPSHOT.write_text(document, "utf-8")
        return 0
    if not SNAPSHOT.exists() or SNAPSHOT.read_text("utf-8") != document:
        print(
            f"{SNAPSHOT.relative_to(ROOT)} is not what the code says; run with --write and read the difference"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
