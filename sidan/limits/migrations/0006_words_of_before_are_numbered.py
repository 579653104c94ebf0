"""The words that a place said on one thing are counted in their order; nothing else of them changes."""

from django.db import migrations

NUMBER = """
ALTER TABLE limits_limit DISABLE TRIGGER limits_limit_refuse_change;
UPDATE limits_limit SET word = counted.word FROM (
    SELECT id, row_number() OVER (PARTITION BY place_id, step, category_id, urgency ORDER BY id) AS word
    FROM limits_limit
) AS counted WHERE counted.id = limits_limit.id AND counted.word > 1;
ALTER TABLE limits_limit ENABLE TRIGGER limits_limit_refuse_change;
"""


class Migration(migrations.Migration):
    dependencies = [("limits", "0005_limits_of_levels_and_numbered_words")]
    operations = [migrations.RunSQL(NUMBER, migrations.RunSQL.noop)]
