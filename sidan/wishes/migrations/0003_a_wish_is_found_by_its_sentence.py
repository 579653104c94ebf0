"""A wish is found by the words of its sentence."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from sidan.core.search import SearchField


class Migration(migrations.Migration):
    dependencies = [("wishes", "0002_the_history_of_wishes_is_never_changed")]
    operations = [
        migrations.AddField("wish", "search", SearchField(size=None, sources=("sentence", "sentence_en"))),
        migrations.AddIndex("wish", GinIndex(fields=["search"], name="wishes_wish_search")),
    ]
