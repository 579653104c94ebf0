"""A team may take its offer back: the answer keeps when, and who did it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0037_what_comes_back_has_waited_all_the_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("callanswer", "taken_back_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "callanswer",
            "taken_back_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            "callanswer",
            "state",
            models.CharField(
                choices=[
                    ("applied", "Would take it"), ("won", "Has it"), ("passed_over", "Another team was chosen"),
                    ("taken_back", "Offer taken back"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            "callanswer",
            models.Index(condition=models.Q(("state", "applied")), fields=["team"], name="orders_offers_of_team"),
        ),
    ]  # fmt: skip
