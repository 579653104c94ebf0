"""Rotas."""

from typing import Final

from tests.matrix.lines import LEADER, OFFICES, OURS, ROLL, SIGNED, TEAM, Line, get, post

RUN: Final = ROLL
"""Who plans: managers, directors, practitioners of the place."""
VOLUNTEER: Final = frozenset({"volunteer"})
WORDS = {"words": "家里有事"}
SHIFT = {"days_0": ["0", "2"], "begins_0": "09:00", "ends_0": "11:00", "needed_0": "2"}
ROTA = {"kind": "desk", "name": "新服务台", "turns": "people", "weeks_ahead": "2", **SHIFT}
HAND = {"direction": "in", "reason": "no_phone", "when": "@duty_begins"}

LINES: Final[tuple[Line, ...]] = (
    get("rotas:mine", SIGNED),
    post("rotas:away", SIGNED, {"first": "2027-03-01", "last": "2027-03-02"}),
    post("rotas:back", VOLUNTEER, uuid="rota_away"),
    get("rotas:duty", VOLUNTEER, uuid="duty"),
    post("rotas:here", VOLUNTEER, {"code": "@rota_code", "direction": "in"}, uuid="duty_now"),
    post("rotas:withdraw", VOLUNTEER, WORDS, uuid="duty"),
    post("rotas:answer", VOLUNTEER, WORDS, uuid="duty_absent"),
    post("rotas:ask_swap", VOLUNTEER, {"words": ""}, uuid="duty_swapped"),
    get("rotas:swap", TEAM, uuid="swap"),
    post("rotas:accept_swap", VOLUNTEER, uuid="swap"),
    post("rotas:refuse_swap", VOLUNTEER | RUN, uuid="swap"),
    post("rotas:cancel_swap", LEADER, uuid="swap"),
    get("rotas:gap", TEAM | OURS, uuid="watch_gap"),
    post("rotas:take", TEAM, uuid="watch_gap"),
    get("rotas:rotas", OFFICES),
    get("rotas:export", OFFICES, leaves="rows"),
    get("rotas:new", OFFICES),
    post("rotas:new", RUN, {**ROTA, "place": "@chengbei"}, told=OFFICES - RUN),
    get("rotas:gaps", OFFICES),
    get("rotas:export_gaps", OFFICES, leaves="rows"),
    post("rotas:approve_swap", RUN, uuid="swap_agreed"),
    post("rotas:staff_refuse_swap", RUN, uuid="swap_agreed"),
    get("rotas:rota", OURS, uuid="rota"),
    get("rotas:paper", OURS, leaves="rows", uuid="rota"),
    get("rotas:month", OURS, uuid="rota"),
    get("rotas:export_month", OURS, leaves="rows", uuid="rota"),
    get("rotas:change", RUN, uuid="rota"),
    post("rotas:change", RUN, ROTA, uuid="rota"),
    post("rotas:plan", RUN, uuid="rota_unplanned"),
    post("rotas:end", RUN, WORDS, uuid="rota"),
    post("rotas:resume", RUN, uuid="rota_ended"),
    get("rotas:people", RUN, uuid="rota"),
    post("rotas:add_group", RUN, {"name": "二组"}, uuid="rota"),
    post("rotas:add_team", RUN, {"group": "@rota_group"}, leaves="nothing", uuid="rota"),
    post("rotas:join", RUN, {"group": "@rota_group"}, uuid="rota", person="rota_newcomer"),
    post("rotas:leave", RUN, uuid="rota", member="rota_member"),
    get("rotas:watch", OURS, uuid="watch"),
    post("rotas:fill", RUN, {"person": "@volunteer_person"}, uuid="watch"),
    post("rotas:announce", RUN, uuid="watch"),
    post("rotas:call_off", RUN, WORDS, uuid="watch"),
    get("rotas:code", RUN, uuid="watch_now"),
    post("rotas:scan", RUN, {"text": "@rota_own_code", "direction": "in"}, uuid="watch_now"),
    post("rotas:judge", RUN, {"said": "right"}, uuid="watch_over", mark="rota_mark"),
    get("rotas:staff_duty", OURS, uuid="duty"),
    post("rotas:hand", RUN, HAND, uuid="duty_hand"),
    post("rotas:take_off", RUN, WORDS, uuid="duty"),
    post("rotas:miss", RUN, WORDS, uuid="duty_over"),
    post("rotas:excuse", RUN, uuid="duty_absent"),
)
