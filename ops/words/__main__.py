"""The command: `python -m ops.words update [app …] | compile | check`."""

import argparse
import sys
from collections.abc import Sequence

from ops.words.catalogue import compile_catalogues, update_catalogue
from ops.words.extract import UnreadableWords
from ops.words.review import review_words
from ops.words.tree import ROOT, app_names


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m ops.words", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    update = verbs.add_parser("update", help="bring catalogues in step with code and templates")
    update.add_argument("apps", nargs="*", metavar="app")
    verbs.add_parser("compile", help="write what Django loads, where it changed")
    verbs.add_parser("check", help="name everything that is missing or wrong")
    options = parser.parse_args(arguments)
    if options.verb == "update":
        return _update(options.apps)
    return _compile() if options.verb == "compile" else _check()


def _update(apps: list[str]) -> int:
    unknown = set(apps) - set(app_names())
    if unknown:
        print(f"no such app: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    try:
        for app in apps or app_names():
            done = update_catalogue(app)
            if done.added or done.gone or done.waiting:
                print(f"{app}: {done.added} new, {done.gone} gone, {done.waiting} without Chinese")
    except UnreadableWords as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _compile() -> int:
    for path in compile_catalogues():
        print(f"compiled {path.relative_to(ROOT)}")
    return 0


def _check() -> int:
    problems = review_words()
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"words: {len(problems)} problems" if problems else "words: complete")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
