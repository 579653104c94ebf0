"""The scene of the orders serves the desk as well."""

import pytest

from sidan.core.scope import everything
from sidan.people.models import Person
from tests.desk.helpers import PHONE
from tests.orders.conftest import scene
from tests.orders.scene import AT, Scene

__all__ = ["scene"]


@pytest.fixture(name="grandma")
def _grandma(scene: Scene) -> Person:
    """A resident without an account, who was written down with the telephone of her house."""
    with everything("a resident for the tests"):
        person = Person(name="吴奶奶", home_place=scene.station, county=scene.center, created_at=AT)
        person.contact_phone, person.contact_phone_hash = PHONE, PHONE
        person.save()
    return person
