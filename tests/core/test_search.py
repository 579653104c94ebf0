"""Terms of Chinese search, and that PostgreSQL finds by them through the index."""

import pytest
from django.db import connection
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from sidan.core.pinyin import pinyin_of, place_pinyin_of, sort_key
from sidan.core.search import name_terms, place_terms, query_terms, search_q, search_terms


def found(query: str, *texts: str) -> bool:
    return set(query_terms(query)) <= set(search_terms(*texts))


def test_words_of_one_and_two_characters_are_found() -> None:
    assert search_terms("义剪队") == ["义", "义剪", "剪", "剪队", "队"]
    assert found("剪", "义剪队")
    assert found("义剪", "城北义剪队上门理发")
    assert not found("剪义", "义剪队")


def test_pairs_do_not_cross_signs_or_scripts() -> None:
    assert "发，" not in search_terms("理发，送餐")
    assert not found("发送", "理发，送餐")
    assert found("理发 送餐", "理发，送餐")
    assert found("5G", "学用5G手机")


def test_any_part_of_a_number_or_latin_word_is_found() -> None:
    for query in ("481207365", "207365", "2073", "07", "ＱＲ", "qr co", "Code"):
        assert found(query, "481207365 QR code"), query
    assert not found("qrs", "QR code")


def test_names_are_found_by_pinyin_and_initials() -> None:
    terms = set(name_terms("张建国"))
    for query in ("张建国", "建国", "张", "zhangjianguo", "zhang", "jianguo", "zjg", "ZJG", "jg"):
        assert set(query_terms(query)) <= terms, query
    assert not set(query_terms("zgj")) <= terms


def test_family_names_are_found_by_both_readings() -> None:
    terms = set(name_terms("曾小明"))
    for query in ("zeng", "ceng", "zxm", "cxm"):
        assert set(query_terms(query)) <= terms, query
    assert sort_key("单雄信") == "shan xiong xin"
    assert pinyin_of("寻乌县") == "xunwuxian"


@given(text=st.text(max_size=40))
def test_every_text_finds_itself_and_no_term_is_empty(text: str) -> None:
    assert set(query_terms(text)) <= set(search_terms(text))
    assert all(search_terms(text))


def test_a_query_of_signs_finds_nothing_and_an_empty_one_everything() -> None:
    assert search_q("search", "!?") == Q(pk__in=[])
    assert search_q("search", "  ") == Q()


@pytest.mark.django_db
def test_postgresql_finds_rows_by_the_terms() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE found (id int, search text[]) ON COMMIT DROP")
        for number, text in enumerate(["城北义剪队", "城南送餐队", "义诊"]):
            cursor.execute("INSERT INTO found VALUES (%s, %s)", [number, search_terms(text)])
        cursor.execute("CREATE INDEX ON found USING gin (search)")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SELECT array_agg(id) FROM found WHERE search @> %s::text[]", [query_terms("义剪")])
        assert cursor.fetchone() == ([0],)
        cursor.execute("EXPLAIN SELECT id FROM found WHERE search @> %s::text[]", [query_terms("义")])
        assert "Bitmap" in str(cursor.fetchall())


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("长宁镇", "changningzhen"), ("长畲村", "changshecun"), ("长溪村", "changxicun"), ("长举村", "changjucun"),
        ("长岭村", "changlingcun"), ("长布村", "changbucun"), ("长江村", "changjiangcun"), ("长安村", "changancun"),
        ("长子县", "zhangzixian"), ("泊竹村", "bozhucun"), ("罗陂村", "luobeicun"), ("陂下村", "beixiacun"),
        ("石圳村", "shizhencun"), ("筠竹村", "yunzhucun"), ("铅山县", "yanshanxian"), ("六安市", "luanshi"),
        ("沁园春村", "qinyuanchuncun"), ("畲族", "shezu"), ("Lao Wang 村", "lao wang cun"),
    ],
)  # fmt: skip
def test_places_are_read_as_places(name: str, reading: str) -> None:
    assert place_pinyin_of(name) == reading


@pytest.mark.parametrize("typed", ["changning", "cnz", "zhangning", "长宁"])
def test_a_place_is_found_by_either_reading(typed: str) -> None:
    assert set(query_terms(typed)) <= set(place_terms("长宁镇"))
