"""Where a bus, a fair or a stand is, what people find there and what its stops are called, in English too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0010_what_stands_somewhere_for_a_while")]

    operations = [
        migrations.AddField(
            model_name=model,
            name=name,
            field=models.CharField(blank=True, default="", max_length=length),
            preserve_default=False,
        )
        for model, name, length in (
            ("popup", "spot_en", 200),
            ("popup", "about_en", 500),
            ("popupstop", "name_en", 120),
        )
    ]
