"""The state machines of a campaign and of one of its stops, as data."""

from typing import Final

from sidan.core.transitions import KEEPS, START, Transition, table

CAMPAIGN: Final = table(
    Transition("draft", frozenset({START}), "draft", "run_campaigns"),
    # Its head or its targets.
    Transition("edit", frozenset({"draft"}), KEEPS, "run_campaigns"),
    # What each place below has to do may be agreed anew while the whole stays.
    Transition("share_out", frozenset({"draft", "announced", "running"}), KEEPS, "run_campaigns"),
    Transition("announce", frozenset({"draft"}), "announced", "run_campaigns"),
    # By hand, or by the first stop that is written down.
    Transition("run", frozenset({"announced"}), "running", "run_campaigns"),
    Transition("end", frozenset({"running"}), "ended", "run_campaigns"),
    Transition("stop", frozenset({"announced", "running"}), "stopped", "run_campaigns"),
    # It was ended or broken off by mistake, or goes on after all.
    Transition("resume", frozenset({"ended", "stopped"}), "running", "run_campaigns"),
    Transition("drop", frozenset({"draft"}), "dropped", "run_campaigns"),
)
STOP: Final = table(
    Transition("plan", frozenset({START}), "planned", "plan_stops"),
    # Another day or time, or the activity that will prove it.
    Transition("move", frozenset({"planned"}), KEEPS, "plan_stops"),
    Transition("call_off", frozenset({"planned"}), "called_off", "plan_stops"),
    # With an activity, an order or a picture.
    Transition("prove", frozenset({"planned"}), "done", "record_stops"),
    # A record on the spot without a picture: it counts as soon as a second person says so too.
    Transition("tell", frozenset({"planned"}), "waiting", "record_stops"),
    Transition("confirm", frozenset({"waiting"}), "done", "record_stops"),
    # A counter-record takes the record back: the stop is to come again.
    Transition("take_back", frozenset({"waiting", "done"}), "planned", "take_records_back"),
)
