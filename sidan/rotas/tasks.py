"""Jobs of rotas. They run at least once; what the clock has done once is not due again."""

from datetime import datetime
from typing import Final

from sidan.core.jobs import each_alone, periodic
from sidan.rotas import operations, queries

MOST_IN_ONE_RUN: Final = 500


@periodic(name="rotas.plan", cron="40 17 * * *")
def plan(*, at: datetime) -> int:
    """Make at night the shifts of the next weeks and put people on them; one rota that fails holds no other up."""
    return each_alone(queries.rotas_running(), lambda rota_id: operations.plan_rota(at=at, rota_id=rota_id))


@periodic(name="rotas.close", cron="*/5 * * * *")
def close(*, at: datetime) -> int:
    """Close the shifts that are over, so that who was there has hours."""
    return each_alone(
        queries.to_close(at=at, most=MOST_IN_ONE_RUN),
        lambda watch_id: operations.close_watch(at=at, watch_id=watch_id),
    )


@periodic(name="rotas.lapse", cron="*/5 * * * *")
def lapse(*, at: datetime) -> int:
    """End the swaps that nobody answered before the shift began."""
    return each_alone(
        queries.swaps_to_lapse(at=at), lambda swap_id: operations.lapse_swap(at=at, swap_id=swap_id)
    )
