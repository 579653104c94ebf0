"""The API of Sidan: the routers of the apps under one roof, one kind of sign-in, one form of error."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI

from sidan.api.auth import signed_in
from sidan.api.document import SidanAPI
from sidan.api.questions import only_known_parameters
from sidan.core.problems import install_problem_handlers
from sidan.core.requests import asker_of
from sidan.core.scope import scoped
from sidan.people.access import scope_for


def within_scope(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Run an operation in the scope of whoever asks: the same as the pages' middleware does."""

    @wraps(operation)
    def scoped_operation(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with scoped(scope_for(asker_of(request))):
            return operation(request, *args, **kwargs)

    return scoped_operation


def build_api() -> NinjaAPI:
    """Assemble the API once; the committed snapshot (docs/openapi.json) is made from it."""
    api = SidanAPI(
        title="Sidan",
        version="1.0.0",
        description="Orders, teams, places and menus of a New Era Civilization Practice Center. Errors are problem "
        "documents (RFC 9457); lists are keyset pages; a write may be repeated with the same Idempotency-Key. "
        "Times should carry their offset; one without is read as China's "
        "own (Asia/Shanghai, +08:00). A guide in Chinese and English stands at /developers/.",
        urls_namespace="api",
        docs_url="/docs",
        openapi_url="/openapi.json",
        auth=signed_in,
    )
    api.add_decorator(within_scope)
    api.add_decorator(only_known_parameters, mode="view")
    install_problem_handlers(api)
    for prefix, path in ROUTERS:
        api.add_router(prefix, path)
    return api


ROUTERS = (
    ("/notices", "sidan.notify.api.router"),
    ("/", "sidan.people.api.router"),
    ("/places", "sidan.places.api.router"),
    ("/pop-ups", "sidan.places.api.pop_ups_router"),
    ("/catalogue", "sidan.catalogue.api.router"),
    ("/audit", "sidan.audit.api.router"),
    # Before the orders, whose numbers would be taken for its names.
    ("/orders", "sidan.orders.api.behalf_router"),
    ("/orders", "sidan.orders.api.orders_router"),
    ("/orders", "sidan.orders.api.pointing_router"),
    ("/orders", "sidan.orders.api.handing_router"),
    ("/orders", "sidan.orders.api.splitting_router"),
    ("/team-work", "sidan.orders.api.work_router"),
    ("/team-work", "sidan.orders.api.inbox_router"),
    ("/limits", "sidan.limits.api.router"),
    ("/figures", "sidan.analytics.api.router"),
    ("/team-work", "sidan.orders.api.passing_router"),
    ("/team-work", "sidan.orders.api.times_router"),
    ("/team-work", "sidan.orders.api.reporting_router"),
    ("/hours", "sidan.hours.api.mine_router"),
    ("/hours", "sidan.hours.api.desk_router"),
    ("/certificates", "sidan.honours.api.router"),
    ("/attendance", "sidan.attendance.api.router"),
    ("/desk", "sidan.desk.api.router"),
    ("/talk", "sidan.talk.api.router"),
    ("/needs", "sidan.needs.api.router"),
    ("/rooms", "sidan.bookings.api.rooms_router"),
    ("/bookings", "sidan.bookings.api.bookings_router"),
    ("/", "sidan.bookings.turns_api.turns_router"),
    ("/activities", "sidan.activities.api.inbox.router"),
    ("/activities", "sidan.activities.api.door.router"),
    ("/activities", "sidan.activities.api.signing.posts_router"),
    ("/activities", "sidan.activities.api.once.router"),
    ("/enrolments", "sidan.activities.api.signing.router"),
    ("/series", "sidan.activities.api.again.router"),
    ("/plans", "sidan.plans.api.router"),
    ("/fairs", "sidan.fairs.api.router"),
    ("/talks", "sidan.lectures.api.router"),
    ("/schools", "sidan.schools.api.router"),
    ("/campaigns", "sidan.campaigns.api.router"),
    ("/wishes", "sidan.wishes.api.wall_router"),
    ("/wishes", "sidan.wishes.api.desk_router"),
)
