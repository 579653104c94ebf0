"""The scene of the loop, and a scope that sees it all; what is at hand of limits is read anew by each test."""

from collections.abc import Iterator

import pytest

from sidan.core.scope import everything
from tests.orders.scene import Scene, build_scene


@pytest.fixture
def scene(db: None) -> Iterator[Scene]:
    built = build_scene()
    with everything("a test of the limits"):
        yield built
