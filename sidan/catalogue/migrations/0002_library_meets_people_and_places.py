import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0001_library_and_menus"),
        ("files", "0001_stored_pictures"),
        ("people", "0001_persons_accounts_and_teams"),
        ("places", "0001_tree_of_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="menu",
            name="county",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="menu",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="menus", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="menuitem",
            name="menu",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="catalogue.menu"
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="category",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="projects", to="catalogue.category"
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="county",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="projects", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="projects", to="people.team"
            ),
        ),
        migrations.AddField(
            model_name="menuitem",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.project"
            ),
        ),
        migrations.AddField(
            model_name="projectphoto",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="projectphoto",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="catalogue.project"
            ),
        ),
        migrations.AddField(
            model_name="projectstep",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="projectstep",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="catalogue.project"
            ),
        ),
        migrations.AddField(
            model_name="teamservice",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="teamservice",
            name="category",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.category"
            ),
        ),
        migrations.AddField(
            model_name="teamservice",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="services", to="people.team"
            ),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("code")), _negated=True),
                name="catalogue_category_not_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="menu",
            constraint=models.UniqueConstraint(fields=("place", "month"), name="catalogue_one_menu_a_month"),
        ),
        migrations.AddConstraint(
            model_name="menu",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="catalogue_month_is_its_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="menu",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", False), ("state", "published")),
                    models.Q(("published_at__isnull", True), ("state", "draft")),
                    _connector="OR",
                ),
                name="catalogue_published_menu_has_its_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["county", "state", "-id"], name="catalogue_project_of_county"),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["place", "state", "-id"], name="catalogue_project_of_place"),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["category", "state"], name="catalogue_project_of_kind"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("duration_minutes__gte", 5), ("duration_minutes__lte", 1440)),
                name="catalogue_duration_is_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("people_needed__gte", 1), ("people_needed__lte", 200)),
                name="catalogue_people_needed_is_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="catalogue_project_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="menuitem",
            constraint=models.UniqueConstraint(
                fields=("menu", "project"), name="catalogue_item_once_on_a_menu"
            ),
        ),
        migrations.AddIndex(
            model_name="teamservice",
            index=models.Index(fields=["category", "area"], name="catalogue_who_serves"),
        ),
        migrations.AddConstraint(
            model_name="teamservice",
            constraint=models.UniqueConstraint(
                fields=("team", "category", "area"), name="catalogue_team_serves_once"
            ),
        ),
    ]
