"""A day on which was asked already, and the quarrel came back, is asked about anew after the next agreement."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("mediation", "0004_follow_ups_that_were_dropped_stay")]
    operations = [
        migrations.RemoveConstraint("followup", "mediation_one_follow_up_a_day"),
        migrations.AddConstraint(
            "followup",
            models.UniqueConstraint(
                fields=["case", "due_on"],
                condition=Q(done_at=None, dropped_at=None),
                name="mediation_one_follow_up_a_day",
            ),
        ),
    ]
