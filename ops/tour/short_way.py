"""The short way round: ordered, admitted, dispatched, accepted, visited, reviewed."""

from typing import Final

from ops.tour.way import Way, expect

STEPS: Final = ("submit", "admit", "dispatch", "accept", "schedule", "begin", "finish", "review")


class ShortWay(Way):
    """As most orders go: six people, nothing in between."""

    def run(self) -> None:
        """Walk it; each step checks what it got."""
        self.sign_in("resident", "volunteer", "leader", "dispatcher")
        county = self.county()
        before = self.figures(county)
        team = self.team_of_leader()
        self.order(self.service_of(team["name"]))
        self.do("dispatcher", "admit", state="admitted")
        self.offer(team["id"])
        self["dispatcher"].call("POST", f"/orders/{self.number}/admit", expect=409)
        assignment = self.accept()
        self.name_volunteer(assignment, team["id"])
        self.visit(assignment)
        words = {"outcome": "done", "stars": 5, "words": "谢谢！"}  # data: what a resident would write
        self.do("resident", "review", words, state="closed")
        expect(self.figures(county), [one + 1 for one in before], "figures of all and of closed orders")
        self.print_history(STEPS)
