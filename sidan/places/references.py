"""How the documents of all apps name a place."""

from uuid import UUID

from ninja import Schema

from sidan.places.models import Place


class PlaceRef(Schema):
    """A place by its public id."""

    id: UUID
    name: str

    @classmethod
    def of(cls, place: Place) -> "PlaceRef":
        return cls(id=place.uuid, name=place.short_name)
