"""The loop's pages: residents, volunteers, the queue, the board, entering for residents, figures."""

from typing import Final

from tests.matrix.lines import (
    ALL,
    ENTERERS,
    HANDLERS,
    LEADER,
    MALLORY,
    OFFICES,
    OURS,
    RESIDENT,
    SIGNED,
    TEAM,
    Line,
    get,
    post,
)

WISH = {
    "when": "own",
    "own_time": "@tomorrow",
    "need": "",
    "name": "周奶奶",
    "phone": "12900008888",
    "address": "城北路八十八号二单元",
}
CHANGED = {"when": "keep", "people": "3", "need": "", "name": "", "phone": "", "address": ""}
COVERED = SIGNED - MALLORY - {"supervisor"}
"""Who lives where the service is offered."""
FIGURES = HANDLERS | {"supervisor"}
HERE = {"longitude": "115.65", "latitude": "24.96", "accuracy": "20", "system": "wgs84"}
BY_HAND = {"reason": "no_phone", "person": "@volunteer_person"}

LINES: Final[tuple[Line, ...]] = (
    get("orders:place", COVERED, uuid="published"),
    post("orders:place", COVERED, WISH, uuid="published"),
    post("orders:danger", ALL, {"need": "着火了"}, leaves="nothing"),
    get("orders:mine", SIGNED),
    get("orders:order", OURS | TEAM | RESIDENT, number="scheduled_number"),
    get("orders:placed", RESIDENT, number="submitted_number"),
    get("orders:code", RESIDENT, number="scheduled_number"),
    get("orders:change", RESIDENT, number="submitted_number"),
    post("orders:change", RESIDENT, CHANGED, number="submitted_number"),
    get("orders:change_for", ENTERERS, uuid="submitted"),
    post("orders:change_for", ENTERERS, CHANGED, uuid="submitted"),
    get("orders:cancel", RESIDENT, number="submitted_number"),
    post("orders:cancel", RESIDENT, {"reason": "no_longer_needed", "words": ""}, number="submitted_number"),
    post("orders:pin", RESIDENT, HERE, number="submitted_number"),
    post("orders:unpin", RESIDENT, leaves="nothing", number="scheduled_number"),
    post("orders:pin_for", ENTERERS, {**HERE, "agrees": "on"}, uuid="submitted"),
    post("orders:unpin_for", ENTERERS, leaves="nothing", uuid="scheduled"),
    post("orders:review", RESIDENT, {"outcome": "done", "stars": "5", "words": ""}, number="done_number"),
    get("orders:tasks", SIGNED),
    get("orders:past_tasks", SIGNED),
    get("orders:offline", ALL),
    get("orders:offline_worker", ALL),
    get("orders:offline_manifest", ALL),
    get("orders:task", TEAM, uuid="scheduled_task"),
    post("orders:task_contact", TEAM, uuid="scheduled_task"),
    post("orders:check_in", TEAM, {"code": "@scheduled_code"}, uuid="scheduled_task"),
    post("orders:check_out", TEAM, {"code": "@under_way_code"}, uuid="under_way_task"),
    post(
        "orders:judge_time",
        ENTERERS | LEADER | RESIDENT,
        {"verdict": "right", "next": "/"},
        told=frozenset({"volunteer"}),
        uuid="told_time",
    ),
    get("orders:not_written", SIGNED),
    post("orders:write_refused", LEADER, {"reason": "no_network", "next": "/"}, uuid="refused_time"),
    get("attendance:location", SIGNED),
    post("attendance:allow_location", SIGNED),
    post("attendance:withdraw_location", SIGNED, leaves="nothing"),
    get("orders:report", TEAM, uuid="gone_task"),
    post("orders:report", TEAM, {"people_helped": "1", "words": "好"}, uuid="gone_task"),
    get("orders:hand_back", TEAM, uuid="scheduled_task"),
    post("orders:hand_back", TEAM, {"reason": "nobody_home", "words": ""}, uuid="scheduled_task"),
    get("orders:reviews", HANDLERS | MALLORY),
    get("orders:reviews_export", HANDLERS | MALLORY, leaves="rows"),
    get("orders:standing_out", HANDLERS | MALLORY | {"supervisor"}),
    get("orders:standing_out_export", HANDLERS | MALLORY | {"supervisor"}, leaves="rows"),
    get("orders:queue", OFFICES),
    get("orders:queue_export", OFFICES, leaves="rows"),
    get("orders:queue_order", OURS, uuid="submitted"),
    get("orders:queue_row", OURS, uuid="submitted"),
    get("orders:queue_teams", HANDLERS, uuid="admitted"),
    post("orders:queue_contact", ENTERERS, uuid="submitted"),
    post("orders:queue_code", ENTERERS, uuid="scheduled"),
    post("orders:admit", HANDLERS, uuid="submitted"),
    post("orders:refuse", HANDLERS, {"reason": "duplicate", "words": ""}, uuid="submitted"),
    post("orders:cannot", HANDLERS, {"cannot-reason": "no_people", "cannot-words": ""}, uuid="admitted"),
    post("orders:dispatch", HANDLERS, {"team": "@team"}, uuid="admitted"),
    post(
        "orders:call",
        HANDLERS,
        {"call-way": "first_come", "call-area": "@center", "call-hours": "24"},
        uuid="admitted",
    ),
    post("orders:end_call", HANDLERS, uuid="called"),
    post("orders:pick", HANDLERS, {"team": "@team"}, uuid="offered_for"),
    post("orders:withdraw", HANDLERS, uuid="offered"),
    post("orders:merge", HANDLERS, {"into": "@offered_for"}, uuid="submitted"),
    post("orders:close", HANDLERS, uuid="failed"),
    post("orders:reopen", HANDLERS, uuid="closed"),
    post("orders:pass_up", HANDLERS, {"reason": "no_people", "words": ""}, uuid="submitted"),
    post("orders:ask_help", HANDLERS, {"reason": "no_skill", "words": ""}, uuid="submitted"),
    post(
        "orders:send_down", HANDLERS, {"to": "@chengbei", "reason": "nearer", "words": ""}, uuid="submitted"
    ),
    get("orders:board", LEADER | MALLORY),
    get("orders:calls", LEADER | MALLORY),
    post("orders:claim", LEADER, {"team": "@team"}, uuid="called_call"),
    post("orders:apply", LEADER, {"team": "@team", "words": "近"}, uuid="called_to_fit_call"),
    post("orders:take_offer_back", LEADER, {"team": "@team"}, uuid="offered_for_call"),
    get("orders:card", LEADER, uuid="offered_task"),
    post("orders:accept", LEADER, uuid="offered_task"),
    post("orders:decline", LEADER, {"reason": "no_people", "words": ""}, uuid="offered_task"),
    post(
        "orders:release", LEADER, {"release-reason": "no_people", "release-words": ""}, uuid="accepted_task"
    ),
    post(
        "orders:ask_take_over",
        LEADER,
        {"ask-to": "@second_team", "ask-hours": "24", "ask-reason": "no_people", "ask-words": ""},
        uuid="accepted_task",
    ),
    post("orders:take_over", LEADER, uuid="asked_request"),
    post(
        "orders:keep_with_team", LEADER, {"keep-reason": "no_people", "keep-words": ""}, uuid="asked_request"
    ),
    post("orders:withdraw_asked", LEADER, uuid="asked_request"),
    post(
        "orders:split",
        HANDLERS,
        {
            **{f"split-words_{nth}": words for nth, words in ((1, "剪头发"), (2, "修电灯"), (3, ""))},
            **{f"split-category_{nth}": "hair" for nth in (1, 2, 3, 4)},
            **{f"split-people_{nth}": "1" for nth in (1, 2, 3, 4)},
        },
        uuid="admitted",
    ),
    post("orders:join", HANDLERS, uuid="divided"),
    post(
        "orders:leave_out",
        HANDLERS,
        {"part": "@divided_part", "out-reason": "no_people", "out-words": ""},
        uuid="divided",
    ),
    post("orders:take_back", HANDLERS, uuid="asked_of_office"),
    post(
        "orders:leave_with_team", HANDLERS, {"keep-reason": "other", "keep-words": ""}, uuid="asked_of_office"
    ),
    post("orders:members", LEADER, {"people": ["@volunteer_person"]}, uuid="accepted_task"),
    post("orders:time", LEADER, {"begins": "@tomorrow", "minutes": "60"}, uuid="accepted_task"),
    post("orders:card_contact", LEADER, uuid="accepted_task"),
    post("orders:card_check_in", LEADER, BY_HAND, uuid="scheduled_task"),
    post("orders:card_check_out", LEADER, BY_HAND, uuid="under_way_task"),
    get("orders:enter", ENTERERS | MALLORY),
    get("orders:enter_resident", ENTERERS | MALLORY),
    post(
        "orders:enter_resident",
        ENTERERS,
        {"name": "新居民", "phone": "12600000096", "address": "", "home": "@chengbei"},
        # Her form offers only places of her own.
        told=MALLORY,
    ),
    get("orders:enter_for", ENTERERS, uuid="zhou_person"),
    post(
        "orders:enter_for",
        ENTERERS,
        {**WISH, "service": "@published", "consent": "spoken"},
        uuid="zhou_person",
    ),
    get("analytics:figures", FIGURES | MALLORY),
    get("analytics:figures_of", FIGURES, uuid="changning"),
    get("analytics:export", FIGURES, leaves="rows", uuid="changning"),
)
