"""Who shares a telephone: families have one number, and often one telephone."""

from typing import Final

from django.db.models import Q

from sidan.people.models import Person

MOST_SHARING: Final = 8


def people_of_number(*, phone: str) -> list[Person]:
    """Return whose number this is: who signs in with it and whom the office wrote down with it, longest known first."""
    of_it = Q(contact_phone_hash=phone) | Q(account__phone_hash=phone)
    rows = Person.unscoped.filter(of_it, canonical=None).select_related("home_place").order_by("id")
    return list(rows[:MOST_SHARING])
