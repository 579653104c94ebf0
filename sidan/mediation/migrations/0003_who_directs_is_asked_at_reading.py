"""Whose director sees a case is asked when it is read: the place that was kept at the opening goes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mediation", "0002_the_history_of_cases_is_never_changed")]
    operations = [
        migrations.RemoveIndex("case", "mediation_of_director"),
        migrations.RemoveField("case", "director_place"),
        migrations.AddIndex("case", models.Index(fields=["place", "-id"], name="mediation_of_place")),
    ]
