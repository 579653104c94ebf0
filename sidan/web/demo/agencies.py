"""Agencies of the county that run an institute of their own, and points that stand beside the villages."""

from typing import Final, NamedTuple


class Agency(NamedTuple):
    """An agency: its name, its English name, and the kind of team it leads."""

    name: str
    name_en: str
    team_kind: str


AGENCIES: Final = (
    Agency("县委宣传部", "Publicity Department", "theory"),
    Agency("县教科体局", "Education, Science and Sports Bureau", "learning"),
    Agency("县卫健委", "Health Commission", "medical"),
    Agency("县文广旅局", "Culture and Tourism Bureau", "culture"),
    Agency("县司法局", "Justice Bureau", "law"),
    Agency("县农业农村局", "Agriculture Bureau", "industry"),
    Agency("县公安局", "Public Security Bureau", "governance"),
    Agency("县民政局", "Civil Affairs Bureau", "help"),
    Agency("县应急管理局", "Emergency Bureau", "rescue"),
    Agency("县妇联", "Women's Federation", "customs"),
    Agency("团县委", "Youth League Committee", "learning"),
    Agency("县总工会", "Trade Union", "help"),
    Agency("县残联", "Disabled Persons' Federation", "help"),
    Agency("县科协", "Science Association", "science"),
)


class Spot(NamedTuple):
    """A point or base: its name, its English name, its kind, and the township under which it stands ("" = center)."""

    name: str
    name_en: str
    kind: str
    township: str


SPOTS: Final = (
    Spot("文明夜市星期六", "Saturday Night Fair", "point", ""),
    Spot("东江源生态保护基地", "Base for the Source of the Dongjiang", "base", "三标乡"),
    Spot("三二五红色教育基地", "March 25 Memorial Base", "base", "长宁镇"),
    Spot("老王山歌宣讲点", "Lao Wang's Singing Corner", "point", "南桥镇"),
    Spot("果农田头驿站", "Orchard Post", "point", "留车镇"),
    Spot("城北爱心食堂", "Chengbei Canteen", "point", "长宁镇"),
)


class Hall(NamedTuple):
    """What villages have for their evenings: a name and an English name."""

    name: str
    name_en: str


HALLS: Final = (
    Hall("文化广场", "Square"),
    Hall("农家书屋", "Library"),
    Hall("老年活动室", "Seniors' room"),
    Hall("爱心食堂", "Canteen"),
    Hall("议事亭", "Pavilion"),
)
