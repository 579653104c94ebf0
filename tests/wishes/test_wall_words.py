"""What a sentence of the wall may say, and what it is refused or asked about for: a table of sentences."""

import pytest

from sidan.wishes.policies import Points, names_perhaps, pointing_at_somebody

READ_ON_THE_WALL = "城北村独居的周桂英想要一台收音机，微信 wx_zhou88，QQ 123456"
"""All of it in one sentence, as somebody once put it there."""


def test_a_sentence_with_name_account_and_number_is_refused_for_each() -> None:
    found = {one.points.value: one.words for one in pointing_at_somebody(READ_ON_THE_WALL)}
    assert found == {"number": "123456", "account": "微信 wx_zhou88", "name": "独居的周桂英"}


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("加微信 wx_zhou88", "account"), ("微信号：zhouguiying", "account"), ("微信号是zhou_88", "account"),
        ("WeChat: zhou88", "account"), ("my wechat id is li-xiuying1", "account"), ("QQ 1234", "account"),
        ("vx zhou1988", "account"), ("wx_zhou88", "account"), ("邮箱zhou@example.org", "account"),
        ("write to zhou.guiying@example.org", "account"),
        ("QQ12345", "number"), ("号码是 83123", "number"), ("１２３４５６", "number"), ("139.0000.0001", "number"),
        ("一三九零零零零零零零一", "number"), ("幺三九〇〇〇〇", "number"), ("129－0000/0001", "number"),
        ("12 90 (0000) 0001", "number"), ("ＱＱ：zhou１２３４", "account"), ("一三九 0000 零零零一", "number"),
        ("贫困户王小明想要书包", "name"), ("残疾人老李想要轮椅", "name"), ("独居的周桂英想要收音机", "name"),
        ("独居老人周桂英需要收音机", "name"), ("低保户：陈芳想要一床被子", "name"), ("留守儿童李小红的书包", "name"),
        ("村民石永红想要一盏灯", "name"), ("孤儿欧阳明希望有双鞋", "name"), ("五保户小马想要棉衣", "name"),
        ("患者叫高秀英，想要轮椅", "name"),
    ],
)  # fmt: skip
def test_what_points_at_one_person_is_refused(text: str, points: str) -> None:
    assert points in {one.points.value for one in pointing_at_somebody(text)}


@pytest.mark.parametrize(
    "text",
    [
        "一个孩子想要一本字典", "村里的老人想要一台收音机", "一位独居的老人想要一台收音机", "独居老人想要一台收音机",
        "贫困户的孩子想要书包", "残疾人想要轮椅", "低保户需要一床被子", "留守儿童希望有双运动鞋", "学生想学用微信",
        "老人想学微信视频", "An old person wants to learn WeChat", "Lessons in WeChat, please", "微信支付的课",
        "孩子高兴地想要一把伞", "孩子黄色的书包", "学生游泳的眼镜", "残疾人安全出行的扶手", "留守儿童许愿想要字典",
        "1000本书", "2026年12月1日前想要书包", "三五个孩子想要一二年级的书", "十二位老人想要棉衣",
        "村民们想要几盏太阳能灯", "居民小区想要一个书架", "三年级的同学想要彩笔", "A village needs 20 lamps",
    ],
)  # fmt: skip
def test_harmless_sentences_hang_without_a_question(text: str) -> None:
    assert pointing_at_somebody(text) == []
    assert names_perhaps(text) == []


@pytest.mark.parametrize(
    ("text", "perhaps"),
    [
        ("李秀英想要轮椅", "李秀英"), ("村里的李秀英想要轮椅", "李秀英"), ("城北村周桂英需要收音机", "周桂英"),
        ("我们村王强希望有一盏灯", "王强"), ("村里老李想要棉衣", "老李"), ("Li Xiuying wants a chair", "Li Xiuying"),
        ("Xiuying wants a chair", "Xiuying"), ("Li Xiuying想要轮椅", "Li Xiuying"),
        ("A lamp. Li Xiuying needs it", "Li Xiuying"),
    ],
)  # fmt: skip
def test_a_bare_name_before_what_it_wants_is_asked_about(text: str, perhaps: str) -> None:
    assert perhaps in names_perhaps(text)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("周桂英", "周 桂英想要收音机", "周 桂英"), ("周桂英", "周·桂·英想要收音机", "周·桂·英"),
        ("周桂英", "城北 周．桂英", "周．桂英"), ("周桂英", "周\u200b桂英家", "周\u200b桂英"),
        ("张国华", "張國華想要一盏灯", "張國華"), ("張國華", "张国华想要一盏灯", "张国华"),
        ("张国华", "張 国华的灯", "張 国华"),
        ("周桂英", "Zhou Guiying wants a radio", "Zhou Guiying"), ("周桂英", "zhouguiying想要收音机", "zhouguiying"),
        ("周桂英", "a radio for Guiying Zhou", "Guiying Zhou"), ("周桂英", "ZHOU Gui-ying", "ZHOU Gui-ying"),
        ("周桂英", "Zhōu Guìyīng 想要", "Zhōu Guìyīng"), ("张丽", "Li Zhang needs", "Li Zhang"),
        ("曾吕", "ZENG LV", "ZENG LV"), ("吕强", "Lü Qiang", "Lü Qiang"), ("Anna", "for ANNA", "ANNA"),
        ("Anna Berg", "给Anna·Berg的书", "Anna·Berg"), ("阿依·古丽", "阿依古丽想要", "阿依古丽"),
        ("李可", "a book for Like", "Like"), ("李可", "KELI needs a book", "KELI"), ("马可", "MaKe 的书", "MaKe"),
        ("李平平", "lipingping needs a book", "lipingping"), ("王芳", "a radio for wang fang", "wang fang"),
        ("周莉", "Zhou li的书", "Zhou li"), ("李可", "a book for li ke", "li ke"),
        ("张国华", "guo hua zhang", "guo hua zhang"), ("张国华", "zhang guohua", "zhang guohua"),
        ("马可", "Make it warm for Make", "Make"), ("何灿", "a book for He Can", "He Can"),
    ],
)  # fmt: skip
def test_a_known_name_is_found_however_it_is_written(name: str, text: str, words: str) -> None:
    found = [one.words for one in pointing_at_somebody(text, names=[name]) if one.points is Points.NAME]
    assert found == [words]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("何灿", "so that he can read"), ("李安", "an Italian lamp"), ("方兴", "她很大方，兴许会来"),
        ("李想", "这是理想的收音机"), ("周桂英", "一台收音机 · zhou"), ("王·", "王村一个人"),
        ("李可", "They would like a lamp"), ("马可", "a lamp to make it bright"),
        ("马可", "Make it bright"), ("李可", "A warm room. Like this one"), ("佘灿", "what she can wear"),
        ("A.", "a lamp"), ("--", "a - b"), ("Anna", "more than nap time"), ("Li", "an Italian lamp"),
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_known_name_is_let_pass(name: str, text: str) -> None:
    assert pointing_at_somebody(text, names=[name]) == []
