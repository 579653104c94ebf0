"""Which migrations ran is for their owner to write: the serving role only reads it, to say whether one is missing."""

from django.db import migrations

CLOSE = "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM sidan_app;"
OPEN = "GRANT INSERT, UPDATE, DELETE ON django_migrations TO sidan_app;"


class Migration(migrations.Migration):
    dependencies = [("core", "0002_remember_answers_by_key")]
    operations = [migrations.RunSQL(CLOSE, OPEN)]
