"""Schools with their history, who belongs to them, which classes they have, and who was with those from afar."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import sidan.core.fields
import sidan.core.ids
import sidan.core.language
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
            name="SchoolStep",
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
            name="School",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("name", models.CharField(max_length=40)),
                ("name_en", models.CharField(blank=True, max_length=80)),
                ("venue", models.CharField(max_length=80)),
                ("about", models.CharField(blank=True, max_length=500)),
                ("about_en", models.CharField(blank=True, max_length=800)),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("phone", "Telephones and the internet"),
                                ("craft", "Crafts and trades"),
                                ("arts", "Song, dance, brush and opera"),
                                ("health", "Health and first aid"),
                                ("farming", "Farming"),
                                ("money", "Money, and how not to be cheated"),
                                ("law", "Law and policy"),
                                ("family", "Family and children"),
                            ],
                            max_length=8,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "search",
                    sidan.core.search.SearchField(size=None, sources=("name", "name_en", "venue", "about")),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Holds classes"), ("closed", "Closed")], max_length=10
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
                    "head",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
            ],
            bases=(sidan.core.language.ShownName, models.Model),
        ),
        migrations.CreateModel(
            name="Pupil",
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
                    models.CharField(choices=[("self", "Oneself"), ("office", "The place")], max_length=6),
                ),
                ("joined_on", models.DateField()),
                ("joined_at", models.DateTimeField()),
                ("left_on", models.DateField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "joined_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "left_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pupils",
                        to="schools.school",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SchoolNote",
            fields=[
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="note",
                        serialize=False,
                        to="schools.schoolstep",
                    ),
                ),
                ("words", sidan.core.fields.EncryptedTextField(purpose="schools.note.words")),
            ],
        ),
        migrations.AddField(
            model_name="schoolstep",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="schools.school"
            ),
        ),
        migrations.CreateModel(
            name="SeriesSchool",
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
                            ("room", "In the room"),
                            ("chat", "In a chat group"),
                            ("film", "As a film, whenever one likes"),
                            ("video", "By video, at the same time"),
                        ],
                        max_length=6,
                    ),
                ),
                ("address", models.URLField(blank=True, max_length=300)),
                ("open_days", models.PositiveSmallIntegerField()),
                ("set_at", models.DateTimeField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.recurring",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Session",
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
                            ("room", "In the room"),
                            ("chat", "In a chat group"),
                            ("film", "As a film, whenever one likes"),
                            ("video", "By video, at the same time"),
                        ],
                        max_length=6,
                    ),
                ),
                ("address", models.URLField(blank=True, max_length=300)),
                ("open_days", models.PositiveSmallIntegerField()),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="schools.school",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OnlineMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.activity",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="online", to="schools.pupil"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="online",
                        to="schools.session",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ViewerCount",
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
                            ("stream", "Live stream"),
                            ("short", "Short film"),
                            ("group", "Chat group"),
                            ("screen", "People before a screen"),
                        ],
                        max_length=8,
                    ),
                ),
                ("day", models.DateField()),
                ("people", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="people.account"
                    ),
                ),
                (
                    "instead_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instead",
                        to="schools.viewercount",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="viewers",
                        to="schools.session",
                    ),
                ),
            ],
            options={
                "ordering": ["day", "id"],
            },
        ),
        migrations.CreateModel(
            name="ViewerWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_right", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="people.account"
                    ),
                ),
                (
                    "count",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="schools.viewercount",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="school",
            index=models.Index(fields=["county", "state", "id"], name="schools_of_county"),
        ),
        migrations.AddIndex(
            model_name="school",
            index=models.Index(fields=["place", "state", "id"], name="schools_of_place"),
        ),
        migrations.AddIndex(
            model_name="school",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="schools_search"),
        ),
        migrations.AddIndex(
            model_name="pupil",
            index=models.Index(fields=["person", "left_on"], name="schools_of_person"),
        ),
    ]
