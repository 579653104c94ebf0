"""A follow-up that nobody held because the case ended stays, marked, and keeps no day from a later one."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("mediation", "0003_who_directs_is_asked_at_reading")]
    operations = [
        migrations.AddField("followup", "dropped_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("followup", "mediation_one_follow_up_a_day"),
        migrations.AddConstraint(
            "followup",
            models.UniqueConstraint(
                fields=["case", "due_on"], condition=Q(dropped_at=None), name="mediation_one_follow_up_a_day"
            ),
        ),
        migrations.AddConstraint(
            "followup",
            models.CheckConstraint(
                condition=Q(dropped_at=None) | Q(done_at=None),
                name="mediation_dropped_follow_up_found_nothing",
            ),
        ),
        migrations.RemoveIndex("followup", "mediation_due_follow_ups"),
        migrations.AddIndex(
            "followup",
            models.Index(
                fields=["due_on"], condition=Q(done_at=None, dropped_at=None), name="mediation_due_follow_ups"
            ),
        ),
    ]
