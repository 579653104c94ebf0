"""A team that is dissolved, or rests, is a reason for which an order goes to another one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0044_a_cancelled_order_says_only_that"),
    ]

    operations = [
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
                    ("team_gone", "The team serves no longer"),
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
                    ("team_gone", "The team serves no longer"),
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
                    ("team_gone", "The team serves no longer"),
                    ("other", "Another reason"),
                ],
                max_length=20,
            ),
        ),
    ]
