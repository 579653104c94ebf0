"""Talks, who gives them, what is passed on."""

from typing import Final

from tests.matrix.lines import ALL, MALLORY, MANAGER, MANAGERS, OFFICES, OURS, ROLL, Line, get, post, put

WRITE: Final = ROLL
"""Who keeps talks and lecturers: managers, directors, practitioners of the place."""
T: Final = "/api/v1/talks"
TALK = {"title": "怎样看病少跑腿", "about": "医保怎么报销。", "task": "policy", "minutes": "30"}
API_TALK = {"title": "怎样看病少跑腿", "about": "医保怎么报销。", "task": "policy", "minutes": 30}
FILM = {"kind": "film", "title": "医保怎么报", "address": "https://film.example.cn/2"}
WORDS = {"words": "请加上短片"}
PASS = {"place": "@chengbei", "month": "@talk_month"}
LECTURER = {"place": "@chengbei", "has_agreed": "on", "about": "退休医生"}
API_LECTURER = {"place": "@chengbei", "person": "@new_lecturer", "has_agreed": True}
STEP: dict[str, str] = {}

LINES: Final[tuple[Line, ...]] = (
    get("lectures:talks", ALL),
    get("lectures:public_talk", ALL, uuid="talk_published"),
    get("lectures:desk", OFFICES),
    get("lectures:export", OFFICES, leaves="rows"),
    get("lectures:new", OFFICES),
    post("lectures:new", WRITE, {**TALK, "place": "@chengbei"}, told=OFFICES - WRITE),
    get("lectures:talk", OURS, uuid="talk_draft"),
    get("lectures:edit", WRITE, uuid="talk_draft"),
    post("lectures:edit", WRITE, TALK, uuid="talk_draft"),
    post("lectures:add_material", WRITE, FILM, uuid="talk_draft"),
    post("lectures:remove_material", WRITE, uuid="talk_draft", material="talk_material"),
    post("lectures:add_picture", WRITE, {"picture": "@picture"}, uuid="talk_draft"),
    post("lectures:remove_picture", WRITE, uuid="talk_draft", picture="talk_picture"),
    post("lectures:submit", WRITE, uuid="talk_draft"),
    post("lectures:send_back", MANAGERS, WORDS, uuid="talk_review"),
    post("lectures:publish", MANAGERS, uuid="talk_review"),
    post("lectures:withdraw", MANAGERS, uuid="talk_published"),
    post("lectures:drop", WRITE, uuid="talk_draft"),
    post("lectures:pass_on", MANAGERS, PASS, told=MALLORY, uuid="talk_published"),
    get("lectures:passed_on", OFFICES),
    get("lectures:passed", OURS, uuid="talk_passed"),
    post("lectures:receive", ROLL, {"place": "@chengbei"}, uuid="talk_passed"),
    post("lectures:take_back_passed", MANAGER, uuid="talk_passed"),
    get("lectures:lecturers", OFFICES),
    get("lectures:export_lecturers", OFFICES, leaves="rows"),
    get("lectures:find_lecturer", WRITE | MALLORY),
    get("lectures:new_lecturer", WRITE, person="new_lecturer"),
    post("lectures:new_lecturer", WRITE, LECTURER, person="new_lecturer"),
    post("lectures:end_lecturer", WRITE, uuid="lecturer"),
    get("lectures:at_activity", WRITE, uuid="talk_activity"),
    post("lectures:at_activity", WRITE, {"talk": "@talk_published"}, uuid="talk_free_activity"),
    post("lectures:take_off", WRITE, uuid="talk_activity", given="talk_given"),
    get(T, ALL),
    get(f"{T}/{{talk_id}}", ALL, talk_id="talk_published"),
    get(f"{T}/lecturers", ALL, ask={"place": "@chengbei"}),
    post(T, WRITE, {**API_TALK, "place": "@chengbei"}),
    put(f"{T}/{{talk_id}}", WRITE, API_TALK, talk_id="talk_draft"),
    post(f"{T}/{{talk_id}}/materials", WRITE, FILM, talk_id="talk_draft"),
    post(
        f"{T}/{{talk_id}}/materials/{{material_id}}/remove", WRITE, talk_id="talk_draft", material_id="talk_material"
    ),
    post(f"{T}/{{talk_id}}/{{verb}}", WRITE, STEP, talk_id="talk_draft", verb="submit"),
    post(f"{T}/{{talk_id}}/pass-on", MANAGERS, {"place": "@chengbei", "month": "2026-11-01"}, talk_id="talk_published"),
    post(f"{T}/passed-on/{{passed_id}}/read", ROLL, {"place": "@chengbei"}, passed_id="talk_passed"),
    post(f"{T}/passed-on/{{passed_id}}/take-back", MANAGER, passed_id="talk_passed"),
    post(f"{T}/lecturers", WRITE, API_LECTURER),
    post(f"{T}/lecturers/{{lecturer_id}}/end", WRITE, lecturer_id="lecturer"),
    post(f"{T}/at/{{activity_id}}", WRITE, {"talk": "@talk_published"}, activity_id="talk_free_activity"),
    post(f"{T}/at/{{activity_id}}/{{given_id}}/take-off", WRITE, activity_id="talk_activity", given_id="talk_given"),
)  # fmt: skip
