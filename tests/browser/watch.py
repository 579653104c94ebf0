"""A browser that is watched: errors, barriers, sideways scrolling, shifting."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.site import Site
from tests.factories import PASSWORD

PATIENCE_MS = 30_000
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
LANGUAGES = ("zh-hans", "en")
MOST_SHIFT = 0.02
AXE = Axe().axe_script
AXE_RUN = """async (only) => {
  const found = await window.axe.run(document, {resultTypes: ["violations"], runOnly: only});
  return found.violations.map((one) => one.id + ": " + one.help + " " +
    one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + " " + node.failureSummary.slice(0, 200)).join(" | "));
}"""
EVERY_RULE: Any = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
CONTRAST: Any = {"type": "rule", "values": ["color-contrast"]}
# Wider than the window, or standing out of it to the right without a scroller of its own around.
SIDEWAYS = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return "";
  const scrolls = (one) => one && (["auto", "scroll", "hidden"].includes(getComputedStyle(one).overflowX)
    || scrolls(one.parentElement));
  const out = [...document.body.querySelectorAll("*")].find((one) => !scrolls(one.parentElement)
    && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  return `${wide} px too wide: ${out ? out.outerHTML.slice(0, 200) : "?"}`;
}"""
SHIFTS = """window.sidanShift = 0; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.sidanShift += one.value;
}).observe({type: "layout-shift", buffered: true});"""
SMALL_TARGETS = """(least) => [...document.querySelectorAll("a, button, summary, select, input, textarea")]
  .filter((one) => !one.closest("dialog:not([open]), details:not([open]) > :not(summary)") && one.type !== "hidden")
  .map((one) => [one.matches("input[type=radio], input[type=checkbox]") && one.closest("label") || one, one])
  .filter(([box]) => getComputedStyle(box).display !== "inline" || box.matches("button"))
  .filter(([box, one]) => { const at = box.getBoundingClientRect();
     return at.width > 1 && at.height > 1 && at.height < least - 0.5 && !one.closest(".skip-link"); })
  .map(([box]) => Math.round(box.getBoundingClientRect().height) + " px: " + box.outerHTML.slice(0, 120))"""


@dataclass
class Watch:
    """One person's browser. What goes wrong in it is kept in `errors` and fails the test at its end."""

    site: Site
    context: BrowserContext
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.on("page", self._follow)

    def _follow(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        page.on("console", self._hear)
        page.on(
            "response",
            lambda answer: answer.status >= 500 and self.errors.append(f"{answer.status} {answer.url}"),
        )

    def _hear(self, message: ConsoleMessage) -> None:
        # A refusal (4xx) is a page like another; Chromium calls each an error.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(f"{message.location.get('url')}: {message.text}")

    def page(self, path: str = "") -> Page:
        """Open a new page, at an address where one is given."""
        page = self.context.new_page()
        if path:
            self.go(page, path)
        return page

    def go(self, page: Page, path: str) -> int:
        """Go to an address and return the status."""
        answer = page.goto(self.site.url + path, wait_until="load")
        assert answer is not None, path
        return answer.status

    def be(self, person: str) -> "Watch":
        """Let the browser be signed in as this person."""
        return self.cookies(sessionid=self.site.sessions[person])

    def cookies(self, **values: str) -> "Watch":
        """Set cookies."""
        given: Any = [{"name": name, "value": value, "url": self.site.url} for name, value in values.items()]
        self.context.add_cookies(given)
        return self


def new_watch(browser: Browser, site: Site, *, size: dict[str, int], **options: Any) -> Watch:
    """Open a browser for one person."""
    asked: Any = {"viewport": size, "timezone_id": "Asia/Shanghai", **options}
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce", **asked)
    context.add_init_script(SHIFTS)
    return Watch(site, context)


def sign_in(watch: Watch, person: str) -> Page:
    """Sign in by the form, in a session that the test may also end."""
    page = watch.page("/sign-in/")
    page.get_by_label("手机号").fill(watch.site.phones[person])
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def barriers(page: Page) -> list[str]:
    """Return what axe-core finds: rules of WCAG 2.2 AA and its best practices."""
    return _axe(page, EVERY_RULE)


def contrast(page: Page) -> list[str]:
    """Return which text stands out too little, by the colours that are shown now."""
    return _axe(page, CONTRAST)


def _axe(page: Page, rules: Any) -> list[str]:
    # Run by the debugger's own evaluation, which the page's content policy does not bind.
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(AXE_RUN, rules)
    return found


def sideways(page: Page) -> list[str]:
    """Say what makes the page wider than the window."""
    found = page.evaluate(SIDEWAYS)
    return [found] if found else []


def shift(page: Page) -> float:
    """Return how much the page has jumped since it was loaded (cumulative layout shift)."""
    return float(page.evaluate("window.sidanShift"))


def small_targets(page: Page, least: int) -> list[str]:
    """Return what is to be tapped and lower than `least` pixels; links within a sentence are text."""
    found: list[str] = page.evaluate(SMALL_TARGETS, least)
    return found


def path_of(page: Page) -> str:
    """Return where the page is, without the host."""
    return urlsplit(page.url).path


def sound(page: Page, *, at: str) -> list[str]:
    """Return everything that is wrong with a page as it stands, each with where it is."""
    return [f"{at}: {one}" for one in [*barriers(page), *sideways(page)]]


def jumps(page: Page) -> list[str]:
    """Say that the page has jumped further than one may see."""
    moved = shift(page)
    return [f"jumps by {moved:.3f}"] if moved > MOST_SHIFT else []


def everywhere(page: Page, *, at: str, least: int = 0, show: Callable[[], object] | None = None) -> list[str]:
    """Return what is wrong with a page in both languages, on a telephone and at a desk; it is left as it was found.

    `show` brings the page up anew, where loading it again does not; `least` is how high what one touches must be.
    """
    problems: list[str] = []
    size, show = page.viewport_size, show or page.reload
    for language in LANGUAGES:
        speak(page, language)
        for wide in (PHONE, DESK):
            page.set_viewport_size(wide)  # type: ignore[arg-type] # a plain dictionary of the right shape
            show()
            assert page.evaluate("document.documentElement.lang")[:2] == language[:2], at
            small = small_targets(page, least) if least else []
            found = [*barriers(page), *sideways(page), *jumps(page), *small]
            problems += [f"{at} in {language} at {wide['width']}: {one}" for one in found]
    speak(page, LANGUAGES[0])
    page.set_viewport_size(size or PHONE)  # type: ignore[arg-type] # as above
    show()
    return problems


def in_all_four(page: Page, *, at: str, show: Callable[[str], object]) -> list[str]:
    """Return the same of a page that is shown once in each language: it is made wider where it stands.

    For what is brought up by more than an address; `show` is told the language, and the page is left in Chinese.
    """
    problems: list[str] = []
    for language in LANGUAGES:
        speak(page, language)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type] # a plain dictionary of the right shape
        show(language)
        assert page.evaluate("document.documentElement.lang")[:2] == language[:2], at
        for wide in (PHONE, DESK):
            page.set_viewport_size(wide)  # type: ignore[arg-type] # as above
            found = [*barriers(page), *sideways(page)]
            problems += [f"{at} in {language} at {wide['width']}: {one}" for one in found]
    speak(page, LANGUAGES[0])
    return problems


def speak(page: Page, language: str) -> None:
    """Let the pages that are opened from now on speak another language."""
    # Of the whole site: by the page's own address it would hold for that page and those below it only.
    site = urlsplit(page.url)._replace(path="/", query="").geturl()
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])


def listed(problems: Iterable[str]) -> str:
    """Return a readable list for a failed test."""
    return json.dumps(list(problems), ensure_ascii=False, indent=1)
