"""What the tests of people share."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.utils import translation

from sidan.core.actor import NOBODY
from sidan.notify.models import Delivery
from sidan.people import operations
from tests.factories import AT


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Sentences are compared with those of the code, not with their Chinese."""
    with translation.override("en"):
        yield


@pytest.fixture
def send_code_to(db: None) -> Callable[..., str]:
    """Ask for a code and read it out of the outbox, as the owner of the telephone would."""

    def _send(phone: str, at: datetime = AT, address: str = "10.0.0.1") -> str:
        operations.request_code(actor=NOBODY, at=at, phone=phone, address=address)
        delivery = Delivery.objects.order_by("-id")[0]
        assert delivery.address == phone
        return "".join(char for char in delivery.body if char.isdigit())[:6]

    return _send


@pytest.fixture
def wrong_code() -> Callable[[str], str]:
    """A code that is certainly not this one."""
    return lambda code: f"{(int(code) + 1) % 1_000_000:06d}"
