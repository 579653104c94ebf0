"""What orders do when people say something: a team that is dissolved can keep none."""

from sidan.core.events import subscribe
from sidan.core.scope import everything
from sidan.orders.operations import return_all_of_team
from sidan.people.enums import TeamState
from sidan.people.events import TeamMoved


@subscribe(TeamMoved)
def after_a_team_moved(event: TeamMoved) -> None:
    """Give what a dissolved team had back to the office, whoever dissolved it sees of orders."""
    if event.to_state == TeamState.DISSOLVED:
        with everything("the orders of a team that is dissolved"):
            return_all_of_team(at=event.at, team_id=event.team_id)
