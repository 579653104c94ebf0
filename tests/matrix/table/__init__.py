"""Who may do what: one line for each route and method. What is not written here fails the tests."""

from typing import Final

from tests.matrix.lines import ENTERERS, RESIDENT, ROLL, TEAM
from tests.matrix.table import (
    activities,
    api_of_orders,
    api_of_people,
    bookings,
    campaigns,
    catalogue,
    desk,
    dossiers,
    fairs,
    honours,
    hours,
    kiosk,
    lectures,
    loop,
    mediation,
    needs,
    people,
    plans,
    pop_ups,
    rest,
    reviews,
    rotas,
    schools,
    stations,
    supply,
    talk,
    wishes,
)

TABLE: Final = (
    *rest.LINES, *people.LINES, *catalogue.LINES, *loop.LINES, *api_of_people.LINES, *api_of_orders.LINES,
    *mediation.LINES, *wishes.LINES, *needs.LINES, *supply.LINES, *desk.LINES, *talk.LINES, *reviews.LINES,
    *hours.LINES, *honours.LINES, *kiosk.LINES, *stations.LINES, *bookings.LINES, *pop_ups.LINES,
    *activities.LINES, *plans.LINES, *dossiers.LINES, *fairs.LINES, *lectures.LINES, *campaigns.LINES,
    *rotas.LINES, *schools.LINES,
)  # fmt: skip
SHOW_CONTACT: Final[dict[str, frozenset[str]]] = {
    # One's own.
    "GET people:contact": RESIDENT,
    "GET orders:place": RESIDENT,
    "GET orders:change": RESIDENT,
    # Shown on purpose, and the look is on record.
    "POST orders:queue_contact": ENTERERS,
    "POST orders:card_contact": frozenset({"leader"}),
    "POST orders:task_contact": TEAM,
    "GET bookings:ask": RESIDENT,
    "GET bookings:booking": RESIDENT,
    "POST bookings:look": ROLL,
    "POST /api/v1/bookings/{booking_id}/look": ROLL,
    "POST wishes:look": ENTERERS,
    "POST /api/v1/wishes/{wish_id}/look": ENTERERS,
    "POST reviews:call_contact": ENTERERS,
    "POST /api/v1/orders/{number}/contact": ENTERERS | TEAM | RESIDENT,
}
"""On which pages the contact of the resident stands in clear, and for whom."""
