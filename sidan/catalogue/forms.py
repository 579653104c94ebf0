"""What pages of the catalogue are told. Choices are limited to what the actor may use; operations check again."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.catalogue import queries
from sidan.catalogue.enums import Audience, Mode, ProjectState, Stage
from sidan.catalogue.icons import ICONS
from sidan.catalogue.models import Category, Project
from sidan.catalogue.operations import ProjectText
from sidan.catalogue.policies import MOST_A_MONTH
from sidan.core.actor import Actor
from sidan.core.inputs import CleanCharField
from sidan.people.enums import MANAGING_ROLES, TeamState
from sidan.people.models import Team
from sidan.places.enums import PlaceState
from sidan.places.models import Place
from sidan.places.pickers import PlaceField, choose_among

if TYPE_CHECKING:
    _TeamField = forms.ModelChoiceField[Team]
else:
    _TeamField = forms.ModelChoiceField
INDENT = "\u3000"
ANY = ("", "")
PLEASE_CHOOSE = ("", pgettext_lazy("first choice of a list", "Please choose"))


class ServiceSearch(forms.Form):
    """The portal's filters."""

    q = CleanCharField(max_length=60, required=False)
    category = forms.RegexField(r"^[\w-]*$", max_length=40, required=False)
    mode = forms.ChoiceField(choices=[ANY, *Mode.choices], required=False)
    cursor = forms.CharField(max_length=60, required=False)

    def wanted(self) -> dict[str, str]:
        """Return the fields of `queries.MenuFilter`."""
        data = self.cleaned_data
        return {"words": data["q"], "category": data["category"], "mode": data["mode"]}


class LibrarySearch(forms.Form):
    """The library's filters."""

    q = CleanCharField(max_length=60, required=False)
    category = forms.RegexField(r"^[\w-]*$", max_length=40, required=False)
    mode = forms.ChoiceField(choices=[ANY, *Mode.choices], required=False)
    state = forms.ChoiceField(choices=[ANY, *ProjectState.choices], required=False)
    stage = forms.ChoiceField(choices=[ANY, *Stage.choices], required=False)
    team = forms.UUIDField(required=False)
    place = forms.UUIDField(required=False)

    def wanted(self) -> queries.LibraryFilter:
        """Return what of the library is asked for; a team or place that is not there matches nothing."""
        data = self.cleaned_data
        return queries.LibraryFilter(
            words=data["q"],
            category=data["category"],
            mode=data["mode"],
            state=data["state"],
            stage=data["stage"],
            team_id=id_of(Team.objects.all(), data["team"]),
            place_id=id_of(Place.objects.all(), data["place"]),
        )


def id_of(rows: "QuerySet[Any]", uuid: UUID | None) -> int | None:
    """Return the inner id of a row named in a filter; 0, which is nobody's, where there is none."""
    if uuid is None:
        return None
    return rows.filter(uuid=uuid).values_list("pk", flat=True).first() or 0


def usable_places(actor: Actor) -> QuerySet[Place]:
    """Return the open places an actor may write for: below the grants, and where the led teams stand."""
    roots = actor.places_where(MANAGING_ROLES)
    below = Place.objects.filter(links_up__ancestor__in=roots, links_up__during__upper_inf=True)
    of_teams = Team.objects.filter(pk__in=actor.led_team_ids)
    led = Place.objects.filter(pk__in=of_teams.values("place")) | Place.objects.filter(
        pk__in=of_teams.values("county")
    )
    usable = Place.objects.filter(pk__in=below.values("pk")) | Place.objects.filter(pk__in=led.values("pk"))
    return usable.filter(state=PlaceState.OPEN).order_by("sort_code", "id")


def usable_teams(actor: Actor) -> QuerySet[Team]:
    """Return the active teams an actor may write for: those of the own subtree, and the led ones."""
    roots = actor.places_where(MANAGING_ROLES)
    below = Team.objects.filter(place__links_up__ancestor__in=roots, place__links_up__during__upper_inf=True)
    usable = Team.objects.filter(pk__in=below.values("pk")) | Team.objects.filter(pk__in=actor.led_team_ids)
    return usable.filter(state=TeamState.ACTIVE).select_related("place").order_by("pinyin", "id")


def areas_for(places: Iterable[Place]) -> QuerySet[Place]:
    """Return the open places of the counties of some places: what may be served."""
    counties = {place.county_id or place.pk for place in places}
    rows = Place.objects.filter(links_up__ancestor__in=counties, links_up__during__upper_inf=True)
    return rows.filter(state=PlaceState.OPEN).distinct().order_by("sort_code", "id")


def category_choices(*, keep: str = "") -> list[tuple[str, str]]:
    """Return the active categories, indented by level; `keep` is shown although it was retired."""
    nodes = queries.category_tree()
    choices = [(node.category.code, INDENT * node.depth + node.category.shown_name) for node in nodes]
    if keep and keep not in dict(choices):
        choices += list(Category.objects.filter(code=keep).values_list("code", "name"))
    return choices


class TeamChoice(_TeamField):
    """A team by its public id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Team.objects.none(), to_field_name="uuid", empty_label=PLEASE_CHOOSE[1], **kwargs)

    def label_from_instance(self, obj: Team) -> str:
        return f"{obj.shown_name} · {obj.place.shown_short}"


def _chooser(form: forms.Form, name: str) -> forms.ChoiceField:
    return cast(forms.ChoiceField, form.fields[name])


def _rows(form: forms.Form, name: str) -> "forms.ModelChoiceField[Any]":
    return cast("forms.ModelChoiceField[Any]", form.fields[name])


def capacity_field() -> forms.IntegerField:
    """Return the field of how many orders a month a project takes."""
    return forms.IntegerField(
        label=_("Orders it can take in a month"), min_value=1, max_value=MOST_A_MONTH, required=False,
        help_text=_("By the month the resident wishes for. Empty: as many as come."),
    )  # fmt: skip


class ProjectForm(forms.Form):
    """A project as it is written."""

    title = CleanCharField(
        label=_("Name of the service"), max_length=60, help_text=_("As a resident would ask for it.")
    )
    category = forms.ChoiceField(label=_("Kind of service"))
    team = TeamChoice(label=_("Team"), help_text=_("Who gives this service."))
    place = PlaceField(
        label=_("Library of"), help_text=_("Whose library it stands in, and who handles its orders first.")
    )
    area = PlaceField(label=_("Area served"), help_text=_("This place and all below it."))
    mode = forms.ChoiceField(
        label=_("Where"), choices=Mode.choices, widget=forms.RadioSelect, initial=Mode.AT_HOME
    )
    duration_minutes = forms.IntegerField(
        label=_("Minutes it takes"), min_value=5, max_value=1440, initial=60
    )
    people_needed = forms.IntegerField(label=_("Volunteers needed"), min_value=1, max_value=200, initial=2)
    month_capacity = capacity_field()
    summary = CleanCharField(
        label=_("What is done"),
        max_length=500,
        lines="many",
        required=False,
        help_text=_("Two or three sentences."),
    )
    to_prepare = CleanCharField(
        label=_("What the resident prepares"), max_length=300, lines="many", required=False
    )
    title_en = CleanCharField(label=_("Name in English"), max_length=120, required=False)
    summary_en = CleanCharField(
        label=_("What is done, in English"), max_length=800, lines="many", required=False
    )
    to_prepare_en = CleanCharField(
        label=_("What the resident prepares, in English"), max_length=500, lines="many", required=False
    )

    def __init__(self, *args: Any, actor: Actor, project: Project | None = None, **kwargs: Any) -> None:
        if project is not None:
            kwargs["initial"] = initial_of(project)
        super().__init__(*args, **kwargs)
        keep = project.category_id if project else ""
        places = usable_places(actor)
        _chooser(self, "category").choices = [PLEASE_CHOOSE, *category_choices(keep=keep)]
        _rows(self, "team").queryset = usable_teams(actor)
        choose_among(self, "place", places)
        around = [project.place] if project else list(places[:1])
        choose_among(self, "area", areas_for(around))
        if project is not None:
            # Whose library it stands in is settled when it is written: its orders and figures hang on it.
            del self.fields["place"]
        elif around:
            self.fields["place"].initial = self.fields["area"].initial = around[0].uuid

    def text(self) -> ProjectText:
        """Return what operations take."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "place"}
        data["category"] = Category.objects.get(code=data["category"])
        data["mode"] = Mode(data["mode"])
        return ProjectText(**data)


def initial_of(project: Project) -> dict[str, Any]:
    """Return a project as a form begins with it."""
    plain = (
        "title", "mode", "duration_minutes", "people_needed", "month_capacity", "summary", "to_prepare", "title_en",
        "summary_en", "to_prepare_en",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(project, name) for name in plain}
    return {**values, "category": project.category_id, "team": project.team.uuid, "area": project.area.uuid}


class NoteForm(forms.Form):
    """Why a project is returned, suspended or withdrawn."""

    note = CleanCharField(
        label=_("Note for the team"), max_length=200, lines="many", required=False,
        help_text=_("About the project, never about a person."),
    )  # fmt: skip


class CategoryForm(forms.Form):
    """A kind of service."""

    name = CleanCharField(label=pgettext_lazy("of a kind of service", "Name"), max_length=40)
    name_en = CleanCharField(label=_("Name in English"), max_length=80, required=False)
    parent = forms.ChoiceField(label=_("Below"), required=False)
    icon = forms.ChoiceField(label=_("Drawing"), choices=[(each.icon, each.word) for each in ICONS])
    position = forms.IntegerField(
        label=_("Position among its neighbours"), min_value=0, max_value=9999, initial=0
    )
    is_private = forms.BooleanField(
        label=_("Orders of this kind are always private"), required=False,
        help_text=_("For example talks about worries, or about law: only those who handle an order can read it."),
    )  # fmt: skip
    audience = forms.MultipleChoiceField(
        label=_("For whom it is meant"), choices=Audience.choices, required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}),
        help_text=_("Nobody chosen: as the kind above says, at the top for everybody. “Who is served” counts by it."),
    )  # fmt: skip

    def __init__(self, *args: Any, category: Category | None = None, **kwargs: Any) -> None:
        if category is not None:
            columns = ("name", "name_en", "icon", "position", "is_private", "audience")
            kwargs["initial"] = {name: getattr(category, name) for name in columns} | {
                "parent": category.parent_id
            }
        super().__init__(*args, **kwargs)
        without = queries.category_with_below(code=category.code) if category else set()
        offered = [choice for choice in category_choices() if choice[0] not in without]
        _chooser(self, "parent").choices = [("", _("Nothing: it stands at the top")), *offered]
        if category is None:
            # A new kind comes last among its neighbours by itself.
            del self.fields["position"]

    def values(self) -> dict[str, Any]:
        """Return what operations take."""
        data = dict(self.cleaned_data)
        data["parent"] = Category.objects.get(code=data["parent"]) if data["parent"] else None
        return data


class TeamServicesForm(forms.Form):
    """One more thing that a team serves."""

    category = forms.ChoiceField(label=_("Kind of service"))
    area = PlaceField(label=_("Area served"), help_text=_("This place and all below it."))

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _chooser(self, "category").choices = [PLEASE_CHOOSE, *category_choices()]
        choose_among(self, "area", areas_for([team.place]))
        self.fields["area"].initial = (team.county or team.place).uuid


class MonthForm(forms.Form):
    """Which menu to begin."""

    place = forms.UUIDField()
    month = forms.DateField(input_formats=["%Y-%m"])


class ItemForm(forms.Form):
    """A change of one item of a menu."""

    project = forms.UUIDField()
    step = forms.ChoiceField(choices=[("up", ""), ("down", "")], required=False)


class PhotoForm(forms.Form):
    """A picture of a project."""

    picture = forms.FileField(
        label=_("Picture"), help_text=_("JPEG, PNG or WebP. It is made smaller before it is sent."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )  # fmt: skip


class PhotoStepForm(forms.Form):
    """Which picture moves where."""

    photo = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    step = forms.ChoiceField(choices=[("up", ""), ("down", "")], required=False)
