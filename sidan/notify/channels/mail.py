"""E-mail by SMTP."""

import smtplib
from email.message import EmailMessage
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from sidan.notify.channels.base import TIMEOUT_SECONDS, ChannelDown, ChannelError, Message
from sidan.notify.enums import Address

TEMPORARY: Final = 400
PERMANENT: Final = 500
CLOSING: Final = 421
"""The server itself goes away: RFC 5321, 3.8. Other 4xx are of one mailbox, full or greylisted."""


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
            ChannelDown: the server cannot be reached, or says that it cannot now (4xx): 421 and what it says of
                the sender hold for all, any other for this address.
            ChannelError: it refuses the message (5xx).
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
            code = _code_of(exc)
            if not TEMPORARY <= code < PERMANENT:
                raise ChannelError(type(exc).__name__) from exc
            is_all = code == CLOSING or isinstance(exc, smtplib.SMTPSenderRefused)
            raise ChannelDown(type(exc).__name__, place="" if is_all else message.address) from exc
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


def _code_of(exc: smtplib.SMTPRecipientsRefused | smtplib.SMTPSenderRefused | smtplib.SMTPDataError) -> int:
    if isinstance(exc, smtplib.SMTPRecipientsRefused):
        # One message has one reader; smtplib names them as they stand in the header.
        return next(iter(exc.recipients.values()), (0, b""))[0]
    return exc.smtp_code
