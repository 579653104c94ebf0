import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sidan.core.fields
import sidan.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("hours", "0005_occasions_are_found_by_their_end"),
        ("people", "0007_an_email_address_is_confirmed_by_a_code"),
        ("places", "0009_the_days_of_2025_too"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("number", models.CharField(max_length=9, unique=True)),
                (
                    "extent",
                    models.CharField(
                        choices=[
                            ("all", "All my service"),
                            ("year", "One year"),
                            ("span", "From one day to another"),
                            ("record", "One record"),
                        ],
                        max_length=6,
                    ),
                ),
                ("during", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("minutes", models.PositiveIntegerField()),
                ("records", models.PositiveIntegerField()),
                (
                    "details",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("sex", "Sex"),
                                ("volunteer_number", "Volunteer number"),
                                ("teams", "Teams"),
                                ("services", "List of each service"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("issued_at", models.DateTimeField()),
                (
                    "county",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="people.person",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="honours.certificate",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-id"], name="honours_of_person"),
                    models.Index(fields=["place", "-id"], name="honours_of_place"),
                    models.Index(fields=["county", "-id"], name="honours_of_county"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("extent__in", ["all", "year", "span", "record"])),
                        name="honours_extent_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("details__contained_by", ["sex", "volunteer_number", "teams", "services"])
                        ),
                        name="honours_details_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gt", 0), ("records__gt", 0)),
                        name="honours_says_of_service",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("during__isempty", False),
                            ("during__lower_inf", False),
                            ("during__upper_inf", False),
                        ),
                        name="honours_lasts_from_when_to_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CertificateLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="honours.certificate",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate_lines",
                        to="hours.entry",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("certificate", "entry"), name="honours_each_record_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                (
                    "certificate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sheet",
                        serialize=False,
                        to="honours.certificate",
                    ),
                ),
                ("words", sidan.core.fields.EncryptedTextField(purpose="honours.sheet.words")),
            ],
        ),
    ]
