"""The filters of the trail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sidan.audit.queries import TrailFilter


class TrailSearch(forms.Form):
    """What of the trail is wanted."""

    verb = forms.RegexField(r"^[\w.]*$", max_length=60, required=False)
    who = forms.UUIDField(required=False)
    kind = forms.RegexField(r"^\w*$", max_length=40, required=False)
    subject = forms.IntegerField(min_value=0, max_value=2**63 - 1, required=False)
    first = forms.DateField(required=False)
    last = forms.DateField(required=False)
    cursor = forms.CharField(max_length=1000, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and first > last:
            raise forms.ValidationError(_("The first day is after the last one."))
        return data

    def wanted(self) -> TrailFilter:
        """Return what queries take."""
        data = self.cleaned_data
        return TrailFilter(
            actor_uuid=data["who"],
            verb=data["verb"],
            subject_kind=data["kind"],
            subject_id=data["subject"],
            first_day=data["first"],
            last_day=data["last"],
        )
