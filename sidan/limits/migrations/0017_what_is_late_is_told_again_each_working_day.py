"""What is over and stays where it is is told again each working day, once a day; a report may be told of one level up."""

from django.db import migrations, models
from django.db.models import Q

KINDS = [("half", "Half of the time is over"), ("end", "The time is over"), ("late", "Still not done")]
TABLES = {
    "firing": ("limits_fires_once_a_moment", "limits_late_has_its_day"),
    "wishfiring": ("limits_fires_once_a_moment_of_wishes", "limits_late_has_its_day_of_wishes"),
    "taskfiring": ("limits_fires_once_a_moment_of_tasks", "limits_late_has_its_day_of_tasks"),
}


def of_table(table, once, with_day):
    """Give the rows of one table their day, and let each moment stand once in it, or once a day."""
    return [
        migrations.AlterField(table, "kind", models.CharField(max_length=4, choices=KINDS)),
        migrations.AddField(table, "day", models.DateField(null=True)),
        migrations.RemoveConstraint(table, once),
        migrations.AddConstraint(
            table,
            models.UniqueConstraint(fields=["timer", "kind", "day"], nulls_distinct=False, name=once),
        ),
        migrations.AddConstraint(
            table,
            models.CheckConstraint(
                condition=Q(kind="late", day__isnull=False) | ~Q(kind="late") & Q(day=None), name=with_day
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("limits", "0016_calls_back_have_working_days")]
    operations = [
        *(each for table, names in TABLES.items() for each in of_table(table, *names)),
        migrations.RemoveConstraint("limit", "limits_only_what_nobody_came_for_goes_up"),
        migrations.AddConstraint(
            "limit",
            models.CheckConstraint(
                condition=~Q(at_end="up") | ~Q(step="review"), name="limits_all_but_reviews_go_up"
            ),
        ),
    ]
