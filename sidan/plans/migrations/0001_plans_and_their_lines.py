"""Plans of places and teams, their lines, and which activity carries a line out."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import sidan.core.fields
import sidan.core.ids
import sidan.core.search
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("activities", "0009_who_was_there_is_never_changed"),
        ("people", "0007_an_email_address_is_confirmed_by_a_code"),
        ("places", "0009_the_days_of_2025_too"),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "period",
                    models.CharField(
                        choices=[("year", "Year"), ("month", "Month"), ("week", "Week")], max_length=5
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("theme", models.CharField(max_length=60)),
                ("theme_en", models.CharField(blank=True, max_length=120)),
                ("goals", models.CharField(blank=True, max_length=500)),
                ("search", sidan.core.search.SearchField(size=None, sources=("theme", "theme_en"))),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "To be approved"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("dropped", "Dropped"),
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
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.plan",
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
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("theme", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("activity", "Activity"),
                            ("lecture", "Lecture"),
                            ("fair", "Civility fair"),
                            ("class", "Evening class"),
                            ("training", "Training"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "task",
                    models.CharField(
                        choices=[
                            ("theory", "Learning and practising scientific theory"),
                            ("policy", "Explaining policy"),
                            ("values", "Living the core values"),
                            ("culture", "A lively cultural life"),
                            ("customs", "Better customs, fewer old habits"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "platform",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("theory", "Theory"),
                            ("education", "Education"),
                            ("culture", "Culture"),
                            ("science", "Science and its spread"),
                            ("sport", "Fitness and sport"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("elder", "Old people"),
                                ("child", "Children and young people"),
                                ("left_behind", "Children whose parents work elsewhere"),
                                ("disabled", "Disabled people"),
                                ("hardship", "Families in hardship"),
                                ("woman", "Women"),
                                ("veteran", "Veterans"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("lecturer", models.CharField(blank=True, max_length=40)),
                ("venue", models.CharField(blank=True, max_length=80)),
                ("answers", models.CharField(blank=True, max_length=40)),
                ("times", models.PositiveSmallIntegerField(default=1)),
                ("left_out_at", models.DateTimeField(null=True)),
                ("left_out_why", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="plans.plan"
                    ),
                ),
            ],
            options={"ordering": ["first_day", "last_day", "id"]},
        ),
        migrations.CreateModel(
            name="PlanHeld",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("linked_at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.activity",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="held", to="plans.planline"
                    ),
                ),
                (
                    "linked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.plan"
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="PlanStep",
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
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="plans.plan"
                    ),
                ),
            ],
            options={"ordering": ["turn"], "abstract": False},
        ),
        migrations.CreateModel(
            name="PlanNote",
            fields=[
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="note",
                        serialize=False,
                        to="plans.planstep",
                    ),
                ),
                ("words", sidan.core.fields.EncryptedTextField(purpose="plans.note.words")),
            ],
        ),
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(fields=["county", "state", "first_day", "id"], name="plans_by_county"),
        ),
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(fields=["place", "state", "first_day", "id"], name="plans_by_place"),
        ),
        migrations.AddIndex(
            model_name="plan",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="plans_search"),
        ),
        migrations.AddIndex(
            model_name="planline",
            index=models.Index(fields=["plan", "first_day", "id"], name="plans_lines_by_day"),
        ),
    ]
