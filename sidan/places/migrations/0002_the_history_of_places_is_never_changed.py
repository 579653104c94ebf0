"""The history of places is never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("places", "0001_tree_of_places")]
    operations = [append_only("places_placechange")]
