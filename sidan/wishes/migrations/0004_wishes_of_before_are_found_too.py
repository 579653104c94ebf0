"""Wishes that were made before are found by their sentences, too."""

from typing import Any

from django.db import migrations


def fill(apps: Any, _editor: Any) -> None:
    """Save each as it is: the column follows its texts."""
    for row in apps.get_model("wishes", "Wish")._base_manager.iterator(chunk_size=500):
        row.save(update_fields=["search"])


class Migration(migrations.Migration):
    dependencies = [("wishes", "0003_a_wish_is_found_by_its_sentence")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
