"""Rotas, their shifts and groups; watches, who has them, swaps, and who is away."""

from datetime import timedelta

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import sidan.core.fields
import sidan.core.ids
import sidan.core.language
import sidan.core.search
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("evidence", "0004_watches_of_rotas_are_causes_too"),
        ("people", "0007_an_email_address_is_confirmed_by_a_code"),
        ("places", "0010_what_stands_somewhere_for_a_while"),
    ]

    operations = [
        migrations.CreateModel(
            name="DutyStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveIntegerField()),
                ("verb", models.CharField(max_length=12)),
                ("from_state", models.CharField(blank=True, max_length=10)),
                ("to_state", models.CharField(max_length=10)),
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
            ],
            options={
                "ordering": ["turn"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("name", models.CharField(max_length=40)),
                ("head_start", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SwapStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveIntegerField()),
                ("verb", models.CharField(max_length=12)),
                ("from_state", models.CharField(blank=True, max_length=10)),
                ("to_state", models.CharField(max_length=10)),
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
            ],
            options={
                "ordering": ["turn"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("seat", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "On the rota"),
                            ("withdrawn", "Not coming, said before"),
                            ("handed", "Handed to a colleague"),
                            ("taken_off", "Taken off the rota"),
                            ("absent", "Was not there"),
                        ],
                        max_length=10,
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("turn", models.PositiveIntegerField(default=1)),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="people.person"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DutyNote",
            fields=[
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="note",
                        serialize=False,
                        to="rotas.dutystep",
                    ),
                ),
                ("words", sidan.core.fields.EncryptedTextField(purpose="rotas.duty.words")),
            ],
        ),
        migrations.AddField(
            model_name="dutystep",
            name="duty",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="rotas.duty"
            ),
        ),
        migrations.CreateModel(
            name="Rota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("desk", "Desk"),
                            ("booth", "Booth"),
                            ("patrol", "Patrol"),
                            ("reception", "Reception day"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("name_en", models.CharField(blank=True, max_length=80)),
                ("search", sidan.core.search.SearchField(size=None, sources=("name", "name_en"))),
                ("spot", models.CharField(blank=True, max_length=100)),
                (
                    "turns",
                    models.CharField(
                        choices=[("people", "Person after person"), ("groups", "Group after group")],
                        default="people",
                        max_length=8,
                    ),
                ),
                ("asks_office", models.BooleanField(default=False)),
                ("rests_on_holidays", models.BooleanField(default=False)),
                ("weeks_ahead", models.PositiveSmallIntegerField(default=4)),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Running"), ("ended", "Ended")], default="running", max_length=8
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("turn", models.PositiveIntegerField(default=1)),
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
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.team",
                    ),
                ),
            ],
            bases=(sidan.core.language.ShownName, models.Model),
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("head_start", models.PositiveIntegerField(default=0)),
                ("since", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="rotas.group"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "rota",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="rotas.rota"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="group",
            name="rota",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="groups", to="rotas.rota"
            ),
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), size=None
                    ),
                ),
                ("begins", models.TimeField()),
                ("ends", models.TimeField()),
                ("needed", models.PositiveSmallIntegerField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "rota",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shifts", to="rotas.rota"
                    ),
                ),
            ],
            options={
                "ordering": ["begins", "id"],
            },
        ),
        migrations.CreateModel(
            name="Swap",
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
                            ("asked", "Waiting for an answer"),
                            ("agreed", "Agreed, the office decides"),
                            ("done", "Done"),
                            ("refused", "Not possible"),
                            ("cancelled", "Taken back"),
                            ("lapsed", "Nobody answered in time"),
                        ],
                        max_length=10,
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("turn", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                (
                    "asked",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
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
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="swaps", to="rotas.duty"
                    ),
                ),
                (
                    "in_return",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rotas.duty",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SwapNote",
            fields=[
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="note",
                        serialize=False,
                        to="rotas.swapstep",
                    ),
                ),
                ("words", sidan.core.fields.EncryptedTextField(purpose="rotas.swap.words")),
            ],
        ),
        migrations.AddField(
            model_name="swapstep",
            name="swap",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="rotas.swap"
            ),
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("day", models.DateField()),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("needed", models.PositiveSmallIntegerField()),
                ("announced_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("ahead", "On"), ("over", "Over"), ("off", "Called off")],
                        default="ahead",
                        max_length=8,
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("turn", models.PositiveIntegerField(default=1)),
                (
                    "cause",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.cause",
                    ),
                ),
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
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rotas.group",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
                (
                    "rota",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="watches", to="rotas.rota"
                    ),
                ),
                (
                    "shift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="watches", to="rotas.shift"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="duty",
            name="watch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="rotas.watch"
            ),
        ),
        migrations.CreateModel(
            name="Away",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("told_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "last"], name="rotas_away_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first__lte", models.F("last"))), name="rotas_away_runs_forward"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="dutystep",
            constraint=models.UniqueConstraint(fields=("duty", "turn"), name="rotas_duty_step_once_a_turn"),
        ),
        migrations.AddIndex(
            model_name="rota",
            index=models.Index(fields=["county", "state", "id"], name="rotas_of_county"),
        ),
        migrations.AddIndex(
            model_name="rota",
            index=models.Index(fields=["place", "state", "id"], name="rotas_of_place"),
        ),
        migrations.AddIndex(
            model_name="rota",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="rotas_rota_search"),
        ),
        migrations.AddConstraint(
            model_name="rota",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["running", "ended"])), name="rotas_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="rota",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["desk", "booth", "patrol", "reception"])),
                name="rotas_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="rota",
            constraint=models.CheckConstraint(
                condition=models.Q(("turns__in", ["people", "groups"])), name="rotas_turns_are_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="rota",
            constraint=models.CheckConstraint(
                condition=models.Q(("weeks_ahead__gte", 1), ("weeks_ahead__lte", 8)),
                name="rotas_planned_some_weeks",
            ),
        ),
        migrations.AddConstraint(
            model_name="rota",
            constraint=models.UniqueConstraint(fields=("place", "name"), name="rotas_one_name_at_a_place"),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                condition=models.Q(("left_at", None)), fields=["person"], name="rotas_of_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at", None)),
                fields=("rota", "person"),
                name="rotas_a_person_is_in_one_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.UniqueConstraint(fields=("rota", "name"), name="rotas_one_group_of_a_name"),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(("begins", models.F("ends")), _negated=True), name="rotas_shift_lasts"
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(("needed__gte", 1), ("needed__lte", 50)), name="rotas_shift_needs_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6]), ("weekdays__len__gte", 1)
                ),
                name="rotas_shift_has_weekdays",
            ),
        ),
        migrations.AddIndex(
            model_name="swap",
            index=models.Index(fields=["county", "state"], name="rotas_swaps_of_county"),
        ),
        migrations.AddIndex(
            model_name="swap",
            index=models.Index(
                condition=models.Q(("state__in", ["agreed", "asked"])),
                fields=["state"],
                name="rotas_swaps_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["agreed", "asked"])),
                fields=("duty",),
                name="rotas_one_open_swap_a_duty",
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "agreed", "done", "refused", "cancelled", "lapsed"])
                ),
                name="rotas_swap_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.CheckConstraint(
                condition=models.Q(("in_return", None), ("asked__isnull", False), _connector="OR"),
                name="rotas_in_return_of_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["agreed", "done"]), _negated=True),
                    ("taker__isnull", False),
                    _connector="OR",
                ),
                name="rotas_swap_has_a_taker",
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.CheckConstraint(
                condition=models.Q(("asker", models.F("asked")), _negated=True),
                name="rotas_swap_is_with_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="swapstep",
            constraint=models.UniqueConstraint(fields=("swap", "turn"), name="rotas_swap_step_once_a_turn"),
        ),
        migrations.AddIndex(
            model_name="watch",
            index=models.Index(
                models.F("county"),
                models.F("state"),
                django.contrib.postgres.fields.ranges.RangeEndsWith("during"),
                name="rotas_watches_of_county",
            ),
        ),
        migrations.AddIndex(
            model_name="watch",
            index=models.Index(
                models.F("place"),
                models.F("state"),
                django.contrib.postgres.fields.ranges.RangeEndsWith("during"),
                name="rotas_watches_of_place",
            ),
        ),
        migrations.AddIndex(
            model_name="watch",
            index=models.Index(fields=["rota", "day"], name="rotas_week_of_rota"),
        ),
        migrations.AddIndex(
            model_name="watch",
            index=models.Index(
                django.contrib.postgres.fields.ranges.RangeEndsWith("during"),
                condition=models.Q(("state", "ahead")),
                name="rotas_watches_to_close",
            ),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["ahead", "over", "off"])), name="rotas_watch_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.UniqueConstraint(fields=("shift", "day"), name="rotas_one_watch_a_day"),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.CheckConstraint(
                condition=models.Q(("needed__gte", 1), ("needed__lte", 50)), name="rotas_watch_needs_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "during__endswith__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("during__startswith"),
                            "+",
                            models.Value(timedelta(seconds=57600)),
                        ),
                    ),
                    ("during__isempty", False),
                    ("during__lower_inc", True),
                    ("during__lower_inf", False),
                    ("during__upper_inc", False),
                    ("during__upper_inf", False),
                ),
                name="rotas_watch_lasts_some_hours",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                models.F("person"),
                django.contrib.postgres.fields.ranges.RangeEndsWith("during"),
                name="rotas_duties_of_person",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["watch", "seat"], name="rotas_duties_of_watch"),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state__in", ["absent", "planned"])),
                expressions=[("person", "="), ("during", "&&")],
                name="rotas_nobody_stands_twice_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["absent", "planned"])),
                fields=("watch", "seat"),
                name="rotas_a_seat_has_one_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "withdrawn", "handed", "taken_off", "absent"])),
                name="rotas_duty_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(("seat__gte", 1)), name="rotas_seats_count_from_one"
            ),
        ),
    ]
