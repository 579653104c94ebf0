"""Who is calling a resident back now."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0035_a_project_takes_so_many_orders_a_month"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("desk", "0004_services_that_are_offered_have_a_number"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallClaim",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="call_claim",
                        serialize=False, to="orders.order",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(until__gt=models.F("at")), name="desk_a_claim_lasts_a_while"
                    )
                ],
            },
        ),
    ]  # fmt: skip
