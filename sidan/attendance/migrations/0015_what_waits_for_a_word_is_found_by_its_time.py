from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("attendance", "0014_what_counts_is_never_replaced")]

    operations = [
        migrations.AddIndex(
            model_name="mark",
            index=models.Index(
                fields=["at", "id"], condition=Q(grade="weak"), name="attendance_weak_marks_by_time"
            ),
        ),
    ]
