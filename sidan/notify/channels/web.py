"""One HTTP request to a provider, and what its answer means."""

import http.client
import urllib.error
import urllib.request
from typing import Any, Final

from sidan.notify.channels.base import TIMEOUT_SECONDS, ChannelDown, ChannelError
from sidan.notify.gateways import Request

MOST_READ: Final = 64 * 1024
NOT_NOW: Final = frozenset({408, 425, 429})


class NotNow(ChannelDown):
    """Somebody is there, and says to come later."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A message is told to the address that was set, and to none that an answer names."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        """Follow nothing."""
        return


_opener: Final = urllib.request.build_opener(_NoRedirect)


def ask(request: Request) -> bytes:
    """Send a request and return what was answered.

    Raises:
        ChannelDown: nobody answers; NotNow, if the answer says to come later (429, 5xx).
        ChannelError: the request was refused.
    """
    plain = urllib.request.Request(
        request.url, data=request.body, headers=dict(request.headers), method=request.method
    )
    try:
        with _opener.open(plain, timeout=TIMEOUT_SECONDS) as answer:
            return bytes(answer.read(MOST_READ))
    except urllib.error.HTTPError as exc:
        with exc:
            is_passing = exc.code >= 500 or exc.code in NOT_NOW
        raise (NotNow if is_passing else ChannelError)(f"http_{exc.code}") from None
    except urllib.error.URLError as exc:
        # Its text may quote the address, and that the number.
        raise ChannelDown(type(exc.reason).__name__) from None
    except (OSError, http.client.HTTPException, ValueError) as exc:
        raise ChannelDown(type(exc).__name__) from None
