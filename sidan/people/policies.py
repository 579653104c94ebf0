"""In whose name a resident asks for something, if not their own (R-O3). No database, no clock."""

from dataclasses import dataclass
from typing import Final

from sidan.core.numbers import separate_numbers

LONGEST_NAME: Final = 60


class BadOrganisation(ValueError):
    """A name that cannot stand in the open; `code` says why: no_name, no_kind, has_numbers."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Organisation:
    """What kind of organisation, and what it is called. Empty in both, it is for the resident."""

    kind: str = ""
    name: str = ""

    def __bool__(self) -> bool:
        return bool(self.kind)


NO_ORGANISATION: Final = Organisation()
"""What a resident asks for in their own name."""


def check_organisation(organisation: Organisation) -> None:
    """Refuse half of it, and numbers of people in it: the name stands in the open and stays when texts are erased.

    Raises:
        BadOrganisation: with the code of the reason.
    """
    if organisation.kind and not organisation.name:
        raise BadOrganisation("no_name")
    if organisation.name and not organisation.kind:
        raise BadOrganisation("no_kind")
    if separate_numbers(organisation.name).numbers:
        raise BadOrganisation("has_numbers")
