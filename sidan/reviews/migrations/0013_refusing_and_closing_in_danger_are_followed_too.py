from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0012_cancelling_in_danger_is_followed_too")]
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
                    ("refusing", "Refused, with danger to life"),
                    ("closing", "Closed, with danger to life"),
                ],
                max_length=10,
            ),
        )
    ]
