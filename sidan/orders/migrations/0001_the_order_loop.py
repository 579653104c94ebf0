from django.db import migrations, models

import sidan.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_serve_with_a_role_of_few_rights"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("finished", "Finished"),
                            ("failed", "Could not be done"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AssignmentMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("named_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("number", models.CharField(max_length=12, unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("portal", "Portal"),
                            ("api", "Programme"),
                            ("on_behalf", "Entered by staff"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("at_home", "At home"), ("at_place", "At a place"), ("online", "Online")],
                        max_length=10,
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("normal", "Normal"), ("urgent", "Urgent")], default="normal", max_length=8
                    ),
                ),
                ("people_needed", models.PositiveSmallIntegerField(default=1)),
                ("wished_from", models.DateTimeField()),
                ("wished_to", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("refused", "Not admitted"),
                            ("admitted", "Admitted, finding a team"),
                            ("dispatched", "Offered to a team"),
                            ("accepted", "A team has it"),
                            ("scheduled", "Time agreed"),
                            ("under_way", "Under way"),
                            ("done", "Done, please review"),
                            ("failed", "Could not be done"),
                            ("closed", "Closed"),
                            ("reopened", "Reopened"),
                            ("cancelled", "Cancelled by the resident"),
                        ],
                        default="submitted",
                        max_length=10,
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("turn", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="OrderStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("turn", models.PositiveIntegerField()),
                (
                    "machine",
                    models.CharField(
                        choices=[("order", "Order"), ("assignment", "Assignment"), ("visit", "Visit")],
                        max_length=10,
                    ),
                ),
                ("verb", models.CharField(max_length=20)),
                ("from_state", models.CharField(blank=True, max_length=10)),
                ("to_state", models.CharField(max_length=10)),
                ("assignment_id", models.BigIntegerField(null=True)),
                ("visit_id", models.BigIntegerField(null=True)),
                ("team_id", models.BigIntegerField(null=True)),
                ("place_id", models.BigIntegerField()),
                ("county_id", models.BigIntegerField(null=True)),
                (
                    "reason_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_our_task", "Not something volunteers can do"),
                            ("out_of_area", "Outside the area served"),
                            ("incomplete", "Too little is known"),
                            ("duplicate", "Asked for already"),
                            ("no_people", "Nobody is free"),
                            ("no_skill", "The skill is missing"),
                            ("not_safe", "Not safe"),
                            ("nobody_home", "Nobody was at home"),
                            ("no_longer_needed", "No longer needed"),
                            ("wrong_time", "The time does not suit"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.CreateModel(
            name="OrderParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("done", "Done"),
                            ("half", "Half done"),
                            ("not_done", "Not done"),
                            ("still_needed", "Done, but more is needed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("stars", models.PositiveSmallIntegerField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("under_way", "Under way"),
                            ("done", "Done"),
                            ("failed", "Could not be done"),
                            ("called_off", "Called off"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("planned_from", models.DateTimeField()),
                ("planned_to", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="VisitPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
    ]
