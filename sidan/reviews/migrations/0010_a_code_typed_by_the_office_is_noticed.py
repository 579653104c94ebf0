from django.db import migrations, models

RULES = [
    ("typed", "Typed in by staff, who heard it by telephone or read it on paper"),
    ("by_staff", "Entered by staff, or by who placed the order for the resident"),
    ("by_team", "Given by a member of the team that served"),
    ("same_minute", "Given within a minute after the service was reported"),
    ("alike_account", "One of many alike from one account"),
    ("alike_device", "One of many alike from one telephone or computer"),
    ("alike_team", "One of many alike for one team in a short time"),
    ("team_phone", "The order's telephone belongs to a member of the team"),
    ("team_device", "Sent by a telephone or computer on which a member of the team has signed in"),
    (
        "staff_device",
        "Typed by a code into a telephone or computer on which somebody of the office has signed in",
    ),
    ("contradicted", "The call-back was answered otherwise"),
    ("at_odds", "“Not done”, and yet four or five stars"),
]


class Migration(migrations.Migration):
    dependencies = [("reviews", "0009_reviews_before_say_so_too")]
    operations = [
        migrations.AlterField(
            model_name="reviewflag",
            name="rule",
            field=models.CharField(choices=RULES, max_length=16),
        ),
    ]
