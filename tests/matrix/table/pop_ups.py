"""What stands somewhere for a while: everybody reads it, who manages its place announces it."""

from typing import Final

from tests.matrix.lines import ALL, MALLORY, MANAGERS, STAFF, Line, get, post, put

FORM: Final = {
    "kind": "fair", "name": "文明集市", "name_en": "", "begins": "@pop_up_begins", "ends": "@pop_up_ends",
    "spot": "文体广场", "stops": "", "about": "", "coordinate_system": "", "longitude": "", "latitude": "",
}  # fmt: skip
TOLD: Final = {
    "kind": "fair", "name": "文明集市", "begins": "@pop_up_begins_exact", "ends": "@pop_up_ends_exact",
}  # fmt: skip
AGAIN: Final = {
    "place": "@chengbei", "kind": "market_stand", "name": "赶集日摊位", "name_en": "", "endings": "3", "first": "@day",
    "count": "4", "begins_at": "08:00", "ends_at": "12:00", "spot": "东门", "about": "", "coordinate_system": "",
    "longitude": "", "latitude": "",
}  # fmt: skip
API_AGAIN: Final = {
    "place_id": "@chengbei", "kind": "market_stand", "name": "赶集日摊位", "endings": [3, 6, 9], "first": "@day",
    "count": 4, "begins_at": "08:00", "ends_at": "12:00",
}  # fmt: skip
P: Final = "/api/v1/pop-ups"

LINES: Final[tuple[Line, ...]] = (
    get("places:pop_ups", ALL),
    get("places:pop_up", ALL, uuid="pop_up"),
    get("places:staff_pop_ups", STAFF),
    get("places:export_pop_ups", STAFF, leaves="rows"),
    get("places:announce_rounds", MANAGERS | MALLORY),
    post("places:announce_rounds", MANAGERS, AGAIN, told=MALLORY),
    get("places:new_pop_up", MANAGERS | MALLORY),
    post("places:new_pop_up", MANAGERS, {**FORM, "place": "@chengbei"}, told=MALLORY),
    get("places:staff_pop_up", STAFF, uuid="pop_up"),
    get("places:change_pop_up", MANAGERS, uuid="pop_up"),
    post("places:change_pop_up", MANAGERS, {**FORM, "turn": "1"}, uuid="pop_up"),
    post("places:call_off_pop_up", MANAGERS, {"why": "暴雨", "turn": "1"}, uuid="pop_up"),
    get("places:pop_up_paper", STAFF, uuid="pop_up"),
    get(P, ALL),
    get(f"{P}/office", STAFF),
    post(P, MANAGERS, {**TOLD, "place_id": "@chengbei"}),
    post(f"{P}/again", MANAGERS, API_AGAIN),
    get(f"{P}/{{pop_up_id}}", ALL, pop_up_id="pop_up"),
    put(f"{P}/{{pop_up_id}}", MANAGERS, {**TOLD, "turn": 1}, pop_up_id="pop_up"),
    post(f"{P}/{{pop_up_id}}/call-off", MANAGERS, {"why": "暴雨", "turn": 1}, pop_up_id="pop_up"),
)
