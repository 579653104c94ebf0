"""What no talk, material or lecturer can be, whoever writes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lectures", "0001_talks_lecturers_and_what_is_passed_on"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="lecturer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("place", "person"),
                name="lectures_somebody_lectures_once_at_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="lecturer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tasks__contained_by", ["theory", "policy", "values", "culture", "customs"])
                ),
                name="lectures_tasks_of_lecturers_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="lecturer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at", None), ("ended_at__gte", models.F("created_at")), _connector="OR"
                ),
                name="lectures_lecturers_end_after_they_begin",
            ),
        ),
        migrations.AddConstraint(
            model_name="received",
            constraint=models.UniqueConstraint(
                fields=("passed_on", "place"), name="lectures_a_place_opens_it_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "review", "published", "dropped"])),
                name="lectures_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(("task__in", ["theory", "policy", "values", "culture", "customs"])),
                name="lectures_task_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True), models.Q(("about", ""), _negated=True)
                ),
                name="lectures_talks_say_what_they_are",
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "audience__contained_by",
                        ["elder", "child", "left_behind", "disabled", "hardship", "woman", "veteran"],
                    )
                ),
                name="lectures_audience_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 480)),
                name="lectures_talks_last_minutes",
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(("turn__gte", 1)), name="lectures_turn_counts_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="passedon",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="lectures_a_month_begins_on_its_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="passedon",
            constraint=models.UniqueConstraint(
                fields=("place", "talk", "month"), name="lectures_a_talk_is_passed_on_once_a_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["film", "slides", "text", "leaflet"])),
                name="lectures_kind_of_material_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="lectures_materials_have_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(("address__startswith", "https://")),
                name="lectures_materials_lie_behind_https",
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minutes", None), models.Q(("minutes__gte", 1), ("minutes__lte", 480)), _connector="OR"
                ),
                name="lectures_films_last_minutes",
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.UniqueConstraint(
                fields=("talk", "address"), name="lectures_material_once_of_a_talk"
            ),
        ),
        migrations.AddConstraint(
            model_name="given",
            constraint=models.UniqueConstraint(
                fields=("activity", "talk"), name="lectures_a_talk_is_given_once_at_an_activity"
            ),
        ),
        migrations.AddConstraint(
            model_name="talkstep",
            constraint=models.UniqueConstraint(fields=("talk", "turn"), name="lectures_step_once_a_turn"),
        ),
    ]
