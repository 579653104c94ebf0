"""A choice of a survey becomes one need, however often its form is sent."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("needs", "0009_needs_of_before_say_their_choice_too")]
    operations = [
        migrations.AddConstraint(
            "need",
            models.UniqueConstraint(
                fields=["survey", "question", "choice"], name="needs_a_choice_becomes_one_need"
            ),
        ),
        migrations.AddConstraint(
            "need",
            models.CheckConstraint(
                condition=Q(choice=None) | Q(answer=None, question__isnull=False, survey__isnull=False),
                name="needs_a_choice_is_of_a_question",
            ),
        ),
    ]
