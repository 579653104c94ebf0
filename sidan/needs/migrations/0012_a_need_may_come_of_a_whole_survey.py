"""What all who chose the same said came of a survey, whichever ways their sheets came."""

from django.db import migrations, models

SOURCES = [
    ("link", "Link or QR code"),
    ("paper", "Paper"),
    ("visit", "Home visit"),
    ("message", "Message or call"),
    ("meeting", "Meeting"),
    ("survey", "Survey"),
]


class Migration(migrations.Migration):
    dependencies = [("needs", "0011_a_need_says_of_which_order_it_was_heard")]
    operations = [
        migrations.AlterField(model, "source", models.CharField(max_length=8, choices=SOURCES))
        for model in ("need", "surveyanswer")
    ]
