"""An order goes on in place of those merged into it: by one step it is over for the wishes of all of them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0043_a_merged_order_is_followed_to_its_end"),
        ("wishes", "0013_a_shown_picture_hangs_beside_thanks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="wishorderover",
            name="step",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.orderstep"
            ),
        ),
    ]
