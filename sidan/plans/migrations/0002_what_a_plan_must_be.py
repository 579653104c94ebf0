"""What no plan and no line of one can be, whoever writes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_plans_and_their_lines")]

    operations = [
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "approved", "published", "dropped"])),
                name="plans_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__in", ["year", "month", "week"])), name="plans_period_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("theme", ""), _negated=True), name="plans_have_a_theme"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_day__lt", models.F("last_day"))), name="plans_days_run_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at__isnull", False),
                    models.Q(("state", "published"), _negated=True),
                    _connector="OR",
                ),
                name="plans_say_since_when_they_are_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("turn__gte", 1)), name="plans_turn_counts_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("team", None), models.Q(("state", "dropped"), _negated=True)),
                fields=("place", "period", "first_day"),
                name="plans_one_of_a_place_and_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("team__isnull", False), models.Q(("state", "dropped"), _negated=True)),
                fields=("team", "period", "first_day"),
                name="plans_one_of_a_team_and_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.CheckConstraint(
                condition=models.Q(("theme", ""), _negated=True), name="plans_lines_have_a_theme"
            ),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_day__lte", models.F("last_day"))), name="plans_lines_run_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["activity", "lecture", "fair", "class", "training"])),
                name="plans_lines_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.CheckConstraint(
                condition=models.Q(("task__in", ["theory", "policy", "values", "culture", "customs"])),
                name="plans_lines_task_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("platform__in", ["", "theory", "education", "culture", "science", "sport"])
                ),
                name="plans_lines_platform_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "audience__contained_by",
                        ["elder", "child", "left_behind", "disabled", "hardship", "woman", "veteran"],
                    )
                ),
                name="plans_lines_audience_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.CheckConstraint(
                condition=models.Q(("times__gte", 1), ("times__lte", 366)),
                name="plans_lines_are_meant_some_times",
            ),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_out_at", None), ("left_out_why", "")),
                    models.Q(("left_out_at__isnull", False), models.Q(("left_out_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="plans_lines_say_why_they_are_left_out",
            ),
        ),
        migrations.AddConstraint(
            model_name="planheld",
            constraint=models.UniqueConstraint(
                fields=("plan", "activity"), name="plans_activity_once_in_a_plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.UniqueConstraint(fields=("plan", "turn"), name="plans_step_once_a_turn"),
        ),
    ]
