"""An order keeps whom to call by what others said of it, for those who may not read the words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0039_what_became_of_an_offer_is_never_changed")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="calls_heard",
            field=models.CharField(blank=True, db_default="", default="", max_length=11),
        ),
    ]
