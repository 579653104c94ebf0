"""The list of reviews stands in the order of their moments, whatever the order in which their rows were written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0035_a_project_takes_so_many_orders_a_month")]

    operations = [
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["at", "id"], name="orders_reviews_by_time"),
        ),
    ]
