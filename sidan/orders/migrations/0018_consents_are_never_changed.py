"""Consents are never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("orders", "0017_a_consent_is_kept")]
    operations = [append_only("orders_orderconsent")]
