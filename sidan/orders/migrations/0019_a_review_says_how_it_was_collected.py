"""A review says how it was collected, may be entered by a code, and may hold a suggestion."""

import django.db.models.deletion
import sidan.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0018_consents_are_never_changed"),
        ("people", "0005_codes_are_counted_by_address"),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="channel",
            field=models.CharField(
                choices=[
                    ("portal", "Online"),
                    ("api", "By a programme"),
                    ("kiosk", "At a kiosk"),
                    ("telephone", "By telephone"),
                    ("paper", "On paper"),
                ],
                default="portal",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="reviewtext",
            name="wish",
            field=sidan.core.fields.EncryptedTextField(blank=True, purpose="orders.review.wish"),
        ),
        migrations.AlterField(
            model_name="orderhandover",
            name="reason_code",
            field=models.CharField(
                choices=[
                    ("not_our_task", "Not something volunteers can do"),
                    ("out_of_area", "Outside the area served"),
                    ("incomplete", "Too little is known"),
                    ("duplicate", "Asked for already"),
                    ("no_people", "Nobody is free"),
                    ("no_skill", "The skill is missing"),
                    ("not_safe", "Not safe"),
                    ("nobody_home", "Nobody was at home"),
                    ("no_longer_needed", "No longer needed"),
                    ("wrong_time", "The time does not suit"),
                    ("beyond_us", "More than this place can do"),
                    ("nearer", "Better done nearby"),
                    ("overdue", "Nobody acted in time"),
                    ("expired", "The time to answer was over"),
                    ("not_reviewed", "Not reviewed in time"),
                    ("not_well", "The resident says it is not well yet"),
                    ("other", "Another reason"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="orderstep",
            name="reason_code",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_our_task", "Not something volunteers can do"),
                    ("out_of_area", "Outside the area served"),
                    ("incomplete", "Too little is known"),
                    ("duplicate", "Asked for already"),
                    ("no_people", "Nobody is free"),
                    ("no_skill", "The skill is missing"),
                    ("not_safe", "Not safe"),
                    ("nobody_home", "Nobody was at home"),
                    ("no_longer_needed", "No longer needed"),
                    ("wrong_time", "The time does not suit"),
                    ("beyond_us", "More than this place can do"),
                    ("nearer", "Better done nearby"),
                    ("overdue", "Nobody acted in time"),
                    ("expired", "The time to answer was over"),
                    ("not_reviewed", "Not reviewed in time"),
                    ("not_well", "The resident says it is not well yet"),
                    ("other", "Another reason"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="takeover",
            name="reason_code",
            field=models.CharField(
                choices=[
                    ("not_our_task", "Not something volunteers can do"),
                    ("out_of_area", "Outside the area served"),
                    ("incomplete", "Too little is known"),
                    ("duplicate", "Asked for already"),
                    ("no_people", "Nobody is free"),
                    ("no_skill", "The skill is missing"),
                    ("not_safe", "Not safe"),
                    ("nobody_home", "Nobody was at home"),
                    ("no_longer_needed", "No longer needed"),
                    ("wrong_time", "The time does not suit"),
                    ("beyond_us", "More than this place can do"),
                    ("nearer", "Better done nearby"),
                    ("overdue", "Nobody acted in time"),
                    ("expired", "The time to answer was over"),
                    ("not_reviewed", "Not reviewed in time"),
                    ("not_well", "The resident says it is not well yet"),
                    ("other", "Another reason"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="people.account",
            ),
        ),
        migrations.AlterField(
            model_name="reviewtext",
            name="words",
            field=sidan.core.fields.EncryptedTextField(blank=True, purpose="orders.review.words"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["portal", "api", "kiosk", "telephone", "paper"])),
                name="orders_review_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("by__isnull", False), ("channel__in", ["kiosk", "paper"]), _connector="OR"
                ),
                name="orders_review_is_entered_by_somebody_or_by_code",
            ),
        ),
    ]
