"""A button in a row keeps its words in one line, however narrow the row."""

import re
from pathlib import Path

STYLES = Path(__file__).parents[2] / "frontend" / "src" / "styles"
RULE = ".row-list .btn:not(.btn-full)"


def test_the_rule_stands_in_the_layer_of_the_buttons_own_which_would_win_over_a_lower_one() -> None:
    layers = re.split(r"^@layer (\w+) \{", (STYLES / "buttons.css").read_text(), flags=re.MULTILINE)
    utilities = layers[layers.index("utilities") + 1]
    assert "white-space: normal" in utilities.partition(RULE)[0], "what buttons elsewhere do"
    body = utilities.partition(RULE)[2].partition("}")[0]
    assert {"flex: none", "white-space: nowrap"} <= {line.strip(" ;") for line in body.splitlines()}
