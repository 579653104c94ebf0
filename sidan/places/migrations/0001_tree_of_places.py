import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import sidan.core.ids
import sidan.core.search
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_serve_with_a_role_of_few_rights"),
        ("files", "0001_stored_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Division",
            fields=[
                ("code", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Province"), (2, "City"), (3, "County"), (4, "Township"), (5, "Village")]
                    ),
                ),
                ("parent_code", models.CharField(blank=True, max_length=12)),
                ("withdrawn_on", models.DateField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["parent_code", "code"], name="places_division_children")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{12}$")),
                        name="places_division_code_is_12_digits",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
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
                            ("province", "Province"),
                            ("city", "City"),
                            ("center", "Center"),
                            ("institute", "Institute"),
                            ("station", "Station"),
                            ("point", "Point"),
                            ("base", "Base"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "setting",
                    models.CharField(
                        choices=[
                            ("county", "County"),
                            ("township", "Township or street"),
                            ("agency", "Agency"),
                            ("village", "Village"),
                            ("community", "Community"),
                            ("school", "School"),
                            ("company", "Company"),
                            ("park", "Park"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                ("short_name", models.CharField(max_length=40)),
                ("pinyin", models.CharField(blank=True, max_length=200)),
                ("search", sidan.core.search.SearchField(size=None)),
                ("path_names", models.CharField(blank=True, max_length=300)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("opening_hours", models.CharField(blank=True, max_length=200)),
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
                ("opened_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("sort_code", models.CharField(blank=True, max_length=40)),
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
                    "division",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.division",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlaceChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Opened"),
                            ("moved", "Moved"),
                            ("renamed", "Renamed"),
                            ("closed", "Closed"),
                            ("corrected", "Corrected"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="places.place"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PlaceLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("depth", models.PositiveSmallIntegerField()),
                ("during", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "ancestor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_down",
                        to="places.place",
                    ),
                ),
                (
                    "descendant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_up",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlacePhoto",
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
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="places.place"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["parent", "sort_code", "id"], name="places_place_children"),
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["county", "kind"], name="places_place_of_county"),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("coordinate_system", ""), ("latitude__isnull", True), ("longitude__isnull", True)
                    ),
                    models.Q(
                        ("latitude__isnull", False),
                        ("longitude__isnull", False),
                        models.Q(("coordinate_system", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="places_point_never_without_its_system",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", False), ("state", "closed")),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", True)),
                    _connector="OR",
                ),
                name="places_closed_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="places_place_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=("parent", "name"),
                name="places_one_name_under_a_parent",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="placelink",
            index=models.Index(
                condition=models.Q(("during__upper_inf", True)),
                fields=["ancestor", "descendant"],
                name="places_link_now_down",
            ),
        ),
        migrations.AddIndex(
            model_name="placelink",
            index=models.Index(
                condition=models.Q(("during__upper_inf", True)),
                fields=["descendant", "ancestor"],
                name="places_link_now_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="placelink",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[(models.F("ancestor"), "="), (models.F("descendant"), "="), ("during", "&&")],
                name="places_link_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="placelink",
            constraint=models.CheckConstraint(
                condition=models.Q(("during__isempty", False)), name="places_link_lasts_at_least_a_day"
            ),
        ),
    ]
