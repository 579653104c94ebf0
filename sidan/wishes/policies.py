"""What a public sentence must not hold, and how long a visit for a wish is given. No database, no clock."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

from sidan.core.hanzi import simplified
from sidan.core.numbers import ACCOUNT, LONG_NUMBER, as_meant
from sidan.core.pinyin import sort_key

WINDOW: Final = timedelta(hours=2)
_LAST: Final = datetime.max.replace(tzinfo=UTC)
_LONG_NUMBER: Final = re.compile(rf"\d{{5,}}[xX]?|{LONG_NUMBER}")
"""On the wall five digits are too many already: a part of a telephone, a card."""
_ACCOUNT: Final = re.compile(ACCOUNT, re.ASCII)


class Points(Enum):
    """What in a sentence points at one person."""

    NUMBER = "number"
    ACCOUNT = "account"
    DOOR = "door"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and the words that gave it away."""

    points: Points
    words: str


_NUMERAL: Final = "[0-9０-９一二三四五六七八九十百]+"
_DOORS: Final = (
    rf"{_NUMERAL}\s*组\s*{_NUMERAL}\s*号",
    rf"(?:村|社区|屯)\s*(?:第\s*)?{_NUMERAL}\s*(?:村民小组|组)(?:\s*{_NUMERAL}\s*号)?",
    rf"(?:路|街|巷|弄|道|村|屯|小区|胡同|门牌)\s*{_NUMERAL}\s*号(?!前|之前|以前|开|用)",
    rf"{_NUMERAL}\s*(?:号楼|号院|单元)|[0-9０-９]+\s*[栋幢弄]",
    r"[0-9０-９]{3,4}\s*(?:室|房(?!间))",
    r"(?i:\b(?:group|building|block|unit|room|flat|apartment|house)\s+(?:no\.?\s*)?\d+)",
    r"\b\d+\s+(?:[A-Z]\w*\s+){1,2}(?:Road|Street|Lane|Avenue)\b",
)
_DOOR: Final = re.compile("|".join(_DOORS))

_SURNAMES: Final = (
    "张王李赵刘陈杨黄周吴徐孙朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧蔡潘袁董吕魏蒋杜沈姜卢傅钟汪戴廖谭邹熊"
    "范丘邱侯贺顾孟薛雷段郝龚邵钱汤尹黎赖贾夏姚苏叶程丁崔陆阎武殷倪樊庞俞柯蓝甘邬凌骆管聂鲍符缪"
)
_WORDY_SURNAMES: Final = "高马方江康安白金温严余石田任万常易古文"
"""Surnames that begin many a common word: a name only with two more characters behind them."""
_NO_GIVEN_NAME: Final = (
    "的位名个些村镇县乡区市省城组里外老岁月日天末为了给和与及或有无是在到让请帮想要能需盼"
    "一二三四五六七八九十几两多少龄住边围时候上下便都也很就不没血压障病复期眼镜心脏腿脚耳每各此该这那"
)
"""Characters that stand before or behind “an old person” far more often than in a name."""
_TITLES: Final = "奶奶|爷爷|大爷|大妈|大娘|大伯|大叔|大婶|阿姨|叔叔|伯伯|婶婶|女士|先生|师傅"
_WHO: Final = (
    rf"{_TITLES}|老人|同志|老师|孙女|孙子|外孙|儿子|女儿|儿媳|女婿|老伴|丈夫|妻子|母亲|父亲|妈妈|爸爸"
)
_GIVEN: Final = f"[^\\W{_NO_GIVEN_NAME}\\dA-Za-z]"
_NAMES: Final = (
    rf"(?<![任如])[{_SURNAMES}](?!(?:{_WHO})){_GIVEN}{{1,2}}?的?(?:{_WHO})",
    rf"[{_WORDY_SURNAMES}]{_GIVEN}{{2}}的?(?:{_WHO})",
    rf"(?<![任如每一两几上下本这])[{_SURNAMES}](?:{_TITLES})",
    rf"(?:{_WHO})(?:叫|是)?[{_SURNAMES}]{_GIVEN}{{1,2}}(?=$|\W|想|要|需|盼|希|今|的)",
    r"\b(?:Mr|Mrs|Ms|Miss|Grandma|Grandpa|Granny|Aunt|Auntie|Uncle)\.?\s+[A-Z]\w+",
)
_NAME: Final = re.compile("|".join(_NAMES))

_HAN: Final = "\u4e00-\u9fff"
_MORE_SURNAMES: Final = "孔史秦施章庄尤毛洪龙牛鲁韦苗费岑滕毕齐伍祝耿涂游卓覃"
_ANY_SURNAME: Final = f"(?:欧阳|上官|司马|诸葛|司徒|令狐|皇甫|[{_SURNAMES}{_WORDY_SURNAMES}{_MORE_SURNAMES}])"
_BEHIND_A_NAME: Final = f"(?=$|[^{_HAN}]|[想要需盼希的在有和跟家是今能会来买送借修])"
_BEFORE_A_NAME: Final = f"(?:(?<![{_HAN}])|(?<=[给帮替陪请叫和与跟为]))"
_KINDS: Final = (
    "贫困户|脱贫户|监测户|低保户|五保户|特困户|困难户|军属|烈属|残疾人|残障人士|低保|五保|特困|特困人员|独居|独居老人|空巢|空巢老人|孤寡|孤寡老人|"
    "失独|失独老人|留守|留守儿童|留守老人|困境儿童|孤儿|寡妇|患者|病人|病号|盲人|聋人|老兵|退伍军人|老党员|村民|居民|户主|"
    "学生|同学|孩子|儿童|男孩|女孩"
)
_NAME_OF_A_KIND: Final = re.compile(
    rf"(?:{_KINDS})(?:[的是叫:： ]|名叫)?"
    rf"((?:[{_SURNAMES}]|欧阳|上官|司马|诸葛|司徒|令狐|皇甫){_GIVEN}{{1,2}}?"
    rf"|[{_WORDY_SURNAMES}{_MORE_SURNAMES}]{_GIVEN}{{2}}|[小老阿]{_ANY_SURNAME}){_BEHIND_A_NAME}"
)
_WISHES: Final = "想要|需要|希望|盼望|盼着|渴望|想|盼"
_PEOPLE: Final = (
    "Somebody|Someone|Everybody|Children|Pupils|Students|Grandma|Grandpa|People|Villagers|Nobody|Families"
)
_PERHAPS: Final = re.compile(
    rf"{_BEFORE_A_NAME}{_ANY_SURNAME}{_GIVEN}{{1,2}}?{_BEHIND_A_NAME}"
    rf"|{_BEFORE_A_NAME}[小老阿]{_ANY_SURNAME}{_BEHIND_A_NAME}"
    rf"|{_ANY_SURNAME}{_GIVEN}{{1,2}}(?={_WISHES})"
    rf"|[小老阿]{_ANY_SURNAME}(?={_WISHES})"
    r"|(?<=[a-z,;] )[A-Z][a-z]+\b(?: [A-Z][a-z]+\b)*"
    rf"|(?:^|(?<=[.!?·,，。；、{_HAN}])\s?)[A-Z][A-Za-z]+(?: [A-Z][a-z]+)+"
    rf"|(?:^|(?<=[.!?·,，。；、{_HAN}])\s?)(?!(?:{_PEOPLE})\b)[A-Z][a-z]+(?=\s?(?:wants|needs|wishes|hopes|{_WISHES}))"
)
_PAIRS: Final = (
    "方便高兴高龄高中高级安全安静安装关爱马上马路江边石头黄色白色白天蓝色金色金额温暖平安周末周围常常时间健康康复程度任何许多何时毛巾毛衣毛线毛毯夏天夏季雷雨谢谢向阳严重文具"
    "文化古筝钱包钟表汤圆汤药牛奶洪水路灯万一常用常年费用游戏游泳黄色黄豆陈旧李子叶子雷达杨梅杨树许愿贺卡戴上程序方面余下石凳石桌田里方法方向温水温度"
)
_WORDS: Final = frozenset(one + other for one, other in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)) | {
    "高兴地", "高中生", "高年级",
}  # fmt: skip
"""Common words that begin as a surname does."""


def names_perhaps(text: str) -> list[str]:
    """Return the words of a sentence that could be somebody's bare name: a surname with one or two characters between
    words that stand beside names, or words in capitals inside an English sentence.

    Many are no names, so nothing is refused for them: who publishes is asked about each.
    """
    found = (hit.group().strip() for hit in _PERHAPS.finditer(text))
    return list(dict.fromkeys(words for words in found if words not in _WORDS))


def as_read(texts: Iterable[str]) -> str:
    """Return public sentences as one is shown them to read, in one line."""
    return " · ".join(text for text in texts if text)


def pointing_at_somebody(text: str, *, names: Iterable[str] = ()) -> list[Found]:
    """Return what in a public sentence points at one person: a long number, an account, a door, a name.

    A name is one of `names`, or a surname with a given name beside a title, a word of kin, or what kind of person
    it is. Those of `names` are found however they are written: parted by spaces or dots, in traditional characters, in
    pinyin. A bare name of somebody unknown is not found: no rule tells it from words. `names_perhaps` asks about it.
    """
    looked_for = (
        (Points.NUMBER, _LONG_NUMBER),
        (Points.ACCOUNT, _ACCOUNT),
        (Points.DOOR, _DOOR),
        (Points.NAME, _NAME),
    )
    plain = simplified(as_meant(text))
    hits = ((points, pattern.search(plain)) for points, pattern in looked_for)
    found = [Found(points, text[slice(*hit.span())]) for points, hit in hits if hit]
    known = next(filter(None, (_as_written(name, text) for name in names)), None) or _name_of_a_kind(text)
    if known and all(one.points is not Points.NAME for one in found):
        found.append(Found(Points.NAME, known))
    return found


def _name_of_a_kind(text: str) -> str | None:
    """Return the first name behind a word for what kind of person it is, as in “the widow Wang Fang”."""
    hits = (hit for hit in _NAME_OF_A_KIND.finditer(text) if not {hit[1], hit[1][:2]} & _WORDS)
    return next((hit.group() for hit in hits), None)


_BETWEEN: Final = re.compile(r"[\s.·•・‧_*\u200b-\u200d\ufeff-]")
"""What parts the characters of a name without ending it, as a comma does."""
_PARTS: Final = r"[\s.·'’_-]"
_APART: Final = f"{_PARTS}{{0,2}}"
_PARTED: Final = f"{_PARTS}{{1,2}}"
LONGEST_WORD: Final = 5
"""Names of so many letters may be English words, as 李可 and 马可 are; of longer ones hardly one is."""
_ENGLISH_SYLLABLES: Final = frozenset({
    "a", "ai", "an", "ban", "bang", "bi", "bin", "can", "chi", "dan", "dang", "den", "die", "fan", "fang",
    "fen", "gang", "gong", "ha", "hang", "he", "hen", "la", "lie", "long", "ma", "man", "me", "men", "mi",
    "pa", "pan", "pang", "pen", "pi", "pie", "pin", "ping", "po", "ran", "rang", "run", "sang", "she", "song",
    "sun", "ta", "tan", "tang", "tie", "wan", "ye", "yin", "you",
})  # fmt: skip
"""Syllables of pinyin that are English words, too."""
_ENGLISH_NAMES: Final = frozenset({
    "bake", "bike", "dance", "dare", "here", "lane", "like", "line", "make", "mama", "mine", "take", "wake",
})  # fmt: skip
"""Two syllables of pinyin that are an English word together: a sentence may begin with it."""
_BEGINS_SENTENCE: Final = re.compile(r"(?:^|[.!?·。！？\n])\s*$")


def _as_written(name: str, text: str) -> str | None:
    """Return how a known name stands in a text, if it does."""
    plain, wanted = simplified(as_meant(text)), _BETWEEN.sub("", simplified(as_meant(name)))
    if len(wanted) < 2:
        return None
    if not re.fullmatch(f"[{_HAN}]+", wanted):
        words = (re.escape(word) for word in re.findall(r"[^\W_]+", as_meant(name)))
        return _found(_whole(f"(?i:{_APART.join(words)})"), plain, text)
    kept = [at for at, letter in enumerate(plain) if not _BETWEEN.match(letter)]
    start = "".join(plain[at] for at in kept).find(wanted)
    if start >= 0:
        return text[kept[start] : kept[start + len(wanted) - 1] + 1]
    read = _without_tones(plain)
    hits = (hit.span() for hit in _in_pinyin(wanted).finditer(read) if not _begins_as_a_word(hit, read))
    return next((text[slice(*span)] for span in hits), None)


def _begins_as_a_word(hit: re.Match[str], read: str) -> bool:
    """Tell whether what sounds like a name is the English word with which a sentence begins, as in “Make it warm”."""
    word = hit.group()
    return (
        word.istitle()
        and word.lower() in _ENGLISH_NAMES
        and bool(_BEGINS_SENTENCE.search(read[: hit.start()]))
    )


def _found(pattern: re.Pattern[str], plain: str, text: str) -> str | None:
    hit = pattern.search(plain)
    return text[slice(*hit.span())] if hit else None


def _whole(pattern: str) -> re.Pattern[str]:
    """Return the pattern for whole words in letters: characters beside them are no part of such a word."""
    return re.compile(rf"(?<![A-Za-z])(?:{pattern})(?![A-Za-z])")


def _without_tones(text: str) -> str:
    """Return the text without the marks of the tones, each letter where it stood."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text)


def _begun(letters: str) -> str:
    """Return the pattern of letters that begin with a capital, or are all of them capitals."""
    return f"(?-i:{letters.capitalize()}|{letters.upper()})"


def _in_pinyin(name: str) -> re.Pattern[str]:
    """Return the pattern of a name of several characters in pinyin, in either order.

    Two syllables apart may both be English words, as in “he can”, and so may what is short and run together, as
    “like”: then they must begin as names do.
    """
    syllables = sort_key(name).split()
    orders = (syllables, [*syllables[1:], syllables[0]])
    together = ["".join(order) for order in orders]
    if len(together[0]) <= LONGEST_WORD:
        together = [_begun(one) for one in together]
    if len(syllables) > 2:
        apart = [_APART.join(order) for order in orders]
    else:
        apart = [_APART.join(map(_begun, order)) for order in orders]
        if not _ENGLISH_SYLLABLES.issuperset(syllables):
            apart += [_PARTED.join(order) for order in orders]
    ways = [f"(?i:{way})" for way in (*together, *apart)]
    return _whole("|".join(ways).replace("v", "[vu]").replace("V", "[VU]"))


def wished_until(begins: datetime) -> datetime:
    """Return until when somebody may come who begins at a moment. At the end of time there is no later: an order so
    far ahead is refused by the rules of orders, in words.
    """
    return begins + WINDOW if begins < _LAST - WINDOW else _LAST
