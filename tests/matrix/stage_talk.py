"""What stands on the stage of messages out and of talk."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sidan.core.clock import now
from sidan.core.ids import uuid7
from sidan.notify.enums import Address, DeliveryState
from sidan.notify.models import Delivery
from tests.cast import Cast


def build_talk(cast: Cast, things: dict[str, Any]) -> None:
    things["given_up"] = give_up_a_message(cast.zhou.account.pk)


def give_up_a_message(account_id: int) -> UUID:
    """Leave a message that a provider refused to the end; returns its id."""
    made = Delivery.objects.create(
        effect=f"notice:{uuid7()}",
        account_id=account_id,
        channel="console",
        address_kind=Address.PHONE,
        address="12900008888",
        body="您的点单已派出。",
        state=DeliveryState.GIVEN_UP,
        attempts=8,
        last_error="http_400",
        at=now(),
        next_try_at=now(),
        give_up_at=now() + timedelta(days=1),
    )
    return made.uuid
