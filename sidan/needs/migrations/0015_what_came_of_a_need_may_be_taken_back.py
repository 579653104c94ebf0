"""A wrong link of a need is taken back by a row of its own; the same may be linked again after that."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models

from sidan.core.ids import uuid7


class Migration(migrations.Migration):
    dependencies = [
        ("needs", "0014_the_kind_of_a_need_is_said_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("needtrace", "turn", models.PositiveSmallIntegerField(default=0)),
        # Rows that are never changed get their names from the database while the column is made.
        migrations.AddField("needtrace", "uuid", models.UUIDField(db_default=RandomUUID(), unique=True)),
        migrations.AlterField("needtrace", "uuid", models.UUIDField(default=uuid7, unique=True)),
        migrations.CreateModel(
            name="NeedTraceEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "trace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="end", to="needs.needtrace"
                    ),
                ),
            ],
        ),
    ]
