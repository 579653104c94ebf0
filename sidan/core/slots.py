"""Places on a page that apps above may fill (ADR 0027): a team's page shows reviews, and knows nothing of them.

The page writes `{% slot "people.team" team %}`; whoever stands above registers a template and its context, in
`ready()`. It is rendered on the server with the page: nothing is missing where scripts do not run, and nothing jumps.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest

Context = Callable[[HttpRequest, Any], Mapping[str, Any] | None]
"""Gives what the template needs for the thing that the page is about; nothing where it has nothing to say."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What an app puts into a slot."""

    template: str
    context: Context


_pieces: Final[dict[str, list[Piece]]] = defaultdict(list)


def register_piece(*, slot: str, template: str, context: Context) -> None:
    """Fill a slot; what is registered first stands first. Registered twice it is shown once."""
    piece = Piece(template, context)
    if piece not in _pieces[slot]:
        _pieces[slot].append(piece)


def pieces_in(slot: str) -> list[Piece]:
    """Return what apps put into a slot; nothing is an answer."""
    return list(_pieces.get(slot, ()))
