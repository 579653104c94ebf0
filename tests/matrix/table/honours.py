"""Certificates: one's own, the offices' register, checking by anybody, and the API of all."""

from typing import Final

from tests.matrix.lines import ALL, MALLORY, ROLL, SIGNED, Line, get, post

OWN = frozenset({"volunteer"})
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
