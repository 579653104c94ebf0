"""Places and the official divisions."""

from sidan.places.models.division import Division
from sidan.places.models.place import Place, PlaceChange, PlaceLink, PlacePhoto

__all__ = ["Division", "Place", "PlaceChange", "PlaceLink", "PlacePhoto"]
