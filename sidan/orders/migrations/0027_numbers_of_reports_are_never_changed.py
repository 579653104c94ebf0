"""Numbers of reports are counted, and therefore never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("orders", "0026_reports_have_results")]
    operations = [append_only("orders_visitcount")]
