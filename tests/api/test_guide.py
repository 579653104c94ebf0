"""The guide to the API, in both languages."""

import pytest
from django.test import Client
from django.urls import reverse

from sidan.api.views import ABOUT, parts_of_the_api

pytestmark = pytest.mark.django_db


def test_every_part_of_the_api_has_its_words() -> None:
    assert set(parts_of_the_api()) == set(ABOUT)


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh-hans", "所有接口的共同规则"), ("en", "What holds for all operations")],
)
def test_the_guide_is_told_in_the_readers_language(language: str, told: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    page = client.get(reverse("guide:api")).content.decode()
    assert told in page
    assert reverse("api:openapi-view") in page
    assert f"{sum(parts_of_the_api().values())}" in page
