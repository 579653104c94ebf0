"""E-mail by SMTP."""

import smtplib
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from sidan.notify.channels.base import TIMEOUT_SECONDS, ChannelDown, ChannelError, Message
from sidan.notify.enums import Address


class EmailChannel:
    """Sends by SMTP: `smtp://user:password@host:587?tls=start`, `smtps://…:465`, `smtp://127.0.0.1:25`."""

    name = "email"
    address_kind = Address.EMAIL

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._starts_tls = parse_qs(self._parts.query).get("tls") == ["start"]

    def send(self, message: Message) -> None:
        """Hand one message to the mail server.

        Raises:
            ChannelDown: the server cannot be reached, or says that it cannot now (4xx).
            ChannelError: it refuses the message.
        """
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = (
            settings.DEFAULT_FROM_EMAIL,
            message.address,
            message.subject,
        )
        # The same id at every try lets a mail server drop the second copy.
        mail["Message-ID"] = f"<{message.reference}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"
        mail.set_content(message.body)
        try:
            with self._connect() as server:
                server.send_message(mail)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as exc:
            raise ChannelError(type(exc).__name__) from exc
        except (OSError, smtplib.SMTPException) as exc:
            raise ChannelDown(type(exc).__name__) from exc

    def _connect(self) -> smtplib.SMTP:
        host, user = self._parts.hostname or "", unquote(self._parts.username or "")
        kind = smtplib.SMTP_SSL if self._parts.scheme == "smtps" else smtplib.SMTP
        server = kind(host, self._parts.port or 0, timeout=TIMEOUT_SECONDS)
        if self._starts_tls:
            server.starttls()
        if user:
            server.login(user, unquote(self._parts.password or ""))
        return server
