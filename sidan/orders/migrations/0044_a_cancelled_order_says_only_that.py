"""The word of the state is no longer “cancelled by the resident”: the office cancels, too, for who asks it to."""

from django.db import migrations, models

STATES = [
    ("submitted", "Submitted"),
    ("refused", "Not admitted"),
    ("admitted", "Admitted, finding a team"),
    ("dispatched", "Offered to a team"),
    ("accepted", "A team has it"),
    ("scheduled", "Time agreed"),
    ("under_way", "Under way"),
    ("done", "Done, please review"),
    ("failed", "Could not be done"),
    ("closed", "Closed"),
    ("reopened", "Reopened"),
    ("cancelled", "Cancelled"),
]


class Migration(migrations.Migration):
    dependencies = [("orders", "0043_a_merged_order_is_followed_to_its_end")]

    operations = [
        migrations.AlterField(
            "order", "state", models.CharField(choices=STATES, default="submitted", max_length=10)
        ),
        migrations.AlterField(
            "workpart", "state", models.CharField(choices=STATES, default="admitted", max_length=10)
        ),
    ]
