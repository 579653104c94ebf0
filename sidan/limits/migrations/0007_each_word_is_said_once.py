"""Of two who change a limit at once the second is told so: each numbered word of a place stands once."""

from django.db import migrations, models
from django.db.models import Q

LEVELS = ["", "province", "city", "center", "institute", "station", "point", "base"]


class Migration(migrations.Migration):
    dependencies = [("limits", "0006_words_of_before_are_numbered")]
    operations = [
        migrations.AddConstraint(
            "limit",
            models.UniqueConstraint(
                fields=["place", "step", "category", "level", "urgency", "word"],
                nulls_distinct=False,
                name="limits_each_word_is_said_once",
            ),
        ),
        migrations.AddConstraint(
            "limit",
            models.CheckConstraint(
                condition=Q(word__gte=1, level__in=LEVELS), name="limits_words_are_counted_levels_known"
            ),
        ),
        # The unique index finds the last word, too.
        migrations.RemoveIndex("limit", "limits_of_place"),
    ]
