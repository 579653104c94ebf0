"""Notices that wait are looked at when they were told; a code is known as one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("notify", "0002_people_choose_what_is_sent"),
    ]

    operations = [
        migrations.RunSQL(
            sql="""
            UPDATE notify_notice SET goes_at = at WHERE goes_out;
            UPDATE notify_delivery SET kind = 'code', is_urgent = true WHERE effect LIKE 'code:%';
            """,
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
