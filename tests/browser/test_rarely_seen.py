"""What one rarely sees reads as well as the rest, in both languages, on a telephone and at a desk."""

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.rare import empty_lists, forms_of_the_console, show_refused
from tests.browser.test_kiosk import SMALLEST
from tests.browser.watch import Watch, everywhere, in_all_four, listed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEAST_FORMS: Final = 35
LEAST_LISTS: Final = 25
SAID: Final = "[data-problem-summary], .has-error, .errorlist, #messages [role=alert]"


def test_every_form_of_the_console_that_is_refused_reads_well(watched: Open) -> None:
    """Each form that demands something, sent with nothing in it."""
    # Without workers, which would answer in place of what is shown here.
    watch, problems = watched(service_workers="block"), list[str]()
    page, forms = watch.page("/"), list(forms_of_the_console(watch))
    assert len(forms) >= LEAST_FORMS, "the forms of the console are found"
    for form in forms:
        watch.be(form.page.person)
        answered: list[str] = []

        def show(_language: str) -> None:
            status = show_refused(watch, page, form)  # noqa: B023 # called within this turn
            if status >= 500 or not page.locator(SAID).count():
                answered.append(f"{form.route} answered {status} and no problem")  # noqa: B023 # as above

        problems += in_all_four(page, at=f"{form.route} of {form.page.path}", show=show)
        problems += answered
    assert not problems, listed(problems)


def test_every_list_with_nothing_on_it_reads_well(watched: Open) -> None:
    """In a county where nothing has happened yet, and where a search finds nothing."""
    watch, problems = watched(), list[str]()
    page, lists = watch.page("/"), list(empty_lists(watch))
    assert len({each.route for each in lists}) >= LEAST_LISTS, "the empty lists are found"
    for each in lists:
        problems += in_all_four(
            page, at=f"{each.route} {each.path}", show=lambda _language, path=each.path: watch.go(page, path)
        )
        expect(page.locator(".empty").first).to_be_visible()
    assert not problems, listed(problems)


def _keep_and_cut_off(watch: Watch, page: Page, language: str, *, opened: str, kept: str, cache: str) -> None:
    """Open a page that lets the device keep another one in a language, and cut the network."""
    watch.context.set_offline(False)
    watch.go(page, opened)
    # Once more, for the worker that only now is there keeps the page in the language of today.
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_function(
        f"caches.open('{cache}').then((one) => one.match('{kept}')).then((page) => page?.text())"
        f""".then((text) => Boolean(text?.includes('<html lang="{language[:2]}')))"""
    )
    watch.context.set_offline(True)


def test_the_tasks_without_network_read_well(watched: Open) -> None:
    watch = watched("volunteer")
    page = watch.page("/tasks/")

    def show(language: str) -> None:
        kept = "/tasks/offline/"
        _keep_and_cut_off(watch, page, language, opened="/tasks/", kept=kept, cache="sidan-visit")
        page.goto(f"{watch.site.url}{kept}")
        expect(page.locator("[data-tasks] article").first).to_be_visible()
        expect(page.locator("[data-when-offline]")).to_be_visible()

    problems = in_all_four(page, at="the tasks without network", show=show)
    assert not problems, listed(problems)


def test_a_sheet_of_a_survey_without_network_reads_well(watched: Open) -> None:
    """With a sheet that waits to be sent above it."""
    watch = watched("practitioner")
    opened, kept = "/console/needs/surveys/", "/console/needs/surveys/offline/"
    page = watch.page(opened)

    def show(language: str) -> None:
        _keep_and_cut_off(watch, page, language, opened=opened, kept=kept, cache=f"sidan-kept:{kept}")
        page.goto(f"{watch.site.url}{opened}{watch.site.things['survey']}/enter/")
        page.locator("label", has_text="理发").first.click()
        page.locator("form[data-outbox] button.btn-primary").click()
        expect(page.locator("[data-outbox-list] > li").first).to_be_visible()

    problems = in_all_four(page, at="a sheet without network", show=show)
    assert not problems, listed(problems)


def test_setting_a_terminal_up_reads_well(watched: Open) -> None:
    page = watched().page("/kiosk/setup/")
    problems = everywhere(page, at="setting up", least=SMALLEST)

    def mistype() -> None:
        page.goto(f"{page.url.partition('/kiosk/')[0]}/kiosk/setup/")
        page.locator("main .btn-primary").last.click()
        expect(page.locator("[data-problem-summary]")).to_be_visible()

    problems += everywhere(page, at="setting up without a code", least=SMALLEST, show=mistype)
    assert not problems, listed(problems)
