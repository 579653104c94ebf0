"""A condition that several lists share."""

from django.db.models import Q

from sidan.core.phones import BadPhone, normalise_phone
from sidan.core.scope import nothing


def of_phone(field: str, query: str) -> Q:
    """Return the condition "has this telephone" for a query that is a whole number; parts are never searched."""
    try:
        return Q(**{field: normalise_phone(query)})
    except BadPhone:
        return nothing()
