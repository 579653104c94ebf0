"""A need keeps with which other it was merged by hand, also when that one is merged with a third."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("needs", "0016_a_link_is_taken_back_once")]
    operations = [
        migrations.AddField(
            "need",
            "merged_into",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="needs.need"
            ),
        )
    ]
