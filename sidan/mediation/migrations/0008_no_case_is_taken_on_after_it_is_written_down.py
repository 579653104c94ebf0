"""No case is taken on after it is written down."""

from zoneinfo import ZoneInfo

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import TruncDate


class Migration(migrations.Migration):
    dependencies = [("mediation", "0007_cases_of_before_were_taken_on_when_written_down")]
    operations = [
        migrations.AlterField("case", "taken_on", models.DateField()),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=Q(taken_on__lte=TruncDate("created_at", tzinfo=ZoneInfo("Asia/Shanghai"))),
                name="mediation_taken_on_before_written_down",
            ),
        ),
    ]
