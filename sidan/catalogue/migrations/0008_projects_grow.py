"""A project grows by stages, is given money, and has tasks that are closed out."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import sidan.core.ids
import sidan.core.search
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0007_what_reports_asked_is_never_changed"),
        ("files", "0002_who_stored_them"),
        ("people", "0006_devices_are_known_by_a_hash"),
        ("places", "0008_what_was_said_of_days_is_never_changed"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="stage",
            field=models.CharField(
                blank=True,
                choices=[
                    ("seed", "Being tried out"),
                    ("growing", "Growing"),
                    ("mature", "Mature"),
                    ("brand", "Brand project"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="ProjectTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("title", models.CharField(max_length=80)),
                ("search", sidan.core.search.SearchField(size=None, sources=("title",))),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To be done"), ("closed", "Closed out"), ("dropped", "Dropped")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("turn", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                (
                    "answers",
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
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="catalogue.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProjectTaskStep",
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
                ("note", models.CharField(blank=True, max_length=200)),
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
                    "picture",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="catalogue.projecttask",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProjectStage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("seed", "Being tried out"),
                            ("growing", "Growing"),
                            ("mature", "Mature"),
                            ("brand", "Brand project"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("seed", "Being tried out"),
                            ("growing", "Growing"),
                            ("mature", "Mature"),
                            ("brand", "Brand project"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="catalogue.project",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["seed", "growing", "mature", "brand"])),
                        name="catalogue_stage_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage", models.F("before")), _negated=True),
                        name="catalogue_stage_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="catalogue_stage_says_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectSupport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("fund", "A fund"),
                            ("unit", "An enterprise or unit"),
                            ("budget", "The public budget"),
                            ("donor", "People who give"),
                        ],
                        max_length=8,
                    ),
                ),
                ("giver", models.CharField(blank=True, max_length=60)),
                ("amount_fen", models.BigIntegerField()),
                ("granted_on", models.DateField()),
                ("purpose", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support",
                        to="catalogue.project",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversal",
                        to="catalogue.projectsupport",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_fen__gt", 0), ("reverses", None)),
                            models.Q(("amount_fen__lt", 0), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        name="catalogue_support_is_given_or_taken_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("giver", ""), ("source", "donor")),
                            models.Q(
                                ("source__in", ["fund", "unit", "budget"]),
                                models.Q(("giver", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="catalogue_people_who_give_are_not_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True),
                        name="catalogue_support_has_a_purpose",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="projecttask",
            index=models.Index(fields=["county", "state", "due_on", "id"], name="catalogue_task_of_county"),
        ),
        migrations.AddIndex(
            model_name="projecttask",
            index=models.Index(fields=["place", "state", "due_on", "id"], name="catalogue_task_of_place"),
        ),
        migrations.AddIndex(
            model_name="projecttask",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="catalogue_task_search"),
        ),
        migrations.AddConstraint(
            model_name="projecttask",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="catalogue_task_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="projecttask",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "closed", "dropped"])),
                name="catalogue_task_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="projecttask",
            constraint=models.CheckConstraint(
                condition=models.Q(("turn__gte", 1)), name="catalogue_task_turn_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="projecttaskstep",
            constraint=models.UniqueConstraint(fields=("task", "turn"), name="catalogue_one_step_a_turn"),
        ),
        migrations.AddConstraint(
            model_name="projecttaskstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("verb", "add"), models.Q(("note", ""), _negated=True), _connector="OR"),
                name="catalogue_task_step_has_a_note",
            ),
        ),
    ]
