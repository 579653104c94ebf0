"""A picture never hangs on the wall alone."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("wishes", "0012_a_picture_hangs_by_itself")]

    operations = [
        migrations.AddConstraint(
            model_name="fulfilment",
            constraint=models.CheckConstraint(
                condition=Q(photo_shown_at=None) | Q(shown_at__isnull=False, photo__isnull=False),
                name="wishes_a_shown_picture_hangs_beside_thanks",
            ),
        ),
    ]
