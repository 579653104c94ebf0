"""The machinery, the shell, the inbox, pictures, places and the audit trail."""

from typing import Final

from tests.matrix.lines import (
    ADMINS,
    ALL,
    LEADER,
    MANAGER,
    MANAGERS,
    NONE,
    OFFICES,
    OURS,
    RESIDENT,
    SIGNED,
    STAFF,
    TEAM,
    Line,
    get,
    post,
)

NAMES = {"name": "新名字", "short_name": "", "name_en": "", "on": ""}
FACTS = {
    "address": "北路一号", "phone": "", "opening_hours": "", "setting": "other", "coordinate_system": "",
    "longitude": "", "latitude": "",
}  # fmt: skip
LIMIT = {
    "step": "accept",
    "amount": "6",
    "unit": "hours",
    "at_half": "nobody",
    "at_end": "to_pool",
    "person": "",
    "reason": "试行",
}
TOLD_OF_ORDERS = TEAM | RESIDENT | {"director"}
"""Who has something in the inbox: the others are answered, and there is nothing to mark."""
AUDITORS = ADMINS - {"system_admin"}

LINES: Final[tuple[Line, ...]] = (
    get("core:healthz", ALL),
    get("core:readyz", ALL),
    get("core:metrics", ALL),
    get("web:home", ALL),
    get("web:place", ALL),
    post("web:place", ALL, {"place": "@chengbei", "next": "/"}, leaves="nothing"),
    post("web:preferences", ALL, {"language": "en", "next": "/"}, leaves="nothing"),
    get("web:robots", ALL),
    get("web:console", STAFF | LEADER),
    get("web:find", STAFF | LEADER, ask={"q": "城北"}),
    get("web:narrow", STAFF | LEADER),
    post("web:narrow", STAFF | LEADER, {"place": ""}, leaves="nothing"),
    get("web:style", ALL),
    get("notify:inbox", SIGNED),
    get("notify:count", ALL),
    post("notify:read_all", TOLD_OF_ORDERS, told=SIGNED),
    post("notify:read_one", RESIDENT, uuid="notice"),
    get("files:picture", OURS | TEAM | RESIDENT, uuid="visit_photo"),
    get("files:thumb", OURS | TEAM | RESIDENT, uuid="visit_photo"),
    get("places:pick", ALL, ask={"q": "城北"}),
    get("places:place", ALL, uuid="chengbei"),
    get("places:tree", STAFF),
    get("places:export", STAFF),
    get("places:console_place", STAFF, uuid="chengbei"),
    get("places:new", MANAGERS, uuid="changning"),
    post("places:new", MANAGERS, {"kind": "station", "setting": "other", **NAMES}, uuid="changning"),
    get("places:edit", MANAGERS, uuid="chengbei"),
    post("places:edit", MANAGERS, FACTS, uuid="chengbei"),
    get("places:rename", MANAGERS, uuid="chengbei"),
    post("places:rename", MANAGERS, NAMES, uuid="chengbei"),
    get("places:move", MANAGERS, uuid="huangxiang"),
    post("places:move", MANAGER, {"parent": "@liuche", "on": ""}, told=MANAGERS, uuid="huangxiang"),
    get("places:calendar", STAFF, uuid="chengbei"),
    post(
        "places:set_day",
        MANAGERS,
        {"day": "2027-03-01", "kind": "rests", "reason": "大雪封路"},
        uuid="chengbei",
    ),
    get("limits:home", OFFICES),
    get("limits:place", OURS, uuid="chengbei"),
    get("limits:change", MANAGERS, ask={"step": "admit", "urgency": "urgent"}, uuid="chengbei"),
    post("limits:change", MANAGERS, LIMIT, uuid="chengbei"),
    get("limits:take_back", MANAGERS, ask={"step": "accept"}, uuid="chengbei"),
    post(
        "limits:take_back",
        NONE,
        {"step": "accept", "reason": "试行结束"},
        told=MANAGERS,
        uuid="chengbei",
    ),
    get("places:close", MANAGERS, uuid="huangxiang"),
    post("places:close", MANAGERS, {"on": ""}, uuid="huangxiang"),
    post("places:add_photo", MANAGERS, {"picture": "@picture"}, uuid="chengbei"),
    post("places:remove_photo", MANAGERS, {"photo": "@place_photo"}, uuid="chengbei"),
    get("audit:trail", AUDITORS),
    post("audit:export", AUDITORS),
)
