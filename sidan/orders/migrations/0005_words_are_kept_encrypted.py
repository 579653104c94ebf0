"""Words beside the history were readable columns; they are encrypted now. Nobody has run the former form."""

from django.db import migrations

import sidan.core.fields


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_the_database_guards_the_turn")]
    operations = [
        migrations.RemoveField("ordernote", "words"),
        migrations.AddField(
            "ordernote",
            "words",
            sidan.core.fields.EncryptedTextField(default="", purpose="orders.note.words"),
            preserve_default=False,
        ),
        migrations.RemoveField("reviewtext", "words"),
        migrations.AddField(
            "reviewtext",
            "words",
            sidan.core.fields.EncryptedTextField(default="", purpose="orders.review.words"),
            preserve_default=False,
        ),
        migrations.RemoveField("visitreport", "words"),
        migrations.AddField(
            "visitreport",
            "words",
            sidan.core.fields.EncryptedTextField(blank=True, default="", purpose="orders.report.words"),
            preserve_default=False,
        ),
    ]
