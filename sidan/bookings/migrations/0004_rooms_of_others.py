"""A room says whose it is, from when until when it is lent, and whom to call."""

import django.db.models.deletion
from django.db import migrations, models

import sidan.core.fields


class Migration(migrations.Migration):
    dependencies = [("bookings", "0003_the_desk_is_found_by_what_is_not_over")]

    operations = [
        migrations.AddField(
            model_name="room",
            name="owner_kind",
            field=models.CharField(
                choices=[
                    ("own", "The place's own"),
                    ("agency", "An agency"),
                    ("school", "A school"),
                    ("company", "A company"),
                    ("other", "Somebody else"),
                ],
                default="own",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="room",
            name="owner_name",
            field=models.CharField(blank=True, default="", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="room",
            name="owner_name_en",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(model_name="room", name="lent_from", field=models.DateField(null=True)),
        migrations.AddField(model_name="room", name="lent_until", field=models.DateField(null=True)),
        migrations.CreateModel(
            name="RoomOwnerContact",
            fields=[
                (
                    "room",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="owner_contact",
                        serialize=False,
                        to="bookings.room",
                    ),
                ),
                ("person", sidan.core.fields.EncryptedTextField(blank=True, purpose="bookings.owner.person")),
                ("phone", sidan.core.fields.EncryptedTextField(blank=True, purpose="bookings.owner.phone")),
            ],
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("lent_from", None),
                        ("lent_until", None),
                        ("owner_kind", "own"),
                        ("owner_name", ""),
                        ("owner_name_en", ""),
                    ),
                    models.Q(
                        ("owner_kind__in", ["agency", "school", "company", "other"]),
                        models.Q(("owner_name", ""), _negated=True),
                        ("lent_from__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="bookings_room_owner_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lent_until", None), ("lent_until__gte", models.F("lent_from")), _connector="OR"
                ),
                name="bookings_room_is_lent_forward",
            ),
        ),
    ]
