"""What is said about an order, and to whom it was read."""

import django.db.models.deletion
import sidan.core.fields
import sidan.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orders", "0014_danger_stands_first"),
        ("people", "0005_codes_are_counted_by_address"),
        ("places", "0008_what_was_said_of_days_is_never_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("resident", "The resident"),
                            ("team", "The team"),
                            ("office", "The office"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="people.account"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"
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
            name="MessageText",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="talk.message",
                    ),
                ),
                ("words", sidan.core.fields.EncryptedTextField(purpose="talk.message.words")),
                ("hidden_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Phrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("resident", "The resident"),
                            ("team", "The team"),
                            ("office", "The office"),
                        ],
                        max_length=10,
                    ),
                ),
                ("step", models.CharField(blank=True, max_length=12)),
                ("words", models.CharField(max_length=200)),
                ("words_en", models.CharField(blank=True, max_length=200)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReadMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("upto", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.account"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="orders.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("rude", "It is insulting or threatening"),
                            ("money", "It asks for money or gifts"),
                            ("private", "It tells private things of somebody"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("hidden", "Taken off"), ("kept", "Left as it is")],
                        max_length=10,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.account"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="talk.message"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["order", "id"], name="talk_thread"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["author", "at"], name="talk_by_author"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["resident", "team", "office"])), name="talk_side_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("side", "team"), ("team__isnull", False)),
                    models.Q(models.Q(("side", "team"), _negated=True), ("team", None)),
                    _connector="OR",
                ),
                name="talk_a_team_is_named_where_one_speaks",
            ),
        ),
        migrations.AddIndex(
            model_name="phrase",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["county", "side", "position"],
                name="talk_phrases",
            ),
        ),
        migrations.AddConstraint(
            model_name="phrase",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["resident", "team", "office"])),
                name="talk_phrase_side_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="readmark",
            constraint=models.UniqueConstraint(fields=("account", "order"), name="talk_one_mark_a_thread"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("message", "by"), name="talk_reported_once_by_each"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("verdict", "")),
                    models.Q(models.Q(("verdict", ""), _negated=True), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="talk_verdict_has_its_moment",
            ),
        ),
    ]
