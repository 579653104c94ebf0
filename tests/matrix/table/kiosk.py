"""The terminal at a station: nobody signs in there, and a browser that is no terminal is asked for the code."""

from typing import Final

from tests.matrix.lines import ALL, MALLORY, ROLL, Line, get, post

READS: Final = (
    "start", "leave", "services", "phone", "code", "who", "paper", "time", "done", "mine", "paper_order", "thanks",
)  # fmt: skip
"""Pages of the terminal that need no thing to be named."""
LINES: Final[tuple[Line, ...]] = (
    # In a browser that is no terminal they lead to the page that sets it up, whoever is signed in.
    *(get(f"kiosk:{name}", ALL) for name in READS),
    *(
        post(f"kiosk:{name}", ALL, leaves="nothing")
        for name in ("language", "begin", "phone", "code", "who", "paper", "time", "slip", "paper_review")
    ),
    get("kiosk:order", ALL, number="done_number"),
    post("kiosk:review", ALL, {"outcome": "done"}, leaves="nothing", number="done_number"),
    get("kiosk:enrol", ALL),
    post("kiosk:enrol", ALL, {"code": "@setup_code"}),
    get("kiosk:terminals", ROLL | MALLORY),
    get("kiosk:export", ROLL | MALLORY, leaves="rows"),
    post("kiosk:terminals", ROLL, {"name": "大厅", "place": "@chengbei"}, told=MALLORY),
    post("kiosk:again", ROLL, uuid="terminal"),
    get("kiosk:ask_revoke", ROLL, uuid="terminal"),
    post("kiosk:revoke", ROLL, uuid="terminal"),
)
