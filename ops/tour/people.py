"""The people of the tour: each with an HTTP client of their own, and nothing but public addresses."""

import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import Any

PASSWORD = "sidan-demo-2026"
PHONES = {
    "resident": "12000000001",
    "volunteer": "12000000002",
    "leader": "12000000003",
    "practitioner": "12000000004",
    "operator": "12000000006",
    "director": "12000000007",
    "dispatcher": "12000000008",
    "supervisor": "12000000010",
}
"""Of the demo accounts; `make demo` prints them."""
SECONDS = 30


class NotAsItShould(Exception):
    """The tour ends here; the sentence says what was expected and what came."""


@dataclass
class Person:
    """Somebody with an HTTP client of their own."""

    role: str
    base: str
    token: str = ""
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def sign_in(self) -> "Person":
        """Sign in over the API for a bearer token."""
        answer = self.call("POST", "/sign-in", {"phone": PHONES[self.role], "password": PASSWORD}, expect=201)
        self.token = answer["token"]
        return self

    def call(self, method: str, path: str, body: object = None, *, expect: int = 200, key: str = "") -> Any:
        """Call the API and return its document."""
        headers = {
            "Accept": "application/json",
            "Accept-Language": "zh-hans",
            "Content-Type": "application/json",
        }
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if key:
            headers["Idempotency-Key"] = key
        content = json.dumps(body).encode() if body is not None else b"" if method == "POST" else None
        status, text = self._send(method, f"/api/v1{path}", content, headers)
        if status != expect:
            raise NotAsItShould(
                f"{self.role}: {method} {path} answered {status} instead of {expect}: {text[:300]}"
            )
        return json.loads(text) if text else None

    def open_session(self) -> None:
        """Sign in on the page, as a browser does; once."""
        if len(self.cookies):
            return
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page("/sign-in/"))
        if token is None:
            raise NotAsItShould("the sign-in page has no form")
        form = {"csrfmiddlewaretoken": token[1], "phone": PHONES[self.role], "password": PASSWORD}
        self.page("/sign-in/", form)

    def page(self, path: str, form: dict[str, str] | None = None) -> str:
        """Read a page as a browser does, or send a form, following redirects and keeping cookies."""
        content = urllib.parse.urlencode(form).encode() if form is not None else None
        method = "POST" if form is not None else "GET"
        status, text = self._send(method, path, content, {"Accept": "text/html", "Referer": self.base + path})
        if status != 200:
            raise NotAsItShould(f"{self.role}: the page {path} answered {status}")
        return text

    def _send(
        self, method: str, path: str, content: bytes | None, headers: dict[str, str]
    ) -> tuple[int, str]:
        request = urllib.request.Request(self.base + path, data=content, headers=headers, method=method)
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )
        try:
            with opener.open(request, timeout=SECONDS) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()
        except OSError as error:
            raise NotAsItShould(f"{self.base} does not answer ({error}); is `make demo` running?") from error
