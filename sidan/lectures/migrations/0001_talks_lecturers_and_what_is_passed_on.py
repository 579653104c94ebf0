"""Talks with what belongs to them, who lectures, where talks are given, what a month passes on."""

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
        ("activities", "0011_a_calendar_of_ones_own_has_a_secret_address"),
        ("files", "0002_who_stored_them"),
        ("people", "0007_an_email_address_is_confirmed_by_a_code"),
        ("places", "0010_what_stands_somewhere_for_a_while"),
    ]

    operations = [
        migrations.CreateModel(
            name="TalkStep",
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
            name="Lecturer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "tasks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("theory", "Learning and practising scientific theory"),
                                ("policy", "Explaining policy"),
                                ("values", "Living the core values"),
                                ("culture", "A lively cultural life"),
                                ("customs", "Better customs, fewer old habits"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=120)),
                ("about_en", models.CharField(blank=True, max_length=200)),
                ("agreed_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "person",
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
            ],
        ),
        migrations.CreateModel(
            name="PassedOn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("month", models.DateField()),
                ("passed_at", models.DateTimeField()),
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
                    "passed_by",
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
            ],
        ),
        migrations.CreateModel(
            name="Received",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "passed_on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="received",
                        to="lectures.passedon",
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
            name="Talk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("title", models.CharField(max_length=60)),
                ("title_en", models.CharField(blank=True, max_length=120)),
                ("about", models.CharField(max_length=500)),
                ("about_en", models.CharField(blank=True, max_length=800)),
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
                ("minutes", models.PositiveSmallIntegerField()),
                ("search", sidan.core.search.SearchField(size=None, sources=("title", "title_en", "about"))),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("review", "To be read"),
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
                    "lecturer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="lectures.lecturer",
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
        migrations.AddField(
            model_name="passedon",
            name="talk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="passed_on", to="lectures.talk"
            ),
        ),
        migrations.CreateModel(
            name="Material",
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
                            ("film", "Film"),
                            ("slides", "Slides"),
                            ("text", "Text to read out"),
                            ("leaflet", "Leaflet"),
                        ],
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(max_length=60)),
                ("address", models.URLField(max_length=300)),
                ("minutes", models.PositiveSmallIntegerField(null=True)),
                (
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="lectures.talk",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Given",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("said_at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.activity",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "lecturer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given",
                        to="lectures.lecturer",
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="given", to="lectures.talk"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="TalkNote",
            fields=[
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="note",
                        serialize=False,
                        to="lectures.talkstep",
                    ),
                ),
                ("words", sidan.core.fields.EncryptedTextField(purpose="lectures.note.words")),
            ],
        ),
        migrations.AddField(
            model_name="talkstep",
            name="talk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="lectures.talk"
            ),
        ),
        migrations.CreateModel(
            name="TalkPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="lectures.talk",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="lecturer",
            index=models.Index(fields=["county", "ended_at", "id"], name="lectures_lecturers_of_county"),
        ),
        migrations.AddIndex(
            model_name="talk",
            index=models.Index(fields=["county", "state", "id"], name="lectures_talks_of_county"),
        ),
        migrations.AddIndex(
            model_name="talk",
            index=models.Index(fields=["place", "state", "id"], name="lectures_talks_of_place"),
        ),
        migrations.AddIndex(
            model_name="talk",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="lectures_talk_search"),
        ),
        migrations.AddIndex(
            model_name="passedon",
            index=models.Index(fields=["county", "-month", "id"], name="lectures_passed_on_in_month"),
        ),
        migrations.AddIndex(
            model_name="given",
            index=models.Index(fields=["lecturer", "talk"], name="lectures_given_by_lecturer"),
        ),
    ]
