"""Orders from before get the words of title and name too; the trigger gathers them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("orders", "0023_words_of_an_order_stand_together")]

    operations = [
        migrations.RunSQL("UPDATE orders_ordertext SET search = search", migrations.RunSQL.noop),
    ]
