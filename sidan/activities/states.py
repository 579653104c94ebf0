"""The state machines of activities and of who signed up, as data."""

from typing import Final

from sidan.core.transitions import KEEPS, START, Transition, table

ACTIVITY: Final = table(
    Transition("draft", frozenset({START}), "draft", "run_activities"),
    Transition("edit", frozenset({"draft"}), KEEPS, "run_activities"),
    Transition("submit", frozenset({"draft"}), "review", "run_activities"),
    Transition("send_back", frozenset({"review"}), "draft", "announce"),
    Transition("announce", frozenset({"review"}), "announced", "announce"),
    # By whoever submitted it, at a place where nobody else could: the history says so.
    Transition("announce_own", frozenset({"review"}), "announced", "announce"),
    # From a rule, which said all before it began; and when the rule was changed before it came.
    Transition("make", frozenset({START}), "announced"),
    Transition("remake", frozenset({"announced", "open"}), KEEPS),
    # By the clock, or by hand before it.
    Transition("open", frozenset({"announced"}), "open", "run_activities"),
    Transition("run", frozenset({"open"}), "running", "run_activities"),
    Transition("end", frozenset({"running"}), "ended", "run_activities"),
    Transition("file", frozenset({"ended"}), "filed", "run_activities"),
    # Another time or spot: told to everybody who follows it.
    Transition("change", frozenset({"announced", "open"}), KEEPS, "run_activities"),
    # Somebody else took the room away that was held for it.
    Transition("lose_room", frozenset({"draft", "review", "announced", "open", "running"}), KEEPS),
    Transition("drop", frozenset({"draft", "review"}), "dropped", "run_activities"),
    # A storm comes while it is going on, too.
    Transition("cancel", frozenset({"announced", "open", "running"}), "cancelled", "run_activities"),
)

ENROLMENT: Final = table(
    Transition("enrol", frozenset({START}), "enrolled"),
    Transition("queue", frozenset({START}), "waiting"),
    # By itself, as soon as there is a place: the oldest first.
    Transition("move_up", frozenset({"waiting"}), "enrolled"),
    Transition("withdraw", frozenset({"enrolled", "waiting"}), "withdrawn"),
    # To another post, where a place is free.
    Transition("shift", frozenset({"enrolled", "waiting"}), "enrolled", "run_activities"),
    Transition("refuse", frozenset({"enrolled", "waiting"}), "refused", "run_activities"),
    # After the end; whoever it is said of answers, and it can be taken back.
    Transition("miss", frozenset({"enrolled"}), "absent", "run_activities"),
    Transition("answer", frozenset({"absent"}), KEEPS),
    # After the answer, by somebody else than who wrote it down.
    Transition("uphold", frozenset({"absent"}), KEEPS, "run_activities"),
    Transition("excuse", frozenset({"absent"}), "enrolled", "run_activities"),
)
