"""The state machine of a claim, as data."""

from typing import Final

from sidan.core.transitions import START, Transition, table

CLAIM: Final = table(
    # More than a day's hours, or a time that somebody tells long after: a second person has to agree.
    Transition("tell", frozenset({START}), "waiting"),
    # A late time whose second person has spoken already is put on public notice straight away.
    Transition("announce", frozenset({START}), "noticed"),
    Transition("agree", frozenset({"waiting"}), "entered", "may_agree"),
    Transition("publish", frozenset({"waiting"}), "noticed", "may_agree"),
    Transition("object", frozenset({"noticed"}), "disputed", "is_signed_in"),
    Transition("dismiss", frozenset({"disputed"}), "noticed", "may_agree"),
    # Nobody objected, or not with reason, until the notice was over.
    Transition("enter", frozenset({"noticed"}), "entered"),
    # The person was recorded elsewhere at that time before the notice was over: it ends by itself.
    Transition("lapse", frozenset({"noticed"}), "refused"),
    Transition("refuse", frozenset({"waiting", "noticed", "disputed"}), "refused", "may_agree"),
)
