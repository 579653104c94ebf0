from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("attendance", "0015_staff_read_ones_own_code")]

    operations = [
        migrations.AddIndex(
            model_name="mark",
            index=models.Index(
                fields=["at", "id"], condition=Q(grade="weak"), name="attendance_weak_marks_by_time"
            ),
        ),
    ]
