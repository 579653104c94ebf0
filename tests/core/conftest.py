"""The small site of these tests behind the real edge; sign-in and shell of pages belong to apps above."""

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

PAGES = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]


@pytest.fixture
def site() -> Iterator[Client]:
    """A browser or program at the small site."""
    with override_settings(
        ROOT_URLCONF="tests.core.site", PAGES_MIDDLEWARE=PAGES, LOGIN_URL="sign_in_for_tests"
    ):
        yield Client(raise_request_exception=False)
