"""The inbox of accounts and the outbox of messages."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sidan.core.fields
import sidan.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_serve_with_a_role_of_few_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("effect", models.CharField(max_length=80)),
                ("channel", models.CharField(max_length=20)),
                (
                    "address_kind",
                    models.CharField(choices=[("phone", "Phone"), ("email", "E-mail")], max_length=10),
                ),
                ("address", sidan.core.fields.EncryptedTextField(purpose="notify.delivery.address")),
                (
                    "subject",
                    sidan.core.fields.EncryptedTextField(blank=True, purpose="notify.delivery.subject"),
                ),
                ("body", sidan.core.fields.EncryptedTextField(purpose="notify.delivery.body")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("sent", "Sent"), ("given_up", "Given up")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("give_up_at", models.DateTimeField()),
                ("last_error", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["next_try_at"],
                        name="notify_delivery_due",
                    ),
                    models.Index(fields=["at"], name="notify_delivery_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("effect", "channel"), name="notify_delivery_once_per_effect"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                            _connector="OR",
                        ),
                        name="notify_delivery_sent_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("facts", models.JSONField(default=dict)),
                ("link", models.CharField(blank=True, max_length=200)),
                ("effect", models.CharField(blank=True, max_length=80)),
                ("goes_out", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account", "-at", "-id"], name="notify_inbox"),
                    models.Index(
                        condition=models.Q(("read_at", None)), fields=["account"], name="notify_unread"
                    ),
                    models.Index(
                        condition=models.Q(("goes_out", True)), fields=["id"], name="notify_goes_out"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("effect", ""), _negated=True),
                        fields=("account", "effect"),
                        name="notify_notice_once_per_effect",
                    )
                ],
            },
        ),
    ]
