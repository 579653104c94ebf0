"""The stalls of fairs."""

from typing import Final

from tests.matrix.lines import ALL, LEADER, MALLORY, MANAGER, OFFICES, OURS, ROLL, Line, get, post

RUN: Final = ROLL
"""Who runs the fairs of the station: its managers, directors, practitioners."""
LEADERS: Final = LEADER | MALLORY
"""She leads a team of the next county."""
KEEPERS: Final = MANAGER | MALLORY
"""Managers of a county look after its kinds; she after those of hers."""
WORDS = {"words": "场地不够"}

LINES: Final[tuple[Line, ...]] = (
    get("fairs:plan", ALL, uuid="fair"),
    get("fairs:public_stall", ALL, uuid="fair", stall="stall_held"),
    get("fairs:mine", LEADERS),
    get("fairs:ask", LEADERS, uuid="fair_bare"),
    post(
        "fairs:ask", LEADER, {"team": "@team", "offers": "义剪", "stall": ""}, told=MALLORY, uuid="fair_bare"
    ),
    get("fairs:my_stall", LEADER, uuid="stallholder"),
    post("fairs:withdraw", LEADER, uuid="stallholder_asks"),
    post("fairs:give_back", LEADER, {"words": ""}, uuid="stallholder"),
    post("fairs:my_count", LEADER, {"served": "5"}, uuid="stallholder_there"),
    post("fairs:my_correct", LEADER, {"served": "5"}, uuid="stallholder_there", count="stall_count"),
    get("fairs:desk", OFFICES),
    get("fairs:export", OFFICES, leaves="rows"),
    get("fairs:kinds", KEEPERS),
    post("fairs:add_kind", KEEPERS, {"name": "磨刀修伞"}),
    post("fairs:put_kind_aside", KEEPERS, kind="fair_kind"),
    post("fairs:take_kind_up", KEEPERS, kind="fair_kind"),
    get("fairs:layout", OURS, uuid="fair"),
    post("fairs:add", RUN, {"count": "2", "spot": "南排"}, uuid="fair"),
    post("fairs:copy", RUN, {"teams": "with"}, uuid="fair_bare"),
    post("fairs:lay_out_series", RUN, uuid="fair_of_series"),
    post("fairs:end_series_layout", RUN, uuid="fair_laid_out"),
    get("fairs:export_stalls", OURS, leaves="rows", uuid="fair"),
    get("fairs:signs", RUN, uuid="fair"),
    get("fairs:board", RUN, uuid="fair_running"),
    post("fairs:give", RUN, {"stall": "@stall_free"}, uuid="fair", holder="stallholder_asks"),
    post("fairs:refuse", RUN, WORDS, uuid="fair", holder="stallholder_asks"),
    post("fairs:came", RUN, uuid="fair_running", holder="stallholder_there"),
    post("fairs:absent", RUN, uuid="fair_running", holder="stallholder_there"),
    post("fairs:unmark", RUN, uuid="fair_running", holder="stallholder_came"),
    post("fairs:take_back", RUN, WORDS, uuid="fair", holder="stallholder"),
    get("fairs:stall", OURS, uuid="fair", stall="stall_free"),
    get("fairs:change", RUN, uuid="fair", stall="stall_held"),
    post("fairs:change", RUN, {"number": "7", "spot": "戏台旁"}, uuid="fair", stall="stall_held"),
    post("fairs:remove", RUN, uuid="fair", stall="stall_free"),
    post("fairs:place_team", RUN, {"team": "@team"}, uuid="fair", stall="stall_free"),
    post("fairs:place_other", RUN, {"organisation": "县医院"}, uuid="fair", stall="stall_free"),
    post("fairs:helpers", RUN, {"places": "2"}, uuid="fair", stall="stall_free"),
    post("fairs:count", RUN, {"served": "5"}, uuid="fair_running", stall="stall_going"),
    post(
        "fairs:correct", RUN, {"served": "5"}, uuid="fair_running", stall="stall_going", count="stall_count"
    ),
    get("/api/v1/fairs/{activity_id}/stalls", ALL, activity_id="fair"),
)
