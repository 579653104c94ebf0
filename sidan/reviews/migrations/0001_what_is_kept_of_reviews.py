"""Call-backs, flags and standings, follow-ups, suggestions, and the rules of a county."""

import django.db.models.deletion
import sidan.core.fields
import sidan.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orders", "0019_a_review_says_how_it_was_collected"),
        ("people", "0005_codes_are_counted_by_address"),
        ("places", "0008_what_was_said_of_days_is_never_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallBackTry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nth", models.PositiveSmallIntegerField()),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("answered", "Answered"),
                            ("not_reached", "Nobody answered the telephone"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "Done"),
                            ("half", "Half done"),
                            ("not_done", "Not done"),
                            ("still_needed", "Done, but more is needed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="people.account"
                    ),
                ),
            ],
            options={
                "ordering": ["nth"],
            },
        ),
        migrations.CreateModel(
            name="ReviewCheck",
            fields=[
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="check_row",
                        serialize=False,
                        to="orders.review",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ReviewStanding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nth", models.PositiveSmallIntegerField()),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("counted", "Counts"),
                            ("pending", "To be looked at"),
                            ("set_aside", "Does not count"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("counted", "Counts"),
                            ("pending", "To be looked at"),
                            ("set_aside", "Does not count"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_satisfied", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="orders.review",
                    ),
                ),
            ],
            options={
                "ordering": ["nth"],
            },
        ),
        migrations.CreateModel(
            name="CallBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "To be called"),
                            ("answered", "Answered"),
                            ("declined", "Would rather not say"),
                            ("unreached", "Not reached"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("drawn_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"
                    ),
                ),
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.orderstep"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CallBackWords",
            fields=[
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="said",
                        serialize=False,
                        to="reviews.callbacktry",
                    ),
                ),
                ("words", sidan.core.fields.EncryptedTextField(purpose="reviews.callbackwords.words")),
            ],
        ),
        migrations.AddField(
            model_name="callbacktry",
            name="call_back",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="reviews.callback"
            ),
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                ("turn", models.PositiveIntegerField()),
                (
                    "told_by",
                    models.CharField(
                        choices=[("review", "Review"), ("call_back", "Call-back")], max_length=10
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("done", "Done"),
                            ("half", "Half done"),
                            ("not_done", "Not done"),
                            ("still_needed", "Done, but more is needed"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("reopen", "The order is opened again at once"),
                            ("follow_up", "Somebody sees to it and answers"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(choices=[("open", "To be seen to"), ("done", "Seen to")], max_length=6),
                ),
                (
                    "answer",
                    sidan.core.fields.EncryptedTextField(blank=True, purpose="reviews.followup.answer"),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ReviewFlag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("by_staff", "Entered by staff, or by who placed the order for the resident"),
                            ("by_team", "Given by a member of the team that served"),
                            ("same_minute", "Given within a minute after the service was reported"),
                            ("alike_account", "One of many alike from one account"),
                            ("alike_team", "One of many alike for one team in a short time"),
                            ("team_phone", "The order's telephone belongs to a member of the team"),
                            ("contradicted", "The call-back was answered otherwise"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="flags", to="orders.review"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ReviewRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField()),
                (
                    "after_half",
                    models.CharField(
                        choices=[
                            ("reopen", "The order is opened again at once"),
                            ("follow_up", "Somebody sees to it and answers"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "after_not_done",
                    models.CharField(
                        choices=[
                            ("reopen", "The order is opened again at once"),
                            ("follow_up", "Somebody sees to it and answers"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "after_still_needed",
                    models.CharField(
                        choices=[
                            ("reopen", "The order is opened again at once"),
                            ("follow_up", "Somebody sees to it and answers"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="StandingNote",
            fields=[
                (
                    "standing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="note",
                        serialize=False,
                        to="reviews.reviewstanding",
                    ),
                ),
                ("words", sidan.core.fields.EncryptedTextField(purpose="reviews.standingnote.words")),
            ],
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=sidan.core.ids.uuid7, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be answered"),
                            ("adopted", "Adopted"),
                            ("answered", "Answered"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "answer",
                    sidan.core.fields.EncryptedTextField(blank=True, purpose="reviews.suggestion.answer"),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestion",
                        to="orders.review",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SuggestionStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be answered"),
                            ("adopted", "Adopted"),
                            ("answered", "Answered"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="reviews.suggestion",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="callback",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["id"], name="reviews_to_call"
            ),
        ),
        migrations.AddIndex(
            model_name="callback",
            index=models.Index(fields=["order", "id"], name="reviews_call_of_order"),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "answered", "declined", "unreached"])),
                name="reviews_call_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.CheckConstraint(
                condition=models.Q(("tries__lte", 3)), name="reviews_left_in_peace"
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state", "waiting")),
                    models.Q(models.Q(("state", "waiting"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="reviews_call_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="callbacktry",
            constraint=models.UniqueConstraint(
                fields=("call_back", "nth"), name="reviews_one_call_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="callbacktry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", "answered"), models.Q(("outcome", ""), _negated=True)),
                    models.Q(models.Q(("result", "answered"), _negated=True), ("outcome", "")),
                    _connector="OR",
                ),
                name="reviews_an_answer_has_an_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["id"], name="reviews_to_follow_up"
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                fields=("order", "turn"), name="reviews_follow_up_once_a_closing"
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("state", "open")),
                    models.Q(("closed_at__isnull", False), ("state", "done")),
                    _connector="OR",
                ),
                name="reviews_follow_up_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewflag",
            constraint=models.UniqueConstraint(fields=("review", "rule"), name="reviews_flag_once"),
        ),
        migrations.AddIndex(
            model_name="reviewrule",
            index=models.Index(fields=["place", "-id"], name="reviews_rule_of_place"),
        ),
        migrations.AddConstraint(
            model_name="reviewrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__gte", 1), ("percent__lte", 100)),
                name="reviews_somebody_is_called_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewstanding",
            constraint=models.UniqueConstraint(fields=("review", "nth"), name="reviews_standing_in_turn"),
        ),
        migrations.AddConstraint(
            model_name="reviewstanding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by", None), ("standing", "pending")),
                    models.Q(models.Q(("standing", "pending"), _negated=True), ("by__isnull", False)),
                    _connector="OR",
                ),
                name="reviews_people_decide_rules_notice",
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["id"], name="reviews_to_answer"
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["order", "id"], name="reviews_suggestion_of_order"),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "adopted", "answered"])),
                name="reviews_suggestion_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestionstep",
            constraint=models.UniqueConstraint(
                fields=("suggestion", "state"), name="reviews_suggestion_step_once"
            ),
        ),
    ]
