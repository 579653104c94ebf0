"""The first need that bears the words of a choice is that choice's; of one that was reworded it is not known."""

from typing import Any

from django.db import migrations

TITLE = 80


def fill(apps: Any, _editor: Any) -> None:
    rows = apps.get_model("needs", "Need")._base_manager
    taken = set()
    found = rows.filter(question__isnull=False, survey__isnull=False, answer=None).select_related("survey")
    for need in found.order_by("pk"):
        choices = [words[:TITLE] for words in need.survey.questions[need.question]["choices"]]
        choice = choices.index(need.title) if need.title in choices else None
        key = (need.survey_id, need.question, choice)
        if choice is not None and key not in taken:
            taken.add(key)
            rows.filter(pk=need.pk).update(choice=choice)


class Migration(migrations.Migration):
    dependencies = [("needs", "0008_a_need_says_which_choice_it_was")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
