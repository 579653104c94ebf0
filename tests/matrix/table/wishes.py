"""Wishes: the wall for everybody, the desk for staff, and the API of both."""

from typing import Final

from tests.matrix.lines import (
    ALL,
    ENTERERS,
    HANDLERS,
    MALLORY,
    MANAGERS,
    OFFICES,
    OURS,
    RESIDENT,
    SIGNED,
    Line,
    get,
    post,
)

HANDLE = HANDLERS | {"practitioner"}
ADOPTER = frozenset({"volunteer"})
NEW = {"words": "一副老花镜", "for_whom": "elder", "wished_by": "", "contact_name": "", "contact_phone": ""}
ON_WALL = {"sentence": "一副老花镜", "sentence_en": "", "takes": "1", "confirmed": "一副老花镜"}
THANKS = {"thanks": "看得清报纸了", "confirmed": "看得清报纸了"}
CONSENT = {"consent": "spoken"}
ORDER = {"service": "@published", "wished_from": "@tomorrow", "need": ""}
PROJECT = {"title": "上门验光", "category": "hair", "team": "@team", "summary": ""}
WORDS = {"words": ""}
FOR_ZHOU = {"person": "@zhou_person", "words": "一副老花镜", "for_whom": "elder", "consent": "spoken"}
API = "/api/v1/wishes"
ONE = f"{API}/{{wish_id}}"

LINES: Final[tuple[Line, ...]] = (
    get("wishes:wall", ALL),
    get("wishes:new", SIGNED),
    post("wishes:new", SIGNED, NEW),
    get("wishes:mine", SIGNED),
    get("wishes:wish", ALL, uuid="wish_on_wall"),
    post("wishes:adopt", SIGNED - RESIDENT, {"team": ""}, told=RESIDENT, uuid="wish_on_wall"),
    post("wishes:release", ADOPTER | HANDLE, WORDS, uuid="wish_adopted"),
    post("wishes:fulfil", ADOPTER | HANDLE, WORDS, uuid="wish_adopted"),
    post("wishes:withdraw", RESIDENT, uuid="wish_new"),
    get("wishes:desk", OFFICES),
    get("wishes:export", OFFICES, leaves="rows"),
    get("wishes:enter", ENTERERS | MALLORY),
    get("wishes:enter_for", ENTERERS, uuid="zhou_person"),
    post("wishes:enter_for", ENTERERS, NEW | CONSENT, uuid="zhou_person"),
    get("wishes:staff_wish", OURS, uuid="wish_new"),
    post("wishes:look", ENTERERS, uuid="wish_new"),
    post("wishes:publish", HANDLE, ON_WALL, uuid="wish_new"),
    post("wishes:take_down", HANDLE, WORDS, uuid="wish_on_wall"),
    post("wishes:answer", HANDLE, {"words": "暂时没有"}, uuid="wish_new"),
    post("wishes:order", HANDLE, ORDER, uuid="wish_new"),
    post("wishes:project", MANAGERS, PROJECT, uuid="wish_new"),
    post("wishes:ask_project", HANDLE - MANAGERS, told=MANAGERS, uuid="wish_new"),
    post("wishes:staff_release", HANDLE, WORDS, uuid="wish_adopted"),
    post("wishes:staff_fulfil", HANDLE, WORDS, uuid="wish_adopted"),
    post("wishes:thanks", HANDLE, THANKS, uuid="wish_done"),
    post("wishes:thanks_with_picture", HANDLE, THANKS | {"agreed": "on"}, uuid="wish_pictured"),
    post("wishes:hide_picture", HANDLE, WORDS, uuid="wish_pictured"),
    post("wishes:hide_thanks", HANDLE, WORDS, uuid="wish_pictured"),
    get(API, SIGNED),
    get(f"{API}/mine", SIGNED),
    post(API, SIGNED, {"words": "一副老花镜", "for_whom": "elder"}),
    get(f"{API}/mine/{{wish_id}}", RESIDENT, wish_id="wish_new"),
    post(f"{ONE}/adopt", SIGNED - RESIDENT, {}, told=RESIDENT, wish_id="wish_on_wall"),
    post(f"{ONE}/release", ADOPTER | HANDLE, WORDS, wish_id="wish_adopted"),
    post(f"{ONE}/fulfil", ADOPTER | HANDLE, WORDS, wish_id="wish_adopted"),
    post(f"{ONE}/withdraw", RESIDENT, wish_id="wish_new"),
    post(f"{ONE}/publish", HANDLE, {"sentence": "一副老花镜", "confirmed": True}, wish_id="wish_new"),
    post(f"{API}/on-behalf", ENTERERS, FOR_ZHOU),
    post(f"{API}/on-behalf/papers", ENTERERS | MALLORY, {"picture": "@picture"}),
    get(f"{ONE}/consents", ENTERERS | RESIDENT, wish_id="wish_new"),
    get(f"{ONE}/adoptions", HANDLE, wish_id="wish_adopted"),
    post(f"{ONE}/look", ENTERERS, wish_id="wish_new"),
    post(f"{ONE}/take-down", HANDLE, WORDS, wish_id="wish_on_wall"),
    post(f"{ONE}/order", HANDLE, {"project": "@published", "wished_from": "@tomorrow"}, wish_id="wish_new"),
    post(f"{ONE}/project", MANAGERS, PROJECT, wish_id="wish_new"),
    post(f"{ONE}/project/ask", HANDLE - MANAGERS, told=MANAGERS, wish_id="wish_new"),
    post(f"{ONE}/thanks", HANDLE, {"thanks": "看得清报纸了", "confirmed": True}, wish_id="wish_done"),
    post(
        f"{ONE}/thanks/picture", HANDLE, {"thanks": "看得清报纸了", "confirmed": True, "agreed": True},
        wish_id="wish_pictured",
    ),
    post(f"{ONE}/thanks/picture/take-down", HANDLE, WORDS, wish_id="wish_pictured"),
    post(f"{ONE}/thanks/take-down", HANDLE, WORDS, wish_id="wish_pictured"),
    post(f"{ONE}/answer", HANDLE, {"words": "暂时没有"}, wish_id="wish_new"),
)  # fmt: skip
