"""The tags that every template uses: built files, icons, badges, moments."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template
from django.test import override_settings
from django.utils.translation import override

from sidan.core import assets, clock, moments
from sidan.core.badges import StateLook, register_looks

# Thursday 26 November 2026, 10:00 in Shanghai.
NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_small_build(tmp_path: Path) -> Iterator[None]:
    manifest = {
        "src/portal.js": {"file": "assets/portal-1.js", "imports": ["_start.js"]},
        "_start.js": {"file": "assets/start-2.js", "css": ["assets/start-3.css"]},
        "src/icons.svg": {"file": "assets/icons-4.svg"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    clear_caches()
    with override_settings(FRONTEND_DIST=tmp_path):
        yield
    clear_caches()


def clear_caches() -> None:
    for cached in (assets._manifest, assets.entry_tags, assets.icon_svg):
        cached.cache_clear()


@pytest.fixture
def at_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_an_entry_brings_its_style_its_imports_and_itself_in_that_order() -> None:
    html = draw('{% vite "src/portal.js" %}')
    order = [
        html.index(name)
        for name in ("start-3.css", 'modulepreload" href="/static/assets/start-2.js', "portal-1.js")
    ]
    assert order == sorted(order)


def test_an_entry_that_was_not_built_is_told_by_name() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"src/wall\.js"):
        draw('{% vite "src/wall.js" %}')


def test_without_a_build_the_sentence_says_what_to_run(tmp_path: Path) -> None:
    with (
        override_settings(FRONTEND_DIST=tmp_path / "nowhere"),
        pytest.raises(ImproperlyConfigured, match="npm run build"),
    ):
        draw('{% vite "src/portal.js" %}')


def test_an_icon_beside_a_word_is_silent_and_one_alone_has_a_name() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "clock" %}')
    alone = draw('{% icon "clock" label=name %}', name='Overdue "now"')
    assert 'role="img"' in alone
    assert "Overdue &quot;now&quot;" in alone


def test_a_badge_has_colour_icon_and_word() -> None:
    register_looks(machine="lamp", looks={"lit": StateLook(word="Lit & warm", icon="sun", tone="done")})
    html = draw('{% state_badge "lit" "lamp" %}')
    assert "tone-done" in html
    assert "#sun" in html
    assert "Lit &amp; warm" in html


@pytest.mark.usefixtures("at_ten")
@pytest.mark.parametrize(
    ("hours", "chinese", "english"),
    [
        (-0.5, "今天（周四）上午 9:30", "today (Thu) 9:30"),
        (5.5, "今天（周四）下午 3:30", "today (Thu) 15:30"),
        (2.5, "今天（周四）中午 12:30", "today (Thu) 12:30"),
        (16, "明天（周五）凌晨 2:00", "tomorrow (Fri) 2:00"),
        (21, "明天（周五）早上 7:00", "tomorrow (Fri) 7:00"),
        (33, "明天（周五）晚上 7:00", "tomorrow (Fri) 19:00"),
        (48, "后天（周六）上午 10:00", "the day after tomorrow (Sat) 10:00"),
        (-24, "昨天（周三）上午 10:00", "yesterday (Wed) 10:00"),
        (24 * 7, "12月3日（周四）上午 10:00", "3 Dec (Thu) 10:00"),
        (24 * 40, "2027年1月5日（周二）上午 10:00", "5 Jan 2027 (Tue) 10:00"),
    ],
)
def test_a_moment_is_told_as_people_say_it(hours: float, chinese: str, english: str) -> None:
    at = NOW + timedelta(hours=hours)
    with override("zh-hans"):
        assert draw("{{ at|when }}", at=at) == chinese
    with override("en"):
        assert draw("{{ at|when }}", at=at) == english


@pytest.mark.usefixtures("at_ten")
def test_a_span_over_midnight_names_both_days() -> None:
    for hours, chinese, english in (
        (1, "今天（周四）上午 10:00 – 上午 11:00", "today (Thu) 10:00 – 11:00"),
        (20, "今天（周四）上午 10:00 – 明天（周五）早上 6:00", "today (Thu) 10:00 – tomorrow (Fri) 6:00"),
    ):
        for language, words in (("zh-hans", chinese), ("en", english)):
            with override(language):
                ends = NOW + timedelta(hours=hours)
                assert draw("{% span begins ends %}", begins=NOW, ends=ends) == words


def test_paper_tells_a_span_by_dates_alone() -> None:
    for hours, chinese, english in (
        (1, "2026年11月26日（周四）上午 10:00 – 上午 11:00", "26 Nov 2026 (Thu) 10:00 – 11:00"),
        (
            20, "2026年11月26日（周四）上午 10:00 – 2026年11月27日（周五）早上 6:00",
            "26 Nov 2026 (Thu) 10:00 – 27 Nov 2026 (Fri) 6:00",
        ),
    ):  # fmt: skip
        for language, words in (("zh-hans", chinese), ("en", english)):
            with override(language):
                assert moments.dated_span_words(NOW, NOW + timedelta(hours=hours)) == words


@pytest.mark.parametrize(
    ("ago", "chinese", "english"),
    [
        (timedelta(seconds=-30), "刚刚", "just now"),
        (timedelta(seconds=59), "刚刚", "just now"),
        (timedelta(minutes=1), "1 分钟前", "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 分钟前", "59 minutes ago"),
        (timedelta(hours=23), "23 小时前", "23 hours ago"),
        (timedelta(days=3), "3 天前", "3 days ago"),
        (timedelta(days=45), "10月12日（周一）", "12 Oct (Mon)"),
    ],
)
def test_an_age_is_told_in_the_largest_fitting_unit(ago: timedelta, chinese: str, english: str) -> None:
    for language, words in (("zh-hans", chinese), ("en", english)):
        with override(language):
            assert moments.since_words(NOW - ago, now=NOW) == words


@pytest.mark.parametrize(
    ("ago", "chinese", "english"),
    [
        (timedelta(seconds=-30), "不到 1 分钟", "under a minute"),
        (timedelta(minutes=1), "1 分钟", "1 minute"),
        (timedelta(hours=23), "23 小时", "23 hours"),
        (timedelta(days=3), "3 天", "3 days"),
        (timedelta(days=45), "45 天", "45 days"),
    ],
)
def test_a_wait_is_told_as_a_length(ago: timedelta, chinese: str, english: str) -> None:
    for language, words in (("zh-hans", chinese), ("en", english)):
        with override(language):
            assert moments.waited_words(NOW - ago, now=NOW) == words


@pytest.mark.parametrize(
    ("ahead", "chinese", "english"),
    [
        (timedelta(seconds=30), "还剩 不到 1 分钟", "under a minute left"),
        (timedelta(minutes=59, seconds=59), "还剩 59 分钟", "59 minutes left"),
        (timedelta(hours=1, seconds=59), "还剩 1 小时", "1 hour left"),
        (timedelta(hours=1, minutes=59), "还剩 1 小时 59 分钟", "1 hour 59 minutes left"),
        (timedelta(hours=2, minutes=59), "还剩 2 小时", "2 hours left"),
        (timedelta(hours=23, minutes=59), "还剩 23 小时", "23 hours left"),
        (timedelta(hours=24, minutes=59), "还剩 1 天", "1 day left"),
        (timedelta(hours=47, minutes=59), "还剩 1 天 23 小时", "1 day 23 hours left"),
        (timedelta(hours=48), "还剩 2 天", "2 days left"),
        (timedelta(hours=-1, minutes=-1), "已超时 1 小时 1 分钟", "overdue by 1 hour 1 minute"),
        (timedelta(hours=-3, minutes=-59), "已超时 3 小时", "overdue by 3 hours"),
        (timedelta(0), "已超时 不到 1 分钟", "overdue by under a minute"),
    ],
)
def test_one_hour_or_one_day_left_is_told_with_what_comes_on_top(
    ahead: timedelta, chinese: str, english: str
) -> None:
    for language, words in (("zh-hans", chinese), ("en", english)):
        with override(language):
            assert moments.left_words(NOW + ahead, now=NOW) == words


def test_a_day_begins_at_midnight_in_shanghai_not_in_greenwich() -> None:
    late_evening = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
    with override("en"):
        assert (
            moments.when_words(late_evening + timedelta(hours=1), now=late_evening) == "tomorrow (Fri) 0:30"
        )


@pytest.mark.usefixtures("at_ten")
def test_nothing_is_drawn_for_a_moment_that_is_not_known() -> None:
    assert draw("{{ at|when }}{{ at|since }}{{ at|day }}", at=None) == ""


@pytest.mark.usefixtures("at_ten")
def test_a_time_element_is_exact_for_machines() -> None:
    assert 'datetime="2026-11-26T02:00:00+00:00"' in draw("{% moment at %}", at=NOW)


@pytest.mark.parametrize(("number", "told"), [(0, "0"), (999, "999"), (80_000, "80,000"), (None, "")])
def test_a_large_number_is_read_in_groups(number: int | None, told: str) -> None:
    assert Template("{{ number|grouped }}").render(Context({"number": number})) == told
