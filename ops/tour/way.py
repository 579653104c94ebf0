"""What both ways of the tour do: ask, find the team, go on a visit, look at the figures, print the history."""

import re
import urllib.parse
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from ops.tour.people import PHONES, NotAsItShould, Person

CHINA = timezone(timedelta(hours=8))
"""The country has one time, without a change in summer."""


def expect(found: object, wanted: object, what: str) -> None:
    """Raise NotAsItShould when something is not what it should be."""
    if found != wanted:
        raise NotAsItShould(f"{what}: expected {wanted!r}, found {found!r}")


@dataclass
class Way:
    """An order on its way, and the people it meets."""

    base: str
    number: str = ""

    def __post_init__(self) -> None:
        self.people = {role: Person(role, self.base) for role in PHONES}

    def __getitem__(self, role: str) -> Person:
        return self.people[role]

    def sign_in(self, *roles: str) -> None:
        """Sign these people in."""
        for role in roles:
            self[role].sign_in()

    def do(self, role: str, verb: str, body: object = None, *, state: str) -> Any:
        """Act on the order as somebody, and see it in the state that follows."""
        told = self[role].call("POST", f"/orders/{self.number}/{verb}", body)
        expect(told["state"], state, f"the state after {verb} by the {role}")
        return told

    def team_of_leader(self) -> dict[str, Any]:
        """Return the team that the leader of the demo leads."""
        me = self["leader"].call("GET", "/me")
        for team in self._pages("leader", f"/teams?limit=100&place={me['home_place']['id']}"):
            if (team["leader"] or {}).get("id") == me["person_id"]:
                return team
        raise NotAsItShould("the leader of the demo leads no team")

    def service_of(self, team_name: str) -> str:
        """Return a service of a team on the menu where the resident lives."""
        place = self["resident"].call("GET", "/me")["home_place"]["id"]
        for service in self._pages("resident", f"/catalogue/services?place={place}&limit=50"):
            if service["team"] == team_name:
                return str(service["id"])
        raise NotAsItShould(f"the menu offers nothing of {team_name}")

    def _pages(self, role: str, path: str) -> Iterator[dict[str, Any]]:
        cursor: str | None = ""
        while cursor is not None:
            more = f"&cursor={urllib.parse.quote(cursor)}" if cursor else ""
            page = self[role].call("GET", path + more)
            yield from page["items"]
            cursor = page["next_cursor"]

    def order(self, project: str) -> None:
        """Place the order, twice with one key: it is placed once."""
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
        expect(again["number"], first["number"], "the same request sent twice")
        expect(first["state"], "submitted", "the state of the new order")
        self.number = str(first["number"])

    def offer(self, team: str) -> None:
        """Offer the order to a team that is proposed for it."""
        dispatcher = self["dispatcher"]
        teams = dispatcher.call("GET", f"/orders/{self.number}/teams")
        if team not in {row["id"] for row in teams}:
            raise NotAsItShould("the leader's team is not among the teams proposed")
        dispatcher.call("POST", f"/orders/{self.number}/dispatch", {"team": team}, expect=201)

    def assignment(self) -> str:
        """Return the assignment as the leader finds it on the order."""
        return str(self["leader"].call("GET", f"/orders/{self.number}")["assignment"]["id"])

    def accept(self) -> str:
        """Let the leader accept; returns the assignment."""
        found = self.assignment()
        accepted = self["leader"].call("POST", f"/team-work/assignments/{found}/accept")
        expect(accepted["state"], "accepted", "after the team accepted")
        return found

    def name_volunteer(self, assignment: str, team: str) -> None:
        """Say that the volunteer goes, who is a member of the team."""
        leader, volunteer = self["leader"], self["volunteer"].call("GET", "/me")["person_id"]
        if volunteer not in {row["person_id"] for row in leader.call("GET", f"/teams/{team}/members")}:
            raise NotAsItShould("the volunteer of the demo is no member of the leader's team")
        people = {"people": [volunteer]}
        leader.call("POST", f"/team-work/assignments/{assignment}/members", people, expect=204)

    def visit(self, assignment: str, *, then: str = "last") -> None:
        """Agree on a time, come by the code at the door, leave by hand, and report."""
        begins = datetime.now(UTC) + timedelta(minutes=5)
        times = {"planned_from": begins.isoformat(), "planned_to": (begins + timedelta(hours=1)).isoformat()}
        path = f"/team-work/assignments/{assignment}/schedule"
        planned = self["leader"].call("POST", path, times, expect=201)["id"]
        volunteer = self["volunteer"]
        if self.number not in {row["order_number"] for row in volunteer.call("GET", "/team-work/tasks")}:
            raise NotAsItShould("the volunteer does not see the task")
        path = f"/team-work/visits/{planned}"
        code = self["resident"].call("GET", f"/orders/{self.number}/code")["code"]
        volunteer.call("POST", f"{path}/check-in", {"way": "code", "code": code}, expect=204)
        # The same digits prove nothing twice, and new ones take a while.
        volunteer.call("POST", f"{path}/check-out", {"way": "code", "code": code}, expect=422)
        volunteer.call("POST", f"{path}/check-out", {"way": "hand", "reason": "cannot_show"}, expect=204)
        said = {"words": "服务完成，老人很高兴。", "then": then}  # data: what a volunteer would write
        report = self._results() | said
        told = volunteer.call("POST", f"/team-work/visits/{planned}/report", report)
        wanted = "done" if then == "last" else "accepted"
        expect(told["state"], wanted, "the order after the report")

    def _results(self) -> dict[str, Any]:
        """Return what the kind of the ordered service asks of a report, answered."""
        category = self["volunteer"].call("GET", f"/orders/{self.number}")["category"]
        asked = self["volunteer"].call("GET", f"/catalogue/categories/{category}/results")
        answers = {field["code"]: _answer(field) for field in asked["fields"] if field["is_required"]}
        return {"template": asked["template"], "results": answers}

    def county(self) -> str:
        """Return the id of the center above the resident's home."""
        place = self["resident"].call("GET", "/me")["home_place"]["id"]
        while place:
            node = self["resident"].call("GET", f"/places/{place}")
            if node["kind"] == "center":
                return str(node["id"])
            place = node["parent_id"]
        raise NotAsItShould("no center stands above the resident's home")

    def figures(self, county: str) -> list[int]:
        """Read all orders and the closed ones from the page of figures: of all places, then of the county's row."""
        supervisor = self["supervisor"]
        supervisor.open_session()
        text = supervisor.page("/console/figures/")
        found = [re.search(rf'data-figure="{key}">([0-9]+)<', text) for key in ("all", "closed")]
        if None in found:
            raise NotAsItShould("the page of figures shows no figures")
        return [int(match[1]) for match in found if match] + _row(text, county)

    def print_history(self, wanted: Sequence[str]) -> None:
        """Print what happened, which must be these verbs."""
        detail = self["resident"].call("GET", f"/orders/{self.number}")
        print(f"Order {self.number}: {detail['title']}")
        print(f"{'when (in China)':<20} {'step':<10} {'state':<11} team")
        for step in detail["steps"]:
            when = datetime.fromisoformat(step["at"]).astimezone(CHINA)
            print(f"{when:%Y-%m-%d %H:%M:%S}  {step['verb']:<10} {step['state']:<11} {step['team']}")
        expect([step["verb"] for step in detail["steps"]], list(wanted), "the steps of the order")


def _answer(field: dict[str, Any]) -> object:
    """Return an answer to one field of a report."""
    plain = {"number": 1, "yes_no": True, "text": "都好"}  # data: what a volunteer would write
    return field["choices"][0]["code"] if field["kind"] == "choice" else plain[field["kind"]]


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
