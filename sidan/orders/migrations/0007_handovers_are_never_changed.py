"""Handovers are never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("orders", "0006_orders_change_hands")]
    operations = [append_only("orders_orderhandover")]
