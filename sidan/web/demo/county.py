"""Loading the demo county, all or nothing."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from sidan.activities.models import Activity
from sidan.audit.operations import record
from sidan.core.actor import SYSTEM
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.ids import named_by
from sidan.core.scope import everything
from sidan.orders.models import Order
from sidan.people.models import Account
from sidan.places.management.commands.load_divisions import COMPACT_FILE
from sidan.places.models import Place
from sidan.places.operations.divisions import load_divisions
from sidan.places.sources import division_rows
from sidan.web.demo.activities import make_activities
from sidan.web.demo.campaigns import make_campaigns
from sidan.web.demo.catalogue import make_catalogue
from sidan.web.demo.clocks import fire_clocks, start_clocks
from sidan.web.demo.dossiers import make_dossiers
from sidan.web.demo.draw import Draw, DrawnNames
from sidan.web.demo.fairs import make_fairs
from sidan.web.demo.held import make_held
from sidan.web.demo.honours import make_certificates, make_honours
from sidan.web.demo.hours import make_hours
from sidan.web.demo.kiosk import make_terminal
from sidan.web.demo.lectures import make_lectures
from sidan.web.demo.mediation import make_mediations
from sidan.web.demo.needs import make_needs
from sidan.web.demo.neighbours import make_neighbours
from sidan.web.demo.orders import make_orders
from sidan.web.demo.people import make_people
from sidan.web.demo.pictures import make_pictures
from sidan.web.demo.places import make_network
from sidan.web.demo.plans import make_plans
from sidan.web.demo.pop_ups import make_pop_ups
from sidan.web.demo.rooms import make_rooms
from sidan.web.demo.rotas import make_rotas
from sidan.web.demo.schools import make_school_of_xinzhou, make_schools
from sidan.web.demo.sizes import Size
from sidan.web.demo.tales import make_tales
from sidan.web.demo.wishes import make_wishes
from sidan.web.demo.writing import Tell, silent

SEED: Final = 360_734
EVENING: Final = time(20)


class DemoRefused(RuntimeError):
    """The demo is not loaded here; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was written."""

    places: int
    orders: int
    accounts: int
    activities: int


def load_county(*, size: Size, today: date, seed: int = SEED, tell: Tell = silent) -> Loaded:
    """Write the county as it stands on the evening before a day: whoever signs in today finds work to do.

    Raises:
        DemoRefused: this is a production installation, or there is data already.
    """
    _refuse()
    now = datetime.combine(today - timedelta(days=1), EVENING, BUSINESS_ZONE)
    before = now - timedelta(days=size.days + 30)
    draw = Draw(seed)
    names = DrawnNames(seed=seed + 1, at=before)
    scope = everything("the demo county is written as a whole")
    with transaction.atomic(), scope, named_by(names):
        load_divisions(actor=SYSTEM, at=now, rows=division_rows(COMPACT_FILE))
        network = make_network(draw=draw, today=today, at=before, points=size.points)
        people = make_people(draw=draw, network=network, size=size, today=today, at=before, tell=tell)
        offers = make_catalogue(
            draw=draw, network=network, people=people, size=size, today=today, at=before, tell=tell
        )
        begun = make_orders(draw=draw, people=people, offers=offers, size=size, now=now, tell=tell)
        make_hours(now=now, tell=tell)
        start_clocks(now=now)
        # Right after the orders: what comes below draws no other ids for them, however it grows.
        make_tales(people=people, begun=begun, now=now)
        make_pictures(people=people, offers=offers, at=before)
        make_mediations(people=people, now=now)
        make_wishes(people=people, now=now)
        make_needs(draw=draw, people=people, now=now)
        make_rooms(network=network, people=people, now=now)
        make_pop_ups(network=network, people=people, now=now)
        make_activities(network=network, people=people, size=size, now=now)
        make_rotas(network=network, people=people, now=now)
        make_plans(network=network, people=people, now=now)
        make_fairs(network=network, people=people, now=now)
        make_lectures(network=network, people=people, now=now)
        make_schools(network=network, people=people, now=now)
        make_dossiers(people=people, now=now)
        make_campaigns(network=network, people=people, now=now)
        make_certificates(people=people, now=now)
        make_honours(people=people, now=now)
        fire_clocks(now=now)
        make_held(draw=Draw(seed + 2), people=people, size=size, now=now, tell=tell)
        make_terminal(people=people, now=now)
        make_neighbours(draw=draw, network=network, at=before, now=now)
        make_school_of_xinzhou(now=now)
        loaded = Loaded(
            places=Place.objects.count(), orders=Order.objects.count(), accounts=Account.objects.count(),
            activities=Activity.objects.count(),
        )  # fmt: skip
        center = ("place", network.center.pk)
        record(actor=SYSTEM, at=now, verb="demo.loaded", subject=center, rows=loaded.orders)
    _analyse()
    return loaded


def _refuse() -> None:
    if settings.MODE == "production":
        raise DemoRefused(
            "this is a production installation: the demo, with its known passwords, is not loaded here"
        )
    with everything("is there anything yet?"):
        if Place.objects.exists() or Account.objects.exists():
            raise DemoRefused("there is data already; the demo is loaded into an empty installation only")


def _analyse() -> None:
    """Tell the planner what came in: it knows nothing of new tables, and would count the orders row by row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_analyse()")
