"""Every write of the loop; each is one transaction and passes the one door."""

from sidan.attendance.operations import NotTheSame
from sidan.orders.operations.calling import (
    apply_for_call,
    claim_call,
    end_call,
    expire_call,
    open_call,
    pick_team,
    widen_call,
)
from sidan.orders.operations.changing import Change, change_order
from sidan.orders.operations.clock import (
    AGREED_CLOCKWORK,
    BACK_CLOCKWORK,
    CLOCKWORK,
    DANGER_CLOCKWORK,
    PARTS_ARE_UNTIMED,
    PARTS_BACK_CLOCKWORK,
    PARTS_CLOCKWORK,
    SPLITS_CLOCKWORK,
    TASK_CLOCKS,
    WHOLE_IS_DUE,
    count_left,
)
from sidan.orders.operations.consents import (
    SPOKEN,
    Consent,
    check_consent,
    consent_entered,
    consent_named,
)
from sidan.orders.operations.danger import hear_and_tell, hear_and_warn, hear_danger, mark_danger
from sidan.orders.operations.dissolving import return_all_of_team
from sidan.orders.operations.early import opens_later
from sidan.orders.operations.handing import ask_for_help, pass_up_order, send_down_order
from sidan.orders.operations.handling import (
    admit_order,
    close_order,
    close_unreviewed,
    dispatch_order,
    expire_offer,
    refuse_order,
    reopen_after_review,
    reopen_order,
    say_cannot,
    withdraw_offer,
)
from sidan.orders.operations.inbox import Sent, TakenIn, take_in, turn_of, write_refused_time
from sidan.orders.operations.looking import LookFirst, look_at_code, look_at_contact, require_looked
from sidan.orders.operations.merging import merge_order
from sidan.orders.operations.offering import take_offer_back
from sidan.orders.operations.passing import (
    accept_take_over,
    ask_take_over,
    decline_take_back,
    decline_take_over,
    expire_share,
    expire_take_over,
    take_back_order,
    withdraw_take_over,
)
from sidan.orders.operations.placing import Contact, Wish, place_order, place_order_for
from sidan.orders.operations.pointing import forget_points_of_ended, pin_point, unpin_point
from sidan.orders.operations.reporting import BadResults, Report
from sidan.orders.operations.reviewing import (
    Said,
    cancel_order,
    cancel_order_for,
    review_order,
    review_order_by_code,
    review_order_for,
)
from sidan.orders.operations.seen import WishChanged
from sidan.orders.operations.splitting import PartWish, join_order, leave_out_part, split_order
from sidan.orders.operations.standing import OrderMovedOn
from sidan.orders.operations.taking import take_from_team
from sidan.orders.operations.team_work import (
    accept_order,
    decline_order,
    name_members,
    release_order,
    schedule_visit,
)
from sidan.orders.operations.visiting import (
    check_in,
    check_out,
    give_up,
    judge_time,
    report_and_go_on,
    report_visit,
)

__all__ = [
    "AGREED_CLOCKWORK",
    "BACK_CLOCKWORK",
    "CLOCKWORK",
    "DANGER_CLOCKWORK",
    "PARTS_ARE_UNTIMED",
    "PARTS_BACK_CLOCKWORK",
    "PARTS_CLOCKWORK",
    "SPLITS_CLOCKWORK",
    "SPOKEN",
    "TASK_CLOCKS",
    "WHOLE_IS_DUE",
    "BadResults",
    "Change",
    "Consent",
    "Contact",
    "LookFirst",
    "NotTheSame",
    "OrderMovedOn",
    "PartWish",
    "Report",
    "Said",
    "Sent",
    "TakenIn",
    "Wish",
    "WishChanged",
    "accept_order",
    "accept_take_over",
    "admit_order",
    "apply_for_call",
    "ask_for_help",
    "ask_take_over",
    "cancel_order",
    "cancel_order_for",
    "change_order",
    "check_consent",
    "check_in",
    "check_out",
    "claim_call",
    "close_order",
    "close_unreviewed",
    "consent_entered",
    "consent_named",
    "count_left",
    "decline_order",
    "decline_take_back",
    "decline_take_over",
    "dispatch_order",
    "end_call",
    "expire_call",
    "expire_offer",
    "expire_share",
    "expire_take_over",
    "forget_points_of_ended",
    "give_up",
    "hear_and_tell",
    "hear_and_warn",
    "hear_danger",
    "join_order",
    "judge_time",
    "leave_out_part",
    "look_at_code",
    "look_at_contact",
    "mark_danger",
    "merge_order",
    "name_members",
    "open_call",
    "opens_later",
    "pass_up_order",
    "pick_team",
    "pin_point",
    "place_order",
    "place_order_for",
    "refuse_order",
    "release_order",
    "reopen_after_review",
    "reopen_order",
    "report_and_go_on",
    "report_visit",
    "require_looked",
    "return_all_of_team",
    "review_order",
    "review_order_by_code",
    "review_order_for",
    "say_cannot",
    "schedule_visit",
    "send_down_order",
    "split_order",
    "take_back_order",
    "take_from_team",
    "take_in",
    "take_offer_back",
    "turn_of",
    "unpin_point",
    "widen_call",
    "withdraw_offer",
    "withdraw_take_over",
    "write_refused_time",
]
