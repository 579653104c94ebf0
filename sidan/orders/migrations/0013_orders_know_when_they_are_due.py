"""An order knows until when its present state may last; two reasons that only time gives."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0012_an_order_may_be_called_openly"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="half_at",
            field=models.DateTimeField(null=True),
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
                    ("other", "Another reason"),
                ],
                max_length=20,
            ),
        ),
    ]
