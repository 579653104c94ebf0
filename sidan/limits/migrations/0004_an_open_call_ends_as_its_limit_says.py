"""An open call ends as the limit of the team's answer says: also in a wider area, or one level up."""

from django.db import migrations, models
from django.db.models import Q

ENDS = [
    ("remind", "Only remind: who must act, and the office"),
    ("to_pool", "The offer is taken back; another team is looked for"),
    ("widen", "An open call goes on in a wider area; an offer is taken back"),
    ("up", "One level up the tree"),
    ("to_person", "A named person is told to see to it"),
    ("close", "The order is closed as not reviewed"),
]


class Migration(migrations.Migration):
    dependencies = [("limits", "0003_what_was_written_is_never_changed")]
    operations = [
        migrations.AlterField("limit", "at_end", models.CharField(max_length=10, choices=ENDS)),
        migrations.RemoveConstraint("limit", "limits_only_what_a_place_holds_goes_up"),
        migrations.AddConstraint(
            "limit",
            models.CheckConstraint(
                condition=~Q(at_end="up") | Q(step__in=["admit", "dispatch", "accept"]),
                name="limits_only_what_no_team_has_goes_up",
            ),
        ),
        migrations.AddConstraint(
            "limit",
            models.CheckConstraint(
                condition=~Q(at_end="widen") | Q(step="accept"), name="limits_only_calls_are_widened"
            ),
        ),
    ]
