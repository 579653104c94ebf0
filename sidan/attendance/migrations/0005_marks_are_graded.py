"""A mark has a grade; confirmations, intervals, consents, points and tries beside it."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0004_nobody_leaves_without_having_come"),
        ("evidence", "0002_causes_are_never_changed"),
        ("people", "0005_codes_are_counted_by_address"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CodeTry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_right", models.BooleanField()),
                ("said_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Interval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("strong", "Proven"),
                            ("fair", "Well supported"),
                            ("weak", "Told, to be confirmed"),
                        ],
                        max_length=6,
                    ),
                ),
                ("derived_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LocationConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RawPoint",
            fields=[
                (
                    "mark",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="raw_point",
                        serialize=False,
                        to="attendance.mark",
                    ),
                ),
                ("longitude", models.DecimalField(decimal_places=6, max_digits=9)),
                ("latitude", models.DecimalField(decimal_places=6, max_digits=9)),
                (
                    "coordinate_system",
                    models.CharField(
                        choices=[("wgs84", "WGS-84"), ("gcj02", "GCJ-02"), ("bd09", "BD-09")], max_length=5
                    ),
                ),
                ("read_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="mark",
            name="accuracy_m",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="mark",
            name="code_step",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="mark",
            name="distance_m",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="mark",
            name="grade",
            field=models.CharField(
                choices=[("strong", "Proven"), ("fair", "Well supported"), ("weak", "Told, to be confirmed")],
                default="strong",
                max_length=6,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="mark",
            name="way",
            field=models.CharField(
                choices=[
                    ("code", "By the resident's code"),
                    ("place", "By the place of the telephone"),
                    ("hand", "By hand, with a reason"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="codetry",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="confirmation",
            name="mark",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="confirmation", to="attendance.mark"
            ),
        ),
        migrations.AddField(
            model_name="confirmation",
            name="said_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="interval",
            name="cause",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="intervals", to="evidence.cause"
            ),
        ),
        migrations.AddField(
            model_name="interval",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="intervals", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="locationconsent",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="location_consents",
                to="people.person",
            ),
        ),
        migrations.AddIndex(
            model_name="rawpoint",
            index=models.Index(fields=["read_at"], name="attendance_point_by_age"),
        ),
        migrations.AddIndex(
            model_name="codetry",
            index=models.Index(fields=["person", "-at"], name="attendance_try_of_person"),
        ),
        migrations.AddConstraint(
            model_name="interval",
            constraint=models.UniqueConstraint(
                fields=("cause", "person"), name="attendance_one_interval_a_cause"
            ),
        ),
        migrations.AddConstraint(
            model_name="interval",
            constraint=models.CheckConstraint(
                condition=models.Q(("during__isempty", False)), name="attendance_interval_lasts"
            ),
        ),
        migrations.AddConstraint(
            model_name="interval",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("person", "="), ("during", "&&")], name="attendance_nobody_in_two_places"
            ),
        ),
        migrations.AddConstraint(
            model_name="locationconsent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None)),
                fields=("person",),
                name="attendance_one_consent_holds",
            ),
        ),
    ]
