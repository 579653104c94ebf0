"""A version of what reports ask for is never changed: reports point at it."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_reports_ask_by_kind_of_service")]
    operations = [append_only("catalogue_resulttemplate")]
