from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0011_each_word_of_a_closing_is_followed_once")]
    operations = [
        migrations.AlterField(
            model_name="followup",
            name="told_by",
            field=models.CharField(
                choices=[
                    ("review", "Review"),
                    ("call_back", "Call-back"),
                    ("stars", "Review with few stars"),
                    ("cancelling", "Cancelling, with words of danger"),
                ],
                max_length=10,
            ),
        )
    ]
