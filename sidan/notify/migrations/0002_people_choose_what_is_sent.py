"""What people want sent and when; messages know their reader and have a public id."""

import datetime as dt

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sidan.core.fields
import sidan.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("notify", "0001_inbox_and_outbox"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MessageSettings",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("quiet_from", models.TimeField(default=dt.time(21, 0))),
                ("quiet_until", models.TimeField(default=dt.time(8, 0))),
                ("digest_minutes", models.PositiveSmallIntegerField(default=30)),
                ("chat", sidan.core.fields.EncryptedTextField(blank=True, purpose="notify.settings.chat")),
            ],
        ),
        migrations.CreateModel(
            name="Wanted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("mine", "What I asked for: my orders, my wishes"),
                            ("team", "What my team or I were asked to do"),
                            ("office", "What waits for my office"),
                            ("talk", "What people write to me about an order"),
                            ("other", "Everything else"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("phone", "Phone"), ("email", "E-mail"), ("chat", "Group chat")],
                        max_length=10,
                    ),
                ),
                ("is_wanted", models.BooleanField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name="notice",
            name="notify_goes_out",
        ),
        migrations.AddField(
            model_name="delivery",
            name="account",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="is_urgent",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="delivery",
            name="kind",
            field=models.CharField(blank=True, max_length=60),
        ),
        # Every row there is gets an id of its own; later rows get theirs from the code.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    sql="""
                    ALTER TABLE notify_delivery ADD COLUMN uuid uuid NOT NULL DEFAULT gen_random_uuid();
                    ALTER TABLE notify_delivery ALTER COLUMN uuid DROP DEFAULT;
                    ALTER TABLE notify_delivery ADD CONSTRAINT notify_delivery_uuid_key UNIQUE (uuid);
                    """,
                    reverse_sql="ALTER TABLE notify_delivery DROP COLUMN uuid;",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="delivery",
                    name="uuid",
                    field=models.UUIDField(default=sidan.core.ids.uuid7, unique=True),
                )
            ],
        ),
        migrations.AddField(
            model_name="notice",
            name="goes_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="address_kind",
            field=models.CharField(
                choices=[("phone", "Phone"), ("email", "E-mail"), ("chat", "Group chat")], max_length=10
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["state", "-at", "-id"], name="notify_delivery_page"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("account__isnull", False)),
                fields=["account", "-at"],
                name="notify_delivery_last",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("goes_out", True)), fields=["goes_at", "id"], name="notify_going"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("goes_out", True)),
                fields=["account", "id"],
                name="notify_going_of_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="messagesettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest_minutes__lte", 1440)), name="notify_window_of_a_day_at_most"
            ),
        ),
        migrations.AddField(
            model_name="wanted",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="wanted",
            constraint=models.UniqueConstraint(fields=("account", "topic", "way"), name="notify_wanted_once"),
        ),
        migrations.AddConstraint(
            model_name="wanted",
            constraint=models.CheckConstraint(
                condition=models.Q(("topic__in", ["mine", "team", "office", "talk", "other"])),
                name="notify_wanted_topic_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="wanted",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["phone", "email", "chat"])), name="notify_wanted_way_known"
            ),
        ),
    ]
