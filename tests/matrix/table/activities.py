"""Activities: everybody reads what is announced, managers, directors and practitioners prepare it."""

from typing import Final

from tests.matrix.lines import ALL, OFFICES, OURS, ROLL, Line, get, post, put

RUN: Final = ROLL
"""Who prepares and runs: managers, directors, practitioners of the place."""
SPOT = {"day": "@day", "begins": "09:00", "ends": "11:00", "venue": "文化广场"}
TOLD = {
    **SPOT, "kind": "lecture", "title": "政策宣讲", "task": "policy", "insurance": "not_needed", "lecturer": "李老师",
    "risks": "没有特别的风险", "about": "讲一讲新的惠民政策",
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


LINES: Final[tuple[Line, ...]] = (
    get("activities:activities", ALL),
    get("activities:activity", ALL, uuid="activity_announced"),
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
    get("activities:series", OURS, uuid="series"),
    post("activities:skip_day", RUN, {**WORDS, "of": "@series_day_0"}, uuid="series"),
    post("activities:move_day", RUN, {"of": "@series_day_0", "day": "@series_day_1"}, uuid="series"),
    post("activities:add_day", RUN, {"day": "@series_day_1"}, uuid="series"),
    post("activities:end_series", RUN, {**WORDS, "day": "@series_day_7"}, uuid="series"),
    get(S, OFFICES),
    post(S, RUN, {**API_RULE, "place": "@chengbei"}),
    get(f"{S}/{{series_id}}", OURS, series_id="series"),
    post(f"{S}/{{series_id}}/change", RUN, {**API_RULE, **WORDS, "day": "@series_day_7"}, series_id="series"),
    post(f"{S}/{{series_id}}/end", RUN, {**WORDS, "day": "@series_day_7"}, series_id="series"),
    post(f"{S}/{{series_id}}/skip", RUN, {**WORDS, "of": "@series_day_0"}, series_id="series"),
    post(f"{S}/{{series_id}}/move", RUN, {"of": "@series_day_0", "day": "@series_day_1"}, series_id="series"),
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
