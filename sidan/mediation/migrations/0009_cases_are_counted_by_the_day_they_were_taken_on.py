"""Cases of a county are counted by the day on which they were taken on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mediation", "0008_no_case_is_taken_on_after_it_is_written_down")]
    operations = [
        migrations.RemoveIndex("case", "mediation_of_county"),
        migrations.AddIndex(
            "case", models.Index(fields=["county", "taken_on"], name="mediation_taken_on_in_county")
        ),
    ]
