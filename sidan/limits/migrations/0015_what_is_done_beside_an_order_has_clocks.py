"""Calls back about an order, and what was not well with it, have clocks: a table of the shape of the others."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

STEPS = [
    ("admit", "Admit or refuse"),
    ("dispatch", "Offer to a team"),
    ("accept", "Team answers"),
    ("contact", "First call, time agreed"),
    ("visit", "Visit"),
    ("report", "Report"),
    ("review", "Resident reviews"),
    ("answer", "Answer a wish"),
    ("confirm", "Call back to confirm"),
    ("call_back", "Call-back after closing"),
    ("follow_up", "See to what was not well"),
]
KINDS = [("half", "Half of the time is over"), ("end", "The time is over")]
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def key(to, related_name="+"):
    """Return a foreign key that is never followed by a deletion."""
    return models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name=related_name, to=to)


class Migration(migrations.Migration):
    dependencies = [
        ("limits", "0014_what_nobody_came_for_returns"),
        ("orders", "0034_one_call_of_an_order_or_of_a_part"),
    ]
    operations = [
        migrations.AlterField("limit", "step", models.CharField(max_length=10, choices=STEPS)),
        migrations.AlterField("timer", "effect", models.CharField(max_length=10, choices=STEPS)),
        migrations.AlterField("wishtimer", "effect", models.CharField(max_length=10, choices=STEPS)),
        migrations.CreateModel(
            name="TaskTimer",
            fields=[
                ("id", ID),
                ("effect", models.CharField(max_length=10, choices=STEPS)),
                ("begun_at", models.DateTimeField()),
                ("half_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("next_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("turn", models.PositiveIntegerField()),
                ("limit", key("limits.limit")),
                ("order", key("orders.order")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["order", "effect", "turn"],
                        condition=Q(ended_at=None),
                        name="limits_one_timer_runs_a_task",
                    ),
                    models.CheckConstraint(
                        condition=Q(half_at__gte=F("begun_at"), due_at__gte=F("half_at")),
                        name="limits_half_comes_before_end_of_tasks",
                    ),
                    models.CheckConstraint(
                        condition=Q(next_at=None) | Q(ended_at=None),
                        name="limits_what_ended_of_tasks_is_still",
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["next_at"],
                        condition=Q(next_at__isnull=False),
                        name="limits_task_timers_to_fire",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskFiring",
            fields=[
                ("id", ID),
                ("kind", models.CharField(max_length=4, choices=KINDS)),
                ("did", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("timer", key("limits.tasktimer", "firings")),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["timer", "kind"], name="limits_fires_once_a_moment_of_tasks"
                    )
                ],
            },
        ),
    ]
