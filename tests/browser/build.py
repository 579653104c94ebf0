"""Fill the browser tests' own database: the stage of the matrix, committed, and print what is on it as JSON.

Run in a process of its own (`python -m tests.browser.build`), because the pages are served by processes too: the test
process never speaks to this database.
"""

import json
import sys

import django

django.setup()

# Models can be imported only after the set-up above.
from tests.matrix.stage import Stage, build_stage  # noqa: E402 # see above


def told(stage: Stage) -> dict[str, object]:
    """Return the ids of the things, and a session for each person."""
    things = {name: str(thing) for name, thing in stage.things.items() if not callable(thing)}
    phones = {name: one.phone for name, one in stage.people.items() if one is not None}
    return {"things": things, "sessions": stage.sessions, "phones": phones}


if __name__ == "__main__":
    json.dump(told(build_stage()), sys.stdout)
