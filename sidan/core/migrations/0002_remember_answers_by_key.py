"""Keep the answers of writes that a phone may repeat."""

from django.db import migrations, models

import sidan.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_serve_with_a_role_of_few_rights"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account_id", models.BigIntegerField()),
                ("key", models.CharField(max_length=64)),
                ("fingerprint", models.BinaryField(max_length=32)),
                ("status", models.PositiveSmallIntegerField()),
                ("answer", sidan.core.fields.EncryptedTextField(purpose="core.idempotencykey.answer")),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["created_at"], name="core_idempotencykey_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("account_id", "key"), name="core_idempotencykey_once")
                ],
            },
        ),
    ]
