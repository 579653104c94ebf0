from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reviews", "0006_few_stars_are_followed_up_too")]
    operations = [
        migrations.RemoveConstraint(model_name="followup", name="reviews_follow_up_once_a_closing"),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                fields=["order", "turn"],
                condition=~Q(told_by="stars"),
                name="reviews_follow_up_once_a_closing",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                fields=["order", "turn"],
                condition=Q(told_by="stars"),
                name="reviews_follow_up_once_for_stars",
            ),
        ),
    ]
