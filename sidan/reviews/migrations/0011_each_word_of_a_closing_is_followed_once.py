from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0010_a_code_typed_by_the_office_is_noticed")]
    operations = [
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                fields=["order", "turn", "told_by"], name="reviews_follow_up_once_a_word"
            ),
        ),
        migrations.RemoveConstraint(model_name="followup", name="reviews_follow_up_once_a_closing"),
        migrations.RemoveConstraint(model_name="followup", name="reviews_follow_up_once_for_stars"),
    ]
