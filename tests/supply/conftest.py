"""The scene of the loop: supply, demand and fairness are counted of what people do there."""

from collections.abc import Iterator

import pytest

from sidan.core.scope import everything
from tests.orders.scene import Scene, build_scene


@pytest.fixture
def scene(db: None) -> Iterator[Scene]:
    built = build_scene()
    with everything("a test of supply"):
        yield built
