"""Rules, calls, checks, flags, standings and steps of suggestions are appended, never changed."""

from django.db import migrations

from sidan.core.database import append_only

TABLES = ("reviewrule", "callbacktry", "reviewcheck", "reviewflag", "reviewstanding", "suggestionstep")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_what_is_kept_of_reviews")]
    operations = [append_only(f"reviews_{table}") for table in TABLES]
