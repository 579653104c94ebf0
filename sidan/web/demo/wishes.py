"""Wishes of the demo county, one or more in each state; through the operations, so every rule holds."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sidan.core.actor import Actor
from sidan.people.enums import Role
from sidan.people.queries import actor_for_account
from sidan.web.demo.people import People
from sidan.wishes import operations
from sidan.wishes.enums import ForWhom
from sidan.wishes.models import Wish
from sidan.wishes.policies import as_read


class _Told(NamedTuple):
    for_whom: ForWhom
    words: str
    sentence: str = ""
    sentence_en: str = ""
    goes: str = ""
    thanks: str = ""
    takes: int = 1


TOLD: Final = (
    _Told(ForWhom.ELDER, "家里老人耳朵背，想要一台声音大的收音机。"),
    _Told(
        ForWhom.CHILD, "孩子上五年级，想要一本现代汉语词典。", "一个五年级的孩子想要一本词典",
        "A child in fifth grade wishes for a dictionary",
    ),
    _Told(
        ForWhom.VILLAGE, "祠堂前晚上黑，跳舞的人想有几盏太阳能灯。", "村里跳舞的人想要几盏太阳能灯",
        "People who dance in the evening wish for solar lamps", takes=3,
    ),
    _Told(
        ForWhom.ELDER, "想要一副老花镜，两百度的。", "一位老人想要一副老花镜",
        "An old person wishes for reading glasses",
        goes="adopted",
    ),
    _Told(
        ForWhom.NEIGHBOUR, "邻居住院，家里的柑橘没人摘。", "一户人家的柑橘等人帮忙摘",
        "A family needs help to pick its oranges",
        goes="fulfilled", thanks="八个人用一个上午摘完了，柑橘卖了好价钱。",
    ),
    _Told(ForWhom.MYSELF, "想学会用手机跟在外面的孩子视频。", goes="answered"),
)  # fmt: skip
ANSWER: Final = "站里每周三下午有手机课，您来就有人一对一教，不用另外许愿。"


def make_wishes(*, people: People, now: datetime) -> None:
    """Let residents near the demo village wish; the practitioner answers, the volunteer adopts."""
    staff = actor_for_account(people.by_role[Role.PRACTITIONER].pk)
    adopter = actor_for_account(people.by_role[Role.VOLUNTEER].pk)
    home = people.by_role[Role.PRACTITIONER].person.home_place_id
    wishers = [account for account in people.residents if account.person.home_place_id == home]
    if staff is None or adopter is None or not wishers:
        return
    for nth, told in enumerate(TOLD):
        wisher = actor_for_account(wishers[nth % len(wishers)].pk)
        if wisher is not None:
            _tell(wisher, staff, adopter, told, now - timedelta(days=3 * nth + 1))


def _tell(wisher: Actor, staff: Actor, adopter: Actor, told: _Told, at: datetime) -> None:
    new = operations.NewWish(words=told.words, for_whom=told.for_whom)
    wish = operations.make_wish(actor=wisher, at=at, told=new)
    later = at + timedelta(hours=2)
    if told.goes == "answered":
        operations.answer_wish(actor=staff, at=later, wish=_again(wish), words=ANSWER)
    if not told.sentence:
        return
    operations.publish_wish(
        actor=staff, at=later, wish=_again(wish), sentence=told.sentence, sentence_en=told.sentence_en,
        takes=told.takes, read=as_read([told.sentence, told.sentence_en]),
    )  # fmt: skip
    if told.goes not in {"adopted", "fulfilled"}:
        return
    operations.adopt_wish(actor=adopter, at=later + timedelta(hours=3), wish=_again(wish))
    if told.goes == "fulfilled":
        done = later + timedelta(days=1)
        operations.fulfil_wish(actor=adopter, at=done, wish=_again(wish), words="都办好了。")
        operations.show_thanks(actor=staff, at=done, wish=_again(wish), thanks=told.thanks, read=told.thanks)


def _again(wish: Wish) -> Wish:
    return Wish.unscoped.select_related("place", "county", "wisher").get(pk=wish.pk)
