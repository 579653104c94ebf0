"""What the time limits tell the apps below when they start: their clocks, their notices, how their acts read."""

from sidan.limits import notices, queries, words
from sidan.limits.operations import (
    TaskTimes,
    agree_clock,
    hand_on_clock,
    hasten_clock,
    run_clock,
    run_part_clock,
    run_wish_clock,
    take_up_clock,
    take_up_part_clock,
)
from sidan.orders import operations as orders
from sidan.wishes import operations as wishes


def register() -> None:
    """Register everything once."""
    notices.register()
    words.register()
    orders.CLOCKWORK.register(lambda order, step_id, at: run_clock(order=order, step_id=step_id, at=at))
    orders.PARTS_CLOCKWORK.register(
        lambda part, step_id, at: run_part_clock(part=part, step_id=step_id, at=at)
    )
    orders.SPLITS_CLOCKWORK.register(
        lambda order, step_id, at: hand_on_clock(order=order, step_id=step_id, at=at)
    )
    orders.BACK_CLOCKWORK.register(
        lambda order, step_id, at: take_up_clock(order=order, step_id=step_id, at=at)
    )
    orders.PARTS_BACK_CLOCKWORK.register(
        lambda part, step_id, at: take_up_part_clock(part=part, step_id=step_id, at=at)
    )
    orders.DANGER_CLOCKWORK.register(
        lambda order, step_id, at: hasten_clock(order=order, step_id=step_id, at=at)
    )
    orders.AGREED_CLOCKWORK.register(
        lambda order, step_id, at: agree_clock(order=order, step_id=step_id, at=at)
    )
    orders.CLOCKWORK.register_calendars(lambda keys: queries.orders_counted(order_ids=keys))
    orders.PARTS_CLOCKWORK.register_calendars(lambda keys: queries.parts_counted(part_ids=keys))
    wishes.CLOCKWORK.register_calendars(lambda keys: queries.wishes_counted(wish_ids=keys))
    orders.TASK_CLOCKS.register(TaskTimes())
    wishes.CLOCKWORK.register(lambda wish, step_id, at: run_wish_clock(wish=wish, step_id=step_id, at=at))
