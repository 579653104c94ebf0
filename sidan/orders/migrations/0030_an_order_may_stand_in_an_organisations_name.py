"""An order may be placed in the name of a village, a school, an enterprise or another organisation."""

from django.db import migrations, models

KINDS = [
    ("village", "Village or community"),
    ("school", "School"),
    ("enterprise", "Enterprise"),
    ("other", "Another organisation"),
]


class Migration(migrations.Migration):
    dependencies = [("orders", "0029_one_team_has_a_part_of_an_order")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="organisation_kind",
            field=models.CharField(blank=True, choices=KINDS, db_default="", default="", max_length=10),
        ),
        migrations.AddField(
            model_name="order",
            name="organisation_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("organisation_kind", ""), _negated=True),
                fields=["organisation_kind", "state_since", "id"],
                name="orders_of_organisations",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation_kind", ""), ("organisation_name", "")),
                    models.Q(
                        ("is_private", False),
                        ("organisation_kind__in", ["village", "school", "enterprise", "other"]),
                        models.Q(("organisation_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="orders_organisation_has_kind_and_name",
            ),
        ),
    ]
