"""Services have a short number as soon as they were printed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_projects_are_found_by_words"),
        ("desk", "0002_calls_back_are_never_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.project"
                    ),
                ),
            ],
        ),
    ]
