"""Surveys and what people answered; needs of a place, merged by links, each traced to what came of it (R-O10)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat

from sidan.catalogue.models import Category, Project
from sidan.core.fields import EncryptedTextField, LookupHashField
from sidan.core.ids import uuid7
from sidan.core.scope import Scope, ScopedManager
from sidan.core.search import SearchField, search_index
from sidan.needs.enums import NeedState, Source, SurveyState, TraceKind
from sidan.needs.policies import Question
from sidan.orders.enums import ENDED, Machine, OrderState
from sidan.orders.models import Order, OrderMerge, OrderStep
from sidan.places.models import Place
from sidan.places.queries import scope_condition


class Survey(models.Model):
    """A few questions to the people of a place and all below it. Open ones are answered by anybody with the link."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    questions = models.JSONField(default=list)
    """A list of {kind, words, choices}: they never change once the survey is open."""
    state = models.CharField(max_length=8, choices=SurveyState, default=SurveyState.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = ScopedManager["Survey"]()
    unscoped = models.Manager["Survey"]()

    class Meta:
        indexes = [models.Index(fields=["county", "-id"], name="needs_surveys_of_county")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", opened_at=None)
                | Q(state="open", opened_at__isnull=False, closed_at=None)
                | Q(state="closed", closed_at__isnull=False),
                name="needs_survey_state_has_its_moments",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def asked(self) -> list[Question]:
        """The questions as the rules know them."""
        rows: list[dict[str, Any]] = self.questions
        return [Question(row["kind"], row["words"], tuple(row["choices"])) for row in rows]

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        visible = scope_condition(scope, place="place", county="county")
        # Whoever is still answering when it is closed reads that, and keeps their words.
        return visible | ~Q(state=SurveyState.DRAFT) if scope.public else visible


class SurveyAnswer(models.Model):
    """One sheet: choices and words, encrypted; nobody's name is asked."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=8, choices=Source)
    client_id = models.UUIDField(null=True)
    """What the device that kept it named it: a sheet that is sent twice, as after a lost answer, is kept once."""
    answers = EncryptedTextField(purpose="needs.answer.answers")
    """JSON: the number of a question to what was answered."""
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "client_id"], name="needs_a_sheet_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"answer to {self.survey_id}"


class SheetArrival(models.Model):
    """That a network address sent a sheet within the last hour: not which one. Older rows are removed."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    address_hash = LookupHashField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # how many came from one address within the hour
            models.Index(fields=["survey", "at"], name="needs_arrivals_of_survey")
        ]

    def __str__(self) -> str:
        return f"arrival at {self.survey_id}"


class Need(models.Model):
    """What the people of a place need, in the office's words. Likes are linked to one (`same_as`), not rewritten."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    """With nobody's name in it; what somebody said stands in `NeedText`."""
    source = models.CharField(max_length=8, choices=Source)
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="+")
    """Of which order's visit or talk it was heard, where that is known: shown to who may see the order."""
    survey = models.ForeignKey(Survey, null=True, on_delete=models.PROTECT, related_name="needs")
    answer = models.ForeignKey(SurveyAnswer, null=True, on_delete=models.PROTECT, related_name="needs")
    question = models.PositiveSmallIntegerField(null=True)
    """Of a survey's need: to which question this was said, by the sheet `answer` or by all who chose the same."""
    choice = models.PositiveSmallIntegerField(null=True)
    """Which choice of the question, where all who chose the same said it."""
    voices = models.PositiveIntegerField(default=1)
    """How many people said it when it was written down; merged needs add theirs."""
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="likes")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    """The need that it was merged with by hand: the way back, where that one was merged with a third since."""
    state = models.CharField(max_length=8, choices=NeedState, default=NeedState.NOTED)
    search = SearchField(sources=("title",))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    at = models.DateTimeField()

    objects = ScopedManager["Need"]()
    unscoped = models.Manager["Need"]()

    class Meta:
        indexes = [
            # the list of a county, newest first
            models.Index(fields=["county", "-id"], condition=Q(same_as=None), name="needs_of_county"),
            models.Index(fields=["place", "category"], condition=Q(same_as=None), name="needs_of_place"),
            # words of the title
            search_index(name="needs_need_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(voices__gte=1), name="needs_somebody_said_it"),
            models.CheckConstraint(condition=~Q(title=""), name="needs_need_has_a_title"),
            models.UniqueConstraint(fields=["answer", "question"], name="needs_an_answer_becomes_one_need"),
            models.UniqueConstraint(
                fields=["survey", "question", "choice"], name="needs_a_choice_becomes_one_need"
            ),
            models.CheckConstraint(
                condition=Q(choice=None) | Q(answer=None, question__isnull=False, survey__isnull=False),
                name="needs_a_choice_is_of_a_question",
            ),
            models.CheckConstraint(
                condition=Q(answer=None) | Q(question__isnull=False, survey__isnull=False),
                name="needs_an_answer_is_to_a_question",
            ),
            models.CheckConstraint(
                condition=Q(order=None) | Q(source__in=["visit", "message"], survey=None),
                name="needs_an_order_is_told_of_a_visit_or_message",
            ),
            models.CheckConstraint(
                condition=Q(same_as=None) | ~Q(same_as=F("id")), name="needs_need_is_not_its_own_like"
            ),
            models.CheckConstraint(
                condition=Q(same_as=None, merged_into=None)
                | Q(same_as__isnull=False, merged_into__isnull=False) & ~Q(merged_into=F("id")),
                name="needs_a_like_knows_its_way_back",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def heard_by(self) -> Source:
        """How it was heard; one of before that is of a choice says a link, whichever ways its sheets came."""
        return Source(self.source) if self.choice is None else Source.SURVEY

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        return scope_condition(scope, place="place", county="county")


class NeedText(models.Model):
    """Who said what: encrypted, erasable."""

    need = models.OneToOneField(Need, on_delete=models.CASCADE, primary_key=True, related_name="text")
    words = EncryptedTextField(purpose="needs.text.words")

    def __str__(self) -> str:
        return f"text of {self.need_id}"


class NeedKind(models.Model):
    """Which kind of service a need is of that was written down without one: said later, once. Appended only."""

    need = models.OneToOneField(Need, on_delete=models.PROTECT, related_name="kind_said")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.category_id} of {self.need_id}"


class NeedTrace(models.Model):
    """What a need led to: an order, a service of the library, or an answer. Appended only."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="traces")
    kind = models.CharField(max_length=8, choices=TraceKind)
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=300, blank=True)
    """Public: what the office says to all who asked for it."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()
    turn = models.PositiveSmallIntegerField(default=0)
    """Which time the need is linked to the same: more than one only where a link was taken back."""

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="order", order__isnull=False, project=None, answer="")
                | Q(kind="project", project__isnull=False, order=None, answer="")
                | Q(kind="answer", order=None, project=None) & ~Q(answer=""),
                name="needs_trace_leads_to_one_thing",
            ),
            models.UniqueConstraint(fields=["need", "order", "turn"], name="needs_order_traced_once_a_turn"),
            models.UniqueConstraint(
                fields=["need", "project", "turn"], name="needs_project_traced_once_a_turn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.need_id}"

    @classmethod
    def standing_q(cls) -> Q:
        """The links that count: not taken back, and to no order of which nothing came."""
        return Q(end=None) & (Q(order=None) | Q(Exists(cls.came_of(OuterRef("order")))))

    @staticmethod
    def leads_to() -> Concat:
        """What a link leads to, in one word: orders that go on as one are the same, each answer is one of its own."""
        goal = Coalesce(
            OrderMerge.goes_on_as("order_id"), "project_id", "id", output_field=models.BigIntegerField()
        )
        return Concat("kind", Value(" "), goal, output_field=models.CharField())

    @staticmethod
    def came_of(order: int | OuterRef) -> QuerySet[Order]:
        """What came of an order: itself, or that into which it was merged, not over or done once."""
        of_order = Value(order) if isinstance(order, int) else order
        doings = OrderStep.objects.filter(
            order=OuterRef("pk"), machine=Machine.ORDER, to_state=OrderState.DONE
        )
        stands = ~Q(state__in=sorted(ENDED)) | Q(Exists(doings))
        return Order.unscoped.filter(OrderMerge.way_on(of_order), stands)


class NeedTraceEnd(models.Model):
    """That a link was wrong: what it led to no longer counts as come of the need. Appended only."""

    trace = models.OneToOneField(NeedTrace, on_delete=models.PROTECT, related_name="end")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"end of {self.trace_id}"


class NeedTraceStanding(models.Model):
    """That a link counts no longer, or again. Appended only.

    No longer: its order ended without a service, or an earlier link of the need, or of one that is counted with it,
    leads to the same. Again: the order was opened again, the needs were parted, or the earlier link was taken back.

    It is for counting over time: how a link stands now, its order itself tells (`NeedTrace.standing_q`).
    """

    trace = models.ForeignKey(NeedTrace, on_delete=models.PROTECT, related_name="standings")
    stands = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.trace_id} {'stands' if self.stands else 'counts no longer'}"
