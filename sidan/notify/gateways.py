"""A provider of text messages described by settings: pure, without Django and without a network.

Providers differ in the address, the names of the fields and in how they say yes; so these are settings, and there is
no class for each. `{phone}`, `{text}`, `{id}` and `{secret}` are filled in where they stand.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, quote_plus, urlsplit
from xml.sax.saxutils import escape

_HOLE: Final = re.compile(r"\{(phone|text|id|secret)\}")
_HARMLESS: Final = re.compile(r"[A-Za-z0-9_.-]{1,24}")
MOST_DIGITS: Final = 7
METHODS: Final = ("POST", "GET", "PUT")


class BadGateway(ValueError):
    """The settings of the gateway cannot be understood; the message says which."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent to the gateway for one message."""

    url: str
    method: str
    headers: Mapping[str, str]
    body: bytes | None

    def __repr__(self) -> str:
        # The address may hold the telephone number, the headers the secret.
        return f"<Request {self.method}>"


@dataclass(frozen=True, slots=True)
class Gateway:
    """How one provider wants a message told. `agrees` is `path=value` of its JSON answer; empty, any 2xx will do."""

    url: str
    method: str
    headers: Mapping[str, str]
    body: str
    agrees: str
    secret: str

    def __repr__(self) -> str:
        return "<Gateway>"

    def request(self, *, phone: str, text: str, reference: str) -> Request:
        """Return the request of one message, each value quoted as the place in which it stands demands."""
        values = {"phone": phone, "text": text, "id": reference, "secret": self.secret}
        kind = {name.lower(): value for name, value in self.headers.items()}.get("content-type", "")
        body = _fill(self.body, values, _quoting(kind)).encode() if self.body else None
        headers = {name: _fill(value, values, _one_line) for name, value in self.headers.items()}
        return Request(
            _fill(self.url, values, lambda value: quote(value, safe="")), self.method, headers, body
        )

    def refusal_in(self, answer: bytes) -> str:
        """Return why an answer is no yes, as a short code without anything personal; nothing if it is one."""
        return refusal_in(answer, agrees=self.agrees)


def refusal_in(answer: bytes, *, agrees: str) -> str:
    """Return why a JSON answer lacks `path=value`, as a short code; nothing if it has it or none is asked for."""
    if not agrees:
        return ""
    path, _equals, wanted = agrees.partition("=")
    try:
        found: Any = json.loads(answer)
        for part in path.split("."):
            found = found[int(part)] if isinstance(found, list) else found[part]
    except (ValueError, KeyError, IndexError, TypeError):
        return "unreadable_answer"
    said = json.dumps(found) if isinstance(found, bool | int | float) else str(found)
    if said == wanted:
        return ""
    # What a provider says may quote the number: only what is plainly a code is kept.
    is_code = _HARMLESS.fullmatch(said) and not (said.isdigit() and len(said) > MOST_DIGITS)
    return f"refused_{said}" if is_code else "refused"


def read_gateway(
    *, url: str, method: str, headers: str, body: str, agrees: str, secret: str
) -> Gateway | None:
    """Return the gateway that settings describe; none where there is no address.

    Raises:
        BadGateway: the name of the setting, and what is wrong with it.
    """
    if not url:
        return None
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise BadGateway("SIDAN_SMS_URL is no http or https address")
    try:
        named = json.loads(headers or "{}")
    except ValueError:
        raise BadGateway("SIDAN_SMS_HEADERS is no JSON object") from None
    if not isinstance(named, dict) or not all(isinstance(value, str) for value in named.values()):
        raise BadGateway("SIDAN_SMS_HEADERS is no JSON object of texts")
    told = url + body
    if "{phone}" not in told or "{text}" not in told:
        raise BadGateway("SIDAN_SMS_URL and SIDAN_SMS_BODY must hold {phone} and {text}")
    if agrees and "=" not in agrees:
        raise BadGateway("SIDAN_SMS_OK must read path=value")
    return Gateway(url=url, method=method, headers=named, body=body, agrees=agrees, secret=secret)


def _fill(template: str, values: Mapping[str, str], quoted: Callable[[str], str]) -> str:
    # In one pass: a text that itself says {phone} stays as it is.
    return _HOLE.sub(lambda hole: quoted(values[hole[1]]), template)


def _quoting(content_type: str) -> Callable[[str], str]:
    if "json" in content_type:
        return lambda value: json.dumps(value, ensure_ascii=False)[1:-1]
    if "xml" in content_type:
        return lambda value: escape(value, {'"': "&quot;"})
    return quote_plus


def _one_line(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ")
