"""A need is traced as soon as one that is counted with it is: such traces were lost to the list before."""

from django.db import migrations

SETTLE = """
UPDATE needs_need head SET state = 'traced'
WHERE state = 'noted' AND EXISTS (
    SELECT FROM needs_need like_it JOIN needs_needtrace trace ON trace.need_id = like_it.id
    WHERE like_it.same_as_id = head.id
)
"""


class Migration(migrations.Migration):
    dependencies = [("needs", "0006_needs_of_before_are_found_too")]
    operations = [migrations.RunSQL(SETTLE, migrations.RunSQL.noop)]
