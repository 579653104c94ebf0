"""Where the door of an order is may be pinned; it is gone when the order has ended."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sidan.core.fields


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("orders", "0031_organisations_stay_and_are_found_by_name"),
    ]
    operations = [
        migrations.CreateModel(
            name="OrderPoint",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="point",
                        serialize=False,
                        to="orders.order",
                    ),
                ),
                ("spot", sidan.core.fields.EncryptedTextField(purpose="orders.point.spot")),
                (
                    "coordinate_system",
                    models.CharField(
                        choices=[("wgs84", "WGS-84"), ("gcj02", "GCJ-02"), ("bd09", "BD-09")], max_length=5
                    ),
                ),
                ("accuracy_m", models.PositiveIntegerField()),
                ("is_own", models.BooleanField()),
                ("pinned_at", models.DateTimeField()),
                (
                    "pinned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("coordinate_system__in", ["wgs84", "gcj02", "bd09"])),
                        name="orders_point_has_its_system",
                    )
                ],
            },
        ),
    ]
