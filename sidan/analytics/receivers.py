"""What a change of the tree of places means for the counters, in the transaction of the change itself."""

from sidan.analytics import operations
from sidan.core.events import subscribe
from sidan.places.events import PlaceMoved


@subscribe(PlaceMoved)
def after_move(event: PlaceMoved) -> None:
    """Carry what was counted since the day of the move over to where the place stands now."""
    operations.carry_over(
        place_id=event.place_id, from_parent_id=event.from_parent_id, to_parent_id=event.to_parent_id, on=event.on
    )  # fmt: skip
