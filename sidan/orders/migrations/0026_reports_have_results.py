"""Reports say what their kind of service asks for; numbers stand apart to be counted."""

import django.db.models.deletion
import sidan.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0006_reports_ask_by_kind_of_service"),
        ("orders", "0025_lists_of_orders_have_their_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="visitreport",
            name="results",
            field=sidan.core.fields.EncryptedTextField(null=True, purpose="orders.report.results"),
        ),
        migrations.AddField(
            model_name="visitreport",
            name="template",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.resulttemplate",
            ),
        ),
        migrations.CreateModel(
            name="VisitCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=40)),
                ("amount", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.resulttemplate",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counts", to="orders.visit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("visit", "field"), name="orders_a_number_once")
                ],
            },
        ),
    ]
