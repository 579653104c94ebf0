"""The way out of the demo: the log."""

from django.conf import settings

from sidan.core.logs import logger
from sidan.core.phones import mask_phone
from sidan.notify.channels.base import Message
from sidan.notify.enums import Address

log = logger("sidan.notify")


class ConsoleChannel:
    """Writes messages to the log. In the demo the text is shown, so that one can sign in with a code; elsewhere only
    that there was one.
    """

    name = "console"
    address_kind = Address.PHONE

    def send(self, message: Message) -> None:
        """Write one line."""
        shown = message.body if settings.MODE == "demo" else ""
        log.info("message", channel=self.name, to=mask_phone(message.address), text=shown)
