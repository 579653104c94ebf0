"""A team may give back an order that it took."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0009_danger_to_life_is_marked"),
        ("people", "0004_terms_and_tokens_have_a_public_id"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="assignment",
            name="orders_assignment_state_known",
        ),
        migrations.AlterField(
            model_name="assignment",
            name="state",
            field=models.CharField(
                choices=[
                    ("offered", "Offered"),
                    ("accepted", "Accepted"),
                    ("declined", "Declined"),
                    ("withdrawn", "Withdrawn"),
                    ("released", "Given back"),
                    ("finished", "Finished"),
                    ("failed", "Could not be done"),
                ],
                default="offered",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["offered", "accepted", "declined", "withdrawn", "released", "finished", "failed"],
                    )
                ),
                name="orders_assignment_state_known",
            ),
        ),
    ]
