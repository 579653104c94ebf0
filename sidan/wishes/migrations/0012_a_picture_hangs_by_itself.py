"""Whether the picture hangs beside the thanks is kept by itself: what hung there unasked does so no more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wishes", "0011_who_manages_the_library_is_asked_for_a_service")]

    operations = [
        migrations.AddField(
            model_name="fulfilment", name="photo_shown_at", field=models.DateTimeField(null=True)
        ),
    ]
