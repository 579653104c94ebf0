"""Categories, projects of the library, who can give them, and the menu of a place for a month."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sidan.catalogue.enums import Audience, MenuState, Mode, ProjectState, Stage
from sidan.catalogue.policies import MOST_A_MONTH, ResultField, fields_from
from sidan.core.ids import uuid7
from sidan.core.language import ShownName, shown
from sidan.core.scope import Scope, ScopedManager
from sidan.core.search import SearchField, search_index
from sidan.files.models import PlacedPicture
from sidan.people.models import Team
from sidan.places.models import Place
from sidan.places.queries import scope_condition


class Category(ShownName, models.Model):
    """A kind of service, in a tree: a code table of the installation (R-O1)."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    icon = models.CharField(max_length=40, default="heart-handshake")
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    is_private = models.BooleanField(default=False)
    """What is ordered under it is always private: seen by those who handle it only."""
    audience = ArrayField(models.CharField(max_length=12, choices=Audience), default=list, blank=True)
    """For whom it is meant; empty: as the kind above says, and at the top for everybody."""

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("code")), name="catalogue_category_not_own_parent"),
            models.CheckConstraint(
                condition=Q(audience__contained_by=Audience.values), name="catalogue_audience_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audience_words(self) -> str:
        """For whom this kind itself says that it is meant."""
        return " · ".join(str(Audience(code).label) for code in self.audience)


class ResultTemplate(models.Model):
    """What reports of a kind of service ask for: one version, appended only, so that a report keeps the one it was
    written with. One that follows asks what the kind above asks."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="result_templates")
    version = models.PositiveSmallIntegerField()
    follows = models.BooleanField(default=False)
    fields = models.JSONField(default=list)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "version"], name="catalogue_one_template_a_version"),
            models.CheckConstraint(
                condition=Q(follows=False) | Q(fields=[]), name="catalogue_who_follows_asks_nothing_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} v{self.version}"

    @property
    def asked(self) -> list[ResultField]:
        """The fields as the rules know them."""
        return fields_from(self.fields)


class Project(models.Model):
    """What a team offers to do. Published projects are public; the others are their place's business."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=500, blank=True)
    summary_en = models.CharField(max_length=800, blank=True)
    to_prepare = models.CharField(max_length=300, blank=True)
    to_prepare_en = models.CharField(max_length=500, blank=True)
    search = SearchField()
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="projects")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="projects")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="projects")
    """Whose library it stands in, and who handles its orders first."""
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    """Served: this place and all below it."""
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.AT_HOME)
    duration_minutes = models.PositiveSmallIntegerField(default=60)
    people_needed = models.PositiveSmallIntegerField(default=2)
    month_capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    """How many orders for one month it can take (R-O1); nothing where it takes all that come."""
    state = models.CharField(max_length=10, choices=ProjectState, default=ProjectState.DRAFT)
    stage = models.CharField(max_length=10, choices=Stage, blank=True, default="", db_default="")
    """How far it has grown: the latest of its `ProjectStage` rows; nothing while nobody has said so."""
    created_at = models.DateTimeField()

    objects = ScopedManager["Project"]()
    unscoped = models.Manager["Project"]()

    class Meta:
        indexes = [
            # the library of a county by state, newest first
            models.Index(fields=["county", "state", "-id"], name="catalogue_project_of_county"),
            models.Index(fields=["place", "state", "-id"], name="catalogue_project_of_place"),
            models.Index(fields=["category", "state"], name="catalogue_project_of_kind"),
            # the search of the portal and of the library
            search_index(name="catalogue_project_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_minutes__gte=5, duration_minutes__lte=1440),
                name="catalogue_duration_is_sane",
            ),
            models.CheckConstraint(
                condition=Q(people_needed__gte=1, people_needed__lte=200),
                name="catalogue_people_needed_is_sane",
            ),
            models.CheckConstraint(
                condition=Q(month_capacity=None) | Q(month_capacity__gte=1, month_capacity__lte=MOST_A_MONTH),
                name="catalogue_capacity_is_sane",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="catalogue_project_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        return shown(self.title, self.title_en)

    @property
    def shown_summary(self) -> str:
        return shown(self.summary, self.summary_en)

    @property
    def shown_to_prepare(self) -> str:
        return shown(self.to_prepare, self.to_prepare_en)

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        visible = scope_condition(scope, place="place", county="county")
        if scope.team_ids:
            visible |= Q(team__in=scope.team_ids)
        if scope.public:
            visible |= Q(state=ProjectState.PUBLISHED)
        return visible


class ProjectStep(models.Model):
    """A change of a project's state: appended only."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
    """Why, for the office's own eyes; about a project, never about a person."""

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.project_id} {self.verb}"


class ProjectPhoto(PlacedPicture):
    """A picture of a project, in order."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="photos")

    def __str__(self) -> str:
        return f"{self.project_id} #{self.position}"


class TeamService(models.Model):
    """A team serves a category within an area: what the list of teams for an order is drawn from."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="services")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "category", "area"], name="catalogue_team_serves_once")
        ]
        indexes = [
            # who serves this category here
            models.Index(fields=["category", "area"], name="catalogue_who_serves")
        ]

    def __str__(self) -> str:
        return f"{self.team_id} serves {self.category_id} in {self.area_id}"


class Menu(models.Model):
    """What a place offers in a month (R-O2)."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="menus")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    """Its first day."""
    state = models.CharField(max_length=10, choices=MenuState, default=MenuState.DRAFT)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "month"], name="catalogue_one_menu_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="catalogue_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | Q(state="draft", published_at__isnull=True),
                name="catalogue_published_menu_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"menu of {self.place_id} for {self.month:%Y-%m}"


class MenuItem(models.Model):
    """A project on a menu, in the order the place wants."""

    menu = models.ForeignKey(Menu, on_delete=models.CASCADE, related_name="items")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["menu", "project"], name="catalogue_item_once_on_a_menu")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} on {self.menu_id}"
