"""Somebody must answer every wish, and it is ordinary or speaks of danger to life."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("wishes", "0006_wishes_of_before_are_held_where_they_arose")]
    operations = [
        migrations.AlterField(
            "wish",
            "holder",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddConstraint(
            "wish",
            models.CheckConstraint(
                condition=Q(urgency__in=["normal", "danger"]), name="wishes_are_ordinary_or_speak_of_danger"
            ),
        ),
    ]
