"""Projects are found by their words."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_the_history_of_projects_is_never_changed")]
    operations = [
        migrations.AddIndex(
            model_name="project",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="catalogue_project_search"
            ),
        ),
    ]
