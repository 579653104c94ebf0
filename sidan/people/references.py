"""How the documents of all apps name a person."""

from uuid import UUID

from ninja import Schema

from sidan.people.models import Person


class PersonRef(Schema):
    """A person by the public id, for whom the reader may know."""

    id: UUID
    name: str

    @classmethod
    def of(cls, person: Person) -> "PersonRef":
        return cls(id=person.uuid, name=person.name)
