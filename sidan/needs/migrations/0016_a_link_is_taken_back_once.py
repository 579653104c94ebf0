"""What was taken back stays so, and the same stands linked to a need once at a time."""

from django.db import migrations, models

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("needs", "0015_what_came_of_a_need_may_be_taken_back")]
    operations = [
        append_only("needs_needtraceend"),
        migrations.RemoveConstraint("needtrace", "needs_order_traced_once"),
        migrations.RemoveConstraint("needtrace", "needs_project_traced_once"),
        migrations.AddConstraint(
            "needtrace",
            models.UniqueConstraint(fields=["need", "order", "turn"], name="needs_order_traced_once_a_turn"),
        ),
        migrations.AddConstraint(
            "needtrace",
            models.UniqueConstraint(
                fields=["need", "project", "turn"], name="needs_project_traced_once_a_turn"
            ),
        ),
    ]
