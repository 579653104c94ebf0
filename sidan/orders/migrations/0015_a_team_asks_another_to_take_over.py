"""A team that took an order asks another team, or the office, to take it over."""

import django.db.models.deletion
import sidan.core.fields
import sidan.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0014_danger_stands_first"),
        ("people", "0005_codes_are_counted_by_address"),
    ]

    operations = [
        migrations.CreateModel(
            name="TakeOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "reason_code",
                    models.CharField(
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
                            ("beyond_us", "More than this place can do"),
                            ("nearer", "Better done nearby"),
                            ("overdue", "Nobody acted in time"),
                            ("expired", "The time to answer was over"),
                            ("not_reviewed", "Not reviewed in time"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", sidan.core.fields.EncryptedTextField(blank=True, purpose="orders.take_over.words")),
                ("until", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits for an answer"),
                            ("accepted", "Taken over"),
                            ("declined", "Not taken over"),
                            ("withdrawn", "Request taken back"),
                            ("expired", "Not answered in time"),
                            ("dropped", "No longer needed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="orders_assignment_state_known",
        ),
        migrations.AlterField(
            model_name="assignment",
            name="state",
            field=models.CharField(
                choices=[
                    ("offered", "Offered"),
                    ("accepted", "Accepted"),
                    ("declined", "Declined"),
                    ("withdrawn", "Withdrawn"),
                    ("released", "Given back"),
                    ("passed_on", "Taken over by another team"),
                    ("finished", "Finished"),
                    ("failed", "Could not be done"),
                ],
                default="offered",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "offered",
                            "accepted",
                            "declined",
                            "withdrawn",
                            "released",
                            "passed_on",
                            "finished",
                            "failed",
                        ],
                    )
                ),
                name="orders_assignment_state_known",
            ),
        ),
        migrations.AddField(
            model_name="takeover",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="people.account",
            ),
        ),
        migrations.AddField(
            model_name="takeover",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="take_overs", to="orders.assignment"
            ),
        ),
        migrations.AddField(
            model_name="takeover",
            name="from_team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.team"
            ),
        ),
        migrations.AddField(
            model_name="takeover",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="take_overs", to="orders.order"
            ),
        ),
        migrations.AddField(
            model_name="takeover",
            name="to_team",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.team"
            ),
        ),
        migrations.AddIndex(
            model_name="takeover",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["until"], name="orders_open_take_overs"
            ),
        ),
        migrations.AddIndex(
            model_name="takeover",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["to_team"], name="orders_take_overs_of_team"
            ),
        ),
        migrations.AddConstraint(
            model_name="takeover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("assignment",),
                name="orders_one_take_over_asked_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="takeover",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("asked_at"))),
                name="orders_take_over_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="takeover",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_team", models.F("to_team")), _negated=True),
                name="orders_take_over_goes_to_another_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="takeover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "accepted", "declined", "withdrawn", "expired", "dropped"])
                ),
                name="orders_take_over_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="takeover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="orders_take_over_ends_with_a_moment",
            ),
        ),
    ]
