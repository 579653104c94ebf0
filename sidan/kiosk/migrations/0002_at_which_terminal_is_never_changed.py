"""At which terminal something was ordered is never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("kiosk", "0001_terminals_and_their_orders")]
    operations = [append_only("kiosk_kioskorder")]
