"""The state machines of a rota, a watch, a duty and a swap, as data."""

from typing import Final

from sidan.core.transitions import KEEPS, START, Transition, table

_UNTIL_BEGUN: Final = frozenset({"planned"})
ROTA: Final = table(
    Transition("start", frozenset({START}), "running", "run_rotas"),
    Transition("change", frozenset({"running"}), KEEPS, "run_rotas"),
    Transition("end", frozenset({"running"}), "ended", "run_rotas"),
    Transition("resume", frozenset({"ended"}), "running", "run_rotas"),
)
WATCH: Final = table(
    Transition("make", frozenset({START}), "ahead"),
    # By the clock, some hours after its end; then who was there has hours.
    Transition("close", frozenset({"ahead"}), "over"),
    Transition("call_off", frozenset({"ahead"}), "off", "run_rotas"),
)
DUTY: Final = table(
    # By the solver; by whoever runs the rota; by who fills a gap; by who takes over from a colleague.
    Transition("plan", frozenset({START}), "planned"),
    Transition("fill", frozenset({START}), "planned", "run_rotas"),
    Transition("take", frozenset({START}), "planned", "is_of_rota"),
    Transition("take_over", frozenset({START}), "planned"),
    # Said before it begins, by whose turn it is.
    Transition("withdraw", _UNTIL_BEGUN, "withdrawn", "is_own"),
    Transition("hand_over", _UNTIL_BEGUN, "handed"),
    Transition("take_off", _UNTIL_BEGUN, "taken_off", "run_rotas"),
    # Said afterwards; the person answers once, and it can be taken back.
    Transition("miss", frozenset({"planned"}), "absent", "run_rotas"),
    Transition("answer", frozenset({"absent"}), KEEPS, "is_own"),
    Transition("excuse", frozenset({"absent"}), "planned", "run_rotas"),
)
SWAP: Final = table(
    Transition("ask", frozenset({START}), "asked", "is_own"),
    Transition("accept", frozenset({"asked"}), "done"),
    # The same where the office is to say yes as well.
    Transition("agree", frozenset({"asked"}), "agreed"),
    Transition("approve", frozenset({"agreed"}), "done", "run_rotas"),
    Transition("refuse", frozenset({"asked", "agreed"}), "refused"),
    Transition("cancel", frozenset({"asked", "agreed"}), "cancelled", "is_own"),
    Transition("lapse", frozenset({"asked", "agreed"}), "lapsed"),
)
