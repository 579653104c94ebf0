"""Which pages there are, and as whom each is opened: read from the matrix of routes and roles.

The matrix fails when a route has no line, so a new page is visited here by itself.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from tests.browser.site import Site
from tests.matrix.lines import Line
from tests.matrix.table import TABLE
from tests.matrix.table.kiosk import READS as KIOSK_READS

NOT_PAGES: Final = {
    "core:healthz": "for programs",
    "core:readyz": "for programs",
    "core:metrics": "for programs",
    "web:robots": "plain text",
    "notify:count": "a piece: the number on the bell",
    "files:picture": "a picture",
    "files:thumb": "a picture",
    "places:pick": "a piece: places to choose from",
    "places:export": "a table to take away",
    "places:export_pop_ups": "a table to take away",
    "places:pop_up_paper": "paper",
    "catalogue:export": "a table to take away",
    "catalogue:export_tasks": "a table to take away",
    "orders:queue_export": "a table to take away",
    "orders:reviews_export": "a table to take away",
    "mediation:agreement": "paper",
    "analytics:export": "a table to take away",
    "supply:demand_export": "a table to take away",
    "supply:chart": "a drawing to take away",
    "supply:gaps_export": "a table to take away",
    "supply:fairness_export": "a table to take away",
    "orders:standing_out_export": "a table to take away",
    "reviews:export_calls": "a table to take away",
    "reviews:export_flags": "a table to take away",
    "reviews:export_follow_ups": "a table to take away",
    "reviews:export_suggestions": "a table to take away",
    "limits:export_firings": "a table to take away",
    "needs:paper": "paper",
    "needs:offline_worker": "a script",
    "needs:offline_sheets": "a piece: the sheets that a device keeps",
    "desk:menu_paper": "paper",
    "bookings:export": "a table to take away",
    "bookings:export_rooms": "a table to take away",
    "bookings:export_turns": "a table to take away",
    "fairs:export": "a table to take away",
    "fairs:export_stalls": "a table to take away",
    "fairs:plan": "paper",
    "fairs:signs": "paper",
    "rotas:export": "a table to take away",
    "rotas:export_month": "a table to take away",
    "rotas:export_gaps": "a table to take away",
    "rotas:paper": "paper",
    "plans:export": "a table to take away",
    "lectures:export": "a table to take away",
    "lectures:export_lecturers": "a table to take away",
    "schools:export": "a table to take away",
    "schools:export_pupils": "a table to take away",
    "schools:export_classes": "a table to take away",
    "schools:export_figures": "a table to take away",
    "campaigns:export": "a table to take away",
    "campaigns:export_sites": "a table to take away",
    "campaigns:export_stops": "a table to take away",
    "campaigns:feed": "for calendars elsewhere",
    "plans:export_lines": "a table to take away",
    "dossiers:export": "a table to take away",
    "dossiers:month": "paper, and documents to take away",
    "activities:offline_worker": "a script",
    "activities:desk_worker": "a script",
    "activities:export": "a table to take away",
    "activities:series_figures_export": "a table to take away",
    "activities:export_people": "a table to take away",
    "activities:paper_of_people": "paper",
    "activities:month_paper": "paper",
    "activities:place_feed": "for calendars elsewhere",
    "activities:team_feed": "for calendars elsewhere",
    "activities:own_feed": "for calendars elsewhere",
    "needs:export": "a table to take away",
    "hours:export_mine": "a table to take away",
    "hours:export": "a table to take away",
    "honours:export": "a table to take away",
    "honours:export_awards": "a table to take away",
    "honours:export_names": "a table to take away",
    "honours:paper": "paper",
    "honours:staff_paper": "paper",
    "honours:credential": "a file to take away",
    "honours:staff_credential": "a file to take away",
    "honours:keys": "for programs",
    "honours:key": "for programs",
    "wishes:export": "a table to take away",
    "mediation:export": "a table to take away",
    "people:export_volunteers": "a table to take away",
    "people:export_teams": "a table to take away",
    "people:export_accounts": "a table to take away",
    "orders:code": "a piece: the digits, read anew each half minute",
    "orders:offline_worker": "a script",
    "orders:offline_manifest": "for telephones",
    "kiosk:export": "a table to take away",
    "needs:export_surveys": "a table to take away",
    "talk:export_reports": "a table to take away",
    "talk:lines": "a piece: what was said, read anew while the page is open",
    "desk:code_order": "opens with a code from paper only: test_desk.py visits it",
    "desk:code_door": "a piece: the digits, read anew each half minute",
    "desk:claim": "opens with a code from paper only: test_desk.py visits it",
    "orders:queue_row": "a piece: one row",
    **dict.fromkeys(
        (f"kiosk:{name}" for name in (*KIOSK_READS, "order")),
        "opens at a terminal only: test_kiosk.py visits it",
    ),
    "orders:queue_teams": "a piece: the teams",
    "people:sign_in_totp": "opens only between the two steps of signing in",
}
"""What is read and is no page, with the reason."""

ORDER: Final = (
    "resident", "volunteer", "leader", "dispatcher", "manager", "director", "practitioner", "supervisor",
    "system_admin", "security_admin", "audit_admin", "visitor",
)  # fmt: skip
"""As whom a page is opened: the first of these who may."""
AS: Final = {
    "people:sign_in": "visitor",
    "people:sign_in_code": "visitor",
    "people:register": "visitor",
    "people:pause_myself": "volunteer",
    "people:leave_myself": "volunteer",
    "people:resume_myself": "grid_keeper",
}
"""Pages that lead others elsewhere at once: whom they are for."""


@dataclass(frozen=True)
class Visit:
    """A page: its name, its address, and who opens it."""

    route: str
    path: str
    person: str


def page_lines() -> list[Line]:
    """Return the lines of everything that is read and is a page."""
    return [
        line for line in TABLE if line.method == "GET" and not line.is_api and line.route not in NOT_PAGES
    ]


def visits(site: Site) -> list[Visit]:
    """Return every page of the site once."""
    return [_visit(site, line) for line in page_lines()]


def _visit(site: Site, line: Line) -> Visit:
    parts = {name: site.things.get(told, told) for name, told in line.parts.items()}
    path = reverse(line.route, kwargs=parts or None)
    asked = {
        key: site.things.get(str(value).removeprefix("@"), value) for key, value in (line.send or {}).items()
    }
    person = AS.get(line.route) or next(each for each in ORDER if each in line.may)
    return Visit(line.route, f"{path}?{urlencode(asked)}" if asked else path, person)
