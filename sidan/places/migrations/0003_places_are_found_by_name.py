"""Places are found by any part of their name, by pinyin and by initials."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("places", "0002_the_history_of_places_is_never_changed")]
    operations = [
        migrations.AddIndex(
            model_name="place",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="places_place_search"),
        ),
    ]
