"""The drawn tree as a page shows it: folded, open where the reader looks."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sidan.places.models import Place
from sidan.places.queries import Branch


@dataclass(slots=True)
class Fold:
    """A place with what is drawn in it. `below` counts the places right under it, drawn or not."""

    place: Place
    below: int
    is_open: bool = False
    is_hit: bool = False
    children: list["Fold"] = field(default_factory=list)


def folded(*, branches: list[Branch]) -> list[Fold]:
    """Return the tree with its roots open and everything below them folded."""
    roots: list[Fold] = []
    above: list[Fold] = []
    for branch in branches:
        fold = Fold(place=branch.place, below=branch.child_count, is_open=branch.depth == 0)
        del above[branch.depth :]
        (above[-1].children if above else roots).append(fold)
        above.append(fold)
    return roots


def opened_at(*, branches: list[Branch], hits: Collection[int]) -> list[Fold]:
    """Return only what was found and what stands above it, all of it open."""
    return [kept for root in folded(branches=branches) if (kept := _kept(root, hits)) is not None]


def _kept(fold: Fold, hits: Collection[int]) -> Fold | None:
    fold.children = [kept for child in fold.children if (kept := _kept(child, hits)) is not None]
    fold.is_hit = fold.place.pk in hits
    fold.is_open = True
    return fold if fold.is_hit or fold.children else None
