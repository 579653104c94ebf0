from django.db import migrations, models
from django.db.models import Q

RULES = [
    ("typed", "Typed in by staff, who heard it by telephone or read it on paper"),
    ("by_staff", "Entered by staff, or by who placed the order for the resident"),
    ("by_team", "Given by a member of the team that served"),
    ("same_minute", "Given within a minute after the service was reported"),
    ("alike_account", "One of many alike from one account"),
    ("alike_team", "One of many alike for one team in a short time"),
    ("team_phone", "The order's telephone belongs to a member of the team"),
    ("team_device", "Sent by a telephone or computer on which a member of the team has signed in"),
    ("contradicted", "The call-back was answered otherwise"),
]


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_a_review_remembers_its_device_until_it_was_read")]
    operations = [
        migrations.AddField(
            model_name="reviewrule",
            name="typed_times",
            field=models.PositiveSmallIntegerField(db_default=2, default=2),
        ),
        migrations.AddConstraint(
            model_name="reviewrule",
            constraint=models.CheckConstraint(
                condition=Q(("typed_times__gte", 2), ("typed_times__lte", 10)),
                name="reviews_typed_ones_are_called_more_often",
            ),
        ),
        migrations.AlterField(
            model_name="reviewflag",
            name="rule",
            field=models.CharField(choices=RULES, max_length=16),
        ),
    ]
