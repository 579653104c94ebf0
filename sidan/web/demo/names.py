"""Of what invented names are made: family names as they are frequent in the south of Jiangxi, and given characters."""

from typing import Final

SURNAMES: Final = tuple(
    (name, weight)
    for weight, names in (
        (9, "刘陈曾钟"), (7, "谢赖古凌黄李"), (5, "邝潘何彭汪严张王"), (3, "骆林温罗邱廖"), (2, "范梅蓝吴胡赵叶曹"),
    )
    for name in names
)  # fmt: skip
MALE: Final = (
    "建国强军明华文斌志勇伟平涛海波辉龙飞云山林松柏春生福根水金祥顺德仁义诚信富贵荣昌永兴旺良才学宏达远"
)
FEMALE: Final = "秀英兰芳梅桂香玉珍丽娟红霞燕萍莲凤琴云霞雪春花小妹美玲慧敏静雅婷欣怡佳颖晓琳月娥素清彩连带招"
