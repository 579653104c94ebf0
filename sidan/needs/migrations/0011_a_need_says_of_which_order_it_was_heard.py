"""A need that was heard at a visit or in a talk says about which order that was."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("needs", "0010_a_choice_becomes_one_need"),
        ("orders", "0035_a_project_takes_so_many_orders_a_month"),
    ]
    operations = [
        migrations.AddField(
            "need",
            "order",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"
            ),
        ),
        migrations.AddConstraint(
            "need",
            models.CheckConstraint(
                condition=Q(order=None) | Q(source__in=["visit", "message"], survey=None),
                name="needs_an_order_is_told_of_a_visit_or_message",
            ),
        ),
    ]
