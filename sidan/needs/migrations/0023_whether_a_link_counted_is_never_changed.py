"""Whether a link counted on a day is told by rows that stay."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("needs", "0022_links_that_came_to_nothing_before_count_no_longer")]
    operations = [append_only("needs_needtracestanding")]
