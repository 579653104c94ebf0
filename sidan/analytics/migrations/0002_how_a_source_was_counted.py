"""By which definition a source was counted; what was kept before this is counted anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_counters_of_figures")]

    operations = [
        migrations.AddField(
            model_name="counted",
            name="definition",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
