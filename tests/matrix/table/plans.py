"""Plans of places and teams."""

from typing import Final

from tests.matrix.lines import ALL, MANAGERS, OFFICES, OURS, ROLL, Line, get, post, put

WRITE: Final = ROLL
"""Who writes plans: managers, directors, practitioners of the place."""
APPROVE: Final = MANAGERS
"""Those above the station."""
P: Final = "/api/v1/plans"
NEW = {"place": "@chengbei", "period": "month", "day": "@plan_free_day", "theme": "文明实践月计划"}
LINE = {"first_day": "@plan_day", "theme": "反诈宣讲", "kind": "lecture", "task": "policy", "times": "1"}
API_LINE = {"first_day": "@plan_day", "theme": "反诈宣讲", "kind": "lecture", "task": "policy"}
WHEN = {"day": "@plan_day", "begins": "09:00", "ends": "10:00", "venue": "文化广场"}
API_WHEN = {"begins": "@plan_begins", "ends": "@plan_ends", "venue": "文化广场"}
WORDS = {"words": "场地没有落实"}
COPY = {"day": "@plan_free_day"}

LINES: Final[tuple[Line, ...]] = (
    get("plans:plans", ALL),
    get("plans:public_plan", ALL, uuid="plan_published"),
    get("plans:desk", OFFICES),
    get("plans:export", OFFICES, leaves="rows"),
    get("plans:new", OFFICES),
    post("plans:new", WRITE, NEW, told=OFFICES - WRITE),
    get("plans:plan", OURS, uuid="plan_draft"),
    get("plans:edit", WRITE, uuid="plan_draft"),
    post("plans:edit", WRITE, {"theme": "新的名称"}, uuid="plan_draft"),
    post("plans:copy", WRITE, COPY, uuid="plan_draft"),
    post("plans:submit", WRITE, uuid="plan_draft"),
    post("plans:take_back", WRITE, uuid="plan_submitted"),
    post("plans:send_back", APPROVE, WORDS, uuid="plan_submitted"),
    post("plans:approve", APPROVE, uuid="plan_submitted"),
    post("plans:publish", WRITE, uuid="plan_approved"),
    post("plans:drop", WRITE, uuid="plan_draft"),
    get("plans:export_lines", OURS, leaves="rows", uuid="plan_draft"),
    get("plans:bring", WRITE, uuid="plan_draft"),
    post("plans:bring", WRITE, {"table": "@plan_table"}, leaves="nothing", uuid="plan_draft"),
    post("plans:take_in", WRITE, {"rows": "@plan_rows", "mode": "add"}, uuid="plan_draft"),
    get("plans:add_line", WRITE, uuid="plan_draft"),
    post("plans:add_line", WRITE, LINE, uuid="plan_draft"),
    get("plans:line", OURS, uuid="plan_published", line="plan_line"),
    get("plans:change_line", WRITE, uuid="plan_draft", line="plan_line_draft"),
    post("plans:change_line", WRITE, LINE, uuid="plan_draft", line="plan_line_draft"),
    post("plans:remove_line", WRITE, uuid="plan_draft", line="plan_line_draft"),
    post("plans:prepare", WRITE, WHEN, uuid="plan_published", line="plan_line"),
    post("plans:link", WRITE, {"activity": "@plan_activity_free"}, uuid="plan_published", line="plan_line"),
    post("plans:unlink", WRITE, uuid="plan_published", line="plan_line", activity="plan_activity"),
    post("plans:link_series", WRITE, {"series": "@series"}, uuid="plan_published", line="plan_line"),
    post("plans:unlink_series", WRITE, uuid="plan_published", line="plan_line", series="plan_series"),
    post("plans:erase_name", WRITE, {"part": "answers"}, uuid="plan_published", line="plan_line"),
    post("plans:leave_out", WRITE, WORDS, uuid="plan_published", line="plan_line"),
    post("plans:take_up", WRITE, uuid="plan_published", line="plan_line_left"),
    get(P, ALL),
    get(f"{P}/{{plan_id}}", ALL, plan_id="plan_published"),
    get(f"{P}/office", OFFICES),
    get(f"{P}/office/{{plan_id}}", OURS, plan_id="plan_draft"),
    post(P, WRITE, NEW),
    put(f"{P}/{{plan_id}}", WRITE, {"theme": "新的名称"}, plan_id="plan_draft"),
    post(f"{P}/{{plan_id}}/copy", WRITE, COPY, plan_id="plan_draft"),
    post(f"{P}/{{plan_id}}/lines", WRITE, {"lines": [API_LINE]}, plan_id="plan_draft"),
    put(
        f"{P}/{{plan_id}}/lines/{{line_id}}", WRITE, API_LINE, plan_id="plan_draft", line_id="plan_line_draft"
    ),
    post(f"{P}/{{plan_id}}/lines/{{line_id}}/remove", WRITE, plan_id="plan_draft", line_id="plan_line_draft"),
    post(
        f"{P}/{{plan_id}}/lines/{{line_id}}/prepare", WRITE, API_WHEN, plan_id="plan_published",
        line_id="plan_line",
    ),
    post(
        f"{P}/{{plan_id}}/lines/{{line_id}}/link", WRITE, {"activity": "@plan_activity_free"},
        plan_id="plan_published", line_id="plan_line",
    ),
    post(
        f"{P}/{{plan_id}}/lines/{{line_id}}/unlink", WRITE, {"activity": "@plan_activity"},
        plan_id="plan_published", line_id="plan_line",
    ),
    *(
        post(
            f"{P}/{{plan_id}}/lines/{{line_id}}/{verb}", WRITE, sent, plan_id="plan_published", line_id="plan_line"
        )
        for verb, sent in (
            ("link-series", {"series": "@series"}), ("unlink-series", {"series": "@plan_series"}),
            ("erase-name", {"part": "answers"}),
        )
    ),
    post(
        f"{P}/{{plan_id}}/lines/{{line_id}}/leave-out", WRITE, WORDS, plan_id="plan_published",
        line_id="plan_line",
    ),
    post(
        f"{P}/{{plan_id}}/lines/{{line_id}}/take-up", WRITE, plan_id="plan_published", line_id="plan_line_left"
    ),
    post(f"{P}/{{plan_id}}/{{verb}}", APPROVE, {}, plan_id="plan_submitted", verb="approve"),
)  # fmt: skip
