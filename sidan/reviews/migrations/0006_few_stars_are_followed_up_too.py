from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_what_staff_typed_before_says_so")]
    operations = [
        migrations.AlterField(
            model_name="followup",
            name="told_by",
            field=models.CharField(
                choices=[
                    ("review", "Review"),
                    ("call_back", "Call-back"),
                    ("stars", "Review with few stars"),
                ],
                max_length=10,
            ),
        )
    ]
