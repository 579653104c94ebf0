"""Catalogues follow the code, keep what was translated, and everything wrong with them is named."""

import ast
import os
from pathlib import Path

import polib
import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ops.words.catalogue import compile_catalogues, read_catalogue, update_catalogue
from ops.words.extract import CALL, Sentence, UnreadableWords, python_sentences, template_sentences
from ops.words.hardcoded import hardcoded_chinese
from ops.words.review import entry_problems, review_words
from ops.words.tree import catalogue_path

CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
TITLE = _("My " "orders")
def count(n): return ngettext("%(n)s order", "%(n)s orders", n) % {"n": n}
STATE = pgettext("state of a place", "Closed")
"""
PAGE = """{% load i18n %}<h1>{% translate "My orders" %}</h1>
<p title="{{ x|default:_("Nobody") }}">{% blocktranslate trimmed count n=items|length %}
  One of 100%
{% plural %}
  {{ n }} of them
{% endblocktranslate %}{% translate "Open" context "a door" %}{% include "a.html" with label=_("It's here") %}</p>
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of one app, `shop`, with code and a template."""
    package = tmp_path / "sidan"
    (package / "shop" / "templates" / "shop").mkdir(parents=True)
    (package / "shop" / "__init__.py").touch()
    (package / "shop" / "views.py").write_text(CODE, "utf-8")
    (package / "shop" / "templates" / "shop" / "page.html").write_text(PAGE, "utf-8")
    return package


def translate(package: Path, app: str, **chinese: str) -> None:
    """Fill in an app's catalogue; sentences not named get a filler with the right placeholders."""
    catalogue = read_catalogue(app, package=package)
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: chinese.get(entry.msgid_plural, "好" + entry.msgid_plural)}
        else:
            entry.msgstr = chinese.get(entry.msgid, "好")
    catalogue.save(str(catalogue_path(app, package=package)))


def test_finds_the_sentences_of_code() -> None:
    assert set(python_sentences(CODE, place="views.py")) == {
        Sentence("My orders"),
        Sentence("%(n)s order", plural="%(n)s orders"),
        Sentence("Closed", context="state of a place"),
    }


def test_finds_the_sentences_of_a_template() -> None:
    assert set(template_sentences(PAGE, place="page.html")) == {
        Sentence("My orders"),
        Sentence("Nobody"),
        Sentence("One of 100%%", plural="%(n)s of them"),
        Sentence("Open", context="a door"),
        Sentence("It's here"),
    }


def test_a_computed_sentence_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableWords, match=r"views.py:2: .*plain text"):
        list(python_sentences('\ngettext(f"{n} orders")', place="views.py"))


def test_a_file_that_does_not_parse_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableWords, match=r"views.py:1"):
        list(python_sentences("def (", place="views.py"))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_survives_the_way_through_a_template(text: str) -> None:
    calls = f"XX gettext(u{text!r}) XX"
    found = [ast.literal_eval(arguments) for _name, arguments in CALL.findall(calls)]
    assert found == [text]


def test_an_update_keeps_translations_and_drops_what_is_gone(package: Path) -> None:
    assert update_catalogue("shop", package=package).added == 7
    translate(package, "shop", **{"My orders": "我的点单"})
    (package / "shop" / "views.py").write_text('gettext("New")', "utf-8")
    done = update_catalogue("shop", package=package)
    assert (done.added, done.gone, done.waiting) == (1, 2, 1)
    entries = {entry.msgid: entry.msgstr for entry in read_catalogue("shop", package=package)}
    assert entries["My orders"] == "我的点单"
    assert entries["New"] == ""


def test_an_update_without_changes_leaves_the_file_as_it_is(package: Path) -> None:
    update_catalogue("shop", package=package)
    path = catalogue_path("shop", package=package)
    before = path.read_bytes(), path.stat().st_mtime_ns
    update_catalogue("shop", package=package)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_sentence_known_in_another_app_comes_with_its_chinese(package: Path) -> None:
    update_catalogue("shop", package=package)
    translate(package, "shop", **{"My orders": "我的点单"})
    (package / "till").mkdir()
    (package / "till" / "__init__.py").write_text('gettext("My orders")', "utf-8")
    assert update_catalogue("till", package=package).waiting == 0
    assert read_catalogue("till", package=package)[0].msgstr == "我的点单"


def test_compiling_writes_only_what_changed(package: Path) -> None:
    update_catalogue("shop", package=package)
    translate(package, "shop")
    (compiled,) = compile_catalogues(package=package)
    assert polib.mofile(str(compiled)).find("My orders").msgstr == "好"
    assert compile_catalogues(package=package) == []


def test_complete_words_have_no_problem(package: Path) -> None:
    update_catalogue("shop", package=package)
    translate(package, "shop")
    assert review_words(package=package) == []


def test_every_gap_is_named(package: Path) -> None:
    assert len(review_words(package=package)) == 7  # nothing is in a catalogue yet
    update_catalogue("shop", package=package)
    assert {problem.rsplit(": ", 1)[1] for problem in review_words(package=package)} == {"without Chinese"}


def test_two_translations_of_one_sentence_are_named(package: Path) -> None:
    (package / "till").mkdir()
    (package / "till" / "__init__.py").write_text('gettext("My orders")', "utf-8")
    for app, chinese in (("shop", "我的点单"), ("till", "我的订单")):
        update_catalogue(app, package=package)
        translate(package, app, **{"My orders": chinese})
    (problem,) = review_words(package=package)
    assert "two translations" in problem


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (polib.POEntry(msgid="%(n)s orders", msgstr="点单"), "placeholders differ"),
        (polib.POEntry(msgid="{n} orders", msgstr="{m} 单"), "placeholders differ"),
        (polib.POEntry(msgid="Orders", msgstr="点单", flags=["fuzzy"]), "uncertain"),
        (polib.POEntry(msgid="Orders", msgstr="点单", obsolete=True), "left over"),
        (polib.POEntry(msgid="点单", msgstr="点单"), "must be English"),
    ],
)
def test_a_wrong_entry_is_named(entry: polib.POEntry, said: str) -> None:
    assert any(said in problem for problem in entry_problems(entry))


def test_the_singular_may_name_the_number_in_words() -> None:
    entry = polib.POEntry(msgid="One order", msgid_plural="%(n)s orders", msgstr_plural={0: "%(n)s 单"})
    assert list(entry_problems(entry)) == []


def test_chinese_past_the_catalogue_is_named(package: Path) -> None:
    (package / "shop" / "views.py").write_text(
        '"""说明"""\n# 注释\nNAME = "点单"\n# data: a column\nCODE = "代码"\n', "utf-8"
    )
    page = package / "shop" / "templates" / "shop" / "page.html"
    page.write_text("{# 注释 #}\n<a>中文</a>\n<p>点单</p>", "utf-8")
    assert hardcoded_chinese(package=package) == [
        "sidan/shop/templates/shop/page.html:3: Chinese in a template: 点单",
        "sidan/shop/views.py:3: Chinese in code: '点单'",
    ]


@pytest.mark.parametrize(("language", "day"), [("zh-hans", "星期一"), ("en", "Monday")])
def test_djangos_own_words_follow_the_language(language: str, day: str) -> None:
    with translation.override(language):
        assert translation.gettext("Monday") == day


def test_english_plurals_need_no_catalogue() -> None:
    page = Template(
        "{% load i18n %}{% blocktranslate count n=n %}{{ n }} quire{% plural %}{{ n }} quires{% endblocktranslate %}"
    )
    with translation.override("en"):
        assert [page.render(Context({"n": n})) for n in (1, 2)] == ["1 quire", "2 quires"]


def test_a_catalogue_with_the_same_words_is_not_stale_after_compiling(package: Path) -> None:
    """A pull may write a catalogue anew without changing a word."""
    update_catalogue("shop", package=package)
    translate(package, "shop")
    [compiled] = compile_catalogues(package=package)
    source = catalogue_path("shop", package=package)
    os.utime(compiled, (0, 0))
    assert compile_catalogues(package=package) == []
    assert compiled.stat().st_mtime >= source.stat().st_mtime
