"""Organisations take turns in a room: the rule, who takes turns, and what became of its days."""

import django.db.models.deletion
import sidan.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0005_nothing_is_booked_beyond_the_agreement"),
        ("people", "0007_an_email_address_is_confirmed_by_a_code"),
        ("places", "0010_what_stands_somewhere_for_a_while"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoomTurns",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("weekday", models.PositiveSmallIntegerField()),
                ("begins_at", models.TimeField()),
                ("ends_at", models.TimeField()),
                ("first", models.DateField()),
                ("last", models.DateField(null=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("meeting", "Meeting"),
                            ("class", "Class or lecture"),
                            ("rehearsal", "Singing, dancing, rehearsal"),
                            ("children", "Children"),
                            ("sport", "Sport"),
                            ("family", "Family occasion"),
                            ("service", "Volunteer service"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("people", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Goes on"), ("ended", "Ended")], default="active", max_length=8
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "county",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="people.account"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="bookings.room"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TurnTaker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("village", "Village or community"),
                            ("school", "School"),
                            ("enterprise", "Enterprise"),
                            ("other", "Another organisation"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "turns",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="takers",
                        to="bookings.roomturns",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="TurnDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("booked", "Booked"),
                            ("taken", "Others have the room"),
                            ("left_out", "Left out"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "booking",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turn_day",
                        to="bookings.booking",
                    ),
                ),
                (
                    "turns",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="bookings.roomturns",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bookings.turntaker",
                    ),
                ),
            ],
            options={
                "ordering": ["day"],
            },
        ),
        migrations.AddIndex(
            model_name="roomturns",
            index=models.Index(fields=["county", "state", "id"], name="bookings_turns_of_county"),
        ),
        migrations.AddIndex(
            model_name="roomturns",
            index=models.Index(fields=["place", "state", "id"], name="bookings_turns_of_place"),
        ),
        migrations.AddConstraint(
            model_name="roomturns",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__lte", 6)), name="bookings_turns_of_a_weekday"
            ),
        ),
        migrations.AddConstraint(
            model_name="roomturns",
            constraint=models.CheckConstraint(
                condition=models.Q(("begins_at__lt", models.F("ends_at"))), name="bookings_turns_run_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="roomturns",
            constraint=models.CheckConstraint(
                condition=models.Q(("last", None), ("last__gte", models.F("first")), _connector="OR"),
                name="bookings_turns_end_after_they_begin",
            ),
        ),
        migrations.AddConstraint(
            model_name="roomturns",
            constraint=models.CheckConstraint(
                condition=models.Q(("people__gte", 1), ("people__lte", 5000)),
                name="bookings_turns_are_for_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="roomturns",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "ended"])), name="bookings_turns_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="turntaker",
            constraint=models.UniqueConstraint(
                fields=("turns", "position"), name="bookings_one_taker_a_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="turntaker",
            constraint=models.UniqueConstraint(fields=("turns", "name"), name="bookings_a_taker_stands_once"),
        ),
        migrations.AddConstraint(
            model_name="turntaker",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="bookings_a_taker_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="turnday",
            constraint=models.UniqueConstraint(fields=("turns", "day"), name="bookings_a_day_of_turns_once"),
        ),
        migrations.AddConstraint(
            model_name="turnday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("booking__isnull", False), ("kind", "booked")),
                    models.Q(("booking", None), ("kind__in", ["taken", "left_out"])),
                    _connector="OR",
                ),
                name="bookings_a_booked_turn_has_its_booking",
            ),
        ),
    ]
