"""An order may be private: kept at one place, its words sealed."""

import django.db.models.deletion
from django.db import migrations, models

import sidan.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_some_kinds_are_always_private"),
        ("orders", "0019_a_review_says_how_it_was_collected"),
        ("places", "0008_what_was_said_of_days_is_never_changed"),
    ]

    operations = [
        migrations.AddField(
            model_name="order", name="is_private", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField(
            model_name="order",
            name="keeper_place",
            field=models.ForeignKey(
                null=True, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="places.place",
            ),
        ),
        migrations.AddField(
            model_name="ordertext",
            name="sealed",
            field=sidan.core.fields.EncryptedTextField(null=True, purpose="orders.text.sealed"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(is_private=True, keeper_place__isnull=False)
                | models.Q(is_private=False, keeper_place=None),
                name="orders_private_has_a_keeper",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(is_private=True),
                fields=["keeper_place", "state_since", "id"],
                name="orders_kept_private",
            ),
        ),
    ]  # fmt: skip
