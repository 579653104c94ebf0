"""Who said something about which order, and when, is never changed; the words beside it may be erased."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("talk", "0001_talk_about_orders")]
    operations = [append_only("talk_message")]
