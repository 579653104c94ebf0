"""A human being, once; a volunteer; a term as director."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from sidan.core.fields import EncryptedTextField, LookupHashField
from sidan.core.ids import uuid7
from sidan.core.scope import Scope, ScopedManager
from sidan.core.search import SearchField, search_index
from sidan.people.enums import Sex, VolunteerState
from sidan.places.models import Place
from sidan.places.queries import scope_condition


class Person(models.Model):
    """One row per human. `canonical` points at the person this row was merged into; nothing is rewritten."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    name = models.CharField(max_length=60)
    pinyin = models.CharField(max_length=200, blank=True)
    search = SearchField()
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNSTATED)
    home_place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    contact_phone = EncryptedTextField(purpose="people.person.contact_phone", blank=True)
    contact_phone_hash = LookupHashField(purpose="phone", null=True)  # type: ignore[misc] # one class for both
    """Not unique: neighbours share a telephone."""
    address = EncryptedTextField(purpose="people.person.address", blank=True)
    canonical = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_rows")
    created_at = models.DateTimeField()

    objects = ScopedManager["Person"]()
    unscoped = models.Manager["Person"]()

    class Meta:
        indexes = [
            # who called: every row with this telephone
            models.Index(fields=["contact_phone_hash"], name="people_person_phone"),
            # people of a county by name
            models.Index(fields=["county", "pinyin", "id"], name="people_person_of_county"),
            search_index(name="people_person_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(canonical=F("id")), name="people_person_not_merged_into_itself"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="people_person_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        return Q(pk=scope.person_id or 0) | scope_condition(scope, place="home_place", county="county")


class Volunteer(models.Model):
    """A person registered to serve (Volunteer Service Regulations, art. 7)."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="volunteer")
    number = models.CharField(max_length=20, unique=True)
    """Ours, not a national number: its format is not published (rules, 0.1)."""
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=VolunteerState, default=VolunteerState.APPLIED)
    skills = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    free_time = models.CharField(max_length=100, blank=True)
    registered_on = models.DateField()

    objects = ScopedManager["Volunteer"]()
    unscoped = models.Manager["Volunteer"]()

    class Meta:
        indexes = [
            # the roll of a county or place, newest first
            models.Index(fields=["county", "-id"], name="people_volunteer_of_county"),
            models.Index(fields=["place", "-id"], name="people_volunteer_of_place"),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        return (
            Q(person=scope.person_id or 0)
            | Q(person__memberships__team__in=scope.team_ids, person__memberships__left_on=None)
            | scope_condition(scope, place="place", county="county")
        )


class Directorship(models.Model):
    """Who heads a place, with the term (R-N1). Names of directors are public by office."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="directorships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="directorships")
    title = models.CharField(max_length=40)
    term = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="people_one_director_with_a_title_at_a_time",
                expressions=[
                    (F("place"), RangeOperators.EQUAL),
                    (F("title"), RangeOperators.EQUAL),
                    ("term", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} of {self.place_id}"
