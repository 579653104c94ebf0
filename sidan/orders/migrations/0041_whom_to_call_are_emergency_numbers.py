"""What an order keeps of whom to call are emergency numbers, each once, the most urgent first, and nothing else."""

from django.db import migrations, models

HEARD = ["", "120", "119", "110", "120 119", "120 110", "119 110", "120 119 110"]


class Migration(migrations.Migration):
    dependencies = [("orders", "0040_whom_to_call_is_kept_with_the_order")]

    operations = [
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("calls_heard__in", HEARD)),
                name="orders_heard_calls_are_emergency_numbers",
            ),
        ),
    ]
