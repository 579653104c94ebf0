"""How some projects of the county have grown: stages, money, tasks (R-O1); and organisations that order (R-O3)."""

from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from sidan.catalogue.enums import Stage, SupportSource
from sidan.catalogue.models import Project
from sidan.catalogue.operations import (
    Support,
    Task,
    add_support,
    add_task,
    move_task,
    set_stage,
    take_back_support,
)
from sidan.core.clock import business_date
from sidan.orders.operations import SPOKEN, place_order, place_order_for
from sidan.people.enums import Role
from sidan.people.policies import Organisation
from sidan.web.demo.tales.cast import Cast

STAGES: Final = (
    ("haircut", ((300, Stage.SEED, "先在两个村试。"), (200, Stage.GROWING, "点单多，镇里都想要。"),
                 (60, Stage.MATURE, "各村都排上了，好评稳定。"), (15, Stage.BRAND, "县里评为品牌项目。"))),
    ("repair", ((120, Stage.SEED, "队里刚凑齐工具。"), (30, Stage.GROWING, "每周都有人点。"))),
    ("escort", ((20, Stage.SEED, "和卫生院商量着试。"),)),
)  # fmt: skip
BRANDS: Final = (
    ("文明夜市星期六", "周周有，群众认，县里评为品牌项目。"),
    ("山歌老王宣讲", "听得懂、愿意听，县里评为品牌项目。"),
    ("东江源生态保护", "坚持多年，县里评为品牌项目。"),
)
"""What the county is known for."""
MONEY: Final = (
    (90, SupportSource.FUND, "县志愿服务基金会", 2_000_000, "添置理发工具和流动车油费"),
    (45, SupportSource.UNIT, "城北果业有限公司", 500_000, "给志愿者买保险"),
    (30, SupportSource.DONOR, "", 120_050, "添置围布和推子"),
)
TWICE: Final = (28, SupportSource.UNIT, "城北果业有限公司", 500_000, "给志愿者买保险")
TASKS: Final = (
    (20, 6, "给新村点拉好电源和水", ""),
    (6, 7, "印下个月的供单海报", ""),
    (14, 10, "和理发店谈磨剪刀的价钱", "谈好了，每把五元，月底结。"),
    (3, 30, "培训新来的志愿者", ""),
)
"""Days ago, days until it is due, what is to be done, and with which words it was closed out."""
SCHOOL: Final = Organisation("school", "城北小学")
VILLAGE: Final = Organisation("village", "城北社区居委会")
CHILDREN: Final = "三年级两个班，孩子们头发长了，家长在外地。"
HALL: Final = "会议室的灯坏了两盏，周末要开会。"


def tell_how_projects_grew(cast: Cast) -> None:
    """The manager says how far they are and what they were given; the manager writes tasks, for the leader to do."""
    for kind, steps in STAGES:
        _stages(cast, cast.project(kind), steps)
    for title, why in BRANDS:
        for known in Project.objects.filter(title=title, state="published")[:1]:
            _stages(cast, known, ((40, Stage.BRAND, why),))
    project = cast.project("haircut")
    for row in MONEY:
        _give(cast, project, row)
    mistaken = _give(cast, project, TWICE)
    take_back_support(
        actor=cast.actor(Role.MANAGER), at=cast.day(27, 10), project_uuid=project.uuid,
        support_uuid=mistaken, why="同一笔登记了两次。",
    )  # fmt: skip
    _tasks(cast, project)
    _organisations(cast)


def _stages(cast: Cast, project: Project, steps: tuple[tuple[int, Stage, str], ...]) -> None:
    for ago, stage, why in steps:
        if project.stage != stage:
            set_stage(
                actor=cast.actor(Role.MANAGER),
                at=cast.day(ago, 9),
                project_uuid=project.uuid,
                stage=stage,
                why=why,
            )
            project.stage = stage


def _give(cast: Cast, project: Project, row: tuple[int, SupportSource, str, int, str]) -> UUID:
    ago, source, giver, amount, purpose = row
    at = cast.day(ago, 10)
    support = Support(
        source=source, giver=giver, amount_fen=amount, granted_on=business_date(at), purpose=purpose
    )
    return add_support(actor=cast.actor(Role.MANAGER), at=at, project_uuid=project.uuid, support=support).uuid


def _tasks(cast: Cast, project: Project) -> None:
    leader = project.team.leader
    if leader is None:
        return
    for ago, days, title, done in TASKS:
        at = cast.day(ago, 15)
        wanted = Task(title=title, due_on=business_date(at) + timedelta(days=days), answers=leader.uuid)
        task = add_task(actor=cast.actor(Role.MANAGER), at=at, project_uuid=project.uuid, task=wanted)
        if done:
            move_task(
                actor=cast.leader_of(project.team),
                at=cast.day(ago - 8, 17),
                task=task,
                verb="close",
                note=done,
            )


def _organisations(cast: Cast) -> None:
    """A neighbour orders for the school; the practitioner enters for the village committee."""
    near = cast.neighbours()
    teacher, head = near[1 % len(near)], near[2 % len(near)]
    wish = cast.wish(teacher, cast.project("haircut"), need=CHILDREN, days=4)
    place_order(actor=cast.actor(teacher), at=cast.day(0, 11, 40), wish=replace(wish, organisation=SCHOOL))
    wish = cast.wish(head, cast.project("repair"), need=HALL, days=3)
    place_order_for(
        actor=cast.actor(Role.PRACTITIONER), at=cast.day(0, 11, 50), wish=replace(wish, organisation=VILLAGE),
        person=head.person, consent=SPOKEN,
    )  # fmt: skip
