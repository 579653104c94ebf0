"""What the console's pages of the loop have in common: who may come in, and whose rows they see there."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip of `web/_filters.html`."""

    label: str | Promise
    url: str
    active: bool
    count: int | str | None = None
    urgent: bool = False
