"""A distance says to what it was measured; all of before were measured to the place's own point."""

from django.db import migrations, models

OF_BEFORE = """
ALTER TABLE attendance_mark DISABLE TRIGGER attendance_mark_refuse_change;
UPDATE attendance_mark SET measured_to = 'place' WHERE way = 'place';
ALTER TABLE attendance_mark ENABLE TRIGGER attendance_mark_refuse_change;
"""


class Migration(migrations.Migration):
    dependencies = [("attendance", "0010_what_telephones_told_is_never_changed")]
    operations = [
        migrations.AddField(
            "mark",
            "measured_to",
            models.CharField(
                blank=True,
                choices=[("visit", "the point of the visit"), ("place", "the village's own point")],
                db_default="",
                default="",
                max_length=5,
            ),
        ),
        migrations.RunSQL(OF_BEFORE, migrations.RunSQL.noop),
    ]
