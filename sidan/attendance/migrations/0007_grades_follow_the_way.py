"""The database knows which proof makes which grade, and that a code proves once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attendance", "0006_old_marks_by_hand_are_weak")]

    operations = [
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(
                fields=("cause", "person", "code_step"), name="attendance_a_code_proves_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way", "hand"), _negated=True), ("grade", "weak"), _connector="OR"
                ),
                name="attendance_by_hand_is_weak",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way", "place"), _negated=True),
                    models.Q(("accuracy_m__isnull", False), ("distance_m__isnull", False)),
                    _connector="OR",
                ),
                name="attendance_by_place_is_measured",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(("grade__in", ["strong", "fair", "weak"])), name="attendance_grade_known"
            ),
        ),
    ]
