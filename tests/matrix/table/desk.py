"""The desk: calls back, codes on paper."""

from typing import Final

from tests.matrix.lines import ALL, ENTERERS, MALLORY, Line, get, post

API = "/api/v1/desk"

LINES: Final[tuple[Line, ...]] = (
    get("desk:phone", ENTERERS | MALLORY),
    get("desk:caller", ENTERERS, uuid="zhou_person"),
    get("desk:order", ENTERERS, uuid="entered"),
    post("desk:call_back", ENTERERS, {"outcome": "confirmed"}, uuid="entered"),
    post("desk:calling", ENTERERS, uuid="entered"),
    post("desk:end_calling", ENTERERS, uuid="entered", leaves="nothing"),
    post("desk:issue", ENTERERS, uuid="entered"),
    get("desk:code", ALL),
    post("desk:code", ALL, {"number": "@coded_number", "code": "@order_code"}),
    post("desk:code_review", ALL, {"outcome": "done"}, leaves="nothing"),
    # Without a code that was entered in this browser they lead to the page that asks for it.
    get("desk:code_order", ALL),
    get("desk:code_door", ALL),
    get("desk:claim", ALL),
    post("desk:claim", ALL, {"phone": "12600000001"}, leaves="nothing"),
    post("desk:leave", ALL, leaves="nothing"),
    # The first who prints it gives its services their numbers.
    get("desk:menu_paper", ALL, uuid="chengbei"),
    get(f"{API}/calls", ENTERERS | MALLORY),
    post(f"{API}/orders/{{number}}/call-back", ENTERERS, {"outcome": "no_answer"}, number="entered_number"),
    post(f"{API}/orders/{{number}}/calling", ENTERERS, number="entered_number"),
    post(f"{API}/orders/{{number}}/calling/end", ENTERERS, number="entered_number", leaves="nothing"),
    post(f"{API}/orders/{{number}}/code", ENTERERS, number="entered_number"),
    post(f"{API}/code", ALL, {"number": "@coded_number", "code": "@order_code"}),
    post(f"{API}/code/review", ALL, {"number": "@done_number", "code": "@done_code", "outcome": "done"}),
)
