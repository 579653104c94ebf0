import django.db.models.deletion
from django.db import migrations, models

import sidan.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_devices_are_known_by_a_hash"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmailCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", sidan.core.fields.EncryptedTextField(purpose="people.emailcode.email")),
                ("email_hash", sidan.core.fields.LookupHashField(purpose="email")),
                ("code_hash", models.BinaryField(max_length=32)),
                ("sent_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.account"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account", "-sent_at"], name="people_emailcode_of_account"),
                    models.Index(fields=["email_hash", "-sent_at"], name="people_emailcode_of_address"),
                ],
            },
        ),
    ]
