"""A free wish (微心愿), who adopted it, and what it was turned into."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from sidan.catalogue.models import Project
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import shown
from sidan.core.moments import Counted
from sidan.core.scope import Scope, ScopedManager
from sidan.core.search import SearchField, search_index
from sidan.core.turns import Turn
from sidan.files.models import StoredFile
from sidan.orders.enums import Urgency
from sidan.orders.models import ConsentGiven, Order, OrderStep
from sidan.people.models import Person, Team
from sidan.places.models import Place
from sidan.places.queries import scope_condition
from sidan.wishes.enums import SHOWN, AdopterKind, ForWhom, WishChannel, WishState

MOST_ADOPTERS = 50


class Wish(models.Model):
    """What somebody would like. `sentence` is the office's and public; what the person wrote stands in `WishText`."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    wisher = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wishes")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    channel = models.CharField(max_length=10, choices=WishChannel)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    """Who must act now: where it arose or the nearest above with people; one level up when they did not in time."""
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.NORMAL)
    for_whom = models.CharField(max_length=10, choices=ForWhom)
    wished_by = models.DateField(null=True)
    sentence = models.CharField(max_length=80, blank=True)
    """What stands on the wall: written by staff, with nobody's name in it."""
    sentence_en = models.CharField(max_length=160, blank=True)
    search = SearchField(sources=("sentence", "sentence_en"))
    takes = models.PositiveSmallIntegerField(default=1)
    """How many adopters it needs: a set of books for ten children may take ten."""
    state = models.CharField(max_length=10, choices=WishState, default=WishState.SUBMITTED)
    state_since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    half_at = models.DateTimeField(null=True)
    """Until when it must be answered, and when half of that time is over; set by the clock (`operations.clock`)."""
    counted: Counted | None = None
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = ScopedManager["Wish"]()
    unscoped = models.Manager["Wish"]()

    class Meta:
        indexes = [
            # the desk of a county, longest waiting first
            models.Index(fields=["county", "state", "state_since", "id"], name="wishes_desk_of_county"),
            models.Index(fields=["place", "state", "state_since", "id"], name="wishes_desk_of_place"),
            # words of the sentence
            search_index(name="wishes_wish_search"),
            # my wishes
            models.Index(fields=["wisher", "-id"], name="wishes_of_wisher"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in WishState]), name="wishes_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["on_wall", "adopted"]) | ~Q(sentence=""),
                name="wishes_what_is_on_the_wall_has_a_sentence",
            ),
            models.CheckConstraint(
                condition=Q(takes__gte=1, takes__lte=MOST_ADOPTERS), name="wishes_takes_some_adopters"
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="wishes_turn_counts_from_one"),
            models.CheckConstraint(
                condition=Q(urgency__in=["normal", "danger"]), name="wishes_are_ordinary_or_speak_of_danger"
            ),
        ]

    def __str__(self) -> str:
        return f"wish {self.uuid}"

    @property
    def shown_sentence(self) -> str:
        return shown(self.sentence, self.sentence_en)

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """One's own, those of the places one works for, those one adopted, and what stands on the wall."""
        visible = Q(wisher=scope.person_id or 0)
        visible |= scope_condition(scope, place="place", county="county")
        if scope.person_id or scope.team_ids:
            mine = Q(person=scope.person_id or 0) | Q(team__in=scope.team_ids)
            visible |= Q(Exists(Adoption.objects.filter(mine, wish=OuterRef("pk"), released_at=None)))
        if scope.public:
            visible |= Q(state__in=sorted(SHOWN)) & ~Q(sentence="")
        return visible


class WishText(models.Model):
    """What the person wrote, and how to reach them: encrypted, erasable, never on the wall."""

    wish = models.OneToOneField(Wish, on_delete=models.CASCADE, primary_key=True, related_name="text")
    words = EncryptedTextField(purpose="wishes.text.words")
    contact_name = EncryptedTextField(purpose="wishes.text.contact_name", blank=True)
    contact_phone = EncryptedTextField(purpose="wishes.text.contact_phone", blank=True)

    def __str__(self) -> str:
        return f"text of {self.wish_id}"


class WishConsent(ConsentGiven):
    """How a resident agreed that a wish is written down in their name (R-O3); the orders made of it tell the same."""

    wish = models.OneToOneField(Wish, on_delete=models.PROTECT, primary_key=True, related_name="consent")

    class Meta(ConsentGiven.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.way} for {self.wish_id}"


class WishStep(Turn):
    """A turn of a wish: appended only."""

    wish = models.ForeignKey(Wish, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [models.UniqueConstraint(fields=["wish", "turn"], name="wishes_step_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.wish_id}/{self.turn} {self.verb}"


class WishNote(models.Model):
    """Words beside a step, read by the wisher, by staff and by who wrote them: erasable."""

    step = models.OneToOneField(WishStep, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="wishes.note.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"


class Adoption(models.Model):
    """Somebody wants to fulfil it: a team by its leader, a volunteer, or any person who gives."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    wish = models.ForeignKey(Wish, on_delete=models.PROTECT, related_name="adoptions")
    kind = models.CharField(max_length=10, choices=AdopterKind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    """Who said yes; of a team, its leader at the time."""
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    share_told_at = models.DateTimeField(null=True)
    """Since when their share is done, as they told."""

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["wish", "person"], condition=Q(released_at=None), name="wishes_person_adopts_once"
            ),
            models.UniqueConstraint(
                fields=["wish", "team"], condition=Q(released_at=None, team__isnull=False),
                name="wishes_team_adopts_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="team", team__isnull=False) | ~Q(kind="team") & Q(team=None),
                name="wishes_a_team_adopts_as_a_team",
            ),
        ]  # fmt: skip
        indexes = [
            # what I adopted
            models.Index(fields=["person", "-id"], condition=Q(released_at=None), name="wishes_my_adoptions"),
            models.Index(fields=["team", "-id"], condition=Q(released_at=None), name="wishes_team_adoptions"),
        ]

    def __str__(self) -> str:
        return f"adoption of {self.wish_id}"

    @property
    def shown_name(self) -> str:
        """Who adopted it, for staff: the team, if it is one, and the person."""
        return f"{self.team.shown_name} · {self.person.name}" if self.team else str(self.person.name)


class WishOrder(models.Model):
    """An order that a wish was turned into."""

    wish = models.ForeignKey(Wish, on_delete=models.PROTECT, related_name="order_links")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.order_id} of {self.wish_id}"


class WishOrderOver(models.Model):
    """The office was told that an order of a wish is over: once for each time it came to that. Appended only."""

    link = models.ForeignKey(WishOrder, on_delete=models.PROTECT, related_name="overs")
    step = models.ForeignKey(OrderStep, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["step", "link"], name="wishes_office_told_once_a_step"),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} over by {self.step_id}"


class WishProject(models.Model):
    """A project that was drafted because of a wish."""

    wish = models.ForeignKey(Wish, on_delete=models.PROTECT, related_name="project_links")
    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.project_id} of {self.wish_id}"


class ProjectAsked(models.Model):
    """Who manages the library was asked to draft a service for a wish: once. Appended only."""

    wish = models.OneToOneField(
        Wish, on_delete=models.PROTECT, primary_key=True, related_name="project_asked"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"asked for a service for {self.wish_id}"


class Fulfilment(models.Model):
    """How a wish came true. Words and picture go onto the wall only as staff write and show them."""

    wish = models.OneToOneField(Wish, on_delete=models.PROTECT, primary_key=True, related_name="fulfilment")
    words = EncryptedTextField(purpose="wishes.fulfilment.words", blank=True)
    photo = models.OneToOneField(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="wish_photo"
    )
    thanks = models.CharField(max_length=120, blank=True)
    """The public sentence."""
    shown_at = models.DateTimeField(null=True)
    photo_shown_at = models.DateTimeField(null=True)
    """The picture hangs beside the sentence, since whoever is on it agreed; nothing where the sentence hangs alone."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_at=None) | ~Q(thanks=""), name="wishes_shown_thanks_have_words"
            ),
            models.CheckConstraint(
                condition=Q(photo_shown_at=None) | Q(shown_at__isnull=False, photo__isnull=False),
                name="wishes_a_shown_picture_hangs_beside_thanks",
            ),
        ]

    def __str__(self) -> str:
        return f"fulfilment of {self.wish_id}"

    @property
    def shown_photo(self) -> StoredFile | None:
        """The picture, where everybody may see it."""
        return self.photo if self.photo_shown_at else None
