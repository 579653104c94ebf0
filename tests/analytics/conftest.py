"""The scene of the loop: figures are counted of what people do there."""

from collections.abc import Iterator

import pytest

from sidan.core.scope import everything
from tests.orders.scene import Scene, build_scene


@pytest.fixture
def scene(db: None) -> Iterator[Scene]:
    built = build_scene()
    with everything("a test of figures"):
        yield built
