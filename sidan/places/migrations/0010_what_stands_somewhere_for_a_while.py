"""What stands somewhere for a while and belongs to a place: its time, its point with the system, the stops of a bus."""

import datetime as dt
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import sidan.core.ids
import sidan.core.language
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_an_email_address_is_confirmed_by_a_code"),
        ("places", "0009_the_days_of_2025_too"),
    ]

    operations = [
        migrations.CreateModel(
            name="PopUp",
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
                            ("bus_route", "Bus route"),
                            ("fair", "Fair"),
                            ("market_stand", "Stand at a market"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                ("spot", models.CharField(blank=True, max_length=120)),
                ("about", models.CharField(blank=True, max_length=300)),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("longitude", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("latitude", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                (
                    "coordinate_system",
                    models.CharField(
                        blank=True,
                        choices=[("wgs84", "WGS-84"), ("gcj02", "GCJ-02"), ("bd09", "BD-09")],
                        max_length=5,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Announced"), ("called_off", "Called off")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField()),
                ("turn", models.PositiveIntegerField(default=1)),
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
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pop_ups", to="places.place"
                    ),
                ),
            ],
            bases=(sidan.core.language.ShownName, models.Model),
        ),
        migrations.CreateModel(
            name="PopUpStop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("arrives", models.DateTimeField()),
                ("leaves", models.DateTimeField()),
                ("longitude", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("latitude", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                (
                    "coordinate_system",
                    models.CharField(
                        blank=True,
                        choices=[("wgs84", "WGS-84"), ("gcj02", "GCJ-02"), ("bd09", "BD-09")],
                        max_length=5,
                    ),
                ),
                (
                    "pop_up",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stops", to="places.popup"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddIndex(
            model_name="popup",
            index=models.Index(
                models.F("county"),
                django.contrib.postgres.fields.ranges.RangeEndsWith("during"),
                name="places_pop_up_of_county",
            ),
        ),
        migrations.AddIndex(
            model_name="popup",
            index=models.Index(
                models.F("place"),
                django.contrib.postgres.fields.ranges.RangeEndsWith("during"),
                name="places_pop_up_of_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="popup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("coordinate_system", ""), ("latitude__isnull", True), ("longitude__isnull", True)
                    ),
                    models.Q(
                        ("latitude__isnull", False),
                        ("longitude__isnull", False),
                        ("coordinate_system__in", ["wgs84", "gcj02", "bd09"]),
                    ),
                    _connector="OR",
                ),
                name="places_pop_up_point_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="popup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "during__endswith__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("during__startswith"), "+", models.Value(dt.timedelta(days=31))
                        ),
                    ),
                    ("during__isempty", False),
                    ("during__lower_inc", True),
                    ("during__lower_inf", False),
                    ("during__upper_inc", False),
                    ("during__upper_inf", False),
                ),
                name="places_pop_up_lasts_from_when_to_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="popup",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["bus_route", "fair", "market_stand"])),
                name="places_pop_up_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="popup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "planned"), ("why", "")),
                    models.Q(("state", "called_off"), models.Q(("why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="places_pop_up_is_called_off_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="popup",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="places_pop_up_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="popupstop",
            constraint=models.UniqueConstraint(
                fields=("pop_up", "position"), name="places_one_stop_a_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="popupstop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("coordinate_system", ""), ("latitude__isnull", True), ("longitude__isnull", True)
                    ),
                    models.Q(
                        ("latitude__isnull", False),
                        ("longitude__isnull", False),
                        ("coordinate_system__in", ["wgs84", "gcj02", "bd09"]),
                    ),
                    _connector="OR",
                ),
                name="places_stop_point_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="popupstop",
            constraint=models.CheckConstraint(
                condition=models.Q(("leaves__gte", models.F("arrives"))),
                name="places_stop_leaves_after_it_came",
            ),
        ),
        migrations.AddConstraint(
            model_name="popupstop",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="places_stop_has_a_name"
            ),
        ),
    ]
