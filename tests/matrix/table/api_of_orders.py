"""The API of the catalogue and of the loop."""

from typing import Final

from tests.matrix.lines import (
    ALL,
    ENTERERS,
    HANDLERS,
    LEADER,
    MALLORY,
    MANAGER,
    MANAGERS,
    OURS,
    RESIDENT,
    SIGNED,
    STAFF,
    TEAM,
    Line,
    delete,
    get,
    post,
    put,
)

CATALOGUE, ORDERS, WORK = "/api/v1/catalogue", "/api/v1/orders", "/api/v1/team-work"
READERS = STAFF | LEADER
WRITERS = MANAGERS | LEADER
KINDS = MANAGER | MALLORY
ASKED = {"label": "理发人数", "kind": "number"}
TEXT = {"title": "新服务", "category": "hair", "team": "@team", "area": "@center"}
WISH = {"project": "@published", "wished_from": "@from", "wished_to": "@to"}
FIGURES = HANDLERS | {"supervisor"}
BY_HAND = {"way": "hand", "reason": "no_phone", "person": "@volunteer_person"}

PROJECT = f"{CATALOGUE}/projects/{{project_id}}"
OF_OURS = (OURS | LEADER) - {"practitioner", "grid_keeper"}
SUPPORT = {
    "source": "unit", "giver": "城北果业有限公司", "amount_fen": 500000, "granted_on": "@today", "purpose": "买工具",
}  # fmt: skip
TASK = {"title": "联系供应商", "due_on": "@today", "answers": "@leader_person"}

LINES: Final[tuple[Line, ...]] = (
    get(f"{CATALOGUE}/categories", ALL),
    post(f"{CATALOGUE}/categories", KINDS, {"name": "新种类"}),
    put(f"{CATALOGUE}/categories/{{code}}", KINDS, {"name": "理发"}, code="hair"),
    post(f"{CATALOGUE}/categories/{{code}}/retire", KINDS, code="spare"),
    post(f"{CATALOGUE}/categories/{{code}}/restore", KINDS, code="old"),
    get(f"{CATALOGUE}/categories/{{code}}/results", SIGNED, code="hair"),
    put(f"{CATALOGUE}/categories/{{code}}/results", KINDS, {"fields": [ASKED]}, code="hair"),
    post(f"{CATALOGUE}/categories/{{code}}/results/follow", KINDS, {}, code="spare"),
    get(f"{CATALOGUE}/teams/{{team_id}}/services", READERS, team_id="team"),
    put(
        f"{CATALOGUE}/teams/{{team_id}}/services",
        MANAGERS,
        {"services": [{"category": "hair", "area": "@changning"}]},
        team_id="team",
    ),
    get(f"{CATALOGUE}/services", ALL, ask={"place": "@chengbei"}),
    get(f"{CATALOGUE}/services/{{service_id}}", ALL, service_id="published"),
    get(f"{CATALOGUE}/projects", READERS),
    post(f"{CATALOGUE}/projects", MANAGERS, {**TEXT, "place": "@changning"}),
    get(
        f"{CATALOGUE}/projects/{{project_id}}",
        (OURS | LEADER) - {"practitioner", "grid_keeper"},
        project_id="draft",
    ),
    put(f"{CATALOGUE}/projects/{{project_id}}", WRITERS, TEXT, project_id="draft"),
    post(f"{CATALOGUE}/projects/{{project_id}}/photos", WRITERS, {"picture": "@picture"}, project_id="draft"),
    put(
        f"{CATALOGUE}/projects/{{project_id}}/photos",
        WRITERS,
        {"photos": ["@project_picture_2", "@project_picture_1"]},
        project_id="draft",
    ),
    delete(
        f"{CATALOGUE}/projects/{{project_id}}/photos/{{photo_id}}",
        WRITERS,
        project_id="draft",
        photo_id="project_picture_1",
    ),
    get(f"{PROJECT}/stages", OF_OURS, project_id="draft"),
    post(f"{PROJECT}/stage", MANAGERS, {"stage": "growing", "why": "点单多了"}, project_id="draft"),
    post(f"{PROJECT}/capacity", WRITERS, {"month_capacity": 20}, project_id="draft"),
    get(f"{PROJECT}/support", OF_OURS, project_id="draft"),
    post(f"{PROJECT}/support", MANAGERS, SUPPORT, project_id="draft"),
    post(
        f"{PROJECT}/support/{{support_id}}/back",
        MANAGERS,
        {"why": "写错了"},
        project_id="draft",
        support_id="support",
    ),
    get(f"{PROJECT}/people", WRITERS, project_id="draft"),
    post(f"{PROJECT}/tasks", WRITERS, TASK, project_id="draft"),
    get(f"{CATALOGUE}/tasks", READERS),
    get(f"{CATALOGUE}/tasks/{{task_id}}", OF_OURS, task_id="task"),
    post(f"{CATALOGUE}/tasks/pictures", WRITERS | MALLORY, {"picture": "@picture"}),
    post(
        f"{CATALOGUE}/tasks/{{task_id}}/{{verb}}", WRITERS, {"note": "做好了"}, task_id="task", verb="close"
    ),
    post(
        f"{CATALOGUE}/projects/{{project_id}}/{{verb}}", MANAGERS, {}, project_id="in_review", verb="publish"
    ),
    get(f"{CATALOGUE}/menus", STAFF - MALLORY, ask={"place": "@chengbei"}),
    post(f"{CATALOGUE}/menus", MANAGERS, {"place": "@huangxiang", "month": "@month"}),
    get(f"{CATALOGUE}/menus/{{menu_id}}", STAFF - MALLORY, menu_id="draft_menu"),
    put(f"{CATALOGUE}/menus/{{menu_id}}/items", MANAGERS, {"projects": ["@second"]}, menu_id="draft_menu"),
    post(f"{CATALOGUE}/menus/{{menu_id}}/publish", MANAGERS, menu_id="draft_menu"),
    post(f"{CATALOGUE}/menus/{{menu_id}}/unpublish", MANAGERS, menu_id="menu"),
    get(ORDERS, SIGNED),
    post(ORDERS, SIGNED - MALLORY - {"supervisor"}, WISH),
    get(f"{ORDERS}/mine", SIGNED),
    get("/api/v1/figures", FIGURES | MALLORY),
    post(f"{ORDERS}/on-behalf", ENTERERS, {**WISH, "person": "@zhou_person", "consent": "signed"}),
    post(f"{ORDERS}/on-behalf/papers", ENTERERS | MALLORY, {"picture": "@picture"}),
    get(f"{ORDERS}/{{number}}/consents", OURS | RESIDENT, number="entered_number"),
    get(f"{ORDERS}/{{number}}", OURS | TEAM | RESIDENT, number="scheduled_number"),
    # One's own is no look.
    post(f"{ORDERS}/{{number}}/contact", ENTERERS | TEAM, told=RESIDENT, number="scheduled_number"),
    get(f"{ORDERS}/{{number}}/code", RESIDENT, number="scheduled_number"),
    put(
        f"{ORDERS}/{{number}}/point",
        ENTERERS | RESIDENT,
        {"longitude": 115.65, "latitude": 24.96, "accuracy": 20, "resident_agrees": True},
        number="submitted_number",
    ),
    delete(f"{ORDERS}/{{number}}/point", ENTERERS | RESIDENT, leaves="nothing", number="submitted_number"),
    get(f"{ORDERS}/{{number}}/teams", HANDLERS, number="admitted_number"),
    post(f"{ORDERS}/{{number}}/admit", HANDLERS, number="submitted_number"),
    post(f"{ORDERS}/{{number}}/refuse", HANDLERS, {"reason": "duplicate"}, number="submitted_number"),
    post(f"{ORDERS}/{{number}}/cannot", HANDLERS, {"reason": "no_people"}, number="admitted_number"),
    post(f"{ORDERS}/{{number}}/dispatch", HANDLERS, {"team": "@team"}, number="admitted_number"),
    post(
        f"{ORDERS}/{{number}}/call",
        HANDLERS,
        {"area": "@center", "way": "first_come", "until": "@from"},
        number="admitted_number",
    ),
    get(f"{ORDERS}/{{number}}/offers", HANDLERS, number="offered_for_number"),
    post(f"{ORDERS}/{{number}}/pick", HANDLERS, {"team": "@team"}, number="offered_for_number"),
    post(f"{ORDERS}/{{number}}/end-call", HANDLERS, {}, number="called_number"),
    post(f"{ORDERS}/{{number}}/merge", HANDLERS, {"into": "@admitted_number"}, number="submitted_number"),
    get(f"{ORDERS}/{{number}}/alike", HANDLERS, number="submitted_number"),
    get(f"{ORDERS}/mine/alike", SIGNED, ask={"project": "@published"}),
    post(f"{ORDERS}/{{number}}/withdraw", HANDLERS, {}, number="offered_number"),
    post(f"{ORDERS}/{{number}}/close", HANDLERS, {}, number="failed_number"),
    post(f"{ORDERS}/{{number}}/reopen", HANDLERS, {}, number="closed_number"),
    post(f"{ORDERS}/{{number}}/change", ENTERERS | RESIDENT, {"people_needed": 3}, number="submitted_number"),
    post(f"{ORDERS}/{{number}}/pass-up", HANDLERS, {"reason": "no_people"}, number="submitted_number"),
    post(f"{ORDERS}/{{number}}/ask-help", HANDLERS, {"reason": "no_skill"}, number="submitted_number"),
    post(
        f"{ORDERS}/{{number}}/send-down",
        HANDLERS,
        {"reason": "nearer", "place": "@chengbei"},
        number="submitted_number",
    ),
    post(
        f"{ORDERS}/{{number}}/split",
        HANDLERS,
        {"parts": [{"words": "剪头发", "category": "hair"}, {"words": "修电灯", "category": "hair"}]},
        number="admitted_number",
    ),
    post(f"{ORDERS}/{{number}}/join", HANDLERS, {}, number="divided_number"),
    post(
        f"{ORDERS}/{{number}}/leave-out",
        HANDLERS,
        {"part": "@divided_part", "reason": "no_people"},
        number="divided_number",
    ),
    get(f"{ORDERS}/{{number}}/take-overs", HANDLERS, number="asked_of_office_number"),
    post(f"{ORDERS}/{{number}}/take-back", HANDLERS, {}, number="asked_of_office_number"),
    post(f"{ORDERS}/{{number}}/take-from-team", HANDLERS, {"reason": "overdue"}, number="silent_number"),
    post(f"{ORDERS}/{{number}}/leave", HANDLERS, {"reason": "other"}, number="asked_of_office_number"),
    post(f"{ORDERS}/{{number}}/cancel", RESIDENT, {"reason": "no_longer_needed"}, number="submitted_number"),
    post(f"{ORDERS}/{{number}}/cancel-for", ENTERERS, {"asked_by": "in_person"}, number="submitted_number"),
    post(f"{ORDERS}/{{number}}/review", RESIDENT, {"outcome": "done", "stars": 5}, number="done_number"),
    get(f"{WORK}/board", SIGNED),
    get(f"{WORK}/tasks", SIGNED),
    get(f"{WORK}/calls", SIGNED),
    post(f"{WORK}/calls/{{call}}/claim", LEADER, {"team": "@team"}, call="called_call"),
    post(f"{WORK}/calls/{{call}}/apply", LEADER, {"team": "@team", "words": "近"}, call="called_to_fit_call"),
    post(f"{WORK}/calls/{{call}}/take-offer-back", LEADER, {"team": "@team"}, call="offered_for_call"),
    post(f"{WORK}/assignments/{{assignment}}/accept", LEADER, assignment="offered_task"),
    post(
        f"{WORK}/assignments/{{assignment}}/decline",
        LEADER,
        {"reason": "no_people"},
        assignment="offered_task",
    ),
    post(
        f"{WORK}/assignments/{{assignment}}/release",
        LEADER,
        {"reason": "no_people"},
        assignment="accepted_task",
    ),
    get(f"{WORK}/take-overs", SIGNED),
    post(
        f"{WORK}/assignments/{{assignment}}/ask-take-over",
        LEADER,
        {"team": "@second_team", "until": "@from", "reason": "no_people"},
        assignment="accepted_task",
    ),
    post(f"{WORK}/take-overs/{{take_over}}/accept", LEADER, take_over="asked_request"),
    post(
        f"{WORK}/take-overs/{{take_over}}/decline", LEADER, {"reason": "no_people"}, take_over="asked_request"
    ),
    post(f"{WORK}/take-overs/{{take_over}}/withdraw", LEADER, {}, take_over="asked_request"),
    post(
        f"{WORK}/assignments/{{assignment}}/members",
        LEADER,
        {"people": ["@volunteer_person"]},
        assignment="accepted_task",
    ),
    post(
        f"{WORK}/assignments/{{assignment}}/schedule",
        LEADER,
        {"planned_from": "@from", "planned_to": "@to"},
        assignment="accepted_task",
    ),
    post(
        f"{WORK}/assignments/{{assignment}}/give-up",
        TEAM,
        {"reason": "nobody_home"},
        assignment="scheduled_task",
    ),
    get(f"{WORK}/offline", SIGNED),
    post(
        f"{WORK}/offline/inbox",
        frozenset({"volunteer"}),
        {"account": "@volunteer_account", "sent_ms": 1_790_000_001_000, "records": ["@offline_record"]},
        told=SIGNED - {"volunteer"},
    ),
    post(
        f"{WORK}/visits/{{visit}}/check-in",
        TEAM,
        {"way": "code", "code": "@scheduled_code"},
        visit="scheduled_visit",
    ),
    post(
        f"{WORK}/visits/{{visit}}/check-out",
        TEAM,
        {"way": "code", "code": "@under_way_code"},
        visit="under_way_visit",
    ),
    get(f"{WORK}/offline/refused", SIGNED),
    post(f"{WORK}/offline/refused/{{time}}/write", LEADER, {"reason": "no_network"}, time="refused_time"),
    get(f"{WORK}/visits/{{visit}}/times", ENTERERS | TEAM | RESIDENT, visit="told_visit"),
    post(
        f"{WORK}/times/{{time}}/word",
        ENTERERS | LEADER | RESIDENT,
        {"is_right": True},
        time="told_time",
    ),
    get("/api/v1/attendance/location-consent", SIGNED),
    put("/api/v1/attendance/location-consent", SIGNED, {}),
    delete("/api/v1/attendance/location-consent", SIGNED, leaves="nothing"),
    post(f"{WORK}/visits/{{visit}}/report", TEAM, {"words": "好", "people_helped": 1}, visit="gone_visit"),
    post(
        f"{WORK}/visits/{{visit}}/report-with-pictures",
        TEAM,
        {"words": "好", "people_helped": 1, "pictures": "@picture"},
        visit="gone_visit",
    ),
)
