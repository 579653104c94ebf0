"""`make tour`: one order through the whole loop of the running demo, as six people, over public HTTP only.

The smallest proof that the main job works: resident, dispatcher, leader, volunteer, the resident again, and a
supervisor who looks at the page of figures: the sums, and the county's row among the places. Prints the timeline as a
table and ends with 1 at the first thing that is not as it should be.
"""

import http.cookiejar
import json
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

PASSWORD = "sidan-demo-2026"
PHONES = {
    "resident": "12000000001",
    "volunteer": "12000000002",
    "leader": "12000000003",
    "dispatcher": "12000000008",
    "supervisor": "12000000010",
}
"""Of the demo accounts; `make demo` prints them."""
SECONDS = 30
CHINA = timezone(timedelta(hours=8))
"""The country has one time, without a change in summer."""


class NotAsItShould(Exception):
    """The tour ends here; the sentence says what was expected and what came."""


@dataclass
class Person:
    """Somebody with an HTTP client of their own."""

    role: str
    base: str
    token: str = ""
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def sign_in(self) -> "Person":
        """Sign in over the API for a bearer token."""
        answer = self.call("POST", "/sign-in", {"phone": PHONES[self.role], "password": PASSWORD}, expect=201)
        self.token = answer["token"]
        return self

    def call(self, method: str, path: str, body: object = None, *, expect: int = 200, key: str = "") -> Any:
        """Call the API and return its document."""
        headers = {
            "Accept": "application/json",
            "Accept-Language": "zh-hans",
            "Content-Type": "application/json",
        }
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if key:
            headers["Idempotency-Key"] = key
        content = json.dumps(body).encode() if body is not None else b"" if method == "POST" else None
        status, text = self._send(method, f"/api/v1{path}", content, headers)
        if status != expect:
            raise NotAsItShould(
                f"{self.role}: {method} {path} answered {status} instead of {expect}: {text[:300]}"
            )
        return json.loads(text) if text else None

    def page(self, path: str, form: dict[str, str] | None = None) -> str:
        """Read a page as a browser does, or send a form, following redirects and keeping cookies."""
        content = urllib.parse.urlencode(form).encode() if form is not None else None
        method = "POST" if form is not None else "GET"
        status, text = self._send(method, path, content, {"Accept": "text/html", "Referer": self.base + path})
        if status != 200:
            raise NotAsItShould(f"{self.role}: the page {path} answered {status}")
        return text

    def _send(
        self, method: str, path: str, content: bytes | None, headers: dict[str, str]
    ) -> tuple[int, str]:
        request = urllib.request.Request(self.base + path, data=content, headers=headers, method=method)
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )
        try:
            with opener.open(request, timeout=SECONDS) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()
        except OSError as error:
            raise NotAsItShould(f"{self.base} does not answer ({error}); is `make demo` running?") from error


@dataclass
class Tour:
    """The six people and what they have found out so far."""

    base: str
    number: str = ""

    def __post_init__(self) -> None:
        self.people = {role: Person(role, self.base) for role in PHONES}

    def __getitem__(self, role: str) -> Person:
        return self.people[role]

    def run(self) -> None:
        """Walk the loop; each step checks what it got."""
        for role in ("resident", "volunteer", "leader", "dispatcher"):
            self[role].sign_in()
        county = self._county()
        before, row_before = self._figures(county)
        team = self._team_of_leader()
        self.number = self._order(self._service_of(team["name"]))
        self._dispatch(team["id"])
        visit = self._accept_and_plan(team["id"])
        self._visit(visit)
        self._review()
        after, row_after = self._figures(county)
        self._expect(after, [one + 1 for one in before], "figures of all and of closed orders")
        self._expect(row_after, [one + 1 for one in row_before], "the same in the county's row")
        self._print()

    def _expect(self, found: object, wanted: object, what: str) -> None:
        if found != wanted:
            raise NotAsItShould(f"{what}: expected {wanted!r}, found {found!r}")

    def _team_of_leader(self) -> dict[str, Any]:
        me = self["leader"].call("GET", "/me")
        cursor: str | None = ""
        while cursor is not None:
            more = f"&cursor={urllib.parse.quote(cursor)}" if cursor else ""
            page = self["leader"].call("GET", f"/teams?limit=100&place={me['home_place']['id']}{more}")
            for team in page["items"]:
                if (team["leader"] or {}).get("id") == me["person_id"]:
                    return dict(team)
            cursor = page["next_cursor"]
        raise NotAsItShould("the leader of the demo leads no team")

    def _service_of(self, team_name: str) -> str:
        place = self["resident"].call("GET", "/me")["home_place"]["id"]
        cursor: str | None = ""
        while cursor is not None:
            more = f"&cursor={urllib.parse.quote(cursor)}" if cursor else ""
            menu = self["resident"].call("GET", f"/catalogue/services?place={place}&limit=50{more}")
            for service in menu["items"]:
                if service["team"] == team_name:
                    return str(service["id"])
            cursor = menu["next_cursor"]
        raise NotAsItShould(f"the menu offers nothing of {team_name}")

    def _order(self, project: str) -> str:
        begins = datetime.now(UTC) + timedelta(days=1)
        wish = {
            "project": project,
            "wished_from": begins.isoformat(),
            "wished_to": (begins + timedelta(hours=3)).isoformat(),
            "need": "请在上午来，家里有人。",  # data: what a resident would write
        }
        key = str(uuid.uuid4())
        first = self["resident"].call("POST", "/orders", wish, expect=201, key=key)
        again = self["resident"].call("POST", "/orders", wish, expect=201, key=key)
        self._expect(again["number"], first["number"], "the same request sent twice")
        self._expect(first["state"], "submitted", "the state of the new order")
        return str(first["number"])

    def _dispatch(self, team: str) -> None:
        dispatcher = self["dispatcher"]
        self._expect(
            dispatcher.call("POST", f"/orders/{self.number}/admit")["state"], "admitted", "after admitting"
        )
        teams = dispatcher.call("GET", f"/orders/{self.number}/teams")
        if team not in {row["uuid"] for row in teams}:
            raise NotAsItShould("the leader's team is not among the teams proposed")
        dispatcher.call("POST", f"/orders/{self.number}/dispatch", {"team": team}, expect=201)
        dispatcher.call("POST", f"/orders/{self.number}/admit", expect=409)

    def _accept_and_plan(self, team: str) -> str:
        leader = self["leader"]
        detail = leader.call("GET", f"/orders/{self.number}")
        assignment = detail["assignment"]["uuid"]
        accepted = leader.call("POST", f"/team-work/assignments/{assignment}/accept")
        self._expect(accepted["state"], "accepted", "after the team accepted")
        volunteer = self["volunteer"].call("GET", "/me")["person_id"]
        members = {row["person_id"] for row in leader.call("GET", f"/teams/{team}/members")}
        if volunteer not in members:
            raise NotAsItShould("the volunteer of the demo is no member of the leader's team")
        leader.call(
            "POST", f"/team-work/assignments/{assignment}/members", {"people": [volunteer]}, expect=204
        )
        begins = datetime.now(UTC) + timedelta(minutes=5)
        times = {"planned_from": begins.isoformat(), "planned_to": (begins + timedelta(hours=1)).isoformat()}
        visit = leader.call("POST", f"/team-work/assignments/{assignment}/schedule", times, expect=201)
        return str(visit["uuid"])

    def _visit(self, visit: str) -> None:
        volunteer, number = self["volunteer"], self.number
        named = {row["order_number"] for row in volunteer.call("GET", "/team-work/tasks")}
        if number not in named:
            raise NotAsItShould("the volunteer does not see the task")
        code = self["resident"].call("GET", f"/orders/{number}/code")["code"]
        volunteer.call(
            "POST", f"/team-work/visits/{visit}/check-in", {"way": "code", "code": code}, expect=204
        )
        volunteer.call(
            "POST", f"/team-work/visits/{visit}/check-out", {"way": "code", "code": code}, expect=204
        )
        report = {"words": "服务完成，老人很高兴。"}  # data: what a volunteer would write
        done = volunteer.call("POST", f"/team-work/visits/{visit}/report", report)
        self._expect(done["state"], "done", "after the report")

    def _review(self) -> None:
        words = {"outcome": "done", "stars": 5, "words": "谢谢！"}  # data: what a resident would write
        closed = self["resident"].call("POST", f"/orders/{self.number}/review", words)
        self._expect(closed["state"], "closed", "after the review")

    def _county(self) -> str:
        """Return the id of the center above the resident's home."""
        place = self["resident"].call("GET", "/me")["home_place"]["id"]
        while place:
            node = self["resident"].call("GET", f"/places/{place}")
            if node["kind"] == "center":
                return str(node["id"])
            place = node["parent_id"]
        raise NotAsItShould("no center stands above the resident's home")

    def _figures(self, county: str) -> tuple[list[int], list[int]]:
        """Read all orders and the closed ones from the page of figures: of all places, and of the county's row."""
        supervisor = self["supervisor"]
        if not len(supervisor.cookies):
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', supervisor.page("/sign-in/"))
            if token is None:
                raise NotAsItShould("the sign-in page has no form")
            form = {"csrfmiddlewaretoken": token[1], "phone": PHONES["supervisor"], "password": PASSWORD}
            supervisor.page("/sign-in/", form)
        text = supervisor.page("/console/figures/")
        found = [re.search(rf'data-figure="{key}">([0-9]+)<', text) for key in ("all", "closed")]
        if None in found:
            raise NotAsItShould("the page of figures shows no figures")
        return [int(match[1]) for match in found if match], _row(text, county)

    def _print(self) -> None:
        detail = self["resident"].call("GET", f"/orders/{self.number}")
        print(f"Order {self.number}: {detail['title']}")
        print(f"{'when (in China)':<20} {'step':<10} {'state':<11} team")
        for step in detail["steps"]:
            when = datetime.fromisoformat(step["at"]).astimezone(CHINA)
            print(f"{when:%Y-%m-%d %H:%M:%S}  {step['verb']:<10} {step['state']:<11} {step['team']}")
        verbs = [step["verb"] for step in detail["steps"]]
        wanted = ["submit", "admit", "dispatch", "accept", "schedule", "begin", "finish", "review"]
        self._expect(verbs, wanted, "the steps of the order")


def _row(page: str, place: str) -> list[int]:
    """Return all orders and the closed ones of a place from its row in the table of figures."""
    for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL):
        if f"/console/figures/{place}/" in row:
            found = [
                re.search(r"<td[^>]*><strong>([0-9]+)<", row),
                re.search(r'<td[^>]* data-cell="closed">([0-9]+)<', row),
            ]
            if None not in found:
                return [int(match[1]) for match in found if match]
    raise NotAsItShould("the table of figures has no row of the county")


def main() -> int:
    """Run the tour against SIDAN_PORT on this machine, or the address given as the first word."""
    base = (
        sys.argv[1].rstrip("/")
        if len(sys.argv) > 1
        else f"http://127.0.0.1:{os.environ.get('SIDAN_PORT', '8000')}"
    )
    try:
        Tour(base).run()
    except NotAsItShould as problem:
        print(f"The tour ended: {problem}", file=sys.stderr)
        return 1
    print("The tour went all the way round.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
