"""A kind of service says for which groups it is meant; those there are say nothing, which is for everybody."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0009_how_a_project_grew_is_never_changed")]

    operations = [
        migrations.AddField(
            model_name="category",
            name="audience",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("elder", "Old people"),
                        ("child", "Children and young people"),
                        ("left_behind", "Children whose parents work elsewhere"),
                        ("disabled", "Disabled people"),
                        ("hardship", "Families in hardship"),
                        ("woman", "Women"),
                        ("veteran", "Veterans"),
                    ],
                    max_length=12,
                ),
                blank=True,
                default=list,
                size=None,
            ),
        ),
    ]
