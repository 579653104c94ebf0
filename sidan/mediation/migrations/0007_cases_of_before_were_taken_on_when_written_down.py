"""Cases of before count as taken on when they were written down: nobody could say otherwise."""

from django.db import migrations

FILL = """
UPDATE mediation_case SET taken_on = (created_at AT TIME ZONE 'Asia/Shanghai')::date WHERE taken_on IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("mediation", "0006_a_case_says_on_which_day_it_was_taken_on")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
