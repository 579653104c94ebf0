"""Certificates: one's own, the offices' register, checking by anybody, and the API of all. Stars and titles."""

from typing import Final

from tests.matrix.lines import ALL, MALLORY, MANAGER, ROLL, SIGNED, Line, get, post

OWN = frozenset({"volunteer"})
GIVING = MANAGER | MALLORY
WORDS = {"words": "核对过记录"}
READ = ROLL | MALLORY
ALL_HOURS = {"extent": "all"}
API = "/api/v1/certificates"
ONE = f"{API}/{{certificate_id}}"
CHECK = {"number": "@certificate_number", "code": "@certificate_code"}

LINES: Final[tuple[Line, ...]] = (
    get("honours:mine", SIGNED),
    get("honours:new", SIGNED),
    # Who has no hours is told so on the page.
    post("honours:issue", OWN | {"leader"}, ALL_HOURS, told=SIGNED - OWN - {"leader"}),
    get("honours:certificate", OWN, uuid="certificate"),
    get("honours:paper", OWN, uuid="certificate"),
    get("honours:credential", OWN, uuid="certificate"),
    post("honours:renew", OWN, uuid="certificate"),
    get("honours:desk", READ),
    get("honours:export", READ, leaves="rows"),
    get("honours:people", READ),
    get("honours:new_for", ROLL, uuid="certificate_volunteer"),
    post("honours:issue_for", ROLL, ALL_HOURS, uuid="certificate_volunteer"),
    get("honours:staff_certificate", ROLL, uuid="certificate"),
    get("honours:staff_paper", ROLL, uuid="certificate"),
    get("honours:staff_credential", ROLL, uuid="certificate"),
    post("honours:staff_renew", ROLL, uuid="certificate"),
    get("honours:check", ALL),
    get("honours:checked", ALL, number="certificate_number"),
    get("honours:keys", ALL),
    get("honours:key", ALL, version="signing_version"),
    get("honours:honours", ALL),
    get("honours:notice", ALL, uuid="proposal_noticed"),
    get("honours:object", SIGNED, uuid="proposal_noticed", nominee="nominee"),
    post("honours:object", SIGNED, WORDS, uuid="proposal_noticed", nominee="nominee"),
    get("honours:my_honours", SIGNED),
    post("honours:show_name", SIGNED),
    post("honours:hide_name", SIGNED),
    get("honours:proposals", READ),
    # Nobody of her county has hours: she is told so.
    post("honours:propose_stars", MANAGER, told=MALLORY),
    get("honours:ladders", GIVING),
    post("honours:ladders", GIVING, {"rungs": "10 20 30", "basis": "all", "first_day": "@ladder_day"}),
    post("honours:end_ladder", MANAGER, {"first_day": "@ladder_day"}, told=MALLORY),
    get("honours:titles", GIVING),
    post("honours:titles", GIVING, {"name": "文明之星", "recipient": "person", "criteria": "热心"}),
    post("honours:end_title", MANAGER, uuid="title"),
    post("honours:propose_title", MANAGER, {"year": "@award_year"}, uuid="title"),
    get("honours:awards", READ),
    get("honours:export_awards", READ, leaves="rows"),
    get("honours:award", ROLL, uuid="award"),
    post("honours:take_back", MANAGER, WORDS | {"reason": "mistake"}, uuid="award"),
    get("honours:proposal", MANAGER, uuid="proposal_draft"),
    get("honours:export_names", MANAGER, leaves="rows", uuid="proposal_noticed"),
    post("honours:name", MANAGER, uuid="proposal_draft", one="leader_volunteer"),
    post("honours:unname", MANAGER, uuid="proposal_draft", nominee="nominee_draft"),
    post("honours:publish", MANAGER, {"days": "7"}, uuid="proposal_draft"),
    post("honours:drop", MANAGER, uuid="proposal_draft"),
    post("honours:withdraw", MANAGER, WORDS, uuid="proposal_noticed"),
    post("honours:give", MANAGER, uuid="proposal_over"),
    post("honours:keep", MANAGER, WORDS, uuid="proposal_disputed", objection="objection"),
    post("honours:take_out", MANAGER, WORDS, uuid="proposal_disputed", objection="objection"),
    get(f"{API}/mine", SIGNED),
    get(f"{API}/star", SIGNED),
    post(API, OWN | {"leader"}, ALL_HOURS, told=SIGNED - OWN - {"leader"}),
    get(f"{API}/office", READ),
    post(f"{API}/office", ROLL, {"extent": "all", "volunteer": "@certificate_volunteer"}),
    # The try is written down before it is judged, and taken back where it was right.
    post(f"{API}/check", ALL, CHECK),
    get(ONE, OWN | ROLL, certificate_id="certificate"),
    get(f"{ONE}/credential", OWN | ROLL, certificate_id="certificate"),
    post(f"{ONE}/renew", OWN | ROLL, certificate_id="certificate"),
)
