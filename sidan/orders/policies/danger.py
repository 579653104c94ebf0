"""Words that speak of danger to life: then the page tells to call for help at once, and the order is marked (R-Z10).

A rule of words errs on the side of the call: a false alarm costs a sentence on a page, never an order. It holds no
judgement about the person and is never an obstacle to sending.
"""

import re
from typing import Final

AMBULANCE: Final = "120"
FIRE: Final = "119"
POLICE: Final = "110"

_SAYS: Final[dict[str, str]] = {
    AMBULANCE: (
        r"晕倒|昏倒|昏迷|昏过去|不省人事|没有?呼吸|没气了|喘不(?:过|上)来?气|喘不上来|呼吸困难|胸口(?:疼|痛|闷)得|心梗发|心肌梗|心脏病发|(?:突然|刚刚?|好像|可能|怕是|疑似)[^，。；]{0,4}(?:中风|脑溢血|心梗)|"
        r"抽搐|大出血|血止不住|止不住血|流了?很多血|吐血|触电|溺水|掉进(?:河|井|水|塘)|落水(?!管)|煤气中毒|一氧化碳|农药|吃了?很多药|中毒|"
        r"摔(?:得)?(?:很重|起不来|动不了|断)|起不来了|救护车|"
        r"\bunconscious|\bfainted|\bcollapsed|not breathing|can(?:no|')t breathe|chest pain|heart attack|"
        r"having a stroke|bleeding (?:badly|heavily|a lot)|won't stop bleeding|\boverdose|\bpoison|\bdrowning|"
        r"electric shock|\bambulance"
    ),
    FIRE: (
        r"着火|起火了|失火|火灾|冒(?:浓)?烟|煤气泄漏|燃气泄漏|漏(?:煤|燃)?气|爆炸|"
        r"(?:house|kitchen|it) is on fire|\bon fire\b|gas leak|smell of gas|explosion"
    ),
    POLICE: (
        r"自杀|不想活|想死|活不下去|跳楼|跳河|上吊|割腕|轻生|遗书|打死|杀人|要杀|拿刀(?![^，。；]{0,4}磨)|持刀|家暴|往死里打|被打伤|绑架|被关(?:在|起)|强奸|抢劫|"
        r"\bsuicid|kill (?:my|him|her)self|want to die|\bthreaten|with a knife|been beaten|beats me|\bkidnap|\brape"
    ),
}
# What sounds alike and is harmless: a bus line, a lesson, a drill, a check of the extinguisher, a film.
_HARMLESS: Final = re.compile(
    r"(?:预防|防范?|防止|防治|学习|讲解?|培训|讲座|课|知识|宣传|演练|科普|怎么防|如何防)[^，。；,.;]{0,12}"
    r"(?:中风|中毒|火灾|失火|溺水|落水(?!管)|触电|家暴|自杀|心梗|心肌梗|脑溢血|煤气中毒|一氧化碳|漏气)"
    r"|(?:中风|中毒|火灾|溺水|触电|家暴|自杀|心梗|心肌梗|脑溢血|一氧化碳)[^，。；,.;]{0,6}"
    r"(?:预防|防范|防治|知识|讲座|培训|演练|宣传|课|后遗症|康复|恢复期)"
    r"|(?:不|没有?|无)(?:会)?(?:中毒|农药|冒烟|着火|漏气)"
    r"|(?:打|喷|洒|撒|买|卖|剩下的)农药|想死(?:你|我|他|她)|吓死|热死|累死"
    r"|\b(?:prevent(?:ing|ion of)?|learn about|lesson on|course on|talk on|after (?:a|the|his|her)) "
    r"(?:\w+ ){0,2}(?:stroke|poison\w*|drowning|fire|suicide|overdose|heart attack)",
    re.IGNORECASE,
)
_PATTERNS: Final = {number: re.compile(words, re.IGNORECASE) for number, words in _SAYS.items()}


def numbers_to_call(text: str) -> tuple[str, ...]:
    """Return the emergency numbers that a text calls for, the most urgent first; none when it speaks of no danger."""
    if not text:
        return ()
    rest = _HARMLESS.sub(" ", text)
    return tuple(number for number, words in _PATTERNS.items() if words.search(rest))
