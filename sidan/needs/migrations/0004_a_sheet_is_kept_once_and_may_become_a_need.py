"""A device names the sheets it keeps; arrivals are counted by address for an hour; an answer becomes one need."""

import django.db.models.deletion
import sidan.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_projects_are_found_by_words"),
        ("needs", "0003_a_need_keeps_what_was_counted_of_it"),
        ("people", "0005_codes_are_counted_by_address"),
        ("places", "0008_what_was_said_of_days_is_never_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="SheetArrival",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address_hash", sidan.core.fields.LookupHashField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="need",
            name="answer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="needs",
                to="needs.surveyanswer",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="question",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="surveyanswer",
            name="client_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.UniqueConstraint(
                fields=("answer", "question"), name="needs_an_answer_becomes_one_need"
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer", None),
                    models.Q(("question__isnull", False), ("survey__isnull", False)),
                    _connector="OR",
                ),
                name="needs_an_answer_is_to_a_question",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.UniqueConstraint(
                fields=("survey", "client_id"), name="needs_a_sheet_is_kept_once"
            ),
        ),
        migrations.AddField(
            model_name="sheetarrival",
            name="survey",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="needs.survey"
            ),
        ),
        migrations.AddIndex(
            model_name="sheetarrival",
            index=models.Index(fields=["survey", "at"], name="needs_arrivals_of_survey"),
        ),
    ]
