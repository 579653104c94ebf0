from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0010_a_team_may_give_an_order_back")]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "submitted",
                            "admitted",
                            "dispatched",
                            "accepted",
                            "scheduled",
                            "under_way",
                            "done",
                            "failed",
                            "reopened",
                        ],
                    )
                ),
                fields=["state_since", "id"],
                name="orders_open_by_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("state__in", ["refused", "closed", "cancelled"])),
                fields=["state_since", "id"],
                name="orders_ended_by_time",
            ),
        ),
    ]
