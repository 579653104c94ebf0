"""Limits as they are written down, the clocks of orders, and what they did."""

import django.db.models.deletion
import sidan.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0004_projects_are_found_by_words"),
        ("orders", "0013_orders_know_when_they_are_due"),
        ("people", "0004_terms_and_tokens_have_a_public_id"),
        ("places", "0008_what_was_said_of_days_is_never_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Limit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("admit", "Admit or refuse"),
                            ("dispatch", "Offer to a team"),
                            ("accept", "Team answers"),
                            ("contact", "First call, time agreed"),
                            ("visit", "Visit"),
                            ("report", "Report"),
                            ("review", "Resident reviews"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("normal", "Normal"), ("urgent", "Urgent"), ("danger", "Danger to life")],
                        default="normal",
                        max_length=8,
                    ),
                ),
                ("in_force", models.BooleanField(default=True)),
                ("amount", models.PositiveSmallIntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("working_days", "working days"),
                            ("working_hours", "office hours"),
                            ("hours", "hours"),
                            ("wished", "until the wished time; when that has passed, in so many hours"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "at_half",
                    models.CharField(
                        choices=[
                            ("nobody", "Nobody"),
                            ("who_acts", "Who must act"),
                            ("who_acts_and_office", "Who must act, and the office that holds the order"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "at_end",
                    models.CharField(
                        choices=[
                            ("remind", "Only remind: who must act, and the office"),
                            ("to_pool", "The offer is taken back; another team is looked for"),
                            ("up", "One level up the tree"),
                            ("to_person", "A named person is told to see to it"),
                            ("close", "The order is closed as not reviewed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.category",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Timer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("admit", "Admit or refuse"),
                            ("dispatch", "Offer to a team"),
                            ("accept", "Team answers"),
                            ("contact", "First call, time agreed"),
                            ("visit", "Visit"),
                            ("report", "Report"),
                            ("review", "Resident reviews"),
                        ],
                        max_length=10,
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                ("half_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("next_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "limit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="limits.limit"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="orders.order"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="orders.orderstep",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Firing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("half", "Half of the time is over"), ("end", "The time is over")],
                        max_length=4,
                    ),
                ),
                ("did", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "timer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="firings",
                        to="limits.timer",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="limit",
            index=models.Index(
                fields=["place", "step", "category", "urgency", "-id"], name="limits_of_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 1)), name="limits_amount_is_at_least_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("at_end", "to_person"), ("person__isnull", False)),
                    models.Q(models.Q(("at_end", "to_person"), _negated=True), ("person", None)),
                    _connector="OR",
                ),
                name="limits_a_person_is_named_where_one_is_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("at_end", "to_pool"), _negated=True), ("step", "accept"), _connector="OR"
                ),
                name="limits_only_offers_return",
            ),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("at_end", "close"), _negated=True), ("step", "review"), _connector="OR"
                ),
                name="limits_only_reviews_close",
            ),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("at_end", "up"), _negated=True),
                    ("step__in", ["admit", "dispatch"]),
                    _connector="OR",
                ),
                name="limits_only_what_a_place_holds_goes_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force", True),
                    ("place__isnull", False),
                    ("category__isnull", False),
                    ("urgency", "urgent"),
                    _connector="OR",
                ),
                name="limits_the_last_word_stays_in_force",
            ),
        ),
        migrations.AddIndex(
            model_name="timer",
            index=models.Index(
                condition=models.Q(("next_at__isnull", False)),
                fields=["next_at"],
                name="limits_timers_to_fire",
            ),
        ),
        migrations.AddConstraint(
            model_name="timer",
            constraint=models.UniqueConstraint(
                fields=("step", "effect"), name="limits_timer_once_a_transition"
            ),
        ),
        migrations.AddConstraint(
            model_name="timer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("order",),
                name="limits_one_timer_runs_an_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="timer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_at__gte", models.F("half_at")), ("half_at__gte", models.F("begun_at"))
                ),
                name="limits_half_comes_before_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="timer",
            constraint=models.CheckConstraint(
                condition=models.Q(("next_at", None), ("ended_at", None), _connector="OR"),
                name="limits_what_ended_does_nothing_more",
            ),
        ),
        migrations.AddConstraint(
            model_name="firing",
            constraint=models.UniqueConstraint(fields=("timer", "kind"), name="limits_fires_once_a_moment"),
        ),
    ]
