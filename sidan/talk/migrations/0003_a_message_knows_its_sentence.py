"""What was sent with a tap knows by which sentence, so that each reads it in their own language."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("talk", "0002_what_was_said_is_never_changed")]

    operations = [
        migrations.AddField(
            model_name="messagetext",
            name="begun",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="messagetext",
            name="phrase",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="talk.phrase"
            ),
        ),
        migrations.AddConstraint(
            model_name="messagetext",
            constraint=models.CheckConstraint(
                condition=Q(begun="") | Q(phrase=None), name="talk_sent_by_one_sentence"
            ),
        ),
    ]
