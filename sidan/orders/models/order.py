"""What is wanted, by whom, where; who may see it; and what was written, kept apart so that it can be erased."""

from datetime import datetime
from itertools import combinations
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext

from sidan.catalogue.enums import Mode
from sidan.catalogue.models import Category, Project
from sidan.core.danger import NUMBERS
from sidan.core.database import is_any_of
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.moments import Counted
from sidan.core.scope import Scope, ScopedManager, nothing
from sidan.core.search import SearchField, search_index
from sidan.orders.enums import ENDED, Channel, OrderState, Urgency
from sidan.people.enums import OrganisationKind
from sidan.people.models import Person, Team
from sidan.places.models import Place
from sidan.places.queries import scope_condition, within

CALLS_HEARD: Final = [
    " ".join(some) for count in range(len(NUMBERS) + 1) for some in combinations(NUMBERS, count)
]


class Order(models.Model):
    """A need, from the moment somebody asks. Counted once, at `origin_place` and all above it."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=12, unique=True)
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="orders")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="orders")
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)
    origin_place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    """Where the need arose. Never changes: it is what figures count."""
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    """The center above on that day. Never changes."""
    holder_place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    """Who must act now."""
    mode = models.CharField(max_length=10, choices=Mode)
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.NORMAL)
    people_needed = models.PositiveSmallIntegerField(default=1)
    wished_from = models.DateTimeField()
    wished_to = models.DateTimeField()
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.SUBMITTED)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    """How many steps its history has: whoever acts on an older turn is told what happened in between."""
    due_at = models.DateTimeField(null=True)
    """When the present state must be over. Who set it stands above this app; without a limit there is none."""
    half_at = models.DateTimeField(null=True)
    """From when on the time is called short."""
    created_at = models.DateTimeField()
    is_private = models.BooleanField(default=False, db_default=False)
    """Seen by those who handle it only (ADR 0029). Never changes."""
    keeper_place = models.ForeignKey(
        Place, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Of a private order: at which place those who decide may see it. The holder, or the nearest above with people."""

    organisation_kind = models.CharField(
        max_length=10, choices=OrganisationKind, blank=True, default="", db_default=""
    )
    """Whose name it was placed in, where a resident asked for an organisation (R-O3). Never personal."""
    organisation_name = models.CharField(max_length=60, blank=True, default="", db_default="")
    calls_heard = models.CharField(max_length=11, blank=True, default="", db_default="")
    """Whom to call by what was said elsewhere: numbers with spaces between, the most urgent first; never the words."""

    counted: Counted | None = None
    """By which calendar what is left of its time is counted; set by a page that shows it (`count_left`)."""
    called_until: datetime | None = None
    """No column: the end of the open call with which a step begins, for the clock that this step starts."""

    objects = ScopedManager["Order"]()
    unscoped = models.Manager["Order"]()

    class Meta:
        indexes = [
            # the dispatcher's queue of a county, by state and waiting time
            models.Index(fields=["county", "state", "state_since", "id"], name="orders_queue_of_county"),
            # the queue of an institute or station
            models.Index(
                fields=["holder_place", "state", "state_since", "id"], name="orders_queue_of_holder"
            ),
            models.Index(fields=["origin_place", "state"], name="orders_of_origin"),
            # any queue, longest waiting first: open orders are few, however many have ended
            models.Index(
                fields=["state_since", "id"],
                condition=Q(state__in=[state.value for state in OrderState if state not in ENDED]),
                name="orders_open_by_waiting",
            ),
            # what speaks of danger to life and is open: it stands above every queue
            models.Index(
                fields=["state_since", "id"],
                condition=Q(
                    urgency=Urgency.DANGER.value,
                    state__in=[state.value for state in OrderState if state not in ENDED],
                ),
                name="orders_open_in_danger",
            ),
            # what is private at a place: few, so the column needs no index over all orders
            models.Index(
                fields=["keeper_place", "state_since", "id"],
                condition=Q(is_private=True),
                name="orders_kept_private",
            ),
            # the numbers on the chips, and the list behind each
            models.Index(
                fields=["state", "state_since", "id"],
                condition=Q(state__in=[state.value for state in OrderState if state not in ENDED]),
                name="orders_open_by_state",
            ),
            # what has ended, latest first
            models.Index(
                fields=["state_since", "id"],
                condition=Q(state__in=[state.value for state in OrderState if state in ENDED]),
                name="orders_ended_by_time",
            ),
            # what one kind of organisation asked for: few, behind any chip
            models.Index(
                fields=["organisation_kind", "state_since", "id"],
                condition=~Q(organisation_kind=""),
                name="orders_of_organisations",
            ),
            # a resident's own orders, newest first
            models.Index(fields=["requester", "-id"], name="orders_of_requester"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(wished_to__gt=F("wished_from")), name="orders_wish_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="orders_turn_counts_from_one"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in OrderState]), name="orders_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(is_private=True, keeper_place__isnull=False)
                | Q(is_private=False, keeper_place=None),
                name="orders_private_has_a_keeper",
            ),
            # the name stands in the open, so a private order has none
            models.CheckConstraint(
                condition=Q(organisation_kind="", organisation_name="")
                | Q(organisation_kind__in=OrganisationKind.values, is_private=False) & ~Q(organisation_name=""),
                name="orders_organisation_has_kind_and_name",
            ),
            models.CheckConstraint(
                condition=Q(calls_heard__in=CALLS_HEARD), name="orders_heard_calls_are_emergency_numbers"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        """What is wanted, in the fewest words: the project's title, or the category's name; of a private order none."""
        if self.is_private:
            return ""
        return self.project.title if self.project else self.category.name

    @property
    def title_en(self) -> str:
        """The same in English, where somebody wrote it."""
        if self.is_private:
            return ""
        return self.project.title_en if self.project else self.category.name_en

    @property
    def shown_title(self) -> str:
        """What is wanted, in the fewest words and the reader's language; of a private order only that it is private.

        This is what lists and messages show, whoever reads them. Pages that only those open who may see the order
        itself show `full_title`.
        """
        return gettext("Private order") if self.is_private else self.full_title

    @property
    def full_title(self) -> str:
        """The project's title, or the category's name, in the reader's language."""
        return self.project.shown_title if self.project else self.category.shown_name

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """Own subtree or party: origin or holder below a grant, one's own order, one's team's; private ones apart."""
        own = nothing() if scope.person_id is None else Q(requester=scope.person_id)
        return own | (Q(is_private=False) & cls._open_q(scope)) | (Q(is_private=True) & cls._private_q(scope))

    @classmethod
    def _open_q(cls, scope: Scope) -> Q:
        visible = nothing()
        if scope.whole_county_ids or scope.root_ids:
            visible |= scope_condition(scope, place="origin_place", county="county")
        live = OrderParty.objects.filter(until=None)
        if scope.root_ids:
            visible |= scope_condition(scope, place="holder_place", county="county")
            # Orders stay within their county, so a whole county has no need of this.
            shared = within(field="place", root_ids=scope.root_ids)
            # As an array, not order by order: places are parties of few orders, and so any index can serve the rest.
            visible |= is_any_of("pk", live.filter(shared, place__isnull=False).values("order"))
        if scope.team_ids:
            visible |= Q(Exists(live.filter(team__in=scope.team_ids, order=OuterRef("pk"))))
        return visible

    @classmethod
    def _private_q(cls, scope: Scope) -> Q:
        """Those who decide at the place that keeps it; who leads the team that has it, and who is named to go."""
        visible = Q(keeper_place__in=scope.keeping_ids) if scope.keeping_ids else nothing()
        if scope.holding_ids:
            visible |= Q(keeper_place__in=scope.holding_ids, holder_place=F("keeper_place"))
        if scope.person_id is not None:
            # A share belongs to its order and comes after it: read here, where both are known.
            from sidan.orders.models.work import Assignment

            goes = Q(team__leader=scope.person_id) | Q(
                members__person=scope.person_id, members__removed_at=None
            )
            taken = Assignment.objects.filter(Assignment.taken_q(), goes, order=OuterRef("pk"))
            visible |= Q(Exists(taken)) & ~Q(state__in=sorted(ENDED))
        return visible


class OrderText(models.Model):
    """What was written about an order: erasable without touching the history."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, primary_key=True, related_name="text")
    need = models.CharField(max_length=1000, blank=True)
    """Numbers of telephones and identity papers found in it stand in `numbers` instead."""
    search = SearchField()
    numbers = EncryptedTextField(purpose="orders.text.numbers", blank=True)
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone = EncryptedTextField(purpose="orders.text.contact_phone", blank=True)
    address = EncryptedTextField(purpose="orders.text.address", blank=True)
    sealed = EncryptedTextField(purpose="orders.text.sealed", null=True)  # type: ignore[misc] # one class for both
    """Of a private order: need and name, encrypted whole (`policies.seal`); the open columns stay empty then."""
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(need="", contact_name=""), name="orders_erased_text_is_gone"
            )
        ]
        indexes = [
            # words in the need, the title and the resident's name; filled by a trigger (migration 0023)
            search_index(name="orders_text_search")
        ]

    def __str__(self) -> str:
        return f"text of {self.order_id}"


class OrderParty(models.Model):
    """Who besides the subtree may see an order, since when and until when."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="parties")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, place=None) | Q(team=None, place__isnull=False),
                name="orders_party_is_a_team_or_a_place",
            ),
            models.UniqueConstraint(
                fields=["order", "team"], condition=Q(until=None, team__isnull=False), name="orders_team_is_party_once"
            ),
            models.UniqueConstraint(
                fields=["order", "place"], condition=Q(until=None, place__isnull=False),
                name="orders_place_is_party_once",
            ),
        ]  # fmt: skip
        indexes = [
            # a team's orders
            models.Index(fields=["team", "order"], condition=Q(until=None), name="orders_of_team"),
        ]

    def __str__(self) -> str:
        return f"party of {self.order_id}"
