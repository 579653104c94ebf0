"""What is ordered under some kinds of service is always private."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_projects_are_found_by_words")]

    operations = [
        migrations.AddField(
            model_name="category",
            name="is_private",
            field=models.BooleanField(default=False),
        ),
    ]
