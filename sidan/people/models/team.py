"""Teams as a tree, and who belongs to them."""

from django.db import models
from django.db.models import F, Q

from sidan.core.ids import uuid7
from sidan.core.language import ShownName
from sidan.core.search import SearchField, search_index
from sidan.people.enums import TeamLevel, TeamState
from sidan.people.models.person import Person
from sidan.places.models import Place


class TeamCategory(ShownName, models.Model):
    """A professional kind of team ("8+N" and its relatives): a code table of the installation."""

    code = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.shown_name


class Team(ShownName, models.Model):
    """A team of volunteers. Public: residents see who comes; its members' data are not."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    pinyin = models.CharField(max_length=200, blank=True)
    search = SearchField()
    level = models.CharField(max_length=12, choices=TeamLevel, default=TeamLevel.SQUAD)
    category = models.ForeignKey(TeamCategory, on_delete=models.PROTECT, related_name="teams")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="teams")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="led_teams")
    state = models.CharField(max_length=10, choices=TeamState, default=TeamState.ACTIVE)
    about = models.CharField(max_length=300, blank=True)
    founded_on = models.DateField(null=True)

    class Meta:
        indexes = [
            # the list of teams of a county, by name
            models.Index(fields=["county", "pinyin", "id"], name="people_team_of_county"),
            models.Index(fields=["place", "pinyin", "id"], name="people_team_of_place"),
            search_index(name="people_team_search"),
            # which teams a leader speaks for: read at every request
            models.Index(fields=["leader"], name="people_team_by_leader"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="people_team_not_its_own_parent"),
            models.UniqueConstraint(
                fields=["place", "name"],
                condition=~Q(state="dissolved"),
                name="people_one_team_name_at_a_place",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """A membership over time."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "team"], condition=Q(left_on=None), name="people_member_of_a_team_once"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="people_member_leaves_after_joining",
            ),
        ]
        indexes = [
            # the roll of a team
            models.Index(fields=["team", "person"], condition=Q(left_on=None), name="people_member_now"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.team_id}"
