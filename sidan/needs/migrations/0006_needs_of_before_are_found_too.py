"""Needs that were written down before are found by their titles, too."""

from typing import Any

from django.db import migrations


def fill(apps: Any, _editor: Any) -> None:
    """Save each as it is: the column follows its texts."""
    for row in apps.get_model("needs", "Need")._base_manager.iterator(chunk_size=500):
        row.save(update_fields=["search"])


class Migration(migrations.Migration):
    dependencies = [("needs", "0005_a_need_is_found_by_its_title")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
