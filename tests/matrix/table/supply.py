"""Supply and demand, and fairness."""

from typing import Final

from tests.matrix.lines import HANDLERS, MALLORY, OURS, Line, get

READERS = HANDLERS | {"supervisor"}
"""Who oversees something reads the pages of it."""
WITH_HERS = READERS | MALLORY

LINES: Final[tuple[Line, ...]] = (
    get("supply:demand", WITH_HERS),
    get("supply:demand_of", READERS, uuid="chengbei"),
    get("supply:demand_export", READERS, leaves="rows", uuid="chengbei"),
    get("supply:chart", READERS, uuid="chengbei"),
    get("supply:gaps", WITH_HERS),
    get("supply:gaps_of", READERS, uuid="chengbei"),
    get("supply:gaps_export", READERS, leaves="rows", uuid="chengbei"),
    get("supply:fairness", WITH_HERS),
    get("supply:fairness_export", READERS, leaves="rows", uuid="chengbei"),
    get("supply:hint", OURS, uuid="admitted"),
)
