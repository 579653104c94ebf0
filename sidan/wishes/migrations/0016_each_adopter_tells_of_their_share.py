"""One of several adopters says that their own share is done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wishes", "0015_an_office_is_told_once_a_step")]

    operations = [
        migrations.AddField(
            model_name="adoption", name="share_told_at", field=models.DateTimeField(null=True)
        ),
    ]
