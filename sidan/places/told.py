"""What other apps tell of a place on its public page. `places` stands below them and cannot ask; they register."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sidan.places.models import Place


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A line among the facts of a place: its word and what is so. Both are seen by everybody."""

    label: str
    text: str


Teller = Callable[[Place, date], list[ToldFact]]
_tellers: list[Teller] = []


def register_teller(teller: Teller) -> None:
    """Let an app tell of places; called in its `ready()`. What it tells must be public by its nature."""
    _tellers.append(teller)


def told_of(*, place: Place, on: date) -> list[ToldFact]:
    """Return what the apps tell of a place on a day, in the order in which they registered."""
    return [fact for teller in _tellers for fact in teller(place, on)]
