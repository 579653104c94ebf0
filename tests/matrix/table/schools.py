"""Evening schools, their pupils, their classes."""

from typing import Final

from tests.matrix.lines import ALL, OFFICES, OURS, RESIDENT, ROLL, SIGNED, Line, get, post, put

KEEP: Final = ROLL
"""Who keeps schools: managers, directors, practitioners of the place."""
SECOND: Final = ROLL - {"director"}
"""Who may give a word on the number that the director typed."""
S: Final = "/api/v1/schools"
SCHOOL = {"name": "新街微夜校", "venue": "新街活动室", "subjects": "craft"}
API_SCHOOL = {"name": "新街微夜校", "venue": "新街活动室", "subjects": ["craft"]}
HOLD = {"school": "@school_bare", "way": "film", "address": "https://film.example.cn/7"}
VIEWERS = {"source": "short", "day": "@school_day", "people": "88"}
API_VIEWERS = {"source": "short", "day": "@school_day", "people": 88}
WORDS = {"words": "没有老师"}

LINES: Final[tuple[Line, ...]] = (
    get("schools:schools", ALL),
    get("schools:mine", SIGNED),
    get("schools:public_school", ALL, uuid="school"),
    post("schools:join", SIGNED, uuid="school_bare"),
    post("schools:leave", RESIDENT, uuid="school"),
    post("schools:with_it", RESIDENT, uuid="school_session"),
    get("schools:desk", OFFICES),
    get("schools:export", OFFICES, leaves="rows"),
    get("schools:new", OFFICES),
    post("schools:new", KEEP, {**SCHOOL, "place": "@chengbei"}, told=OFFICES - KEEP),
    get("schools:figures", OFFICES),
    get("schools:export_figures", OFFICES, leaves="rows"),
    get("schools:school", OURS, uuid="school"),
    get("schools:edit", KEEP, uuid="school"),
    post("schools:edit", KEEP, SCHOOL, uuid="school"),
    post("schools:hang_picture", KEEP, {"picture": "@picture"}, uuid="school"),
    post("schools:close", KEEP, WORDS, uuid="school"),
    post("schools:reopen", KEEP, uuid="school_closed"),
    get("schools:export_classes", KEEP, leaves="rows", uuid="school"),
    get("schools:pupils", OURS, uuid="school"),
    get("schools:export_pupils", KEEP, leaves="rows", uuid="school"),
    get("schools:find_pupil", KEEP, uuid="school"),
    post("schools:add_pupil", KEEP, uuid="school", person="new_pupil"),
    post("schools:end_pupil", KEEP, uuid="school", pupil="pupil"),
    get("schools:session", KEEP, uuid="school_session"),
    post("schools:put_address", KEEP, {"address": "https://film.example.cn/8"}, uuid="school_session"),
    post("schools:take_off", KEEP, uuid="school_session_ahead"),
    post("schools:count", KEEP, VIEWERS, uuid="school_session"),
    post("schools:correct", KEEP, {"people": "99"}, uuid="school_session", count="school_count"),
    post("schools:confirm", SECOND, uuid="school_session", count="school_count"),
    post("schools:deny", SECOND, uuid="school_session", count="school_count"),
    get("schools:at_activity", KEEP, uuid="school_class"),
    post("schools:at_activity", KEEP, HOLD, uuid="school_class"),
    post("schools:have_series", KEEP, HOLD, uuid="school_series_class"),
    post("schools:end_series", KEEP, uuid="school_series_class", rule="school_series"),
    get(S, ALL),
    get(f"{S}/mine", SIGNED),
    get(f"{S}/{{school_id}}", ALL, school_id="school"),
    post(S, KEEP, {**API_SCHOOL, "place": "@chengbei"}),
    put(f"{S}/{{school_id}}", KEEP, API_SCHOOL, school_id="school"),
    post(f"{S}/{{school_id}}/close", KEEP, WORDS, school_id="school"),
    post(f"{S}/{{school_id}}/reopen", KEEP, {}, school_id="school_closed"),
    post(f"{S}/{{school_id}}/join", SIGNED, school_id="school_bare"),
    post(f"{S}/{{school_id}}/leave", RESIDENT, school_id="school"),
    post(f"{S}/{{school_id}}/pupils", KEEP, {"person": "@new_pupil"}, school_id="school"),
    post(f"{S}/{{school_id}}/pupils/{{pupil_id}}/end", KEEP, school_id="school", pupil_id="pupil"),
    post(f"{S}/at/{{activity_id}}", KEEP, HOLD, activity_id="school_class"),
    post(f"{S}/at/{{activity_id}}/series", KEEP, HOLD, activity_id="school_series_class"),
    post(
        f"{S}/at/{{activity_id}}/series/{{school_id}}/end", KEEP, activity_id="school_series_class", school_id="school"
    ),
    get(f"{S}/classes/{{class_id}}", KEEP, class_id="school_session"),
    post(f"{S}/classes/{{class_id}}/with-it", RESIDENT, class_id="school_session"),
    post(f"{S}/classes/{{class_id}}/address", KEEP, {"address": None}, class_id="school_session"),
    post(f"{S}/classes/{{class_id}}/take-off", KEEP, class_id="school_session_ahead"),
    post(f"{S}/classes/{{class_id}}/viewers", KEEP, API_VIEWERS, class_id="school_session"),
    post(
        f"{S}/classes/{{class_id}}/viewers/{{count_id}}/correct", KEEP, {"people": 99}, class_id="school_session",
        count_id="school_count",
    ),
    post(
        f"{S}/classes/{{class_id}}/viewers/{{count_id}}/{{word}}", SECOND, class_id="school_session",
        count_id="school_count", word="right",
    ),
)  # fmt: skip
