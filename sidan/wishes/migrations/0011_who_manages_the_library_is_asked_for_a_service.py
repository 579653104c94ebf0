"""Who answers a wish asks who manages the library to draft a service for it: once a wish."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("wishes", "0010_the_office_was_told_that_an_order_is_over"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProjectAsked",
            fields=[
                (
                    "wish",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="project_asked",
                        serialize=False,
                        to="wishes.wish",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        append_only("wishes_projectasked"),
    ]
