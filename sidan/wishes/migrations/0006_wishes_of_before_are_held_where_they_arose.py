"""Wishes of before are answered where they arose. Their clocks begin by the job that starts missing ones."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("wishes", "0005_wishes_are_answered_in_time_by_somebody")]
    operations = [migrations.RunSQL("UPDATE wishes_wish SET holder_id = place_id", migrations.RunSQL.noop)]
