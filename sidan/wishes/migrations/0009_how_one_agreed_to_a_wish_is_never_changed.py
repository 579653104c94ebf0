"""How a resident agreed to a wish is never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("wishes", "0008_a_wish_keeps_its_consent")]
    operations = [append_only("wishes_wishconsent")]
