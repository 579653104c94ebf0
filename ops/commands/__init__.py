"""One file a verb or family of verbs, each with `VERBS`: name → (help, configure the parser, run)."""

import argparse
from collections.abc import Callable, Mapping

Verb = tuple[str, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int]]
Verbs = Mapping[str, Verb]


def no_options(_parser: argparse.ArgumentParser) -> None:
    """Configure nothing."""
