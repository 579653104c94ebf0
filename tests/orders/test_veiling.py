"""What stays hidden in free words from who has not taken the order: numbers, names, house and door, however written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidan.orders import operations as orders
from sidan.orders.models import OrderText
from sidan.orders.policies import veiled
from sidan.orders.policies.veiling import ADDRESS, DOOR, NAME, NUMBER
from sidan.orders.queries import reading_of
from tests.orders.browsing import browser, text_of
from tests.orders.scene import Scene, later

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")
WRITINGS = (str.maketrans("", ""), FULL_WIDTH, CHINESE, SPOKEN)
GAPS = st.sampled_from(["", " ", "-", "—", " - ", "·", "　"])
PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
PAPERS = st.from_regex(r"00[0-9]{15}[0-9Xx]", fullmatch=True)
AROUND = st.text(alphabet="请帮忙理发谢老人在家门口来电联系啊，。！ ", max_size=12)
NAMES = st.sampled_from(["周桂英", "赵敏", "欧阳小凤", "Li Na"])
NUMERALS = st.sampled_from(["3", "12", "１２", "三", "十二", "二十一"])
UNITS = st.sampled_from(["栋", "幢", "号楼", "单元", "室", "弄", "号"])


def _letters(text: str) -> str:
    """What a reader could put together again: digits in any writing, without what stands between."""
    folded = text.translate(
        str.maketrans("０１２３４５６７８９零一二三四五六七八九幺", "0123456789" * 2 + "1")
    )
    return "".join(letter for letter in folded if letter.isdigit())


@given(PHONES, st.sampled_from(WRITINGS), st.lists(GAPS, min_size=10, max_size=10), AROUND, AROUND)
def test_no_telephone_is_left_in_any_writing(
    phone: str, writing: dict[int, int], gaps: list[str], before: str, after: str
) -> None:
    written = "".join(digit + gap for digit, gap in zip(phone.translate(writing), [*gaps, ""], strict=True))
    hidden = veiled(f"{before}{written}{after}")
    assert NUMBER in hidden
    assert len(_letters(hidden)) == 0


@given(PAPERS, st.sampled_from(WRITINGS[:2]), AROUND)
def test_no_identity_number_is_left(paper: str, writing: dict[int, int], before: str) -> None:
    hidden = veiled(f"{before}身份证{paper.translate(writing)}。")
    assert hidden.endswith(f"身份证{NUMBER}。")


@given(NAMES, AROUND, AROUND, st.sampled_from(["", " ", "　"]))
def test_no_known_name_is_left_whole_or_given(name: str, before: str, after: str, gap: str) -> None:
    hidden = veiled(f"{before}{gap.join(name)}{after}", known=(name,))
    assert name[-2:] not in hidden.replace(" ", "").replace("　", "")
    assert NAME in hidden


@given(st.lists(st.tuples(NUMERALS, UNITS), min_size=1, max_size=4), st.sampled_from(["", " ", "，"]))
def test_no_house_number_is_left(parts: list[tuple[str, str]], gap: str) -> None:
    told = gap.join(number + unit for number, unit in parts)
    hidden = veiled(f"住在城北路{told}来")
    assert DOOR in hidden
    assert all(number + unit not in hidden for number, unit in parts)


@given(AROUND, st.sampled_from(WRITINGS))
def test_what_is_veiled_is_not_veiled_further(around: str, writing: dict[int, int]) -> None:
    once = veiled(f"{around}三栋二单元502，{'13800138000'.translate(writing)}{around}", known=("周桂英",))
    assert veiled(once, known=("周桂英",)) == once


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("三栋二单元502", DOOR),
        ("住3栋502室，门口有狗", f"住{DOOR}，门口有狗"),
        ("城北路12号，二楼", f"城北路{DOOR}"),
        ("城北路12，找周桂英", f"城北路{DOOR}，找{NAME}"),
        ("桂英在家", f"{NAME}在家"),
        ("5-2-501 和 12#301", f"{DOOR} 和 {DOOR}"),
        ("第三村民小组", DOOR),
        ("B座1203", DOOR),
        ("住12座301，有狗", f"住{DOOR}，有狗"),
        ("城北花园Ａ座２单元", f"城北花园{DOOR}"),
        ("甲座 502 找桂英", f"{DOOR} 找{NAME}"),
        ("巷子里第2间，第三间也行", f"巷子里{DOOR}，{DOOR}也行"),
        ("Room 501, Building 5", f"{DOOR}, {DOOR}"),
        ("微信：zhou_1952", NUMBER),
        ("写信到 zhou@example.com", f"写信到 {NUMBER}"),
        ("电话［号码1］", f"电话{NUMBER}"),
    ],
)
def test_house_name_and_number_are_hidden_as_people_write_them(text: str, shown: str) -> None:
    assert veiled(text, known=("周桂英",)) == shown


def test_an_address_that_is_known_is_hidden_as_one_and_no_name() -> None:
    hidden = veiled("周桂英住长宁镇城北路 1 号对面", known=("周桂英",), addresses=("长宁镇城北路1号",))
    assert hidden == f"{NAME}住{ADDRESS}对面"
    assert veiled("住城北", addresses=("城",)) == "住城北", "one letter is no address"


@pytest.mark.parametrize(
    "text",
    [
        "两位老人要理发，一位坐轮椅", "11月22号下午来", "2026-11-22 9:30 以后", "9-11点在家", "需要2-3个人",
        "5号电池两节", "二楼，没有电梯", "灯坏了三天", "大约100-200元", "一起来", "三组织",
        "过了三座桥就到", "7座车", "12座位", "打扫2间房", "第3间隔两天来",
    ],
)  # fmt: skip
def test_what_is_needed_to_decide_stays(text: str) -> None:
    assert veiled(text) == text


NEED = "家住城北路三栋二单元502，找桂英，电话1 3 8 0 0 1 3 8 0 0 0，带推子来"


def test_a_team_that_is_asked_reads_no_name_number_or_door_until_it_accepts_and_after_the_end(
    scene: Scene,
) -> None:
    assignment = scene.offered()
    OrderText.objects.filter(order=assignment.order_id).update(need=NEED, contact_name="周桂英")
    url, leader = f"/console/board/{assignment.uuid}/", browser(scene, "wang")

    asked = text_of(leader.get(url))
    assert f"家住城北路{DOOR}，找{NAME}，电话{NUMBER}，带推子来" in asked
    orders.accept_order(actor=scene.actor("wang"), at=later(hours=1), assignment=assignment)
    assert NEED in text_of(leader.get(url))
    assignment.refresh_from_db()
    orders.give_up(actor=scene.actor("wang"), at=later(hours=2), assignment=assignment, reason="nobody_home")
    assert "502" not in text_of(leader.get(url))


def test_the_words_beside_the_steps_are_veiled_for_a_team_and_whole_for_the_resident(scene: Scene) -> None:
    assignment = scene.offered()
    order, words = assignment.order, "家在三栋二单元502，找周桂英"
    reading = {who: reading_of(reader=scene.actor(who), order=order)(words) for who in ("wang", "li", "zhou")}
    assert reading == {"wang": f"家在{DOOR}，找{NAME}", "li": words, "zhou": words}
