"""What reports of a kind of service ask for, version by version."""

import django.db.models.deletion
import sidan.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_some_kinds_are_always_private"),
        ("people", "0005_codes_are_counted_by_address"),
    ]

    operations = [
        migrations.CreateModel(
            name="ResultTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("version", models.PositiveSmallIntegerField()),
                ("follows", models.BooleanField(default=False)),
                ("fields", models.JSONField(default=list)),
                ("written_at", models.DateTimeField()),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result_templates",
                        to="catalogue.category",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.account",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("category", "version"), name="catalogue_one_template_a_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("follows", False), ("fields", []), _connector="OR"),
                        name="catalogue_who_follows_asks_nothing_else",
                    ),
                ],
            },
        ),
    ]
