"""Activities: everybody reads what is announced, managers, directors and practitioners prepare it."""

from typing import Final

from tests.matrix.lines import ALL, OFFICES, OURS, RESIDENT, ROLL, SIGNED, Line, get, post, put

RUN: Final = ROLL
PRACTITIONER: Final = frozenset({"practitioner"})
"""Who prepares and runs: managers, directors, practitioners of the place."""
SPOT = {"day": "@day", "begins": "09:00", "ends": "11:00", "venue": "文化广场"}
TOLD = {
    **SPOT, "kind": "lecture", "title": "政策宣讲", "task": "policy", "insurance": "not_needed", "lecturer": "李老师",
    "risks": "没有特别的风险", "about": "讲一讲新的惠民政策",
}  # fmt: skip
RULE = {
    "comes": "week", "weekdays": "3", "first": "@day", "begins": "09:00", "ends": "11:00", "venue": "文化广场",
    "kind": "lecture", "title": "每周宣讲", "task": "policy", "insurance": "not_needed", "risks": "没有特别的风险",
}  # fmt: skip
WORDS = {"words": "那天有雨"}
A: Final = "/api/v1/activities"
API_SPOT = {"begins": "@activity_begins", "ends": "@activity_ends", "venue": "村口"}
API_TOLD = {**API_SPOT, "kind": "fair", "title": "文明集市", "task": "culture", "risks": "人多，看好孩子"}
S: Final = "/api/v1/series"
API_RULE = {
    "kind": "class", "title": "微夜校", "task": "culture", "venue": "村民活动室", "risks": "晚上路黑",
    "pattern": {"lunar": {"days": [1, 15]}}, "first": "@today", "begins_at": "19:00", "ends_at": "20:30",
}  # fmt: skip
STEPS: Final = (
    ("submit", "draft"), ("announce", "review"), ("open", "announced"), ("run", "open"), ("end", "running"),
    ("file", "ended"), ("drop", "draft"),
)  # fmt: skip
TOLD_STEPS: Final = (("send_back", "review"), ("cancel", "announced"))
E: Final = "/api/v1/enrolments"
A_POST = {"role": "volunteer", "name": "引导", "places": 2}
OPEN_ONE = {"uuid": "activity_open"}
API_OPEN = {"activity_id": "activity_open"}
SIGNING: Final[tuple[Line, ...]] = (
    get("activities:enrol", SIGNED, **OPEN_ONE, post="post_empty"),
    post(
        "activities:enrol", SIGNED, {"who": "family", "name": "小孙子", "words": ""}, **OPEN_ONE, post="post_empty"
    ),
    get("activities:mine", SIGNED),
    get("activities:enrolment", RESIDENT, uuid="enrolment_coming"),
    post("activities:withdraw", RESIDENT, {"words": ""}, uuid="enrolment_coming"),
    post("activities:answer", RESIDENT, {"words": "我在"}, uuid="enrolment_missed"),
    get("activities:posts", RUN, **OPEN_ONE),
    post("activities:posts", RUN, A_POST, **OPEN_ONE),
    post("activities:entry", RUN, {"entry": "invited"}, **OPEN_ONE),
    get("activities:change_post", RUN, **OPEN_ONE, post="post_open"),
    post("activities:change_post", RUN, {"role": "audience", "name": "座票"}, **OPEN_ONE, post="post_open"),
    post("activities:remove_post", RUN, **OPEN_ONE, post="post_empty"),
    get("activities:people", RUN, **OPEN_ONE),
    get("activities:export_people", RUN, leaves="rows", **OPEN_ONE),
    get("activities:paper_of_people", RUN, leaves="rows", **OPEN_ONE),
    get("activities:find_person", RUN, **OPEN_ONE),
    get("activities:add_person", RUN, **OPEN_ONE, person="zhou_person"),
    post("activities:add_person", RUN, {"post": "@post_empty"}, **OPEN_ONE, person="leader_person"),
    get("activities:staff_enrolment", RUN, uuid="enrolment_coming"),
    post("activities:sign_off", RUN, {"words": ""}, uuid="enrolment_coming"),
    post("activities:refuse", RUN, WORDS, uuid="enrolment_coming"),
    post("activities:shift", RUN, {"post": "@post_empty"}, uuid="enrolment_coming"),
    post("activities:miss", RUN, WORDS, uuid="enrolment_over"),
    # Never by who wrote it down: the practitioner is told so.
    post("activities:uphold", RUN - PRACTITIONER, WORDS, told=PRACTITIONER, uuid="enrolment_answered"),
    post("activities:excuse", RUN, {"words": ""}, uuid="enrolment_missed"),
    get(f"{A}/{{activity_id}}/posts", ALL, **API_OPEN),
    post(f"{A}/{{activity_id}}/posts", RUN, A_POST, **API_OPEN),
    put(
        f"{A}/{{activity_id}}/posts/{{post_id}}", RUN, {"role": "audience", "name": "座票"}, **API_OPEN,
        post_id="post_open",
    ),
    post(f"{A}/{{activity_id}}/posts/{{post_id}}/remove", RUN, **API_OPEN, post_id="post_empty"),
    put(f"{A}/{{activity_id}}/entry", RUN, {"entry": "invited"}, **API_OPEN),
    post(f"{A}/{{activity_id}}/posts/{{post_id}}/enrol", SIGNED, {"name": "小孙子"}, **API_OPEN, post_id="post_empty"),
    post(
        f"{A}/{{activity_id}}/posts/{{post_id}}/enrol-for", RUN, {"person": "@leader_person"}, **API_OPEN,
        post_id="post_empty",
    ),
    get(f"{A}/{{activity_id}}/enrolments", RUN, **API_OPEN),
    get(E, SIGNED),
    get(f"{E}/{{enrolment_id}}", RUN | RESIDENT, enrolment_id="enrolment_coming"),
    post(f"{E}/{{enrolment_id}}/shift", RUN, {"post": "@post_empty"}, enrolment_id="enrolment_coming"),
    post(f"{E}/{{enrolment_id}}/mine/{{verb}}", RESIDENT, {}, enrolment_id="enrolment_coming", verb="withdraw"),
    post(f"{E}/{{enrolment_id}}/{{verb}}", RUN, WORDS, enrolment_id="enrolment_coming", verb="refuse"),
)  # fmt: skip

AT_DOOR: Final = {"uuid": "activity_door"}
API_DOOR = {"activity_id": "activity_door"}
BY_HAND = {"direction": "in", "reason": "no_phone"}
DOOR: Final[tuple[Line, ...]] = (
    get("activities:offline", ALL),
    get("activities:offline_worker", ALL),
    get("activities:desk_offline", ALL),
    get("activities:desk_worker", ALL),
    get(f"{A}/offline", SIGNED),
    post(
        f"{A}/offline/inbox",
        frozenset({"volunteer"}),
        {"account": "@volunteer_account", "sent_ms": 1_790_000_001_000, "records": ["@door_record"]},
        told=SIGNED - {"volunteer"},
    ),
    get("activities:here", SIGNED, **AT_DOOR),
    post("activities:here", SIGNED, {"code": "@spot_digits", "direction": "in"}, **AT_DOOR),
    get("activities:door", RUN, **AT_DOOR),
    get("activities:checking", RUN, **AT_DOOR),
    post("activities:scan", RUN, {"text": "@zhou_code", "direction": "in"}, **AT_DOOR),
    get("activities:hand", RUN, **AT_DOOR, person="zhou_person"),
    post("activities:hand", RUN, BY_HAND, **AT_DOOR, person="zhou_person"),
    post("activities:judge_all", RUN, {"mark": "@mark_told"}, **AT_DOOR),
    post("activities:judge", RUN, {"word": "right"}, **AT_DOOR, mark="mark_told"),
    post("activities:heads", RUN, {"people": "80"}, **AT_DOOR),
    get("activities:came", RUN, **AT_DOOR),
    post(f"{A}/{{activity_id}}/check-in", SIGNED, {"code": "@spot_digits"}, **API_DOOR),
    get(f"{A}/{{activity_id}}/door", RUN, **API_DOOR),
    post(f"{A}/{{activity_id}}/scan", RUN, {"text": "@zhou_code"}, **API_DOOR),
    post(f"{A}/{{activity_id}}/marks", RUN, {**BY_HAND, "person": "@zhou_person"}, **API_DOOR),
    post(
        f"{A}/{{activity_id}}/marks/{{mark_id}}/word",
        RUN,
        {"is_right": True},
        **API_DOOR,
        mark_id="mark_told",
    ),
    get(f"{A}/{{activity_id}}/came", RUN, **API_DOOR),
    get(f"{A}/{{activity_id}}/counted", RUN, **API_DOOR),
    post(f"{A}/{{activity_id}}/heads", RUN, {"people": 80}, **API_DOOR),
)


LINES: Final[tuple[Line, ...]] = (
    *SIGNING,
    *DOOR,
    get("activities:activities", ALL),
    get("activities:activity", ALL, uuid="activity_announced"),
    get("activities:calendar", ALL),
    get("activities:place_feed", ALL, uuid="chengbei"),
    get("activities:team_feed", ALL, uuid="team"),
    get("activities:own_feed", ALL, token="calendar_token"),
    get("activities:month_paper", ALL),
    get("activities:year", ALL),
    get("activities:embed", ALL, uuid="chengbei"),
    get("activities:my_calendar", SIGNED),
    post("activities:make_address", SIGNED),
    post("activities:remove_address", RESIDENT, told=SIGNED - RESIDENT),
    get("activities:desk", OFFICES),
    get("activities:export", OFFICES, leaves="rows"),
    get("activities:new", OFFICES),
    post("activities:new", RUN, {**TOLD, "place": "@chengbei"}, told=OFFICES - RUN),
    get("activities:staff_activity", OURS, uuid="activity_draft"),
    get("activities:edit", RUN, uuid="activity_draft"),
    post("activities:edit", RUN, TOLD, uuid="activity_draft"),
    get("activities:change", RUN, uuid="activity_announced"),
    post("activities:change", RUN, {**SPOT, "venue": "村礼堂"}, uuid="activity_announced"),
    *(post(f"activities:{verb}", RUN, uuid=f"activity_{state}") for verb, state in STEPS),
    *(post(f"activities:{verb}", RUN, WORDS, uuid=f"activity_{state}") for verb, state in TOLD_STEPS),
    get("activities:series_list", OFFICES),
    get("activities:new_series", OFFICES),
    post("activities:new_series", RUN, {**RULE, "place": "@chengbei"}, told=OFFICES - RUN),
    post("activities:dates", OFFICES, RULE, leaves="nothing"),
    get("activities:series", OURS, uuid="series"),
    get("activities:series_figures", OURS, uuid="series"),
    get("activities:series_figures_export", OURS, uuid="series", leaves="rows"),
    post("activities:skip_day", RUN, {**WORDS, "of": "@series_day_0"}, uuid="series"),
    post("activities:move_day", RUN, {"of": "@series_day_0", "day": "@series_day_1"}, uuid="series"),
    post("activities:add_day", RUN, {"day": "@series_day_1"}, uuid="series"),
    get("activities:edit_series", RUN, uuid="series"),
    # who has not seen yet what becomes of the coming days is shown it
    post("activities:edit_series", RUN, {**RULE, **WORDS}, uuid="series", leaves="nothing"),
    post("activities:look_at_change", RUN, {**RULE, **WORDS}, uuid="series", leaves="nothing"),
    post("activities:undo_day", RUN, {"of": "@series_day_decided"}, uuid="series"),
    post("activities:end_series", RUN, {**WORDS, "day": "@series_day_7"}, uuid="series"),
    get(S, OFFICES),
    post(S, RUN, {**API_RULE, "place": "@chengbei"}),
    get(f"{S}/{{series_id}}", OURS, series_id="series"),
    post(f"{S}/{{series_id}}/change", RUN, {**API_RULE, **WORDS, "day": "@series_day_7"}, series_id="series"),
    post(f"{S}/{{series_id}}/end", RUN, {**WORDS, "day": "@series_day_7"}, series_id="series"),
    post(f"{S}/{{series_id}}/skip", RUN, {**WORDS, "of": "@series_day_0"}, series_id="series"),
    post(f"{S}/{{series_id}}/move", RUN, {"of": "@series_day_0", "day": "@series_day_1"}, series_id="series"),
    post(f"{S}/{{series_id}}/undo", RUN, {"of": "@series_day_decided"}, series_id="series"),
    post(f"{S}/{{series_id}}/add", RUN, {"day": "@series_day_1"}, series_id="series"),
    get(A, ALL),
    get(f"{A}/office", OFFICES),
    post(A, RUN, {**API_TOLD, "place": "@chengbei"}),
    get(f"{A}/{{activity_id}}", ALL, activity_id="activity_announced"),
    get(f"{A}/{{activity_id}}/office", OURS, activity_id="activity_draft"),
    put(f"{A}/{{activity_id}}", RUN, API_TOLD, activity_id="activity_draft"),
    post(f"{A}/{{activity_id}}/change", RUN, API_SPOT, activity_id="activity_announced"),
    post(f"{A}/{{activity_id}}/{{verb}}", RUN, WORDS, activity_id="activity_announced", verb="cancel"),
)
