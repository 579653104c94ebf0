"""Who went for a break, or came again the next day, has a record of each time: made of the proof once."""

from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("hours", "0008_what_stands_is_looked_for_where_a_record_is_countered")]
    operations = [
        migrations.RemoveConstraint("entry", "hours_recorded_once"),
        migrations.AddConstraint(
            "entry",
            models.UniqueConstraint(
                "occasion", "person", "tier", RangeStartsWith("during"), name="hours_recorded_once",
                condition=Q(counters=None, follows=None, claim=None),
            ),
        ),
        migrations.RemoveConstraint("claim", "hours_claimed_once"),
        migrations.AddConstraint(
            "claim",
            models.UniqueConstraint(
                "occasion", "person", "kind", "tier", RangeStartsWith("during"), name="hours_claimed_once",
                condition=Q(state__in=["disputed", "noticed", "waiting"]),
            ),
        ),
    ]  # fmt: skip
