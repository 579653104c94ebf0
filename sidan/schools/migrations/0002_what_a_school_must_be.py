"""What no school, pupil, class or number of viewers can be, whoever writes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_schools_their_pupils_and_their_classes")]

    operations = [
        migrations.AddConstraint(
            model_name="school",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "active")),
                fields=("place", "name"),
                name="schools_one_name_at_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "closed"])), name="schools_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("venue", ""), _negated=True)
                ),
                name="schools_have_name_and_venue",
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "subjects__contained_by",
                        ["phone", "craft", "arts", "health", "farming", "money", "law", "family"],
                    ),
                    ("subjects__len__gte", 1),
                ),
                name="schools_subjects_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(("turn__gte", 1)), name="schools_turn_counts_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="pupil",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_on", None)),
                fields=("school", "person"),
                name="schools_somebody_is_a_pupil_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pupil",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["self", "office"])), name="schools_way_of_pupils_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="pupil",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_at", None), ("left_by", None), ("left_on", None)),
                    models.Q(
                        ("left_at__gte", models.F("joined_at")),
                        ("left_by__isnull", False),
                        ("left_on__gte", models.F("joined_on")),
                    ),
                    _connector="OR",
                ),
                name="schools_pupils_leave_after_they_join",
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolstep",
            constraint=models.UniqueConstraint(fields=("school", "turn"), name="schools_step_once_a_turn"),
        ),
        migrations.AddConstraint(
            model_name="seriesschool",
            constraint=models.UniqueConstraint(
                fields=("series", "school"), name="schools_a_series_is_had_once_by_a_school"
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                fields=("activity", "school"), name="schools_a_class_is_had_once_by_a_school"
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                condition=models.Q(("way", "room")), fields=("activity",), name="schools_a_class_has_one_room"
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["room", "chat", "film", "video"])),
                name="schools_way_of_classes_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("open_days", 0), ("way", "room")),
                    models.Q(
                        models.Q(("way", "room"), _negated=True),
                        ("open_days__gte", 1),
                        ("open_days__lte", 366),
                    ),
                    _connector="OR",
                ),
                name="schools_only_what_is_online_stays_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("address", ""), ("address__startswith", "https://"), _connector="OR"),
                name="schools_films_lie_behind_https",
            ),
        ),
        migrations.AddConstraint(
            model_name="onlinemark",
            constraint=models.UniqueConstraint(
                fields=("activity", "person"), name="schools_somebody_is_with_a_class_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="viewercount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("instead_of", None)),
                fields=("session", "day", "source"),
                name="schools_viewers_are_counted_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="viewercount",
            constraint=models.UniqueConstraint(
                fields=("instead_of",), name="schools_one_count_instead_of_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="viewercount",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["stream", "short", "group", "screen"])),
                name="schools_source_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="viewercount",
            constraint=models.CheckConstraint(
                condition=models.Q(("people__lte", 10000000)), name="schools_viewers_are_so_many"
            ),
        ),
        migrations.AddConstraint(
            model_name="viewerword",
            constraint=models.UniqueConstraint(fields=("count",), name="schools_one_word_on_a_count"),
        ),
    ]
