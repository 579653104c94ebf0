"""A need that was made of a choice says which one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("needs", "0007_a_need_is_traced_with_those_counted_with_it")]
    operations = [migrations.AddField("need", "choice", models.PositiveSmallIntegerField(null=True))]
