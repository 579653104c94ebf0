"""A survey with answers, and needs of the demo village: through the operations, so every rule holds."""

from datetime import datetime, timedelta
from typing import Final

from sidan.catalogue.models import Category
from sidan.core.actor import Actor
from sidan.needs import operations
from sidan.needs.enums import Source
from sidan.people.enums import Role
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from sidan.web.demo.draw import Draw
from sidan.web.demo.people import People

TITLE: Final = "您最想要什么服务？"
QUESTIONS: Final = """您家最需要哪一项？
- 上门理发
- 家电维修
- 量血压
- 手机教学
哪天方便？
+ 周六
+ 周日
+ 平时晚上
还想对我们说什么？"""
SAID: Final = ("谢谢你们", "希望常来", "路灯不亮")
NEEDS: Final = (
    ("想有人教老人用手机", "learning", Source.VISIT, 6, ""),
    ("手机不会用，想学视频", "learning", Source.MESSAGE, 2, ""),
    ("村口路灯不亮", "safety", Source.MEETING, 11, "已报镇里，这个月内修好。"),
    ("暑假没人管孩子做作业", "learning-homework", Source.MEETING, 8, ""),
    ("想有公交车开到村口", "", Source.VISIT, 14, ""),
)
"""What was said, its kind, where it was heard, how many said so, and the answer. For the last nobody offers a kind."""
SHEETS: Final = 24


def make_needs(*, draw: Draw, people: People, now: datetime) -> None:
    """Ask the demo village, and write down what was heard."""
    staff = actor_for_account(people.by_role[Role.PRACTITIONER].pk)
    place = people.by_role[Role.PRACTITIONER].person.home_place
    if staff is None or place is None:
        return
    _survey(draw, staff, place, now - timedelta(days=12))
    categories, made = Category.objects.in_bulk(), []
    for nth, (title, kind, source, voices, answer) in enumerate(NEEDS):
        category = categories[kind] if kind else None
        at = now - timedelta(days=8 - nth)
        told = operations.NewNeed(place=place, title=title, source=source, category=category, voices=voices)
        made.append(operations.note_need(actor=staff, at=at, told=told))
        if answer:
            operations.answer_need(actor=staff, at=at + timedelta(hours=5), need=made[-1], answer=answer)
    operations.merge_need(actor=staff, at=now - timedelta(days=1), need=made[1], into=made[0])


def _survey(draw: Draw, staff: Actor, place: Place, at: datetime) -> None:
    survey = operations.draft_survey(actor=staff, at=at, place=place, title=TITLE, text=QUESTIONS)
    operations.open_survey(actor=staff, at=at, survey=survey)
    asked = survey.asked
    for nth in range(SHEETS):
        answers = {"0": [draw.one(asked[0].choices)], "1": draw.some(asked[1].choices, draw.number(1, 2))}
        if draw.chance(0.3):
            answers["2"] = [draw.one(SAID)]
        operations.answer_survey(at=at + timedelta(hours=nth + 1), survey=survey, answers=answers, address="")
