"""The ways out of the demo: the log."""

from django.conf import settings

from sidan.core.emails import mask_email
from sidan.core.logs import logger
from sidan.core.phones import mask_phone
from sidan.notify.channels.base import Message
from sidan.notify.enums import Address

log = logger("sidan.notify")


class ConsoleChannel:
    """Writes messages to the log. In the demo the text is shown, so that one can sign in with a code; elsewhere only
    that there was one.

    Codes go out by the ones named "console", which the demo's terminal shows. Notices of the demo leave by two of other
    names, so that its outbox is filled, sent from and given up as a county's is.
    """

    def __init__(self, name: str = "console", address_kind: Address = Address.PHONE) -> None:
        self.name, self.address_kind = name, address_kind

    def send(self, message: Message) -> None:
        """Write one line."""
        shown = message.body if settings.MODE == "demo" else ""
        log.info("message", channel=self.name, to=self._masked(message.address), text=shown)

    def _masked(self, address: str) -> str:
        if self.address_kind == Address.PHONE:
            return mask_phone(address)
        return mask_email(address)
