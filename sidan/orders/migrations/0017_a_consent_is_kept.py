"""How a resident agreed to an order in their name is kept; terminals at stations are a channel."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_who_stored_them"),
        ("orders", "0016_a_request_to_take_over_is_answered_once"),
        ("people", "0005_codes_are_counted_by_address"),
    ]

    operations = [
        migrations.AlterField(
            model_name="order",
            name="channel",
            field=models.CharField(
                choices=[
                    ("portal", "Portal"),
                    ("api", "Programme"),
                    ("on_behalf", "Entered by staff"),
                    ("kiosk", "Terminal at a station"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="OrderConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("spoken", "Said yes, in person or by telephone"),
                            ("signed", "Signed a paper, which we keep"),
                            ("photo", "Signed a paper, here is its picture"),
                            ("own_wish", "Asked for it as a wish"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="people.account"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="orders.order",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paper__isnull", False), ("way", "photo")),
                            models.Q(models.Q(("way", "photo"), _negated=True), ("paper", None)),
                            _connector="OR",
                        ),
                        name="orders_consent_by_photo_has_its_paper",
                    )
                ],
            },
        ),
    ]
