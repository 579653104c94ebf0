"""One clock runs an order, or one each of its parts: the database sees to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("limits", "0011_a_part_has_a_clock_of_its_own")]

    operations = [
        migrations.RemoveConstraint("timer", "limits_timer_once_a_transition"),
        migrations.RemoveConstraint("timer", "limits_one_timer_runs_an_order"),
        migrations.AddConstraint(
            "timer",
            models.UniqueConstraint(
                condition=models.Q(("part", None)), fields=("step", "effect"), name="limits_timer_once_a_transition"
            ),
        ),
        migrations.AddConstraint(
            "timer",
            models.UniqueConstraint(
                condition=models.Q(("part__isnull", False)),
                fields=("step", "effect", "part"),
                name="limits_timer_once_a_transition_of_a_part",
            ),
        ),
        migrations.AddConstraint(
            "timer",
            models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("part", None)),
                fields=("order",),
                name="limits_one_timer_runs_an_order",
            ),
        ),
        migrations.AddConstraint(
            "timer",
            models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("part__isnull", False)),
                fields=("order", "part"),
                name="limits_one_timer_runs_a_part",
            ),
        ),
    ]  # fmt: skip
