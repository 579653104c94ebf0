"""The history of projects is never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_library_meets_people_and_places")]
    operations = [append_only("catalogue_projectstep")]
