"""The desk of a county and of a place is found by what is not over yet: what is over stays for ever and is not read."""

import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0002_the_history_of_bookings_is_never_changed"),
    ]

    operations = [
        migrations.RemoveIndex("booking", "bookings_desk_of_county"),
        migrations.RemoveIndex("booking", "bookings_desk_of_place"),
        migrations.AddIndex(
            "booking",
            models.Index(
                models.F("county"),
                models.F("state"),
                django.contrib.postgres.fields.ranges.RangeEndsWith("during"),
                name="bookings_desk_of_county",
            ),
        ),
        migrations.AddIndex(
            "booking",
            models.Index(
                models.F("place"),
                models.F("state"),
                django.contrib.postgres.fields.ranges.RangeEndsWith("during"),
                name="bookings_desk_of_place",
            ),
        ),
    ]
