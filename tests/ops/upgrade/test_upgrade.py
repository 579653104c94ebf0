"""Every released version's data can be taken over by the code that is checked out."""

import lzma
import shutil
from pathlib import Path

import pytest

from tests.ops.installations import READ_PERSON, Installation

pytestmark = pytest.mark.slow
COUNT = """
from sidan.core.scope import everything
from sidan.orders.models import Order
with everything("counting what came with the fixture"):
    print("orders", Order.unscoped.count())
"""


def test_the_data_of_every_released_version_is_taken_over(open_folder: Path) -> None:
    fixtures = sorted(Path(__file__).parent.glob("v*.tar.xz"))
    assert fixtures, "every released version leaves a fixture here"
    for fixture in fixtures:
        archive = open_folder / fixture.stem
        with lzma.open(fixture) as packed, archive.open("wb") as plain:
            shutil.copyfileobj(packed, plain)
        installation = Installation(open_folder / fixture.name)
        installation.must("restore", str(archive))
        assert "Upgraded" in installation.must("upgrade")
        assert "phone 12012345678" in installation.must("manage", "shell", "--no-startup", "-c", READ_PERSON)
        assert "orders 0" not in installation.must("manage", "shell", "--no-startup", "-c", COUNT)
