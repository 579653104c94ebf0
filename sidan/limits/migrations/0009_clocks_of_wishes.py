"""Wishes have clocks, too: a table of the same shape, so that each points at its own by keys that are never empty."""

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
]
KINDS = [("half", "Half of the time is over"), ("end", "The time is over")]
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def key(to, related_name="+"):
    """Return a foreign key that is never followed by a deletion."""
    return models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name=related_name, to=to)


class Migration(migrations.Migration):
    dependencies = [
        ("limits", "0008_danger_to_life_has_half_an_hour"),
        ("wishes", "0007_every_wish_is_held_by_a_place"),
    ]
    operations = [
        migrations.AlterField("limit", "step", models.CharField(max_length=10, choices=STEPS)),
        migrations.AlterField("timer", "effect", models.CharField(max_length=10, choices=STEPS)),
        migrations.RemoveConstraint("limit", "limits_only_what_no_team_has_goes_up"),
        migrations.AddConstraint(
            "limit",
            models.CheckConstraint(
                condition=~Q(at_end="up") | Q(step__in=["admit", "dispatch", "accept", "answer"]),
                name="limits_only_what_no_team_has_goes_up",
            ),
        ),
        migrations.CreateModel(
            name="WishTimer",
            fields=[
                ("id", ID),
                ("effect", models.CharField(max_length=10, choices=STEPS)),
                ("begun_at", models.DateTimeField()),
                ("half_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("next_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("limit", key("limits.limit")),
                ("step", key("wishes.wishstep")),
                ("wish", key("wishes.wish")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["step", "effect"], name="limits_wish_timer_once_a_transition"
                    ),
                    models.UniqueConstraint(
                        fields=["wish"], condition=Q(ended_at=None), name="limits_one_timer_runs_a_wish"
                    ),
                    models.CheckConstraint(
                        condition=Q(half_at__gte=F("begun_at"), due_at__gte=F("half_at")),
                        name="limits_half_comes_before_end_of_wishes",
                    ),
                    models.CheckConstraint(
                        condition=Q(next_at=None) | Q(ended_at=None),
                        name="limits_what_ended_of_wishes_is_still",
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["next_at"],
                        condition=Q(next_at__isnull=False),
                        name="limits_wish_timers_to_fire",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WishFiring",
            fields=[
                ("id", ID),
                ("kind", models.CharField(max_length=4, choices=KINDS)),
                ("did", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("timer", key("limits.wishtimer", "firings")),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["timer", "kind"], name="limits_fires_once_a_moment_of_wishes"
                    )
                ],
            },
        ),
    ]
