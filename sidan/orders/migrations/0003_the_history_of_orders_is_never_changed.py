"""The history of orders is never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_the_loop_meets_people_and_places")]
    operations = [append_only("orders_orderstep"), append_only("orders_review")]
