"""An order may be put before all teams of an area, and one of them wins."""

import django.db.models.deletion
import sidan.core.fields
import sidan.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0011_a_queue_is_read_in_its_order"),
        ("people", "0004_terms_and_tokens_have_a_public_id"),
        ("places", "0005_paths_in_english"),
    ]

    operations = [
        migrations.CreateModel(
            name="OpenCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("first_come", "First come: whoever presses first has it"),
                            ("best_fit", "Best fit: teams offer, and we choose"),
                        ],
                        max_length=10,
                    ),
                ),
                ("until", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Called openly"),
                            ("choosing", "Time over, to be chosen from"),
                            ("taken", "Taken"),
                            ("ended", "Ended"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="orders.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CallAnswer",
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
                            ("applied", "Would take it"),
                            ("won", "Has it"),
                            ("passed_over", "Another team was chosen"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "words",
                    sidan.core.fields.EncryptedTextField(blank=True, purpose="orders.call_answer.words"),
                ),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.team"
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="orders.opencall",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="opencall",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["until"], name="orders_open_calls"
            ),
        ),
        migrations.AddConstraint(
            model_name="opencall",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["choosing", "open"])),
                fields=("order",),
                name="orders_one_call_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="opencall",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("opened_at"))),
                name="orders_call_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="opencall",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "choosing", "taken", "ended"])),
                name="orders_call_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="callanswer",
            constraint=models.UniqueConstraint(
                fields=("call", "team"), name="orders_team_answers_a_call_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="callanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "won")), fields=("call",), name="orders_one_team_wins_a_call"
            ),
        ),
        migrations.AddConstraint(
            model_name="callanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["applied", "won", "passed_over"])),
                name="orders_answer_state_known",
            ),
        ),
    ]
