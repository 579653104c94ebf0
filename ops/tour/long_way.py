"""The long way round: all that can come between, and still one order everywhere."""

from datetime import UTC, datetime, timedelta
from typing import Final

from ops.tour.people import NotAsItShould
from ops.tour.way import Way, expect

STEPS: Final = (
    "submit", "send_down", "pass_up", "pass_up", "admit", "dispatch", "decline", "call", "accept",
    "schedule", "begin", "go_on", "schedule", "begin", "finish", "review",
    "reopen", "dispatch", "accept", "schedule", "begin", "finish", "review",
)  # fmt: skip


class LongWay(Way):
    """Sent down, passed up twice, declined, called openly, two visits, reviewed by telephone, opened and done again."""

    def run(self) -> None:
        """Walk it; each step checks what it got."""
        self.sign_in("resident", "volunteer", "leader", "practitioner", "director", "dispatcher", "operator")
        county = self.county()
        before = self.figures(county)
        team = self.team_of_leader()
        self.order(self.service_of(team["name"]))
        self._down_and_up()
        self._declined(team["id"])
        assignment = self._called(county, team["id"])
        self.name_volunteer(assignment, team["id"])
        self.visit(assignment, then="one_more")
        self.visit(assignment)
        self._reviewed()
        once = self.figures(county)
        expect(once, [one + 1 for one in before], "figures of all and of closed orders")
        self._again(team["id"])
        expect(self.figures(county), once, "the figures after it was opened again and closed")
        self.print_history(STEPS)

    def _down_and_up(self) -> None:
        """The center sends it to the resident's own station; that and the institute pass it up, and still see it."""
        home = self["resident"].call("GET", "/me")["home_place"]["id"]
        self.do("dispatcher", "send-down", {"place": home, "reason": "nearer"}, state="submitted")
        beyond = {
            "reason": "beyond_us",
            "words": "站里没有这方面的队伍。",
        }  # data: what a practitioner would write
        self.do("practitioner", "pass-up", beyond, state="submitted")
        self.do("director", "pass-up", beyond, state="submitted")
        self["practitioner"].call("POST", f"/orders/{self.number}/admit", expect=403)
        seen = self["practitioner"].call("GET", f"/orders/{self.number}")
        expect(seen["number"], self.number, "what was passed up, as the station sees it")

    def _declined(self, team: str) -> None:
        self.do("dispatcher", "admit", state="admitted")
        self.offer(team)
        self["leader"].call(
            "POST", f"/team-work/assignments/{self.assignment()}/decline", {"reason": "no_people"}
        )

    def _called(self, county: str, team: str) -> str:
        """All teams of the county are asked; the leader's takes it after all."""
        until = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=2, minutes=7)
        call = {"area": county, "way": "first_come", "until": until.isoformat()}
        self["dispatcher"].call("POST", f"/orders/{self.number}/call", call)
        calls = self["leader"].call("GET", "/team-work/calls")
        # A call names no order; the moment it ends is this one's own.
        mine = [one for one in calls if datetime.fromisoformat(one["until"]) == until]
        if not mine:
            raise NotAsItShould("the open call does not reach the leader's team")
        self["leader"].call("POST", f"/team-work/calls/{mine[0]['id']}/claim", {"team": team}, expect=201)
        return self.assignment()

    def _reviewed(self) -> None:
        """The telephone operator asks the resident and writes down the answer."""
        said = {"channel": "telephone", "outcome": "done", "stars": 4}
        said["words"] = "做了，还想再来一次。"  # data: what a resident would say
        self.do("operator", "review-for", said, state="closed")

    def _again(self, team: str) -> None:
        self.do(
            "dispatcher", "reopen", {"words": "再去一次。"}, state="reopened"
        )  # data: what a dispatcher would write
        self.offer(team)
        assignment = self.accept()
        self.name_volunteer(assignment, team)
        self.visit(assignment)
        words = {"outcome": "done", "stars": 5, "words": "这次弄好了。"}  # data: what a resident would write
        self.do("resident", "review", words, state="closed")
