"""What was said of days is never changed: the newest word counts, the older ones stay."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("places", "0007_the_days_of_two_years")]
    operations = [append_only("places_workingdayentry")]
