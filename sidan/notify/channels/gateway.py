"""Text messages through any provider that can be told by one HTTP request."""

from sidan.notify.channels.base import ChannelError, Message
from sidan.notify.channels.web import ask
from sidan.notify.enums import Address
from sidan.notify.gateways import Gateway


class GatewayChannel:
    """Tells a provider described by settings (docs/settings.md)."""

    name = "sms"
    address_kind = Address.PHONE

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def send(self, message: Message) -> None:
        """Hand one message to the provider.

        Raises:
            ChannelDown: it does not answer.
            ChannelError: it refuses the message.
        """
        wanted = self._gateway.request(phone=message.address, text=message.body, reference=message.reference)
        if refusal := self._gateway.refusal_in(ask(wanted)):
            raise ChannelError(refusal)
