"""A need is found by the words of its title."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from sidan.core.search import SearchField


class Migration(migrations.Migration):
    dependencies = [("needs", "0004_a_sheet_is_kept_once_and_may_become_a_need")]
    operations = [
        migrations.AddField("need", "search", SearchField(size=None, sources=("title",))),
        migrations.AddIndex("need", GinIndex(fields=["search"], name="needs_need_search")),
    ]
