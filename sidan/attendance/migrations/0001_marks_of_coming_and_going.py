import django.db.models.deletion
from django.db import migrations, models

import sidan.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_serve_with_a_role_of_few_rights"),
        ("evidence", "0001_register_of_causes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "direction",
                    models.CharField(choices=[("in", "Check-in"), ("out", "Check-out")], max_length=3),
                ),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "way",
                    models.CharField(
                        choices=[("code", "By the resident's code"), ("hand", "By hand, with a reason")],
                        max_length=8,
                    ),
                ),
                ("reason_code", models.CharField(blank=True, max_length=30)),
                ("place_id", models.BigIntegerField()),
                ("county_id", models.BigIntegerField(null=True)),
                (
                    "cause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="evidence.cause"
                    ),
                ),
            ],
        ),
    ]
