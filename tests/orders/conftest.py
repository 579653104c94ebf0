"""The scene, and a scope that sees it all: what each person may see is tested where it matters."""

from collections.abc import Iterator

import pytest

from sidan.core.scope import everything
from tests.orders.scene import Scene, build_scene


@pytest.fixture
def scene(db: None) -> Iterator[Scene]:
    built = build_scene()
    with everything("a test of the loop"):
        yield built
