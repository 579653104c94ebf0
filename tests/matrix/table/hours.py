"""Hours: one's own, the public notice, the offices' lists, and the API of all."""

from typing import Final

from tests.matrix.lines import ALL, LEADER, MALLORY, MANAGERS, ROLL, SIGNED, Line, get, post

OWN = frozenset({"volunteer"})
READ = ROLL | MALLORY
TELL = ROLL | LEADER
WHY = {"words": "记错了"}
BACK = WHY | {"reason": "not_there"}
RIGHT = WHY | {"reason": "not_left", "begins": "@hours_begins", "ends": "@hours_ends"}
LATE = {
    "person": "@hours_leader", "begins": "@hours_begins", "ends": "@hours_ends", "reason_code": "forgotten",
}  # fmt: skip
API = "/api/v1/hours"
RECORD = f"{API}/records/{{record_id}}"
CLAIM = f"{API}/claims/{{claim_id}}"
RIGHT_IN = WHY | {"reason": "not_left", "begins": "@hours_begins_iso", "ends": "@hours_ends_iso"}
LATE_IN = {
    "occasion": "@hours_cause", "person": "@hours_leader", "begins": "@hours_begins_iso", "ends": "@hours_ends_iso",
    "reason": "forgotten",
}  # fmt: skip

LINES: Final[tuple[Line, ...]] = (
    get("hours:mine", SIGNED),
    get("hours:export_mine", SIGNED, leaves="rows"),
    get("hours:notices", ALL),
    get("hours:claim", ALL, uuid="hours_noticed"),
    post("hours:object", SIGNED - OWN, WHY, uuid="hours_noticed"),
    get("hours:record", OWN, uuid="hours_record"),
    get("hours:desk", READ),
    get("hours:export", READ, leaves="rows"),
    get("hours:claims", READ),
    get("hours:staff_claim", ROLL, uuid="hours_disputed"),
    post("hours:agree", MANAGERS, uuid="hours_long"),
    post("hours:publish", MANAGERS, uuid="hours_late"),
    post("hours:refuse", MANAGERS, WHY, uuid="hours_disputed"),
    post("hours:dismiss", MANAGERS, WHY, uuid="hours_disputed"),
    get("hours:team", TELL, uuid="hours_team"),
    get("hours:late", TELL, uuid="hours_cause"),
    post("hours:late", TELL, LATE, uuid="hours_cause"),
    get("hours:staff_record", ROLL, uuid="hours_record"),
    post("hours:take_back", MANAGERS, BACK, uuid="hours_record"),
    post("hours:correct", MANAGERS, RIGHT, uuid="hours_record"),
    get(f"{API}/mine", SIGNED),
    get(f"{API}/mine/totals", SIGNED),
    get(f"{API}/mine/claims", SIGNED),
    get(f"{API}/notices", SIGNED),
    get(CLAIM, SIGNED, claim_id="hours_noticed"),
    post(f"{CLAIM}/object", SIGNED - OWN, WHY, claim_id="hours_noticed"),
    get(RECORD, OWN | ROLL, record_id="hours_record"),
    get(f"{API}/records", READ),
    post(f"{RECORD}/take-back", MANAGERS, BACK, record_id="hours_record"),
    post(f"{RECORD}/correct", MANAGERS, RIGHT_IN, record_id="hours_record"),
    get(f"{API}/claims", READ),
    post(f"{CLAIM}/agree", MANAGERS, claim_id="hours_long"),
    post(f"{CLAIM}/publish", MANAGERS, claim_id="hours_late"),
    post(f"{CLAIM}/refuse", MANAGERS, WHY, claim_id="hours_disputed"),
    post(f"{CLAIM}/dismiss", MANAGERS, WHY, claim_id="hours_disputed"),
    post(f"{API}/late", TELL, LATE_IN),
    get(f"{API}/teams/{{team_id}}/totals", TELL, team_id="hours_team"),
)
