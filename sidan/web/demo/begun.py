"""Orders whose story is told in bulk up to a point and then goes on, act by act, in `tales`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sidan.catalogue.queries import teams_for
from sidan.orders.enums import OrderState
from sidan.people.enums import Role
from sidan.people.models import Account
from sidan.web.demo.catalogue import Offer
from sidan.web.demo.draw import Draw
from sidan.web.demo.people import Crew, People


class Begun(NamedTuple):
    """One of them: what for, to which state, placed how many days before the county's last day and at what hour."""

    purpose: str
    until: OrderState
    days: int
    hour: int = 9
    whose: str = ""
    """The role of the demo account that asks; drawn from the neighbours of the demo resident where none is named."""
    is_of_home_team: bool = False
    kind: str = ""
    """The kind of service that its words speak of; any where none is named, or where nobody offers it."""


PLACED_LATER: Final = 23
"""Orders that are placed in the tales themselves (`tales/`: asking, saying, serving, splitting, stationing)."""
ALIKE: Final = tuple(f"alike_{nth}" for nth in range(1, 6))
"""Five of one team, whose reviews were entered one after the other."""
OURS: Final = ("passed_on", "kept")
PASSING: Final = (*OURS, "asked_of_us", "asked_of_office", "taken_back")
BEGUN: Final = (
    Begun("adopted", OrderState.DONE, 40, kind="haircut"), Begun("in_peace", OrderState.DONE, 33),
    Begun("answered", OrderState.DONE, 26, kind="haircut"), Begun("declined_to_say", OrderState.DONE, 20),
    Begun("still_needed", OrderState.DONE, 18, kind="haircut"),
    Begun("by_team", OrderState.DONE, 16, whose=Role.VOLUNTEER, is_of_home_team=True),
    *(Begun(purpose, OrderState.DONE, 12, 8 + nth) for nth, purpose in enumerate(ALIKE)),
    Begun("by_staff", OrderState.DONE, 11, whose=Role.PRACTITIONER), Begun("same_minute", OrderState.DONE, 9),
    Begun("team_phone", OrderState.DONE, 8),
    Begun("team_device", OrderState.DONE, 6), Begun("contradicted", OrderState.DONE, 3, kind="repair"),
    Begun("half", OrderState.DONE, 2, kind="repair"), Begun("suggested", OrderState.DONE, 2, 11),
    Begun("not_done", OrderState.DONE, 2, 13),
    *(Begun(purpose, OrderState.ACCEPTED, 1, 8 + nth) for nth, purpose in enumerate(PASSING)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for what in one of them."""

    resident: Account
    offer: Offer


def neighbours(people: People) -> list[Account]:
    """Return who lives in the demo village, besides the demo accounts; everybody where nobody does."""
    home = people.by_role[Role.RESIDENT].person.home_place_id
    near = [one for one in people.residents[1:] if one.person.home_place_id == home]
    return near or people.residents[1:]


def asking(
    *, begun: Begun, nth: int, people: People, near: Sequence[Account], offers: Sequence[Offer], draw: Draw
) -> Asking | None:
    """Choose which neighbour asks for what, of what is offered in the demo village; nobody where nothing fits."""
    resident = people.by_role[begun.whose] if begun.whose else near[nth % len(near)]
    home = people.crews[0]
    fitting = list(offers)
    if begun.is_of_home_team or begun.purpose in OURS:
        fitting = [offer for offer in offers if offer.crew is home]
    elif begun.purpose in ALIKE:
        fitting = [offer for offer in offers if offer.crew is not home][:1]
    elif begun.kind:
        fitting = [offer for offer in offers if offer.kind.code == begun.kind] or fitting
    if begun.purpose in PASSING:
        teams = _Teams(resident)
        fitting = [offer for offer in fitting if teams.others(offer)]
        if begun.purpose == "asked_of_us":
            fitting = [offer for offer in fitting if home.team.pk in teams.others(offer)]
    return Asking(resident, draw.one(fitting)) if fitting else None


class _Teams:
    """Which teams serve a resident with what, asked once for each kind of service."""

    def __init__(self, resident: Account) -> None:
        self._place_id = resident.person.home_place_id or 0
        self._serving: dict[str, set[int]] = {}

    def others(self, offer: Offer) -> set[int]:
        """Return who could do it besides the team that offers it."""
        category = offer.project.category_id
        if category not in self._serving:
            teams = teams_for(category=category, place_id=self._place_id)
            self._serving[category] = set(teams.values_list("pk", flat=True))
        return self._serving[category] - {offer.crew.team.pk}


def phone_of(crew: Crew) -> str:
    """Return the telephone of who leads a team."""
    return str(crew.leader.person.contact_phone)
