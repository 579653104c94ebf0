"""What somebody decided about a day of a rule is appended, and taken back by another decision."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("activities", "0012_a_rule_is_followed_once_and_a_day_decided_again")]
    operations = [append_only("activities_daydecision")]
