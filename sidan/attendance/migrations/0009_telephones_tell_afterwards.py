"""Records that telephones kept without network."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0008_words_on_times_are_never_changed"),
        ("evidence", "0002_causes_are_never_changed"),
        ("people", "0005_codes_are_counted_by_address"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfflineRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(unique=True)),
                (
                    "direction",
                    models.CharField(choices=[("in", "Check-in"), ("out", "Check-out")], max_length=3),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("code", "By the resident's code"),
                            ("place", "By the place of the telephone"),
                            ("hand", "By hand, with a reason"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason_code", models.CharField(blank=True, max_length=30)),
                ("device_at", models.DateTimeField()),
                ("offset_ms", models.BigIntegerField(null=True)),
                ("elapsed_ms", models.BigIntegerField(null=True)),
                ("claimed_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("outcome", models.CharField(max_length=40)),
                (
                    "cause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.cause"
                    ),
                ),
                (
                    "mark",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offline_record",
                        to="attendance.mark",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mark__isnull", False), ("outcome", "written")),
                            models.Q(models.Q(("outcome", "written"), _negated=True), ("mark", None)),
                            _connector="OR",
                        ),
                        name="attendance_written_has_its_mark",
                    )
                ],
            },
        ),
    ]
