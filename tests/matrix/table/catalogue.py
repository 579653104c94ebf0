"""The catalogue's pages: services for everybody, the library, menus, kinds of service."""

from typing import Final

from tests.matrix.lines import (
    ALL,
    LEADER,
    MALLORY,
    MANAGER,
    MANAGERS,
    OURS,
    STAFF,
    Line,
    get,
    post,
)

READERS = STAFF | LEADER
OF_OURS = (OURS | LEADER) - {"practitioner", "grid_keeper"}
"""Those of the station do not see what stands in the library of the institute above."""
WRITERS = MANAGERS | LEADER
KINDS = MANAGER | MALLORY
"""The table of kinds is one for the whole installation: the managers of each center keep it."""
TEXT = {
    "title": "新服务", "category": "hair", "team": "@team", "area": "@center", "mode": "at_home",
    "duration_minutes": "60", "people_needed": "2", "summary": "", "to_prepare": "", "title_en": "",
    "summary_en": "", "to_prepare_en": "",
}  # fmt: skip

SUPPORT = {
    "source": "fund", "giver": "县志愿服务基金会", "amount": "5000", "granted_on": "@today", "purpose": "买理发工具",
}  # fmt: skip
TASK = {"title": "联系供应商", "due_on": "@today", "answers": "@leader_person"}

LINES: Final[tuple[Line, ...]] = (
    get("catalogue:services", ALL),
    get("catalogue:service", ALL, uuid="published"),
    get("catalogue:projects", READERS),
    get("catalogue:export", READERS),
    get("catalogue:review", READERS),
    get("catalogue:new", WRITERS | MALLORY),
    post("catalogue:new", MANAGERS, {**TEXT, "place": "@changning"}, told=WRITERS | MALLORY),
    get("catalogue:project", OF_OURS, uuid="draft"),
    get("catalogue:edit", WRITERS, uuid="draft"),
    post("catalogue:edit", WRITERS, TEXT, uuid="draft"),
    post("catalogue:add_photo", WRITERS, {"picture": "@picture"}, uuid="draft"),
    post("catalogue:remove_photo", WRITERS, {"photo": "@project_photo_1"}, uuid="draft"),
    post("catalogue:move_photo", WRITERS, {"photo": "@project_photo_2", "step": "up"}, uuid="draft"),
    get("catalogue:stage", MANAGERS, uuid="draft"),
    post("catalogue:stage", MANAGERS, {"stage": "growing", "why": "点单多了"}, uuid="draft"),
    get("catalogue:capacity", WRITERS, uuid="draft"),
    post("catalogue:capacity", WRITERS, {"month_capacity": "20"}, uuid="draft"),
    get("catalogue:support", MANAGERS, uuid="draft"),
    post("catalogue:support", MANAGERS, SUPPORT, uuid="draft"),
    get("catalogue:take_back_support", MANAGERS, uuid="draft", support_uuid="support"),
    post("catalogue:take_back_support", MANAGERS, {"why": "写错了"}, uuid="draft", support_uuid="support"),
    get("catalogue:new_task", WRITERS, uuid="draft"),
    post("catalogue:new_task", WRITERS, TASK, uuid="draft"),
    get("catalogue:tasks", READERS),
    get("catalogue:export_tasks", READERS, leaves="rows"),
    get("catalogue:task", OF_OURS, uuid="task"),
    get("catalogue:move_task", WRITERS, uuid="task", verb="close"),
    post(
        "catalogue:move_task", WRITERS, {"note": "做好了", "picture": "@picture"}, uuid="task", verb="close"
    ),
    get("catalogue:move", MANAGERS, uuid="in_review", verb="publish"),
    post("catalogue:move", MANAGERS, uuid="in_review", verb="publish"),
    get("catalogue:menus", READERS),
    post("catalogue:begin_menu", MANAGERS, {"place": "@huangxiang", "month": "@month"}),
    get("catalogue:menu", STAFF - MALLORY, uuid="draft_menu"),
    post("catalogue:add_item", MANAGERS, {"project": "@second"}, uuid="draft_menu"),
    post("catalogue:remove_item", MANAGERS, {"project": "@published"}, uuid="draft_menu"),
    post(
        "catalogue:move_item",
        MANAGERS,
        {"project": "@published", "step": "down"},
        told=MANAGERS,
        uuid="draft_menu",
    ),
    post("catalogue:publish_menu", MANAGERS, uuid="draft_menu"),
    post("catalogue:unpublish_menu", MANAGERS, uuid="menu"),
    get("catalogue:categories", READERS),
    get("catalogue:new_category", KINDS),
    post(
        "catalogue:new_category", KINDS, {"name": "新种类", "name_en": "", "parent": "", "icon": "scissors"}
    ),
    get("catalogue:edit_category", KINDS, code="hair"),
    post(
        "catalogue:edit_category",
        KINDS,
        {"name": "理发", "name_en": "", "parent": "", "icon": "scissors", "position": "1"},
        code="hair",
    ),
    post("catalogue:retire_category", KINDS, code="spare"),
    post("catalogue:restore_category", KINDS, code="old"),
    get("catalogue:results", KINDS, code="hair"),
    post(
        "catalogue:results",
        KINDS,
        {"base": "@hair_results", "f0-label": "理发人数", "f0-kind": "number"},
        code="hair",
    ),
    post("catalogue:follow_results", KINDS, code="spare"),
    get("catalogue:team_services", READERS, uuid="team"),
    post("catalogue:team_services", MANAGERS, {"category": "hair", "area": "@changning"}, uuid="team"),
    post("catalogue:end_team_service", MANAGERS, uuid="team", service_id="service_id"),
)
