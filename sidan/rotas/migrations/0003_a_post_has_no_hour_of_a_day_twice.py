"""A post has no hour of a day twice, whichever shift it comes from; what is called off stands in the way of none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rotas", "0002_the_history_of_turns_is_never_changed")]
    operations = [
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.UniqueConstraint(
                condition=~models.Q(state="off"),
                fields=("rota", "day", "during"),
                name="rotas_no_hour_of_a_day_twice",
            ),
        ),
    ]
