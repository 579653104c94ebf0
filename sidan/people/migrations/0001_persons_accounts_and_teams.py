import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sidan.core.fields
import sidan.core.ids
import sidan.core.search


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_serve_with_a_role_of_few_rights"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("phone", sidan.core.fields.EncryptedTextField(purpose="people.account.phone")),
                ("phone_hash", sidan.core.fields.LookupHashField(purpose="phone", unique=True)),
                ("email", sidan.core.fields.EncryptedTextField(blank=True, purpose="people.account.email")),
                (
                    "totp_secret",
                    sidan.core.fields.EncryptedTextField(blank=True, purpose="people.account.totp_secret"),
                ),
                ("totp_last_step", models.BigIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
                ("language", models.CharField(default="zh-hans", max_length=10)),
                ("large_print", models.BooleanField(default=False)),
                (
                    "theme",
                    models.CharField(
                        choices=[("paper", "Light"), ("dark", "Dark")], default="paper", max_length=10
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Directorship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=40)),
                ("term", django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("pinyin", models.CharField(blank=True, max_length=200)),
                ("search", sidan.core.search.SearchField(size=None)),
                (
                    "sex",
                    models.CharField(
                        choices=[("0", "Unknown"), ("1", "Male"), ("2", "Female"), ("9", "Not stated")],
                        default="9",
                        max_length=1,
                    ),
                ),
                (
                    "contact_phone",
                    sidan.core.fields.EncryptedTextField(blank=True, purpose="people.person.contact_phone"),
                ),
                ("contact_phone_hash", sidan.core.fields.LookupHashField(null=True, purpose="phone")),
                (
                    "address",
                    sidan.core.fields.EncryptedTextField(blank=True, purpose="people.person.address"),
                ),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("resident", "Resident"),
                            ("volunteer", "Volunteer"),
                            ("leader", "Team leader"),
                            ("practitioner", "Practitioner"),
                            ("grid_keeper", "Grid keeper"),
                            ("operator", "Telephone operator"),
                            ("director", "Director"),
                            ("dispatcher", "Dispatcher"),
                            ("manager", "Manager"),
                            ("supervisor", "Supervisor"),
                            ("system_admin", "System administrator"),
                            ("security_admin", "Security administrator"),
                            ("audit_admin", "Audit administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                ("granted_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SignInAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phone_hash", sidan.core.fields.LookupHashField(purpose="phone")),
                ("address_hash", sidan.core.fields.LookupHashField(purpose="address")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phone_hash", sidan.core.fields.LookupHashField(purpose="phone")),
                ("code_hash", models.BinaryField(max_length=32)),
                ("sent_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                ("pinyin", models.CharField(blank=True, max_length=200)),
                ("search", sidan.core.search.SearchField(size=None)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("corps", "Corps"),
                            ("detachment", "Detachment"),
                            ("brigade", "Brigade"),
                            ("squad", "Squad"),
                        ],
                        default="squad",
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Active"), ("paused", "Paused"), ("dissolved", "Dissolved")],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=300)),
                ("founded_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="TeamCategory",
            fields=[
                ("code", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("name_en", models.CharField(blank=True, max_length=60)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("joined_on", models.DateField()),
                ("left_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Volunteer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "Applied"),
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("left", "Left"),
                        ],
                        default="applied",
                        max_length=8,
                    ),
                ),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("free_time", models.CharField(blank=True, max_length=100)),
                ("registered_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.BinaryField(max_length=32, unique=True)),
                ("name", models.CharField(blank=True, max_length=60)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
