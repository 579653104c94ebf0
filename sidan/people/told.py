"""Who heads a place, as its public page tells it: name and title are public by the office; nothing else is told."""

from datetime import date

from django.utils.translation import gettext

from sidan.people.queries.teams import current_directors
from sidan.places.models import Place
from sidan.places.told import ToldFact


def directors_told(place: Place, on: date) -> list[ToldFact]:
    """Return one line with everybody who heads a place on a day; none where nobody does."""
    heads = current_directors(place_ids=[place.pk], on=on).get(place.pk, [])
    if not heads:
        return []
    return [ToldFact(gettext("Headed by"), " · ".join(f"{head.person.name} {head.title}" for head in heads))]
