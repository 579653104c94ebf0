"""Of needs that were merged before it is not known by which way: each came to the one it is counted with."""

from django.db import migrations

KNOW = "UPDATE needs_need SET merged_into_id = same_as_id WHERE same_as_id IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("needs", "0017_a_merged_need_knows_its_way_back")]
    operations = [migrations.RunSQL(KNOW, migrations.RunSQL.noop)]
