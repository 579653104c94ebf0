"""Every queue shows what is left of its time in words and colour: not only that of orders."""

import re
from datetime import datetime, timedelta

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.utils import translation

from tests.orders.scene import AT

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("at", "words", "tone"),
    [
        (AT + HOUR, "3 hours left", "state"),
        (AT + 2 * HOUR, "2 hours left", "tone-soon"),
        (AT + 6 * HOUR, "overdue by 2 hours", "tone-overdue"),
    ],
)
def test_what_is_left_is_told_in_words_and_colour(
    monkeypatch: pytest.MonkeyPatch, at: datetime, words: str, tone: str
) -> None:
    monkeypatch.setattr("sidan.orders.templatetags.order_words.now", lambda: at)
    with translation.override("en"):
        told = Template("{% load order_words %}{% left_until begun due %}").render(
            Context({"begun": AT, "due": AT + 4 * HOUR})
        )
    assert words in re.sub("<[^>]+>", "", told)
    assert tone in told
    assert "<svg" in told


@pytest.mark.parametrize(
    "template",
    [
        "orders/console/_call.html", "orders/console/_call_card.html", "orders/console/_asked.html",
        "orders/console/_asked_card.html", "orders/console/_asked_of_us.html", "reviews/calls.html",
        "reviews/follow_ups.html", "desk/phone.html", "orders/console/_card.html", "orders/portal/tasks.html",
    ],
)  # fmt: skip
def test_each_queue_asks_for_it(template: str) -> None:
    source = get_template(template).template.source  # type: ignore[attr-defined] # Django's own backend has one
    assert re.search(r"\{% (left_until|time_left) ", source)
