"""How a resident agreed to a wish in their name is kept."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_who_stored_them"),
        ("people", "0005_codes_are_counted_by_address"),
        ("wishes", "0007_every_wish_is_held_by_a_place"),
    ]

    operations = [
        migrations.CreateModel(
            name="WishConsent",
            fields=[
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
                    "wish",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="consent",
                        serialize=False,
                        to="wishes.wish",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="people.account"
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
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(way="photo", paper__isnull=False) | (~Q(way="photo") & Q(paper=None)),
                        name="wishes_consent_by_photo_has_its_paper",
                    )
                ],
            },
        ),
    ]
