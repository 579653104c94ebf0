"""Choosing a place in a form: typed by name, pinyin, initials or code where scripts run, a plain list everywhere.

A field offers only what its form gives it, which is what the reader may use for this act; the operation checks again.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.search import search_q
from sidan.places.models import Place

OFFERED: Final = 300
"""A longer list is found through by typing; a browser with 3,000 options in each of two selects is slow to scroll."""
COUNTIES: Final = 20
TYPED: Final = "?"
"""Stands before what was typed instead of chosen, in a browser without scripts. No id begins so."""

if TYPE_CHECKING:
    _PlaceField = forms.ModelChoiceField[Place]
    _Choices = ModelChoiceIterator[Place]
else:
    _PlaceField = forms.ModelChoiceField
    _Choices = ModelChoiceIterator


class SomePlaces(_Choices):
    """The first places of a list, however long it is; `is_whole` tells whether these are all."""

    is_whole = True

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        rows = list(self.queryset[: OFFERED + 1])
        self.is_whole = len(rows) <= OFFERED
        yield from (self.choice(row) for row in rows[:OFFERED])

    def around(self) -> list[str]:
        """Return the public ids of the counties the places stand in; none when these are many."""
        rows = self.queryset.order_by().values_list("county__uuid", flat=True).distinct()
        found = [str(uuid) for uuid in rows[: COUNTIES + 1] if uuid is not None]
        return found if len(found) <= COUNTIES else []


class PlacePicker(forms.Select):
    """A select that a script makes into a field to type in; without one there is a field for the name beside it."""

    template_name = "places/picker.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        choices = self.choices
        is_whole = getattr(choices, "is_whole", True)
        around = choices.around() if isinstance(choices, SomePlaces) and not is_whole else []
        return {**context, "is_whole": is_whole, "under": ",".join(around)}

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        groups: list[Any] = super().optgroups(name, value, attrs)
        shown = {str(option["value"]) for group in groups for option in group[1]}
        for missing in set(value) - shown - {""}:
            groups += self._chosen(name, missing, len(groups), attrs)
        return groups

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = str(data.get(f"{name}_typed") or "").strip()
        return f"{TYPED}{typed}" if typed else super().value_from_datadict(data, files, name)

    def _chosen(self, name: str, value: str, index: int, attrs: dict[str, Any] | None) -> Iterable[Any]:
        """Return the option of what was chosen, where it is not among the first."""
        choices = self.choices
        if not isinstance(choices, SomePlaces) or value.startswith(TYPED):
            return
        try:
            rows = list(choices.queryset.filter(uuid=value)[:1])
        except (ValidationError, ValueError):
            return
        for row in rows:
            option = self.create_option(name, row.uuid, row.shown_choice, True, index, attrs=attrs)
            yield (None, [option], index)


class PlaceField(_PlaceField):
    """A place by its public id, shown with what it stands in."""

    iterator = SomePlaces
    widget = PlacePicker
    default_error_messages = {
        "not_found": _("No place that you can choose here is called so."),
        "several": _("Several places are called so. Please choose one of them in the list."),
    }

    def __init__(self, *, queryset: QuerySet[Place] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", pgettext_lazy("first choice of a list of places", "Please choose"))
        super().__init__(
            Place.objects.none() if queryset is None else queryset, to_field_name="uuid", **kwargs
        )

    def label_from_instance(self, obj: Place) -> str:
        return obj.shown_choice

    def to_python(self, value: Any) -> Place | None:
        if isinstance(value, str) and value.startswith(TYPED):
            return self._named(value.removeprefix(TYPED))
        return super().to_python(value)

    def _named(self, typed: str) -> Place:
        """Return the one place that is called so; the list is narrowed to them where there are several.

        Raises:
            ValidationError: none is called so, or several are.
        """
        code = Q(sort_code__startswith=typed) if typed.isdigit() else Q(pk__in=[])
        offered = Place.objects.none() if self.queryset is None else self.queryset
        hits: list[Place] = list(offered.filter(search_q("search", typed[:60]) | code)[: OFFERED + 1])
        exact = [hit for hit in hits if typed in {hit.short_name, hit.name, hit.name_en, hit.sort_code}]
        best = exact if len(exact) == 1 else hits
        if len(best) == 1:
            return best[0]
        if not best:
            raise ValidationError(self.error_messages["not_found"], code="not_found")
        self.queryset = offered.filter(pk__in=[hit.pk for hit in best])
        raise ValidationError(self.error_messages["several"], code="several")


def choose_among(form: forms.Form, name: str, places: QuerySet[Place]) -> None:
    """Let a field of a form offer these places; where one must be chosen of only one, it is chosen already."""
    field = form.fields[name]
    assert isinstance(field, PlaceField)
    field.queryset = places
    if field.required:
        field.initial = partial(_only, places)


def _only(places: QuerySet[Place]) -> Place | None:
    """Return the one place there is to choose; none where there are several."""
    first = list(places[:2])
    return first[0] if len(first) == 1 else None
