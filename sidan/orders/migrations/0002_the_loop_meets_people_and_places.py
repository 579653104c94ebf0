import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sidan.core.fields
import sidan.core.search


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0002_library_meets_people_and_places"),
        ("evidence", "0001_register_of_causes"),
        ("files", "0002_who_stored_them"),
        ("orders", "0001_the_order_loop"),
        ("people", "0001_persons_accounts_and_teams"),
        ("places", "0001_tree_of_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="offered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="people.team"
            ),
        ),
        migrations.AddField(
            model_name="assignmentmember",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="members", to="orders.assignment"
            ),
        ),
        migrations.AddField(
            model_name="assignmentmember",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.CreateModel(
            name="OrderText",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="orders.order",
                    ),
                ),
                ("need", models.CharField(blank=True, max_length=1000)),
                ("search", sidan.core.search.SearchField(size=None)),
                ("numbers", sidan.core.fields.EncryptedTextField(blank=True, purpose="orders.text.numbers")),
                ("contact_name", models.CharField(blank=True, max_length=60)),
                (
                    "contact_phone",
                    sidan.core.fields.EncryptedTextField(blank=True, purpose="orders.text.contact_phone"),
                ),
                ("address", sidan.core.fields.EncryptedTextField(blank=True, purpose="orders.text.address")),
                ("erased_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="order",
            name="category",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.category"
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="county",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="holder_place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="origin_place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="placed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="project",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="catalogue.project",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="requester",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="orders.order"
            ),
        ),
        migrations.CreateModel(
            name="OrderNote",
            fields=[
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="note",
                        serialize=False,
                        to="orders.orderstep",
                    ),
                ),
                ("words", models.CharField(max_length=500)),
            ],
        ),
        migrations.AddField(
            model_name="orderstep",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="orderstep",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="orders.order"
            ),
        ),
        migrations.AddField(
            model_name="orderparty",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="orders.order"
            ),
        ),
        migrations.AddField(
            model_name="orderparty",
            name="place",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="orderparty",
            name="team",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.team"
            ),
        ),
        migrations.CreateModel(
            name="ReviewText",
            fields=[
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="orders.review",
                    ),
                ),
                ("words", models.CharField(max_length=1000)),
            ],
        ),
        migrations.AddField(
            model_name="review",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="orders.order"
            ),
        ),
        migrations.CreateModel(
            name="VisitReport",
            fields=[
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="report",
                        serialize=False,
                        to="orders.visit",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=1000)),
                ("people_helped", models.PositiveSmallIntegerField(default=1)),
                ("reported_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="visit",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="orders.assignment"
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="cause",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="visit", to="evidence.cause"
            ),
        ),
        migrations.AddField(
            model_name="visitphoto",
            name="file",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="visit_photo", to="files.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="visitphoto",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="orders.visit"
            ),
        ),
        migrations.AddIndex(
            model_name="assignmentmember",
            index=models.Index(
                condition=models.Q(("removed_at", None)),
                fields=["person", "assignment"],
                name="orders_my_assignments",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at", None)),
                fields=("assignment", "person"),
                name="orders_member_named_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="ordertext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at", None), models.Q(("contact_name", ""), ("need", "")), _connector="OR"
                ),
                name="orders_erased_text_is_gone",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                fields=["county", "state", "state_since", "id"], name="orders_queue_of_county"
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                fields=["holder_place", "state", "state_since", "id"], name="orders_queue_of_holder"
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["origin_place", "state"], name="orders_of_origin"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["requester", "-id"], name="orders_of_requester"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("wished_to__gt", models.F("wished_from"))),
                name="orders_wish_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("turn__gte", 1)), name="orders_turn_counts_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "submitted",
                            "refused",
                            "admitted",
                            "dispatched",
                            "accepted",
                            "scheduled",
                            "under_way",
                            "done",
                            "failed",
                            "closed",
                            "reopened",
                            "cancelled",
                        ],
                    )
                ),
                name="orders_state_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["team", "state", "offered_at"], name="orders_board_of_team"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["accepted", "offered"])),
                fields=("order", "team"),
                name="orders_team_holds_an_order_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["offered", "accepted", "declined", "withdrawn", "finished", "failed"])
                ),
                name="orders_assignment_state_known",
            ),
        ),
        migrations.AddIndex(
            model_name="orderstep",
            index=models.Index(fields=["county_id", "-id"], name="orders_step_of_county"),
        ),
        migrations.AddConstraint(
            model_name="orderstep",
            constraint=models.UniqueConstraint(fields=("order", "turn"), name="orders_step_once_a_turn"),
        ),
        migrations.AddIndex(
            model_name="orderparty",
            index=models.Index(
                condition=models.Q(("until", None)), fields=["team", "order"], name="orders_of_team"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place", None), ("team__isnull", False)),
                    models.Q(("place__isnull", False), ("team", None)),
                    _connector="OR",
                ),
                name="orders_party_is_a_team_or_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderparty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("team__isnull", False), ("until", None)),
                fields=("order", "team"),
                name="orders_team_is_party_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderparty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("place__isnull", False), ("until", None)),
                fields=("order", "place"),
                name="orders_place_is_party_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("order", "turn"), name="orders_review_once_a_closing"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stars", None), models.Q(("stars__gte", 1), ("stars__lte", 5)), _connector="OR"
                ),
                name="orders_stars_are_one_to_five",
            ),
        ),
        migrations.AddField(
            model_name="visitreport",
            name="reported_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("planned_to__gt", models.F("planned_from"))),
                name="orders_visit_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["planned", "under_way"])),
                fields=("assignment",),
                name="orders_one_visit_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "under_way", "done", "failed", "called_off"])),
                name="orders_visit_state_known",
            ),
        ),
    ]
