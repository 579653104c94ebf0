"""A team that does not call, or does not come, may lose the order at the end of its time, where a place says so."""

from django.db import migrations, models
from django.db.models import Q

ENDS = [
    ("remind", "Only remind: who must act, and the office"),
    ("to_pool", "Taken back; another team is looked for"),
    ("widen", "An open call goes on in a wider area; an offer is taken back"),
    ("up", "One level up the tree"),
    ("to_person", "A named person is told to see to it"),
    ("close", "The order is closed as not reviewed"),
]


class Migration(migrations.Migration):
    dependencies = [("limits", "0013_rules_have_editions")]
    operations = [
        migrations.AlterField("limit", "at_end", models.CharField(max_length=10, choices=ENDS)),
        migrations.RemoveConstraint("limit", "limits_only_offers_return"),
        migrations.RemoveConstraint("limit", "limits_only_what_no_team_has_goes_up"),
        migrations.AddConstraint(
            "limit",
            models.CheckConstraint(
                condition=~Q(at_end="to_pool") | Q(step__in=["accept", "contact", "visit"]),
                name="limits_only_what_nobody_came_for_returns",
            ),
        ),
        migrations.AddConstraint(
            "limit",
            models.CheckConstraint(
                condition=~Q(at_end="up")
                | Q(step__in=["admit", "dispatch", "accept", "contact", "visit", "answer"]),
                name="limits_only_what_nobody_came_for_goes_up",
            ),
        ),
    ]
