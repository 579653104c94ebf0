"""Whatever is counted with another need knows into which it was merged."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("needs", "0018_needs_merged_before_go_back_to_where_they_stand")]
    operations = [
        migrations.AddConstraint(
            "need",
            models.CheckConstraint(
                condition=Q(same_as=None, merged_into=None)
                | Q(same_as__isnull=False, merged_into__isnull=False) & ~Q(merged_into=F("id")),
                name="needs_a_like_knows_its_way_back",
            ),
        )
    ]
