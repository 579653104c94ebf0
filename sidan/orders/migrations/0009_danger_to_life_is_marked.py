"""An order whose words speak of danger to life is marked (R-Z10)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0008_a_wish_can_be_changed")]

    operations = [
        migrations.AlterField(
            model_name="order",
            name="urgency",
            field=models.CharField(
                choices=[("normal", "Normal"), ("urgent", "Urgent"), ("danger", "Danger to life")],
                default="normal",
                max_length=8,
            ),
        ),
    ]
