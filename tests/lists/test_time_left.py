"""Every queue shows what is left of its time in words and colour (R-Z3): each clock there is, on each page of rows.

The pages come from the matrix of routes, the clocks from the limits and from the fields that say until when: a new one
of either fails here until its rows tell what is left, or it is said why they need not.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import DateField, F, Model
from django.urls import reverse

from sidan.catalogue.models import ProjectTask
from sidan.core.assets import icon_svg
from sidan.core.pressure import PRESSURES, end_of_day
from sidan.core.scope import everything
from sidan.limits.enums import Step
from sidan.limits.models import Running, TaskTimer, Timer, WishTimer
from sidan.mediation.models import FollowUp as Asking
from sidan.orders.enums import AssignmentState
from sidan.orders.models import OpenCall, Order, TakeOver, WorkPart
from sidan.orders.queries import CHIPS
from sidan.reviews.models import CallBack, FollowUp
from sidan.wishes.models import Wish
from tests.browser.visits import ORDER, page_lines
from tests.matrix import stage_projects
from tests.matrix.cells import address
from tests.matrix.stage import Stage

BESIDE: Final = ("orders.OpenCall", "orders.TakeOver", "mediation.FollowUp", "catalogue.ProjectTask")
"""What waits by a time of its own, and not by a limit."""
TIMED_BY_LIMITS: Final = frozenset(
    ("orders.Order", "orders.WorkPart", "wishes.Wish", "limits.Timer", "limits.WishTimer", "limits.TaskTimer")
)
ENDS: Final = re.compile(r"(due|half|expires|ends?)_(at|on)|(.+_)?until|deadline.*")
NOBODY_WAITS: Final = {
    "orders.OrderParty": "since when and until when a team or a place may see an order",
    "desk.CallClaim": "who is on the telephone now, for some minutes",
    "desk.AccessCode": "how long a code on paper opens its order",
    "kiosk.KioskTerminal": "a code to set up a terminal, good for half an hour",
    "activities.EntryRules": "until when one signs up and off",
    "honours.Proposal": "how long a name is shown to everybody before it can be given",
    "hours.Claim": "how long a late time is shown to everybody; when it is over the hours count by themselves",
    "bookings.Room": "until when a room of others is lent; its page and the list say so",
    "rotas.Shift": "from when to when somebody is on duty",
    "people.ApiToken": "how long a program may come in",
    "people.EmailCode": "how long a code that was sent is good",
    "people.SignInCode": "how long a code to sign in is good",
}
"""Fields that say until when, and no queue of somebody's work."""
WHERE: Final[Mapping[str, tuple[str, ...]]] = {
    Step.ADMIT: ("orders:queue",),
    Step.DISPATCH: ("orders:queue",),
    Step.ACCEPT: ("orders:queue", "orders:board"),
    Step.CONTACT: ("orders:queue", "orders:board", "orders:tasks"),
    Step.VISIT: ("orders:queue", "orders:board", "orders:tasks"),
    Step.REPORT: ("orders:queue", "orders:board", "orders:tasks"),
    Step.REVIEW: ("orders:queue", "orders:mine"),
    Step.ANSWER: ("wishes:desk",),
    Step.CONFIRM: ("desk:phone",),
    Step.CALL_BACK: ("reviews:calls",),
    Step.FOLLOW_UP: ("reviews:follow_ups",),
    "orders.OpenCall": ("orders:calls",),
    "orders.TakeOver": ("orders:board",),
    "mediation.FollowUp": ("mediation:cases",),
    "catalogue.ProjectTask": ("catalogue:tasks", "catalogue:project"),
}
"""On which lists what a clock runs for waits for the reader."""
AS: Final = {"orders:tasks": "volunteer"}
"""Pages that everybody opens, and on which something waits for this one."""
TELL_SOMETHING_ELSE: Final = {
    "orders:mine": "somebody else is to act: the order's own page says until when",
    "wishes:mine": "the office is to answer",
    "orders:queue_order": "other orders of the resident, beside one that tells its own time",
    "desk:caller": "an order that ended is asked about on other lists",
    "orders:reviews": "what was said of orders that ended",
    "orders:standing_out": "what stands out in what was done",
    "reviews:flags": "reviews to be looked at; nothing limits it",
    "reviews:suggestions": "nothing limits the answer",
    "talk:reports": "what was said; nothing limits a look at it",
    "talk:thread": "what was said about one order",
}
"""Pages with rows about things that wait elsewhere, and why they do not say how long."""
ROW: Final = re.compile(r"(?=<(?:tr|li|article)[\s>])")
END_OF_ROW: Final = re.compile(r"</(?:tr|li|article)>")
LINK: Final = re.compile(r'(?:href|action|data-row)="([^"]+)"')
NAMED: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{9,10}")
LEFT: Final = re.compile(
    r'<time class="state ([a-z-]*)" datetime="([^"]+)">(<svg.*?</svg>)([^<]+)</time>', re.S
)
WORDS: Final = re.compile(
    r"\d+ (minute|(office )?hour|(working )?day)s?( \d+ (minute|hour)s?)? left|under a minute left|overdue by .+"
)
SOON: Final = timedelta(minutes=1)

Waiting = Mapping[str, Mapping[str, datetime]]
"""By what names a thing in an address: which clocks run for it, and until when."""


@dataclass(frozen=True)
class Row:
    """A row of a page about something that waits."""

    route: str
    clocks: Mapping[str, datetime]
    html: str

    @property
    def left(self) -> list[tuple[str, datetime, str, str]]:
        """Return what it says is left: the tone, until when, the icon, the words."""
        return [
            (css, datetime.fromisoformat(due), svg, words.strip())
            for css, due, svg, words in LEFT.findall(self.html)
        ]

    def tells(self, clock: str) -> bool:
        return any(abs(due - self.clocks[clock]) < SOON for _css, due, _svg, _words in self.left)


def what_waits() -> Waiting:
    """Return everything on the stage for which a clock runs, by each name under which a page speaks of it."""
    found: dict[str, dict[str, datetime]] = defaultdict(dict)
    for timer in Timer.objects.filter(ended_at=None).select_related("order"):
        order = timer.order
        held = order.assignments.filter(state__in=(AssignmentState.OFFERED, AssignmentState.ACCEPTED))
        for name in (order.uuid, order.number, *held.values_list("uuid", flat=True)):
            found[str(name)][timer.effect] = timer.due_at
    for wish in WishTimer.objects.filter(ended_at=None).select_related("wish"):
        found[str(wish.wish.uuid)][wish.effect] = wish.due_at
    for task in TaskTimer.objects.filter(ended_at=None).select_related("order"):
        names = [task.order.uuid, task.order.number]
        for kind, of in (("call_back", CallBack), ("follow_up", FollowUp)):
            if task.effect == kind:
                names += of._default_manager.filter(order=task.order).values_list("uuid", flat=True)
        for name in names:
            found[str(name)][task.effect] = task.due_at
    for kind, things in {"orders.OpenCall": OpenCall, "orders.TakeOver": TakeOver}.items():
        for thing in things._default_manager.filter(state="open"):
            found[str(thing.uuid)][kind] = thing.until
    for asking in Asking.objects.filter(done_at=None, dropped_at=None).select_related("case"):
        found[str(asking.case.uuid)]["mediation.FollowUp"] = _end(asking)
    for open_task in ProjectTask.unscoped.filter(state="open"):
        found[str(open_task.uuid)]["catalogue.ProjectTask"] = _end(open_task)
    return found


def _end(thing: Asking | ProjectTask) -> datetime:
    due = end_of_day(thing.due_on).due_at
    assert due is not None
    return due


def rows_of(stage: Stage, *, route: str, url: str, person: str, waiting: Waiting) -> Iterator[Row]:
    """Open a page and return its rows about what waits."""
    answer = stage.client(person).get(url)
    if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
        return
    for piece in ROW.split(answer.content.decode())[1:]:
        html = END_OF_ROW.split(piece, maxsplit=1)[0]
        named = {name for link in LINK.findall(html) for name in NAMED.findall(link)}
        clocks = {clock: due for name in named for clock, due in waiting.get(name, {}).items()}
        if clocks:
            yield Row(route, clocks, html)


def walk(stage: Stage, waiting: Waiting, *, only: frozenset[str] = frozenset()) -> Iterator[Row]:
    """Open every page there is, and the queue by each chip of what goes on."""
    for line in page_lines():
        if only and line.route not in only:
            continue
        person = AS.get(line.route) or next(each for each in ORDER if each in line.may)
        asked = {key: stage.thing(value) for key, value in (line.send or {}).items()}
        url = f"{address(stage, line)}?{urlencode(asked)}"
        yield from rows_of(stage, route=line.route, url=url, person=person, waiting=waiting)
    for chip in CHIPS.keys() - {"ended"}:
        url = f"{reverse('orders:queue')}?chip={chip}"
        yield from rows_of(stage, route="orders:queue", url=url, person="dispatcher", waiting=waiting)


@pytest.fixture(scope="module")
def rows(stage: Stage) -> list[Row]:
    with everything("what waits"):
        stage_tasks(stage)
        waiting = what_waits()
    return list(walk(stage, waiting))


def stage_tasks(stage: Stage) -> None:
    """A task of a project that is still open: the stage's own is closed out."""
    with transaction.atomic():
        stage_projects.write_task(stage.cast, stage.things["draft"])


def test_every_clock_has_its_lists() -> None:
    ended = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, DateField) and ENDS.fullmatch(field.name)
    }
    assert ended == TIMED_BY_LIMITS | {*BESIDE} | NOBODY_WAITS.keys()
    assert WHERE.keys() == {*Step.values, *BESIDE}


@pytest.mark.parametrize(
    ("clock", "route"), [(clock, each) for clock, routes in WHERE.items() for each in routes]
)
def test_what_waits_tells_what_is_left_on_its_list(rows: list[Row], clock: str, route: str) -> None:
    about = [row for row in rows if row.route == route and clock in row.clocks]
    assert about, "something of this kind waits on the stage"
    assert [row.html for row in about if not row.tells(clock)] == []


def test_no_page_leaves_it_out(rows: list[Row]) -> None:
    silent = {
        (row.route, clock)
        for row in rows
        for clock in row.clocks
        if not row.left and row.route not in TELL_SOMETHING_ELSE
    }
    assert silent == set()


def test_each_page_that_tells_something_else_is_one(rows: list[Row]) -> None:
    assert {row.route for row in rows if not row.left} == TELL_SOMETHING_ELSE.keys()


def test_words_colour_and_icon_say_the_same(rows: list[Row]) -> None:
    looks = {look.css: icon_svg(look.icon) for look in PRESSURES.values()}
    told = [each for row in rows for each in row.left]
    assert told
    for css, _due, svg, words in told:
        assert svg == looks[css]
        assert WORDS.fullmatch(words), words
        assert words.startswith("overdue") == (css == PRESSURES["overdue"].css)


def test_what_an_office_counts_is_told_as_it_counts_it(rows: list[Row]) -> None:
    with everything("how clocks count"):
        counting = [
            each.due_at
            for of in (Timer, WishTimer, TaskTimer)
            for each in of._default_manager.filter(ended_at=None, limit__unit="working_days")
        ]
    told = {
        (row.route, words)
        for row in rows
        for _css, due, _svg, words in row.left
        if any(abs(due - each) < SOON for each in counting)
    }
    in_days = [(route, words) for route, words in told if re.search(r"\bdays?\b", words)]
    assert {route for route, _words in told} >= {"orders:queue", "wishes:desk", "reviews:calls", "desk:phone"}
    assert [each for each in in_days if "working day" not in each[1]] == []


def test_what_is_over_says_so_on_every_list_of_a_limit(stage: Stage) -> None:
    """The same pages a quarter later: every row that a limit runs for is dark red, with a clock."""
    routes = frozenset(each for step in Step.values for each in WHERE[step])
    with transaction.atomic(), everything("what is over"):
        _let_time_pass(timedelta(days=90))
        for row in walk(stage, what_waits(), only=routes):
            if any(clock in row.clocks and row.route in WHERE[clock] for clock in Step.values):
                assert any(css == PRESSURES["overdue"].css for css, *_rest in row.left), (row.route, row.html)
        transaction.set_rollback(True)


def _let_time_pass(span: timedelta) -> None:
    """Put every clock of the limits back by a span."""
    timers: tuple[type[Running], ...] = (Timer, WishTimer, TaskTimer)
    for timer in timers:
        timer._default_manager.update(
            begun_at=F("begun_at") - span, half_at=F("half_at") - span, due_at=F("due_at") - span
        )
    things: tuple[type[Model], ...] = (Order, WorkPart, Wish)
    for thing in things:
        kept = getattr(thing, "unscoped", thing._default_manager)
        kept.exclude(due_at=None).update(half_at=F("half_at") - span, due_at=F("due_at") - span)
