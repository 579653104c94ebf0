"""What residents said, and what it is worth: call-backs, flags of every kind, follow-ups, suggestions (R-Z5)."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from sidan.core.actor import Actor
from sidan.orders.enums import Outcome, ReviewChannel
from sidan.orders.models import Assignment, Order, Review
from sidan.orders.operations import Said, review_order, review_order_for
from sidan.people.enums import Role
from sidan.people.operations import note_device
from sidan.reviews import operations
from sidan.reviews.enums import AfterLow, CallResult, Standing
from sidan.reviews.models import CallBack, FollowUp, Suggestion
from sidan.reviews.operations import Heard
from sidan.reviews.queries import RuleTold
from sidan.web.demo.begun import ALIKE
from sidan.web.demo.tales.cast import Cast, Days

AFTER: Final = (AfterLow.FOLLOW_UP.value, AfterLow.REOPEN.value, AfterLow.FOLLOW_UP.value)
EVERYBODY: Final = "先试两个月，办结的全部回访，看看评价实不实。"
ONE_IN_TEN: Final = "试行期满，改为抽查一成。"
NEXT_DAY: Final = timedelta(hours=20)
LENT: Final = "the-telephone-they-share"
READ: Final = timedelta(minutes=1)
"""After a review the rules read it."""


class _Story(NamedTuple):
    purpose: str
    said: Said
    after: timedelta = NEXT_DAY
    called: tuple[Heard, ...] = ()
    """How each call went, a day after the other."""
    answer: str = ""
    """What the resident is told: about the suggestion, or what was not well."""


HEARD: Final = Heard(CallResult.ANSWERED, Outcome.DONE, "说办得好，师傅走前还把地扫了。")
NOBODY: Final = Heard(CallResult.NOT_REACHED)
STORIES: Final = (
    _Story(
        "adopted", Said(Outcome.DONE, 5, "剪得精神。", "冬天冷，能不能挪到屋里剪？"), called=(HEARD,),
        answer="已采纳：天冷的日子改在祠堂里剪，站里备好火盆。",
    ),
    _Story("in_peace", Said(Outcome.DONE, 4), called=(NOBODY, NOBODY, NOBODY)),
    _Story(
        "answered", Said(Outcome.DONE, 4, "", "最好每个星期都来一次。"), called=(NOBODY, HEARD),
        answer="队里现在只有三个人，一个月能来两次。等新队员培训好了再加，到时告诉您。",
    ),
    _Story("declined_to_say", Said(Outcome.DONE, 5), called=(Heard(CallResult.DECLINED),)),
    _Story(
        "still_needed", Said(Outcome.STILL_NEEDED, 4, "这次办好了，下个月还要。"),
        called=(Heard(CallResult.ANSWERED, Outcome.STILL_NEEDED, "想固定每个月一次。"),),
        answer="已经帮您排到每月第一个周六，队长会提前一天打电话。",
    ),
    _Story("by_team", Said(Outcome.DONE, 5, "很好")),
    _Story("by_staff", Said(Outcome.DONE, 5, "及时")),
    _Story("same_minute", Said(Outcome.DONE, 5), after=timedelta(seconds=30)),
    _Story("team_phone", Said(Outcome.DONE, 5, "满意")),
    _Story("team_device", Said(Outcome.DONE, 5, "服务很好")),
    _Story(
        "contradicted", Said(Outcome.DONE, 5, "好"), timedelta(hours=3),
        called=(Heard(CallResult.ANSWERED, Outcome.NOT_DONE, "说人来了一趟就走了，东西还没修。"),),
    ),
    _Story("half", Said(Outcome.HALF, 3, "修了一半，说缺零件。"), timedelta(hours=26)),
    _Story("suggested", Said(Outcome.DONE, 5, "", "来之前先打个电话就更好了。"), timedelta(hours=25)),
    _Story("not_done", Said(Outcome.NOT_DONE, 1, "等了一上午没等到人。"), timedelta(hours=22)),
)  # fmt: skip
THE_SAME: Final = Said(Outcome.DONE, 5, "非常满意")
COUNTED: Final = ("by_staff", "本人就住在村里，自己点的单，已核实。")
ASIDE: Final = "五条都是同一天照着名单填的，居民说没接到过电话，不计入。"


def tell_what_reviews_are_worth(cast: Cast) -> None:
    """Review what was served while everybody was called back, then look after what came of it.

    All of it in the order in which it would have happened: lists of the newest stand in the order of the rows.
    """
    days = Days()
    days.plan(cast.day(60, 10), partial(_rule, cast, percent=100, reason=EVERYBODY))
    for story in STORIES:
        order = cast.order(story.purpose)
        if order is not None:
            days.plan(order.state_since + story.after, partial(_review, cast, days, story, order))
    for nth, purpose in enumerate(ALIKE):
        days.plan(cast.day(10, 16, 2 * nth), partial(_enter, cast, days, purpose))
    days.plan(cast.day(3, 11), partial(_decide, cast, COUNTED[0], Standing.COUNTED, COUNTED[1]))
    days.plan(cast.day(3, 11), partial(_decide, cast, ALIKE[-1], Standing.SET_ASIDE, ASIDE))
    days.plan(cast.day(0, 18), partial(_rule, cast, percent=10, reason=ONE_IN_TEN))
    days.pass_by()


def _rule(cast: Cast, at: datetime, *, percent: int, reason: str) -> None:
    center = cast.people.crews[0].team.county
    if center is not None:
        operations.set_review_rule(
            actor=cast.actor(Role.MANAGER), at=at, place=center, rule=RuleTold(percent, *AFTER), reason=reason
        )


def _review(cast: Cast, days: Days, story: _Story, order: Order, at: datetime) -> None:
    said = story.said
    review = review_order(
        actor=_who_says(cast, story, order), at=at, order=order, outcome=said.outcome, stars=said.stars,
        words=said.words, wish=said.wish,
    )  # fmt: skip
    days.plan(at + READ, partial(_check, review))
    for nth, heard in enumerate(story.called, start=1):
        days.plan(at + timedelta(days=nth), partial(_call, cast, review, heard))
    if story.answer:
        days.plan(at + timedelta(days=2), partial(_answer, cast, story, review))


def _check(review: Review, at: datetime) -> None:
    operations.check_review(at=at, review_id=review.pk)


def _who_says(cast: Cast, story: _Story, order: Order) -> Actor:
    """Return the resident; in one of the stories with the telephone on which the leader has signed in."""
    resident = cast.resident_of(order)
    if story.purpose != "team_device":
        return resident
    leader = cast.leader_of(Assignment.objects.select_related("team").get(order=order, state="finished").team)
    note_device(at=order.created_at, account_id=leader.account_id or 0, mark=LENT)
    return replace(resident, device=LENT)


def _call(cast: Cast, review: Review, heard: Heard, at: datetime) -> None:
    drawn = (
        CallBack.objects.select_related("order").filter(order=review.order, step__turn=review.turn).first()
    )
    if drawn is not None:
        operations.look_to_call(actor=cast.actor(Role.DISPATCHER), at=at, call_back=drawn)
        operations.record_call(actor=cast.actor(Role.DISPATCHER), at=at, call_back=drawn, heard=heard)


def _answer(cast: Cast, story: _Story, review: Review, at: datetime) -> None:
    office = cast.actor(Role.DISPATCHER)
    suggestion = Suggestion.objects.select_related("order").filter(review=review).first()
    if suggestion is None:
        follow_up = FollowUp.objects.select_related("order").get(order=review.order)
        operations.see_to(actor=office, at=at, follow_up=follow_up, words=story.answer)
    elif story.purpose == "adopted":
        operations.adopt_suggestion(actor=office, at=at, suggestion=suggestion, words=story.answer)
    else:
        operations.answer_suggestion(actor=office, at=at, suggestion=suggestion, words=story.answer)


def _enter(cast: Cast, days: Days, purpose: str, at: datetime) -> None:
    """The operator enters one of five reviews of one team within ten minutes, all in the same words."""
    order = cast.order(purpose)
    if order is not None:
        review = review_order_for(
            actor=cast.actor(Role.OPERATOR), at=at, order=order, said=THE_SAME, channel=ReviewChannel.TELEPHONE
        )  # fmt: skip
        days.plan(at + READ, partial(_check, review))


def _decide(cast: Cast, purpose: str, standing: Standing, words: str, at: datetime) -> None:
    review = Review.objects.select_related("order").filter(order=cast.begun.get(purpose)).first()
    if review is not None and review.standings.exists():
        operations.decide_review(
            actor=cast.actor(Role.MANAGER), at=at, review=review, standing=standing, words=words
        )
