"""What the desk tells the apps below it when it starts."""

from datetime import timedelta

from sidan.audit.registry import register_verbs
from sidan.catalogue.queries import register_naming
from sidan.desk import words
from sidan.desk.policies import CODE_DAYS, OPEN_MINUTES
from sidan.desk.queries import services_named
from sidan.orders.looks import CODE_ISSUED, LOOK_BY_CODE, OWN_CODE_ISSUED, register_showing


def register() -> None:
    """Register everything once."""
    register_verbs(words.TRAIL)
    register_showing(
        {
            LOOK_BY_CODE: timedelta(minutes=OPEN_MINUTES),
            CODE_ISSUED: timedelta(days=CODE_DAYS),
            OWN_CODE_ISSUED: timedelta(days=CODE_DAYS),
        }
    )
    register_naming(services_named)
