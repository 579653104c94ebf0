import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_persons_accounts_and_teams"),
        ("places", "0001_tree_of_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="directorship",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="directorships", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="canonical",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_rows",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="county",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="home_place",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="directorship",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="directorships", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="account", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grants",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="granted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="places.place"
            ),
        ),
        migrations.AddIndex(
            model_name="signinattempt",
            index=models.Index(fields=["phone_hash", "-at"], name="people_attempt_of_phone"),
        ),
        migrations.AddIndex(
            model_name="signinattempt",
            index=models.Index(fields=["address_hash", "-at"], name="people_attempt_of_address"),
        ),
        migrations.AddIndex(
            model_name="signincode",
            index=models.Index(fields=["phone_hash", "-sent_at"], name="people_code_of_phone"),
        ),
        migrations.AddField(
            model_name="team",
            name="county",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="leader",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="led_teams",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="people.team",
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="teams", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="category",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="teams", to="people.teamcategory"
            ),
        ),
        migrations.AddField(
            model_name="teammember",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="teammember",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="people.team"
            ),
        ),
        migrations.AddField(
            model_name="volunteer",
            name="county",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="volunteer",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="volunteer", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="volunteer",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["contact_phone_hash"], name="people_person_phone"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["county", "pinyin", "id"], name="people_person_of_county"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("canonical", models.F("id")), _negated=True),
                name="people_person_not_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="people_person_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="directorship",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[(models.F("place"), "="), (models.F("title"), "="), ("term", "&&")],
                name="people_one_director_with_a_title_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="rolegrant",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["place", "role"],
                name="people_grant_now_at_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("account", "role", "place"),
                name="people_grant_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at", None), ("ended_at__gte", models.F("granted_at")), _connector="OR"
                ),
                name="people_grant_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("ended_at", None), ("role__in", ["audit_admin", "security_admin", "system_admin"])
                ),
                expressions=[(models.F("account"), "="), (models.F("role"), "<>")],
                name="people_three_administrations_in_three_hands",
            ),
        ),
        migrations.AddIndex(
            model_name="team",
            index=models.Index(fields=["county", "pinyin", "id"], name="people_team_of_county"),
        ),
        migrations.AddIndex(
            model_name="team",
            index=models.Index(fields=["place", "pinyin", "id"], name="people_team_of_place"),
        ),
        migrations.AddIndex(
            model_name="team",
            index=models.Index(fields=["leader"], name="people_team_by_leader"),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="people_team_not_its_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "dissolved"), _negated=True),
                fields=("place", "name"),
                name="people_one_team_name_at_a_place",
            ),
        ),
        migrations.AddIndex(
            model_name="teammember",
            index=models.Index(
                condition=models.Q(("left_on", None)), fields=["team", "person"], name="people_member_now"
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_on", None)),
                fields=("person", "team"),
                name="people_member_of_a_team_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_on", None), ("left_on__gte", models.F("joined_on")), _connector="OR"
                ),
                name="people_member_leaves_after_joining",
            ),
        ),
        migrations.AddIndex(
            model_name="volunteer",
            index=models.Index(fields=["county", "-id"], name="people_volunteer_of_county"),
        ),
        migrations.AddIndex(
            model_name="volunteer",
            index=models.Index(fields=["place", "-id"], name="people_volunteer_of_place"),
        ),
    ]
